// The clock's ticks.
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startClock } from '../../src/clock/schedule.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const log = pino({ level: 'silent' });

describe('the clock', () => {
  it('passes over ticks while a chore runs, and goes on after one that failed', async () => {
    let begun = 0;
    let finish = () => {};
    const clock = startClock(
      [
        {
          name: 'slow',
          when: 5,
          run: () => {
            begun += 1;
            return new Promise((resolve, reject) => {
              finish = begun === 1 ? () => reject(new Error('no')) : resolve;
            });
          },
        },
      ],
      log,
    );
    await vi.advanceTimersByTimeAsync(16_000);
    expect(begun).toBe(1);
    finish();
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun).toBe(2);
    const stopped = clock.stop();
    finish();
    await stopped;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun).toBe(2);
  });

  it('starts with what is to be done at once', async () => {
    let ticks = 0;
    const run = async () => {
      ticks += 1;
    };
    const clock = startClock([{ name: 'first', when: 60, isFirstAtOnce: true, run }], log);
    expect(ticks).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ticks).toBe(2);
    await clock.stop();
  });

  it('ticks by a cron expression', async () => {
    vi.setSystemTime(new Date('2026-05-13T10:16:30Z'));
    let ticks = 0;
    const count = async () => {
      ticks += 1;
    };
    const clock = startClock([{ name: 'hourly', when: '17 * * * *', run: count }], log);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ticks).toBe(1);
    await clock.stop();
  });
});
