// Reading from a SQLite file without holding the event loop: SQLite works in threads of its own, which only read.
import type { Aside, Question, SpreadMessage, Statement } from './aside.js';
import { startThreads } from './threads.js';

/** What a thread is told. */
export type SqliteMessage = { rows: Statement } | { spread: SpreadMessage } | { tidy: true };

/** @param path - of a file that exists when the first question comes */
export function sqliteAside(path: string): Aside {
  const threads = startThreads(new URL('./sqlite-thread.js', import.meta.url), { path });
  const send = <T>(message: SqliteMessage) => threads.send<T>(message);
  return {
    ask: question => send({ rows: statement(question) }),
    spread: ({ everyoneId, stays, strokes }) =>
      send({ spread: { everyoneId, stays: statement(stays), strokes: statement(strokes) } }),
    tidy: async () => {
      await send({ tidy: true });
    },
    close: threads.close,
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
