// Before all tests: a PostgreSQL server, and one migrated template per database that each test copies.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/store/migrate.js';
import { databaseUrl } from './database-url.js';
import { startPostgres } from './postgres-server.js';
import { abandonedRunFolders, makeRunFolder } from './run-folder.js';

const databasePrefix = 'shoutout_test_';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated SQLite file to copy; its folder is removed after the run. */
    sqliteTemplate: string;
    /** The PostgreSQL server: a database to administer it from, and the name of the migrated one to copy. */
    postgresql: { adminUrl: string; template: string };
  }
}

/** Prepares the databases. Returns what is done after the last test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  for (const left of await abandonedRunFolders('sqlite')) await rm(left, { recursive: true, force: true });
  const folder = await makeRunFolder('sqlite');
  const sqliteTemplate = join(folder, 'template.db');
  await migrate(`file:${sqliteTemplate}`);
  project.provide('sqliteTemplate', sqliteTemplate);

  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startPostgres();
  const run = `${databasePrefix}${randomBytes(4).toString('hex')}`;
  // Its name in the list of connections shows that this run is alive, for as long as it is.
  const admin = new pg.Client({ connectionString: server.url, application_name: run });
  admin.on('error', () => undefined);
  await admin.connect();
  await dropAbandoned(admin);
  const template = `${run}_template`;
  await admin.query(`CREATE DATABASE ${template}`);
  await migrate(databaseUrl(server.url, template));
  project.provide('postgresql', { adminUrl: server.url, template });

  return async () => {
    await dropDatabases(admin, name => name.startsWith(run));
    await admin.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** What runs that were killed left on a server that outlives them. */
async function dropAbandoned(admin: pg.Client): Promise<void> {
  const alive = await admin.query<{ run: string }>(
    `SELECT DISTINCT application_name AS run FROM pg_stat_activity WHERE application_name LIKE '${databasePrefix}%'`,
  );
  const runs = new Set(alive.rows.map(({ run }) => run));
  const runOf = (name: string) => name.slice(0, databasePrefix.length + 8);
  await dropDatabases(admin, name => name.startsWith(databasePrefix) && !runs.has(runOf(name)));
}

async function dropDatabases(admin: pg.Client, isOurs: (name: string) => boolean): Promise<void> {
  const found = await admin.query<{ name: string }>('SELECT datname AS name FROM pg_database');
  for (const { name } of found.rows.filter(row => isOurs(row.name))) {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}
