// Waiting without holding the event loop: repeating work until a deadline, and a lock with a queue.
import { setTimeout as sleep } from 'node:timers/promises';
import { DriverAdapterError } from '@prisma/driver-adapter-utils';

const firstWaitMs = 10;
const longestWaitMs = 200;

/**
 * Does the work, and again while it fails in a way that is worth repeating, until the deadline.
 *
 * @param work called at least once, and again after waits that grow from 10 to 200 ms
 * @param deadline a `performance.now()` in milliseconds after which a failure is final
 * @returns what the work returns
 * @throws the work's last error
 */
export async function repeatUntil<T>(
  deadline: number,
  isWorthRepeating: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 1.5, longestWaitMs)) {
    try {
      return await work();
    } catch (error) {
      // Not all at the same moment: those that met once would meet again.
      const pause = wait * (0.5 + Math.random() / 2);
      if (!isWorthRepeating(error) || performance.now() + pause > deadline) throw error;
      await sleep(pause);
    }
  }
}

type Waiter = { enter: () => void };

/** One at a time, in the order of asking. */
export class Lock {
  #isHeld = false;
  #waiting: Waiter[] = [];

  /**
   * Waits for its turn.
   *
   * @param deadline a `performance.now()` in milliseconds
   * @returns the function that lets the next one in; call it exactly once
   * @throws an error that `isDatabaseUnavailable` knows, when its turn has not come by the deadline
   */
  async acquire(deadline: number): Promise<() => void> {
    if (this.#isHeld) await this.#turn(deadline);
    this.#isHeld = true;
    return () => this.#release();
  }

  #turn(deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(
        () => {
          this.#waiting = this.#waiting.filter(other => other !== waiter);
          reject(new DriverAdapterError({ kind: 'SocketTimeout', originalCode: 'SQLITE_BUSY' }));
        },
        Math.max(0, deadline - performance.now()),
      );
      this.#waiting.push(waiter);
    });
  }

  #release(): void {
    // The lock stays held while it is handed on, so that nobody who asks in between slips in.
    const next = this.#waiting.shift();
    if (next) next.enter();
    else this.#isHeld = false;
  }
}
