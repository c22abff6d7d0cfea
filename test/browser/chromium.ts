// The machine's own browser: found, or said what to install.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a browser. Throws, saying what to install, when there is none. */
export function browserPath(env: NodeJS.ProcessEnv = process.env): string {
  const given = env.CHROMIUM_PATH;
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  const candidates = given
    ? [given]
    : [...NAMES.flatMap(name => folders.map(folder => join(folder, name))), ...MAC];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    given
      ? `CHROMIUM_PATH names ${given}, and there is no program there.`
      : 'No browser was found. Install Chromium (Debian, Ubuntu: apt-get install chromium) or Google Chrome, or set CHROMIUM_PATH.',
  );
}

/** Starts it without a window. Nothing in it looks for the network. */
export function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      // Chromium refuses to run as root with its sandbox; only our own page is opened in it.
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
