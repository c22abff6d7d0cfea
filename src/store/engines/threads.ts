// Threads that answer one question after the other, so that the event loop is free meanwhile.
import { Worker } from 'node:worker_threads';

/** One for a long question, so that short ones need not wait behind it. Each takes about ten megabytes. */
const mostThreads = 2;

export interface Threads {
  /**
   * Resolves to what a thread answers to the message.
   * @throws what the thread says, with its message and code; or that the thread ended, when the next message starts another
   */
  send<T>(message: unknown): Promise<T>;
  /** Ends the threads. To be called when everything is answered. */
  close(): Promise<void>;
}

/** What a thread sends back for each message. */
export type Reply = { answer: unknown } | { refused: { message: string; code: string | undefined } };

interface Asked {
  message: unknown;
  // What a message is answered with is known to whoever wrote it.
  resolve(answer: never): void;
  reject(error: Error): void;
}

/**
 * Threads are started when there is something to ask, and stay.
 * @param script - JavaScript, so that it runs as it is from src and from dist; it answers by `answerEach`
 * @param workerData - what the script is to know
 */
export function startThreads(script: URL, workerData: unknown): Threads {
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
    worker.postMessage(asked.message);
    next();
  }

  function start(): Worker {
    // Neither a debugger's nor a loader's options are meant for it.
    const worker = new Worker(script, { workerData, execArgv: [] });
    worker.on('message', (reply: Reply) => {
      const asked = busy.get(worker);
      busy.delete(worker);
      worker.unref();
      idle.push(worker);
      if ('answer' in reply) asked?.resolve(reply.answer as never);
      else asked?.reject(errorFrom(reply.refused));
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
    send: message =>
      new Promise((resolve, reject) => {
        waiting.push({ message, resolve, reject });
        next();
      }),
    close: async () => {
      await Promise.all([...idle, ...busy.keys()].map(worker => worker.terminate()));
    },
  };
}

function errorFrom({ message, code }: { message: string; code: string | undefined }): Error {
  return Object.assign(new Error(message), { code });
}
