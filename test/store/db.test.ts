// What the database promises on SQLite and on PostgreSQL alike: acknowledged is kept, committed is seen, nothing slips in between.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDatabaseUnavailable, isUniqueViolation, openDb } from '../../src/store/db.js';
import { Prisma } from '../../src/store/generated/sqlite/client.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { startProcess } from '../support/processes.js';
import { newValue, newWorkspace } from '../support/rows.js';

/** A point that one side waits at until the other opens it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets everything run that could run by now. */
async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
}

describe.each(databases)('the database on $name', ({ create }) => {
  let database: TestDatabase;
  let db: TestDatabase['db'];

  beforeEach(async () => {
    database = await create();
    db = database.db;
  });
  afterEach(() => database.drop());

  const workspaceIds = async () =>
    (await db.read.workspace.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

  test('what was acknowledged survives the rollback of a transaction that was open', async () => {
    await db.write.workspace.create({ data: newWorkspace('claimed') });
    await db.write.companyValue.create({ data: newValue('claimed', 'craft') });
    const entered = gate();
    const leave = gate();
    const rolledBack = db.transaction(async tx => {
      await tx.workspace.create({ data: newWorkspace('in-transaction') });
      entered.open();
      await leave.opened;
      throw new Error('Changed my mind.');
    });
    await entered.opened;

    const writes = Promise.all([
      db.write.workspace.create({ data: newWorkspace('one') }),
      db.write.workspace.createMany({ data: [newWorkspace('two'), newWorkspace('three')] }),
      db.write.companyValue.updateMany({ where: { retiredAt: null }, data: { retiredAt: new Date(0) } }),
    ]);
    await Promise.race([writes, manyTurns()]);
    leave.open();

    await expect(rolledBack).rejects.toThrow('Changed my mind.');
    expect((await writes)[2]).toEqual({ count: 1 });
    expect(await workspaceIds()).toEqual(['claimed', 'one', 'three', 'two']);
    expect(await db.read.companyValue.count({ where: { retiredAt: null } })).toBe(0);
  });

  test('fifty transactions and fifty single writes at once lose nothing', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    await db.write.companyValue.create({ data: newValue('w', 'craft') });
    const numbers = Array.from({ length: 50 }, (_, number) => number);
    await Promise.all([
      ...numbers.map(number =>
        db.transaction(async tx => {
          await tx.companyValue.update({ where: { id: 'craft' }, data: { position: { increment: 1 } } });
          await tx.workspace.create({ data: newWorkspace(`together-${number}`) });
        }),
      ),
      ...numbers.map(number => db.write.workspace.create({ data: newWorkspace(`single-${number}`) })),
    ]);
    expect(await db.read.companyValue.findUnique({ where: { id: 'craft' } })).toMatchObject({ position: 50 });
    expect(await db.read.workspace.count()).toBe(101);
  });

  test('a long read aside holds up neither the event loop nor a short one, and compares instants as they are kept', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const order: string[] = [];
    const longRead = db
      .readAside<{ sum: bigint | number }>(
        Prisma.sql`WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 2000000) SELECT COUNT(*) AS "sum" FROM numbers`,
      )
      .then(rows => {
        order.push('long');
        return rows;
      });
    const { createdAt } = newWorkspace('w');
    const since = (instant: Date) =>
      db.readAside<{ id: string }>(
        Prisma.sql`SELECT "id" FROM "Workspace" WHERE "createdAt" >= ${instant} AND "createdAt" < ${new Date('2100-01-01')}`,
      );
    const first = await since(new Date(createdAt));
    order.push('short');
    delay.enable();
    const [counted] = await longRead;
    delay.disable();

    expect(Number(counted?.sum)).toBe(2_000_000);
    expect(order).toEqual(['short', 'long']);
    expect(first).toEqual([{ id: 'w' }]);
    expect(await since(new Date(new Date(createdAt).getTime() + 1))).toEqual([]);
    // Counting takes a second or more. The rest is room for a busy machine.
    expect(delay.max / 1e6).toBeLessThan(250);
  });

  test('what was asked aside is answered before the database closes, and nothing is after it', async () => {
    const question = () =>
      db.readAside<{ people: bigint | number }>(Prisma.sql`SELECT COUNT(*) AS "people" FROM "Member"`);
    const asked = Promise.all(Array.from({ length: 5 }, question));
    await db.close();
    expect((await asked).map(([row]) => Number(row?.people))).toEqual([0, 0, 0, 0, 0]);
    await expect(question()).rejects.toThrow('The database is closed.');
  });

  test('a read sees what is committed, and does not wait for what is not', async () => {
    const leave = gate();
    const insideCounts: number[] = [];
    // More than there are connections that write.
    const writing = Array.from({ length: 12 }, (_, number) =>
      db.transaction(async tx => {
        await tx.workspace.create({ data: newWorkspace(`w-${number}`) });
        insideCounts.push(await db.read.workspace.count());
        await leave.opened;
      }),
    );
    await manyTurns();
    expect(await db.read.workspace.count()).toBe(0);
    leave.open();
    await Promise.all(writing);
    expect(insideCounts[0]).toBe(0);
    expect(await db.read.workspace.count()).toBe(12);
  });

  test('writing beside the running transaction fails at once, and nothing of it slips in', async () => {
    await db.transaction(async tx => {
      await tx.workspace.create({ data: newWorkspace('inside') });
      const beside = 'beside the transaction';
      await expect(db.write.workspace.create({ data: newWorkspace('outside') })).rejects.toThrow(beside);
      await expect(db.write.workspace.findMany()).rejects.toThrow(beside);
      await expect(db.transaction(async () => undefined)).rejects.toThrow(beside);
    });
    expect(await workspaceIds()).toEqual(['inside']);
  });

  test('what a transaction leaves running may write after its end', async () => {
    const leave = gate();
    let later: Promise<unknown> = Promise.resolve();
    await db.transaction(async () => {
      later = leave.opened.then(() => db.write.workspace.create({ data: newWorkspace('later') }));
    });
    leave.open();
    await later;
    expect(await workspaceIds()).toEqual(['later']);
  });

  test('a transaction in which a statement failed keeps nothing, also when the error was caught', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    const transaction = db.transaction(async tx => {
      await tx.workspace.create({ data: newWorkspace('half') });
      await tx.workspace.create({ data: newWorkspace('w') }).catch(() => undefined);
      return 'done';
    });
    await expect(transaction).rejects.toThrow('nothing of it can be kept');
    expect(await workspaceIds()).toEqual(['w']);
    await db.transaction(tx => tx.workspace.create({ data: newWorkspace('next') }));
    expect(await workspaceIds()).toEqual(['next', 'w']);
  });

  test('one of five that claim at once wins, also when they are two processes', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    await db.write.companyValue.create({ data: newValue('w', 'craft') });
    const other = await openDb(database.url);
    const claims = await Promise.all(
      [db, db, db, other, other].map(({ write }) =>
        write.companyValue.updateMany({
          where: { id: 'craft', retiredAt: null },
          data: { retiredAt: new Date(0) },
        }),
      ),
    );
    await other.close();
    expect(claims.map(({ count }) => count).sort()).toEqual([0, 0, 0, 0, 1]);
  });

  test('a row that exists is told from a database that cannot be used', async () => {
    await db.write.workspace.create({ data: newWorkspace('w') });
    const attempts = [
      db.write.workspace.create({ data: newWorkspace('w') }),
      db.write.workspace.create({ data: { ...newWorkspace('other'), slackId: newWorkspace('w').slackId } }),
      db.transaction(tx => tx.workspace.create({ data: newWorkspace('w') })),
    ];
    const errors = await Promise.all(attempts.map(attempt => attempt.catch((reason: unknown) => reason)));
    for (const error of errors) {
      expect(isUniqueViolation(error)).toBe(true);
      expect(isDatabaseUnavailable(error)).toBe(false);
    }
    const missing: unknown = await db.write.workspace
      .update({ where: { id: 'nobody' }, data: { name: '' } })
      .catch((reason: unknown) => reason);
    expect(missing).toBeInstanceOf(Error);
    expect(isUniqueViolation(missing)).toBe(false);
    expect(isDatabaseUnavailable(missing)).toBe(false);
  });

  test('what a process acknowledged before it was killed is there', async () => {
    const writer = startProcess('write', database.url);
    const acknowledged: unknown[] = [];
    while (acknowledged.length < 60) acknowledged.push(await writer.next());
    await writer.kill();
    const kept = new Set<unknown>(await workspaceIds());
    expect(acknowledged.filter(id => !kept.has(id))).toEqual([]);
    await db.write.workspace.create({ data: newWorkspace('afterwards') });
  });

  test('closing waits for the transactions that are running, and may be asked for twice', async () => {
    const other = await openDb(database.url);
    await other.ping();
    const entered = gate();
    const leave = gate();
    const running = other.transaction(async tx => {
      entered.open();
      await leave.opened;
      await tx.workspace.create({ data: newWorkspace('last') });
    });
    await entered.opened;
    const closed = Promise.all([other.close(), other.close()]);
    leave.open();
    await Promise.all([running, closed]);
    expect(await workspaceIds()).toEqual(['last']);
    await expect(other.ping()).rejects.toThrow();
  });

  test('an address of neither database is refused without repeating it', async () => {
    await expect(openDb('mysql://user:secret@host/db')).rejects.toThrow(
      /^(?!.*secret).*file: or postgresql:/,
    );
  });
});
