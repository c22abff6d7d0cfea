// Counting what a PostgreSQL server holds without holding the event loop: its rows are read in threads of their own.
import type pg from 'pg';
import type { Aside, Question, Statement } from './aside.js';
import { startThreads } from './threads.js';

/** @param settings - of the connection that each question opens for itself */
export function postgresqlAside(settings: pg.ClientConfig): Aside {
  const threads = startThreads(new URL('./postgresql-thread.js', import.meta.url), { settings });
  return {
    ask: null,
    spread: ({ everyoneId, stays, strokes }) =>
      threads.send({ everyoneId, stays: statement(stays), strokes: statement(strokes) }),
    tidy: null,
    close: threads.close,
  };
}

function statement({ text, values }: Question): Statement {
  // The driver would write an instant in this machine's zone, and PostgreSQL keeps them without one.
  return { sql: text, args: values.map(value => (value instanceof Date ? value.toISOString() : value)) };
}
