// Loaded before the bot (`node --import`): its clock can be moved from outside, and it ends with whoever started it.

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { isObject } from './json.js';

/** What is added to the time that the bot is told, in milliseconds. */
let offset = Number(process.env.PLAYGROUND_CLOCK_OFFSET_MS ?? 0);
let movedAt = Number.NEGATIVE_INFINITY;

const RealDate = Date;
const movedNow = (): number => RealDate.now() + offset;

// Only "now" is moved; everything else about dates is the real thing.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [movedNow()] : given, newTarget),
  apply: () => new RealDate(movedNow()).toString(),
  get: (target, name, receiver) => (name === 'now' ? movedNow : Reflect.get(target, name, receiver)),
});

if (process.env.PLAYGROUND_WRITES_HISTORY === 'yes') {
  hurry();
  stayCalm();
}

/**
 * Nobody reads along while a history is written: what rests for up to a second rests no longer. And the bot's own clock
 * does not tick: it would go through every tick of eight weeks.
 */
function hurry(): void {
  const shortened = (delay: unknown): unknown => (typeof delay === 'number' && delay <= 1000 ? 0 : delay);
  const isTick = (): boolean => (new Error().stack ?? '').includes('node-cron');
  const never = 2 ** 31 - 1;
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply: (target, self, [run, delay, ...rest]: unknown[]) =>
      Reflect.apply(target, self, [run, isTick() ? never : shortened(delay), ...rest]),
  });
  timers.setTimeout = new Proxy(timers.setTimeout, {
    apply: (target, self, [delay, ...rest]: unknown[]) =>
      Reflect.apply(target, self, [shortened(delay), ...rest]),
  });
  // So that `import { setTimeout } from 'node:timers/promises'` gets it too.
  syncBuiltinESMExports();
}

/**
 * The socket client measures Slack's silence by the clock, in an interval: after a jump it would leave. So intervals pass
 * over a moment, in which Slack's next sign of life arrives.
 */
function stayCalm(): void {
  const calmMs = 1000;
  globalThis.setInterval = new Proxy(setInterval, {
    apply: (target, self, [run, ...rest]: unknown[]) => {
      const calmly = (...given: unknown[]): void => {
        if (typeof run === 'function' && performance.now() - movedAt > calmMs) run(...given);
      };
      return Reflect.apply(target, self, [calmly, ...rest]);
    },
  });
}

process.on('message', (message: unknown) => {
  if (!isObject(message)) return;
  if (typeof message.clockOffsetMs === 'number') {
    offset = message.clockOffsetMs;
    movedAt = performance.now();
  }
  process.send?.({ done: message.n });
});
// Nobody reads any more what it prints: the end must not wait for that to be written.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Listening alone must not keep the bot alive.
process.channel?.unref();
