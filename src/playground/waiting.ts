// Waiting for something to appear: looks now, then after every change, until the time is up. No polling.

import type { Match } from './local-slack.js';
import type { JsonObject } from './things.js';
import { wordsOf } from './words.js';

/** How long a wait lasts when nobody says. */
export const WAIT_MS = 5000;

/**
 * Resolves with the first thing found. Rejects after the time with what was waited for and what there was instead.
 * @param subscribe calls back after every change, returns how to stop
 */
export function waitFor<T>(
  find: () => T | undefined,
  subscribe: (listener: () => void) => () => void,
  timeoutMs: number,
  describe: () => string,
): Promise<T> {
  const now = find();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeoutMs} ms for ${describe()}`));
    }, timeoutMs);
    const stop = subscribe(() => {
      const found = find();
      if (found === undefined) return;
      clearTimeout(timer);
      stop();
      resolve(found);
    });
  });
}

/** A test for things with words: by substring, pattern, or the caller's own. No match given: anything. */
export function matcher<T>(
  match: Match<T> | undefined,
  words: (candidate: T) => string,
): (candidate: T) => boolean {
  if (match === undefined) return () => true;
  if (typeof match === 'function') return match;
  if (typeof match === 'string') return candidate => words(candidate).includes(match);
  return candidate => match.test(words(candidate));
}

/** All words of a message: its text, and what its blocks show. */
export function wordsOfMessage(message: { text: string; blocks?: readonly JsonObject[] }): string {
  return `${message.text}\n${wordsOf(message.blocks)}`;
}

/** For an error: a match in words. */
export function describeMatch(match: unknown): string {
  if (match === undefined) return 'any';
  return typeof match === 'function' ? 'one that fits' : `one with ${String(match)}`;
}
