// Migrating a PostgreSQL database: a connection of its own, an advisory lock, and Prisma's table of migrations.
import pg from 'pg';
import { isDatabaseUnavailable } from './errors.js';
import { type MigratingConnection, migrationLock, type RecordedMigration } from './migrating.js';
import { repeatUntil } from './patience.js';
import { connectionSettings } from './postgresql.js';

/** Opens a PostgreSQL database for migrating, or only for looking. Waits for a server that is just starting. */
export async function postgresqlMigrating(url: string, patienceMs: number): Promise<MigratingConnection> {
  const client = await repeatUntil(performance.now() + patienceMs, isDatabaseUnavailable, () => connect(url));

  return {
    folder: 'postgresql',
    recorded: async () => {
      const table = await client.query<{ name: string | null }>(
        `SELECT to_regclass('_prisma_migrations') AS name`,
      );
      if (table.rows[0]?.name == null) return [];
      const found = await client.query<RecordedMigration>(
        `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished",
           rolled_back_at IS NOT NULL AS "isRolledBack" FROM _prisma_migrations`,
      );
      return found.rows;
    },
    exclusively: async work => {
      await client.query('BEGIN');
      try {
        // For the advisory lock, and for tables that a running bot is using.
        await client.query(`SET LOCAL lock_timeout = ${Math.ceil(patienceMs)}`);
        // It ends with the transaction, so it cannot be left behind in a connection pooler.
        await client.query(`SELECT pg_advisory_xact_lock(${migrationLock})`);
        const result = await work();
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // When the connection is gone the server has rolled back by itself.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
    createRecord: async () => {
      await client.query(recordTable);
    },
    apply: async script => {
      await client.query(script);
    },
    record: async ({ id, name, checksum }) => {
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
        [id, checksum, name],
      );
    },
    close: () => client.end(),
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(connectionSettings(url));
  // Without a listener a broken connection would end the process; the next query reports it anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** As Prisma's own tool creates it. */
const recordTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;
