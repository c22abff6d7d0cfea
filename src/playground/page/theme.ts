// Light or dark: as the system says, until the person chooses.

import { useSyncExternalStore } from 'react';

/** How the page looks. */
export type Theme = 'light' | 'dark';

const KEY = 'shoutout-playground-theme';
const listeners = new Set<() => void>();
const dark = matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', tell);

function current(): Theme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return dark.matches ? 'dark' : 'light';
}

function tell(): void {
  document.documentElement.dataset.theme = current();
  for (const listener of listeners) listener();
}

tell();

/** Changes to the other look, and remembers it. */
export function switchTheme(): void {
  localStorage.setItem(KEY, current() === 'dark' ? 'light' : 'dark');
  tell();
}

/** The look there is now. */
export function useTheme(): Theme {
  return useSyncExternalStore(listener => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
