// A database that does not answer: locked by somebody else, as another process or a long migration would.
import pg from 'pg';
import { startProcess } from './processes.js';

/**
 * Locks the database so that nothing can be written, and on PostgreSQL nothing read, for `milliseconds`.
 * Resolves when it is locked.
 */
export async function lockDatabase(url: string, milliseconds: number): Promise<void> {
  if (url.startsWith('file:')) {
    const holder = startProcess('hold-lock', url.slice('file:'.length), String(milliseconds));
    await holder.next();
    return;
  }
  const client = new pg.Client(url);
  await client.connect();
  await client.query('BEGIN; LOCK TABLE "Shoutout", "Member", "Post" IN ACCESS EXCLUSIVE MODE');
  setTimeout(() => void client.query('COMMIT').finally(() => client.end()), milliseconds);
}
