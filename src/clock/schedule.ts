// The clock's ticks. They only wake us: what is due is decided from the database.
import cron from 'node-cron';
import type { Logger } from 'pino';

export interface Clock {
  /** No further tick starts. Resolves when those that are running are done. */
  stop(): Promise<void>;
}

/** Something to do at each tick of a cron expression with seconds. It may run long: ticks meanwhile are passed over. */
export interface Chore {
  name: string;
  expression: string;
  run: () => Promise<void>;
}

export function startClock(chores: Chore[], log: Logger): Clock {
  const running = new Set<Promise<void>>();
  const tasks = chores.map(({ name, expression, run }) => {
    let busy = false;
    return cron.schedule(expression, () => {
      if (busy) return;
      busy = true;
      const done = run()
        .catch(error =>
          log.error({ err: error, chore: name }, 'A chore of the clock failed; the next tick tries again.'),
        )
        .finally(() => {
          busy = false;
          running.delete(done);
        });
      running.add(done);
    });
  });
  return {
    stop: async () => {
      await Promise.all(tasks.map(task => task.destroy()));
      await Promise.all(running);
    },
  };
}
