// Brings a database up to this version's models: applies the migrations that are missing, once, whoever starts at the same time.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineOf } from './engines/address.js';
import { type MigratingConnection, MigrationError, type RecordedMigration } from './engines/migrating.js';

export { MigrationError } from './engines/migrating.js';

export type MigrateOptions = {
  /** The folder that holds `sqlite/` and `postgresql/`. Default: this project's prisma/migrations. */
  folder?: string;
  /** How long to wait for the database, and for another process that migrates. Default 60,000 ms. */
  patienceMs?: number;
};

type Migration = { name: string; script: string };

/** Two levels up from src/store as well as from dist/store. */
const defaultFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/**
 * Applies the missing migrations in one transaction: all of them, or the database stays as it was. They are recorded in
 * Prisma's own table, so `prisma migrate status` and `deploy` agree. Safe to call from several processes at once: one
 * applies, the others wait and find nothing to do.
 *
 * @param url as for `openDb`; a SQLite file is created when missing
 * @returns the names of those applied, oldest first; empty when there was nothing to do
 * @throws MigrationError when a migration fails, when one that was applied has been edited, when the database is newer
 *   than this version, or when a failed one is recorded; and errors that `isDatabaseUnavailable` knows
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const connection = await connect(url, 'write', options);
  try {
    const migrations = await readMigrations(connection, options);
    return await connection.exclusively(async () => {
      await connection.createRecord();
      const missing = missingOf(migrations, await connection.recorded());
      for (const migration of missing) await apply(connection, migration);
      return { applied: missing.map(({ name }) => name) };
    });
  } finally {
    await connection.close();
  }
}

/**
 * The migrations that `migrate` would apply, for a health check. Changes nothing.
 *
 * @returns their names, oldest first
 * @throws as `migrate`
 */
export async function pendingMigrations(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const connection = await connect(url, 'read', options);
  try {
    const migrations = await readMigrations(connection, options);
    return missingOf(migrations, await connection.recorded()).map(({ name }) => name);
  } finally {
    await connection.close();
  }
}

/** The checksum that Prisma records for a migration: SHA-256 of its file, in hexadecimal. */
export function checksumOf(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}

async function connect(
  url: string,
  mode: 'read' | 'write',
  { patienceMs = 60_000 }: MigrateOptions,
): Promise<MigratingConnection> {
  if (engineOf(url) === 'sqlite') {
    const { sqliteMigrating } = await import('./engines/sqlite-migrating.js');
    return sqliteMigrating(url, mode, patienceMs);
  }
  const { postgresqlMigrating } = await import('./engines/postgresql-migrating.js');
  return postgresqlMigrating(url, patienceMs);
}

async function readMigrations(
  { folder }: MigratingConnection,
  { folder: root = defaultFolder }: MigrateOptions,
): Promise<Migration[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
  // Their names start with a timestamp, so this is the order in which they were written.
  names.sort();
  return Promise.all(
    names.map(async name => ({
      name,
      script: await readFile(join(root, folder, name, 'migration.sql'), 'utf8'),
    })),
  );
}

async function apply(connection: MigratingConnection, { name, script }: Migration): Promise<void> {
  try {
    await connection.apply(script);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`Migration ${name} failed, and the database was left as it was: ${reason}`, {
      cause,
    });
  }
  await connection.record({ id: randomUUID(), name, checksum: checksumOf(script) });
}

/** What is not recorded yet. Throws where the record and the files contradict each other. */
function missingOf(migrations: Migration[], records: RecordedMigration[]): Migration[] {
  const valid = records.filter(({ isRolledBack }) => !isRolledBack);
  const known = new Map(migrations.map(({ name, script }) => [name, script]));
  for (const { name, checksum, isFinished } of valid) {
    const script = known.get(name);
    if (script === undefined) {
      throw new MigrationError(
        `The database was used by a newer version of Shoutout: it has the migration ${name}, which this version does not know. Start that version, or restore a backup from before.`,
      );
    }
    if (!isFinished) {
      throw new MigrationError(
        `The migration ${name} was started by another tool and not finished. See what it left, then mark it with "prisma migrate resolve".`,
      );
    }
    if (!matches(script, checksum)) {
      throw new MigrationError(
        `The migration ${name} was applied with another text than the one in prisma/migrations. Restore the file: what was applied is never edited.`,
      );
    }
  }
  const applied = new Set(valid.map(({ name }) => name));
  return migrations.filter(({ name }) => !applied.has(name));
}

/** A checkout may turn the ends of the lines; that is no edit. */
function matches(script: string, checksum: string): boolean {
  const unix = script.replaceAll('\r\n', '\n');
  return [script, unix, unix.replaceAll('\n', '\r\n')].some(text => checksumOf(text) === checksum);
}
