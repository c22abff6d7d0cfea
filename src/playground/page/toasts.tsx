// Short notes at the bottom of the page: what did not work, and why.

import { useSyncExternalStore } from 'react';

const SHOWN_MS = 8000;

let notes: readonly { id: number; words: string }[] = [];
let count = 0;
const listeners = new Set<() => void>();

/** Shows a note for a while. */
export function toast(words: string): void {
  count += 1;
  const id = count;
  set([...notes.slice(-2), { id, words }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

function dismiss(id: number): void {
  set(notes.filter(note => note.id !== id));
}

function set(next: typeof notes): void {
  notes = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The notes there are now. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => notes);
  return (
    <div className="toasts" role="status">
      {shown.map(({ id, words }) => (
        <div key={id} className="toast">
          <span>{words}</span>
          <button type="button" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
