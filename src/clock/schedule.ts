// The clock's ticks. They only wake us: what is due is decided from the database.
import cron from 'node-cron';
import type { Logger } from 'pino';

export interface Clock {
  /** No further tick starts. Resolves when those that are running are done. */
  stop(): Promise<void>;
}

/** Something to do again and again. It may run long: ticks meanwhile are passed over. */
export interface Chore {
  name: string;
  /**
   * A cron expression by the minute, or a number of seconds. Not a cron expression by the second: when the machine has
   * slept, node-cron walks through every tick it missed, and holds the event loop for 12 s after a week of them.
   */
  when: string | number;
  /** It is done when the clock starts, too. */
  isFirstAtOnce?: boolean;
  run: () => Promise<void>;
}

export function startClock(chores: Chore[], log: Logger): Clock {
  const running = new Set<Promise<void>>();
  const stops = chores.map(chore => {
    let busy = false;
    const tick = () => {
      if (busy) return;
      busy = true;
      const done = chore
        .run()
        .catch(error =>
          log.error(
            { err: error, chore: chore.name },
            'A chore of the clock failed; the next tick tries again.',
          ),
        )
        .finally(() => {
          busy = false;
          running.delete(done);
        });
      running.add(done);
    };
    if (chore.isFirstAtOnce) tick();
    return every(chore.when, tick);
  });
  return {
    stop: async () => {
      await Promise.all(stops.map(stop => stop()));
      await Promise.all(running);
    },
  };
}

/** Returns what ends it. */
function every(when: Chore['when'], tick: () => void): () => Promise<void> {
  if (typeof when === 'number') {
    const timer = setInterval(tick, when * 1000);
    return async () => clearInterval(timer);
  }
  const task = cron.schedule(when, tick);
  return async () => {
    await task.destroy();
  };
}
