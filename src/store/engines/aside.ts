// Reading from a SQLite file without holding the event loop: SQLite works in threads of its own, which only read.
import { Worker } from 'node:worker_threads';

/** A statement with `?` for each value. */
export interface Question {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export interface Aside {
  /**
   * Answers with rows of numbers, strings and nulls; instants come as SQLite keeps them.
   * @throws what SQLite says; or that the thread ended, when the next question starts another
   */
  ask(question: Question): Promise<unknown[]>;
  /** Ends the threads. To be called when everything is answered. */
  close(): Promise<void>;
}

/** One for a long question, so that short ones need not wait behind it. Each takes about ten megabytes. */
const mostThreads = 2;

interface Asked extends Question {
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}

type Answer = { rows: unknown[] } | { refused: { message: string; code: string | undefined } };

/** Threads are started when there is something to ask, and stay. @param path - of a file that exists by then */
export function sqliteAside(path: string): Aside {
  const waiting: Asked[] = [];
  const busy = new Map<Worker, Asked>();
  const idle: Worker[] = [];

  function next(): void {
    const asked = waiting[0];
    if (!asked) return;
    const worker = idle.pop() ?? (busy.size < mostThreads ? start() : null);
    if (!worker) return;
    waiting.shift();
    busy.set(worker, asked);
    // Whoever waits for an answer keeps the process alive; a thread that waits for a question does not.
    worker.ref();
    worker.postMessage({ sql: asked.sql, args: asked.values.map(asSqliteKeepsIt) });
    next();
  }

  function start(): Worker {
    const worker = new Worker(new URL('./aside-thread.js', import.meta.url), {
      workerData: { path },
      // Neither a debugger's nor a loader's options are meant for it.
      execArgv: [],
    });
    worker.on('message', (answer: Answer) => {
      const asked = busy.get(worker);
      busy.delete(worker);
      worker.unref();
      idle.push(worker);
      if ('rows' in answer) asked?.resolve(answer.rows);
      else asked?.reject(errorFrom(answer.refused));
      next();
    });
    worker.on('error', error => fail(worker, error));
    worker.on('exit', () => fail(worker, new Error('The thread that reads from the database ended.')));
    return worker;
  }

  function fail(worker: Worker, error: Error): void {
    const asked = busy.get(worker);
    busy.delete(worker);
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    asked?.reject(error);
    next();
  }

  return {
    ask: question =>
      new Promise((resolve, reject) => {
        waiting.push({ sql: question.sql, values: question.values, resolve, reject });
        next();
      }),
    close: async () => {
      await Promise.all([...idle, ...busy.keys()].map(worker => worker.terminate()));
    },
  };
}

/** As Prisma's adapter writes it, so that comparing is right. */
function asSqliteKeepsIt(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  return typeof value === 'boolean' ? Number(value) : value;
}

function errorFrom({ message, code }: { message: string; code: string | undefined }): Error {
  return Object.assign(new Error(message), { code });
}
