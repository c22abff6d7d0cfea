// Before the stories: is there a browser at all.

import { browserPath } from './chromium.js';

/** Says which browser is used, or ends the run with what to install. */
export function setup(): void {
  try {
    console.log(`In ${browserPath()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
