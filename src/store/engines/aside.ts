// Reading from a SQLite file without holding the event loop: SQLite works in threads of its own, which only read.
import { Worker } from 'node:worker_threads';

/** A statement with `?` for each value. */
export interface Question {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** How thanks are to be counted. Both statements keep their columns' names. */
export interface SpreadQuestion {
  everyoneId: string;
  /** `memberId`, `teamId`, `joined`, `left`: the stays that touch the span; a null: outside of it. */
  stays: Question;
  /** `giverId`, `recipientId`, `givenAt`: one for each time that somebody was thanked in the span. */
  strokes: Question;
}

export interface SpreadFigures {
  /** How many strokes there are. */
  received: number;
  /** How many pairs of a giver and a recipient, each direction for itself; and how many of them have the other direction, too. */
  pairs: number;
  returned: number;
  /** How many strokes came from somebody who was in no team with the recipient then but Everyone. */
  across: number;
  /** How many people were in Everyone and thanked so often while they were. In no order. */
  evenness: { times: number; people: number }[];
}

export interface Aside {
  /**
   * Answers with rows of numbers, strings and nulls; instants come as SQLite keeps them.
   * @throws what SQLite says; or that the thread ended, when the next question starts another
   */
  ask(question: Question): Promise<unknown[]>;
  /** Counts stroke by stroke, in a pass, what SQLite would take three times as long for. @throws as `ask` */
  spread(question: SpreadQuestion): Promise<SpreadFigures>;
  /** Ends the threads. To be called when everything is answered. */
  close(): Promise<void>;
}

/** One for a long question, so that short ones need not wait behind it. Each takes about ten megabytes. */
const mostThreads = 2;

/** A statement with its values as SQLite keeps them. */
export interface Statement {
  sql: string;
  args: unknown[];
}

/** What a thread is told. */
export type Message =
  | { rows: Statement }
  | { spread: { everyoneId: string; stays: Statement; strokes: Statement } };

interface Asked {
  message: Message;
  // What a message is answered with is known to whoever wrote it.
  resolve(answer: never): void;
  reject(error: Error): void;
}

type Answer = { answer: never } | { refused: { message: string; code: string | undefined } };

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
    worker.postMessage(asked.message);
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
      if ('answer' in answer) asked?.resolve(answer.answer);
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

  const send = <T>(message: Message) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      next();
    });

  return {
    ask: question => send({ rows: statement(question) }),
    spread: ({ everyoneId, stays, strokes }) =>
      send({ spread: { everyoneId, stays: statement(stays), strokes: statement(strokes) } }),
    close: async () => {
      await Promise.all([...idle, ...busy.keys()].map(worker => worker.terminate()));
    },
  };
}

function statement({ sql, values }: Question): Statement {
  return { sql, args: values.map(asSqliteKeepsIt) };
}

/** As Prisma's adapter writes it, so that comparing is right. */
function asSqliteKeepsIt(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  return typeof value === 'boolean' ? Number(value) : value;
}

function errorFrom({ message, code }: { message: string; code: string | undefined }): Error {
  return Object.assign(new Error(message), { code });
}
