// Migrating a SQLite file: a connection of its own, the file's write lock, and Prisma's table of migrations.
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type MigratingConnection, MigrationError, type RecordedMigration } from './migrating.js';
import { repeatUntil } from './patience.js';
import { busyTimeoutMs, createSqliteFile, isBusy, sqliteFile } from './sqlite.js';

type Row = { name: string; checksum: string; isFinished: number; isRolledBack: number };

/**
 * Opens a SQLite file for migrating.
 *
 * @param mode `read` looks only, and finds nothing recorded where there is no file; `write` creates the file
 */
export async function sqliteMigrating(
  url: string,
  mode: 'read' | 'write',
  patienceMs: number,
): Promise<MigratingConnection> {
  const path = sqliteFile(url);
  const isMissing = mode === 'read' && !existsSync(path);
  if (mode === 'write') createSqliteFile(path);
  const db = isMissing
    ? new Database(':memory:')
    : new Database(path, { timeout: busyTimeoutMs, readonly: mode === 'read', fileMustExist: true });

  const repeat = <T>(work: () => T) =>
    repeatUntil(performance.now() + patienceMs, isBusy, async () => work());

  try {
    if (mode === 'write') {
      await repeat(() => db.pragma('journal_mode = WAL'));
      db.pragma('synchronous = FULL');
      // A table is changed by copying it, dropping the old one and renaming the copy: with foreign keys on, dropping it
      // would delete whatever refers to it. This has no effect inside a transaction, so it stands here.
      db.pragma('foreign_keys = OFF');
    }
  } catch (error) {
    db.close();
    throw error;
  }

  return {
    folder: 'sqlite',
    recorded: () =>
      repeat(() => {
        const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
        if (table === undefined) return [];
        const rows = db
          .prepare<[], Row>(
            `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS isFinished,
               rolled_back_at IS NOT NULL AS isRolledBack FROM _prisma_migrations`,
          )
          .all();
        return rows.map(
          (row): RecordedMigration => ({
            name: row.name,
            checksum: row.checksum,
            isFinished: row.isFinished === 1,
            isRolledBack: row.isRolledBack === 1,
          }),
        );
      }),
    exclusively: async work => {
      await repeat(() => db.exec('BEGIN IMMEDIATE'));
      try {
        const result = await work();
        const orphans = db.pragma('foreign_key_check');
        if (Array.isArray(orphans) && orphans.length > 0) {
          throw new MigrationError(
            `The migrations were taken back: ${orphans.length} rows would refer to rows that do not exist.`,
          );
        }
        db.exec('COMMIT');
        return result;
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK');
      }
    },
    createRecord: async () => {
      db.exec(recordTable);
    },
    apply: async script => {
      db.exec(script);
    },
    record: async ({ id, name, checksum }) => {
      // Prisma keeps instants in SQLite as milliseconds since 1970.
      db.prepare(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         SELECT ?, ?, ?, now, now, 1 FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now)`,
      ).run(id, checksum, name);
    },
    close: async () => {
      db.close();
    },
  };
}

/** As Prisma's own tool creates it. */
const recordTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;
