// SQLite: one connection that writes behind one lock, and one that only reads what is committed.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils';
import type { Engine, EngineOptions } from './engine.js';
import { troubleOf } from './errors.js';
import { type GuardRules, guardAdapter } from './guarded-adapter.js';
import { Lock, repeatUntil } from './patience.js';
import { sqliteAside } from './sqlite-aside.js';

/**
 * How long SQLite itself waits for another process's lock, in milliseconds. It waits synchronously, with the event loop
 * held, so only this long at a time; the rest of the waiting is ours.
 */
export const busyTimeoutMs = 50;

/**
 * The file that a `file:` address names.
 *
 * @param url `file:data/shoutout.db` (relative to the working folder), `file:/var/lib/shoutout.db` or `file:///…`
 * @returns an absolute path
 * @throws when it names no file: in memory, the connection that reads would see another database
 */
export function sqliteFile(url: string): string {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  if (path === '' || path.startsWith(':') || path.includes('?')) {
    throw new Error(`A SQLite address is file: and a path, without options: not ${url}`);
  }
  return resolve(path);
}

/** Makes the file, and the folders above it, for nobody else to read. What exists keeps its permissions. */
export function createSqliteFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives its -wal and -shm files the permissions of the database file.
  closeSync(openSync(path, 'a', 0o600));
}

/** Whether the failure was another process's lock, so that nothing was done and it can be repeated. */
export function isBusy(error: unknown): boolean {
  return troubleOf(error) === 'busy';
}

/** The adapters for a SQLite file, which is created when missing. */
export function sqliteEngine(url: string, options: EngineOptions): Engine {
  const path = sqliteFile(url);
  createSqliteFile(path);
  const reading = rules('BEGIN', options);
  let reader: SqlDriverAdapter | undefined;
  return {
    writing: guardAdapter(new PrismaBetterSqlite3({ url: path, timeout: busyTimeoutMs }), {
      ...rules('BEGIN IMMEDIATE', options),
      refusesOuterUse: true,
    }),
    reading: guardAdapter(
      new PrismaBetterSqlite3({ url: path, timeout: busyTimeoutMs, readonly: true, fileMustExist: true }),
      {
        ...reading,
        prepare: async inner => {
          await reading.prepare?.(inner);
          reader = inner;
        },
      },
    ),
    aside: sqliteAside(path),
    // A transaction has the whole file to itself from its BEGIN on.
    locksRows: false,
    ping: async () => {
      // Unlike SELECT 1 this looks into the file.
      await reader?.queryRaw(statement('PRAGMA schema_version'));
    },
  };
}

function rules(begin: 'BEGIN' | 'BEGIN IMMEDIATE', { patienceMs }: EngineOptions): GuardRules {
  const lock = new Lock();

  const repeat = <T>(deadline: number, work: () => Promise<T>) => repeatUntil(deadline, isBusy, work);

  return {
    refusesOuterUse: false,
    prepare: inner => repeat(performance.now() + patienceMs, () => prepare(inner)),
    // Without the lock a statement would run inside whatever transaction is open on the connection, and vanish with it.
    alone: async work => {
      const deadline = performance.now() + patienceMs;
      const release = await lock.acquire(deadline);
      try {
        return await repeat(deadline, work);
      } finally {
        release();
      }
    },
    begin: async inner => {
      const deadline = performance.now() + patienceMs;
      const release = await lock.acquire(deadline);
      try {
        // IMMEDIATE takes the file's write lock here, where waiting is safe. A transaction that reads first and asks for
        // the lock later fails at once when another process has committed in between.
        await repeat(deadline, async () => inner.executeScript(begin));
      } catch (error) {
        release();
        throw error;
      }
      return transaction(inner, release);
    },
  };
}

/** The adapter's own transaction would take a lock of its own and begin without IMMEDIATE. */
function transaction(inner: SqlDriverAdapter, release: () => void): Transaction {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: query => inner.queryRaw(query),
    executeRaw: query => inner.executeRaw(query),
    commit: async () => release(),
    rollback: async () => release(),
  };
}

async function prepare(inner: SqlDriverAdapter): Promise<void> {
  const mode = firstValue(await inner.queryRaw(statement('PRAGMA journal_mode = WAL')));
  if (mode !== 'wal') {
    throw new Error(
      `SQLite cannot keep its write-ahead log beside this file (journal mode ${String(mode)}): use a local disk.`,
    );
  }
  // WAL opens with synchronous NORMAL, under which a power cut can take back what was acknowledged.
  await inner.executeScript('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
}

function statement(sql: string) {
  return { sql, args: [], argTypes: [] };
}

function firstValue(result: SqlResultSet): unknown {
  return result.rows[0]?.[0];
}
