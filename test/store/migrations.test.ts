// The migrations: they say what the models say, and are applied once, wholly, in order, and never over something unknown.
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '../../prisma/derive.mjs';
import {
  everything,
  migrationList,
  migrationsFolder,
  missingStatements,
  withSchemaEngine,
} from '../../prisma/schema-engine.js';
import { isDatabaseUnavailable, openDb } from '../../src/store/db.js';
import { MigrationError, migrate, pendingMigrations } from '../../src/store/migrate.js';
import { databases } from '../support/databases.js';
import { startProcess } from '../support/processes.js';
import { newValue, newWorkspace } from '../support/rows.js';

const later = '20991231235959_later';

describe.each(databases)('migrations on $name', ({ name, createEmpty }) => {
  const provider: Provider = name === 'SQLite' ? 'sqlite' : 'postgresql';
  let url: string;
  let drop: () => Promise<void>;
  let folder: string;

  beforeEach(async () => {
    ({ url, drop } = await createEmpty());
    folder = await mkdtemp(join(tmpdir(), 'shoutout-migrations-'));
    await cp(migrationsFolder, folder, { recursive: true });
  });
  afterEach(async () => {
    await drop();
    await rm(folder, { recursive: true });
  });

  /** Adds one to the copied folder, after all others. */
  async function addMigration(script: string, migrationName = later): Promise<void> {
    await mkdir(join(folder, provider, migrationName));
    await writeFile(join(folder, provider, migrationName, 'migration.sql'), script);
  }

  async function names(): Promise<string[]> {
    return migrationList(provider, folder).migrationDirectories.map(({ path }) => path);
  }

  async function run(statement: string): Promise<void> {
    const db = await openDb(url);
    await db.write.$executeRawUnsafe(statement);
    await db.close();
  }

  const emptyUrl = () => (provider === 'sqlite' ? ':memory:' : url);
  const place = () => (provider === 'sqlite' ? url.replace('file:', '') : url);

  test('they say what the models say (otherwise: npm run migration -- <name>)', async () => {
    expect(await missingStatements(provider, emptyUrl())).toBeUndefined();
  });

  test('a migration that is missing is noticed', async () => {
    await addMigration('DROP INDEX "Draft_createdAt_idx";');
    expect(await missingStatements(provider, emptyUrl(), migrationList(provider, folder))).toContain(
      'CREATE INDEX "Draft_createdAt_idx"',
    );
  });

  test('they are applied once, and Prisma agrees that nothing is left', async () => {
    expect(await pendingMigrations(url)).toEqual(await names());
    expect(await migrate(url)).toEqual({ applied: await names() });
    expect(await pendingMigrations(url)).toEqual([]);
    expect(await migrate(url)).toEqual({ applied: [] });

    const diagnosis = await withSchemaEngine(provider, { url: place(), emptyUrl: emptyUrl() }, engine =>
      engine.diagnoseMigrationHistory({
        migrationsList: migrationList(provider),
        optInToShadowDatabase: false,
        filters: everything,
      }),
    );
    expect(diagnosis).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });

  test('what Prisma itself applied is left alone', async () => {
    await withSchemaEngine(provider, { url: place(), emptyUrl: emptyUrl() }, engine =>
      engine.applyMigrations({ migrationsList: migrationList(provider), filters: everything }),
    );
    expect(await migrate(url)).toEqual({ applied: [] });
  });

  test('of two processes that start at once on an empty database, one applies and the other finds nothing to do', async () => {
    const both = [startProcess('migrate', url), startProcess('migrate', url)];
    for (const one of both) expect(await one.next()).toBe('ready');
    for (const one of both) one.send('go');
    const applied = await Promise.all(both.map(one => one.next()));
    expect(await Promise.all(both.map(one => one.exit()))).toEqual([0, 0]);
    expect(applied).toContainEqual(await names());
    expect(applied).toContainEqual([]);
  });

  test('only what is missing is applied', async () => {
    await migrate(url, { folder });
    await addMigration('CREATE TABLE "Later" ("id" TEXT NOT NULL PRIMARY KEY);');
    expect(await pendingMigrations(url, { folder })).toEqual([later]);
    expect(await migrate(url, { folder })).toEqual({ applied: [later] });
    await run('SELECT 1 FROM "Later"');
  });

  test('when one fails, the database is left as it was', async () => {
    await migrate(url, { folder });
    await addMigration('CREATE TABLE "Early" ("id" TEXT);', '20991231235958_early');
    await addMigration('CREATE TABLE "Later" ("id" TEXT); INSERT INTO "Nowhere" VALUES (1);');

    const failure = expect(migrate(url, { folder })).rejects;
    await failure.toBeInstanceOf(MigrationError);
    await failure.toThrow(new RegExp(`${later} failed.*left as it was.*Nowhere`, 'i'));

    expect(await pendingMigrations(url, { folder })).toEqual(['20991231235958_early', later]);
    await run('CREATE TABLE "Early" ("id" TEXT)');
  });

  test('one that was edited after it was applied is refused', async () => {
    await addMigration('CREATE TABLE "Later" ("id" TEXT);');
    await migrate(url, { folder });
    await appendFile(join(folder, provider, later, 'migration.sql'), '-- edited');

    await expect(migrate(url, { folder })).rejects.toThrow(`${later} was applied with another text`);
    await expect(pendingMigrations(url, { folder })).rejects.toBeInstanceOf(MigrationError);
  });

  test('a checkout with other line ends is no edit', async () => {
    await migrate(url, { folder });
    const [first = ''] = await names();
    const path = join(folder, provider, first, 'migration.sql');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
    expect(await migrate(url, { folder })).toEqual({ applied: [] });
  });

  test('a database that a newer version has used is refused', async () => {
    await addMigration('CREATE TABLE "Later" ("id" TEXT);');
    await migrate(url, { folder });
    await expect(migrate(url)).rejects.toThrow(/newer version.*20991231235959_later/);
  });

  test('a migration that is recorded as failed is refused, one that is marked as rolled back is applied again', async () => {
    await migrate(url, { folder });
    await addMigration('CREATE TABLE "Later" ("id" TEXT);');
    await migrate(url, { folder });
    await run(`UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '${later}'`);
    await expect(migrate(url, { folder })).rejects.toThrow(`${later} was started by another tool`);

    await run('DROP TABLE "Later"');
    await run(
      `UPDATE "_prisma_migrations" SET rolled_back_at = started_at WHERE migration_name = '${later}'`,
    );
    expect(await migrate(url, { folder })).toEqual({ applied: [later] });
  });
});

describe('migrating a SQLite file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shoutout-migrations-'));
    path = join(folder, 'data', 'shoutout.db');
    await cp(migrationsFolder, join(folder, 'migrations'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('looking for what is missing creates nothing', async () => {
    expect(await pendingMigrations(`file:${path}`)).not.toEqual([]);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('the file and its folder are for nobody else to read', async () => {
    await migrate(`file:${path}`);
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('changing a table by copying it keeps the rows that refer to it', async () => {
    const url = `file:${path}`;
    const migrations = join(folder, 'migrations');
    await migrate(url, { folder: migrations });
    const db = await openDb(url);
    await db.write.workspace.create({ data: newWorkspace('w') });
    await db.write.companyValue.create({ data: newValue('w', 'craft') });
    await db.close();

    // As Prisma writes it. With foreign keys on, the DROP would delete the value.
    await mkdir(join(migrations, 'sqlite', later));
    await writeFile(
      join(migrations, 'sqlite', later, 'migration.sql'),
      `PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Workspace" AS SELECT * FROM "Workspace";
DROP TABLE "Workspace";
ALTER TABLE "new_Workspace" RENAME TO "Workspace";
CREATE UNIQUE INDEX "Workspace_id_key" ON "Workspace"("id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;`,
    );
    expect(await migrate(url, { folder: migrations })).toEqual({ applied: [later] });
    const after = await openDb(url);
    expect(await after.read.companyValue.count()).toBe(1);
    await after.close();
  });

  test('rows that refer to nothing afterwards are a failure', async () => {
    const url = `file:${path}`;
    const migrations = join(folder, 'migrations');
    await migrate(url, { folder: migrations });
    await mkdir(join(migrations, 'sqlite', later));
    await writeFile(
      join(migrations, 'sqlite', later, 'migration.sql'),
      `INSERT INTO "CompanyValue" ("id", "workspaceId", "slug", "name", "emoji", "position") VALUES ('v', 'nowhere', 's', 'n', 'e', 0);`,
    );
    await expect(migrate(url, { folder: migrations })).rejects.toThrow('refer to rows that do not exist');
    expect(await pendingMigrations(url, { folder: migrations })).toEqual([later]);
  });

  test('a file that another process keeps locked is waited for, and given up in the end', async () => {
    await migrate(`file:${path}`);
    const holder = startProcess('hold-lock', path, '60000');
    expect(await holder.next()).toBe('locked');
    const failure: unknown = await migrate(`file:${path}`, { patienceMs: 200 }).catch(
      (error: unknown) => error,
    );
    expect(isDatabaseUnavailable(failure)).toBe(true);

    const waiting = migrate(`file:${path}`);
    await holder.kill();
    expect(await waiting).toEqual({ applied: [] });
  });
});
