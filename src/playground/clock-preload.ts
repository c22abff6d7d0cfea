// Loaded before the bot (`node --import`): its clock can be moved from outside, and it ends with the process that started it.

import { isObject } from './json.js';

/** What is added to the time that the bot is told, in milliseconds. */
let offset = Number(process.env.PLAYGROUND_CLOCK_OFFSET_MS ?? 0);

const RealDate = Date;
const movedNow = (): number => RealDate.now() + offset;

// Only "now" is moved; everything else about dates is the real thing.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [movedNow()] : given, newTarget),
  apply: () => new RealDate(movedNow()).toString(),
  get: (target, name, receiver) => (name === 'now' ? movedNow : Reflect.get(target, name, receiver)),
});

process.on('message', (message: unknown) => {
  if (isObject(message) && typeof message.clockOffsetMs === 'number') offset = message.clockOffsetMs;
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening alone must not keep the bot alive.
process.channel?.unref();
