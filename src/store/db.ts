// Opens the database, SQLite or PostgreSQL, so that nobody else needs to know which one runs.
import { engineOf } from './engines/address.js';
import type { SpreadFigures, SpreadQuestion } from './engines/aside.js';
import type { Engine } from './engines/engine.js';
import { type Trouble, troubleOf } from './engines/errors.js';
import { refuseInsideTransaction, runInsideTransaction } from './engines/guarded-adapter.js';
import { repeatUntil } from './engines/patience.js';
import { Prisma, type PrismaClient } from './generated/sqlite/client.js';

export { isDatabaseUnavailable, isUniqueViolation } from './engines/errors.js';
export type { Prisma } from './generated/sqlite/client.js';

/** The models, for reading and writing: what a transaction is given, and `db.write`. */
export type Tx = Prisma.TransactionClient;

type ModelName = Uncapitalize<Prisma.ModelName>;
type ReadMethod =
  | 'findUnique'
  | 'findUniqueOrThrow'
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy';

/** The models, for reading only: `db.read`, and any Tx as well. */
export type Reader = { readonly [M in ModelName]: Pick<Tx[M], ReadMethod> } & Pick<Tx, '$queryRaw'>;

/** An open database. */
export type Db = {
  /**
   * Single statements and nested writes, each durable when it resolves. Waits for its turn and for other processes' locks.
   * Throws when used inside a running `transaction`: use its `tx`.
   */
  readonly write: Tx;
  /** Sees what is committed, and only that, also from inside a transaction; never waits for those who write. */
  readonly read: Reader;
  /**
   * Reads what may take long, such as sums over a whole workspace, while everything else goes on: on SQLite in a thread of
   * its own. Sees what is committed. Sums come as numbers or as bigints, and instants as each database keeps them: the
   * answer is to be small, and to have no instants in it.
   */
  readAside<Row>(question: Prisma.Sql): Promise<Row[]>;
  /** Counts how thanks are spread, in a thread of its own. Sees what is committed. */
  spreadAside(question: SpreadQuestion): Promise<SpreadFigures>;
  /** Looks at how the tables have grown, so that what is asked is found the short way. To be called now and then; cheap where nothing has. */
  tidy(): Promise<void>;
  /**
   * Runs `fn` in one transaction: all of it is durable when this resolves, none of it when this throws.
   *
   * `fn` must be safe to repeat, for it runs again when the database was locked, chose it as a deadlock's victim or lost
   * the connection, also when the connection broke during the commit and the first run was in fact kept: look the key up
   * before inserting, and change nothing outside the database. Await nothing but the database in it, for on SQLite
   * everyone else's writes wait meanwhile. A statement that failed ends it: catching the error keeps nothing.
   *
   * @returns what `fn` returns
   * @throws what `fn` throws; or an error that `isDatabaseUnavailable` knows, after `patienceMs`
   */
  transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Makes other transactions that lock any of these rows wait until this one ends. Always in the same order, so that two
   * cannot wait for each other; rows that merely refer to them can still be inserted. Ids that do not exist are passed over.
   */
  lockRows(tx: Tx, table: Prisma.ModelName, ids: string[]): Promise<void>;
  /** Resolves when the database answers now, without patience; throws otherwise. */
  ping(): Promise<void>;
  /** Waits for the transactions that are running and for what is read aside, then closes the connections. A second call does nothing. */
  close(): Promise<void>;
};

export type DbOptions = {
  /** How long a locked or unreachable database is tried again before it counts as unavailable. Default 30,000 ms. */
  patienceMs?: number;
};

/** How long one run of a transaction may take before it is rolled back. */
const transactionTimeoutMs = 20_000;

/** What a whole transaction is repeated after. */
const worthRepeating: ReadonlySet<Trouble | undefined> = new Set([
  'busy',
  'conflict',
  'unreachable',
  'connectionLost',
]);

/**
 * Opens a database that has been migrated (`migrate`).
 *
 * @param url `file:data/shoutout.db`, relative to the working folder, or `postgresql://user:password@host/database`.
 *   A SQLite file is created when missing, readable by nobody else.
 * @throws when the address is of neither kind, or the database cannot be reached within `patienceMs`
 */
export async function openDb(url: string, options: DbOptions = {}): Promise<Db> {
  const patienceMs = options.patienceMs ?? 30_000;
  const { engine, newClient } = await engineFor(url, patienceMs);
  const transactionOptions = {
    // Longer than our own patience, so that its error is the one that is seen.
    maxWait: patienceMs + 5_000,
    timeout: transactionTimeoutMs,
  };
  const write = newClient({ adapter: engine.writing, transactionOptions });
  const read = newClient({ adapter: engine.reading, transactionOptions });
  const open = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  /** What closing waits for. */
  const untilClosed = async <T>(run: Promise<T>): Promise<T> => {
    open.add(run);
    try {
      return await run;
    } finally {
      open.delete(run);
    }
  };

  const disconnect = async () => {
    await engine.aside.close();
    // SQLite tidies up its log when the last connection closes, which only the writing one can do.
    await read.$disconnect();
    await write.$disconnect();
  };

  try {
    await write.$connect();
    await read.$connect();
  } catch (error) {
    await disconnect();
    throw error;
  }

  const { aside } = engine;
  const refuseClosed = () => {
    if (closing) throw new Error('The database is closed.');
  };

  return {
    write,
    read,
    readAside: async <Row>(question: Prisma.Sql) => {
      refuseClosed();
      // What a statement's rows are is known to whoever wrote it, as with `$queryRaw`.
      return untilClosed((aside.ask?.(question) ?? read.$queryRaw(question)) as Promise<Row[]>);
    },
    spreadAside: async question => {
      refuseClosed();
      return untilClosed(aside.spread(question));
    },
    tidy: async () => {
      refuseClosed();
      await untilClosed(aside.tidy?.() ?? Promise.resolve());
    },
    transaction: async fn => {
      refuseInsideTransaction();
      const run = repeatUntil(
        performance.now() + patienceMs,
        error => worthRepeating.has(troubleOf(error)),
        () => write.$transaction(tx => runInsideTransaction(() => fn(tx))),
      );
      return untilClosed(run);
    },
    lockRows: async (tx, table, ids) => {
      if (!engine.locksRows || ids.length === 0) return;
      const sorted = [...new Set(ids)].sort();
      await tx.$queryRaw(
        Prisma.sql`SELECT "id" FROM ${Prisma.raw(`"${table}"`)} WHERE "id" IN (${Prisma.join(sorted)}) ORDER BY "id" FOR NO KEY UPDATE`,
      );
    },
    ping: async () => {
      refuseClosed();
      await engine.ping();
    },
    close: () => {
      closing ??= Promise.allSettled(open).then(disconnect);
      return closing;
    },
  };
}

type ClientOptions = Pick<Prisma.PrismaClientOptions, 'transactionOptions'> & { adapter: Engine['writing'] };

/** Loads only the client and the driver that are needed: each costs tens of megabytes. */
async function engineFor(
  url: string,
  patienceMs: number,
): Promise<{ engine: Engine; newClient: (options: ClientOptions) => PrismaClient }> {
  if (engineOf(url) === 'sqlite') {
    const [client, { sqliteEngine }] = await Promise.all([
      import('./generated/sqlite/client.js'),
      import('./engines/sqlite.js'),
    ]);
    return {
      engine: sqliteEngine(url, { patienceMs }),
      newClient: options => new client.PrismaClient(options),
    };
  }
  const [client, { postgresqlEngine }] = await Promise.all([
    import('./generated/postgresql/client.js'),
    import('./engines/postgresql.js'),
  ]);
  return {
    engine: postgresqlEngine(url, { patienceMs }),
    // The one cast: both clients come from the same models, in forms that both databases have, and Prisma still gives
    // them types that do not fit each other. Every store test runs on both.
    newClient: options => new client.PrismaClient(options) as unknown as PrismaClient,
  };
}
