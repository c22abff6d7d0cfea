// What only PostgreSQL asks for: connections that break, deadlocks, and a server that is not there.
import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDatabaseUnavailable, openDb, type Tx } from '../../src/store/db.js';
import { countSpread } from '../../src/store/stats/spread.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { newValue, newWorkspace } from '../support/rows.js';

describe('the database on a PostgreSQL server', () => {
  let database: TestDatabase;
  let db: TestDatabase['db'];

  beforeEach(async () => {
    const postgresql = databases.find(({ name }) => name === 'PostgreSQL');
    if (!postgresql) throw new Error('PostgreSQL is missing from the databases.');
    database = await postgresql.create();
    db = database.db;
  });
  afterEach(() => database.drop());

  /** Ends every connection to this database from outside, as a restart or an administrator would. */
  async function endAllConnections(): Promise<void> {
    const outside = new pg.Client(database.url);
    await outside.connect();
    await outside.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await outside.end();
  }

  test('connections that were ended while idle are replaced', async () => {
    await db.write.workspace.create({ data: newWorkspace('before') });
    await endAllConnections();
    expect(await db.read.workspace.count()).toBe(1);
    await db.transaction(tx => tx.workspace.create({ data: newWorkspace('transaction') }));
    await db.write.workspace.create({ data: newWorkspace('after') });
    await db.ping();
    expect(await db.read.workspace.count()).toBe(3);
  });

  test('a transaction whose connection is ended in the middle runs again, and is kept once', async () => {
    let runs = 0;
    await db.transaction(async tx => {
      runs += 1;
      await tx.workspace.create({ data: newWorkspace('w') });
      if (runs === 1) await endAllConnections();
      await tx.companyValue.create({ data: newValue('w', 'craft') });
    });
    expect(runs).toBe(2);
    expect(await db.read.workspace.count()).toBe(1);
    expect(await db.read.companyValue.count()).toBe(1);
  });

  test('what is counted aside is counted again when its connection is ended in the middle', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    const [locking, ending] = [new pg.Client(database.url), new pg.Client(database.url)];
    await locking.connect();
    await ending.connect();
    await locking.query('BEGIN; LOCK TABLE "TeamMember" IN ACCESS EXCLUSIVE MODE');
    const span = { from: new Date(0), to: new Date() };
    const counted = countSpread(db, 'w', { everyoneId: 'everyone', span });
    const endWaiting = async () => {
      const { rowCount } = await ending.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rowCount;
    };
    await expect.poll(endWaiting).toBe(1);
    await locking.end();
    await ending.end();
    expect(await counted).toMatchObject({ roster: 0, received: 0 });
  });

  test('two transactions that lock each other out are both kept', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    await db.write.companyValue.createMany({ data: [newValue('w', 'one'), newValue('w', 'two')] });
    let runs = 0;
    const waiting: (() => void)[] = [];
    /** Resolves when both transactions have come this far for the first time. */
    const both = () =>
      new Promise<void>(resolve => {
        waiting.push(resolve);
        if (waiting.length >= 2) for (const go of waiting) go();
      });
    const increment = (tx: Tx, id: string) =>
      tx.companyValue.update({ where: { id }, data: { position: { increment: 1 } } });
    const inOrder = (first: string, second: string) =>
      db.transaction(async tx => {
        runs += 1;
        await increment(tx, first);
        await both();
        await increment(tx, second);
      });
    await Promise.all([inOrder('one', 'two'), inOrder('two', 'one')]);
    expect(runs).toBe(3);
    const positions = await db.read.companyValue.findMany({ select: { position: true } });
    expect(positions).toEqual([{ position: 2 }, { position: 2 }]);
  });

  test('a server that is not there is an unavailable database', async () => {
    const error: unknown = await openDb('postgresql://nobody@127.0.0.1:1/nothing', { patienceMs: 200 }).catch(
      (reason: unknown) => reason,
    );
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  test('a server that takes connections and says nothing is an unavailable database', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const client = new pg.Client({
      connectionString: `postgresql://nobody@127.0.0.1:${port}/nothing`,
      connectionTimeoutMillis: 100,
    });
    const error: unknown = await client.connect().catch((reason: unknown) => reason);
    silent.close();
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  test('a wrong password is told at once, and is no passing trouble', async () => {
    const url = new URL(database.url);
    url.username = 'nobody';
    url.password = 'wrong';
    const error: unknown = await openDb(url.toString()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});
