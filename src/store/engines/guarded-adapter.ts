// The wrapper around Prisma's driver adapters that keeps their promises: nothing slips into another's transaction, and none commits half.
import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** What differs between the databases, and between writing and reading. */
export type GuardRules = {
  /** Runs a statement that belongs to no transaction: waits for its turn, repeats it where that is safe. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Starts a transaction: waits for its turn, repeats where that is safe. */
  begin(inner: SqlDriverAdapter, isolationLevel: IsolationLevel | undefined): Promise<Transaction>;
  /** Runs once for each connection before anything else does. */
  prepare?(inner: SqlDriverAdapter): Promise<void>;
  /** Whether using the client inside a running `transaction` is a mistake: true for the one that writes. */
  refusesOuterUse: boolean;
};

/** Which transaction the calling code runs in. `isOpen` goes false with its end, for what it left running behind. */
const running = new AsyncLocalStorage<{ isOpen: boolean }>();

/**
 * Runs the body of a transaction so that using the outer, writing client in it fails at once.
 *
 * @returns what the body returns
 */
export async function runInsideTransaction<T>(body: () => Promise<T>): Promise<T> {
  const transaction = { isOpen: true };
  try {
    return await running.run(transaction, body);
  } finally {
    transaction.isOpen = false;
  }
}

/**
 * Throws when called from inside a running transaction: there the outer client would wait for a lock that its own
 * transaction holds (SQLite), or write what a rollback does not take back (PostgreSQL).
 */
export function refuseInsideTransaction(): void {
  if (running.getStore()?.isOpen) {
    throw new Error(
      'The database was written to beside the transaction that is running: use the tx it was given.',
    );
  }
}

/** Wraps what Prisma's adapter makes, by the rules of its database. */
export function guardAdapter(factory: SqlDriverAdapterFactory, rules: GuardRules): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const inner = await factory.connect();
      try {
        await rules.prepare?.(inner);
      } catch (error) {
        await inner.dispose();
        throw error;
      }
      return guard(inner, rules);
    },
  };
}

function guard(inner: SqlDriverAdapter, rules: GuardRules): SqlDriverAdapter {
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (rules.refusesOuterUse) refuseInsideTransaction();
    return rules.alone(work);
  };
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: query => alone(() => inner.queryRaw(query)),
    executeRaw: query => alone(() => inner.executeRaw(query)),
    executeScript: script => alone(async () => inner.executeScript(script)),
    startTransaction: async isolationLevel => {
      if (rules.refusesOuterUse) refuseInsideTransaction();
      return guardTransaction(await rules.begin(inner, isolationLevel));
    },
    getConnectionInfo: () => inner.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => inner.dispose(),
  };
}

/**
 * A transaction in which a statement failed cannot be committed, also when the error was caught. PostgreSQL answers such
 * a COMMIT with a silent rollback, so the caller would be told "done" for nothing; SQLite would commit the other half.
 */
function guardTransaction(inner: Transaction): Transaction {
  let hasFailed = false;
  let hasEnded = false;

  // Prisma sends the parts of one query together; a connection takes one statement at a time, and pg wants to be told so.
  let previous: Promise<unknown> = Promise.resolve();
  const run = <T>(query: SqlQuery, send: (query: SqlQuery) => Promise<T>): Promise<T> => {
    const turn = previous.then(() => runNow(query, send));
    previous = turn.catch(() => undefined);
    return turn;
  };

  const runNow = async <T>(query: SqlQuery, send: (query: SqlQuery) => Promise<T>): Promise<T> => {
    const isRollback = query.sql === 'ROLLBACK';
    if (hasFailed && !isRollback) {
      throw new Error('A statement of this transaction failed before, so nothing of it can be kept.');
    }
    try {
      const result = await send(query);
      if (isRollback || query.sql === 'COMMIT') hasEnded = true;
      return result;
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };

  const guarded: Transaction = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    options: inner.options,
    queryRaw: query => run(query, sent => inner.queryRaw(sent)),
    executeRaw: query => run(query, sent => inner.executeRaw(sent)),
    commit: () => inner.commit(),
    rollback: async () => {
      // After a COMMIT that failed Prisma only hands the connection back: the next user would go on inside this transaction.
      try {
        if (!hasEnded) await inner.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] });
      } catch {
        // Nothing to roll back: the connection is gone, or SQLite rolled back by itself.
      } finally {
        await inner.rollback();
      }
    },
  };
  return guarded;
}
