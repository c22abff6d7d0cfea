// The database as migrate.ts sees it: a connection on which the migrations are read, applied and recorded under a lock.

/** Why a database is not touched, or was left as it was: in words for whoever runs the bot. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** One row of Prisma's own table, as far as we look at it. */
export type RecordedMigration = {
  name: string;
  /** SHA-256 of the migration's file, in hexadecimal. */
  checksum: string;
  isFinished: boolean;
  isRolledBack: boolean;
};

export type MigratingConnection = {
  /** The folder of this database's migrations, below prisma/migrations. */
  readonly folder: 'sqlite' | 'postgresql';
  /** What is recorded; nothing when the table does not exist. */
  recorded(): Promise<RecordedMigration[]>;
  /**
   * Runs `work` in one transaction that nobody else who migrates can be in: all of it is kept, or nothing.
   *
   * @throws when the lock cannot be had within `patienceMs`, or what `work` throws
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Creates Prisma's table of migrations when it is missing. */
  createRecord(): Promise<void>;
  /** Runs a migration's statements. */
  apply(script: string): Promise<void>;
  record(migration: { id: string; name: string; checksum: string }): Promise<void>;
  close(): Promise<void>;
};

/** The same number that Prisma's own tool locks with, so that the two exclude each other. */
export const migrationLock = 72_707_369;
