// The databases that store tests and race tests run on, each test with a fresh one of its own.
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, type DbOptions, openDb } from '../../src/store/db.js';
import { databaseUrl } from './database-url.js';

export type TestDatabase = {
  /** For opening it once more, as another process would. */
  url: string;
  db: Db;
  /** Closes and removes it. */
  drop(): Promise<void>;
};

export type DatabaseKind = {
  name: 'SQLite' | 'PostgreSQL';
  /** A fresh, migrated and empty database. */
  create(options?: DbOptions): Promise<TestDatabase>;
  /** The address of a fresh one without any table, and how to remove it. */
  createEmpty(): Promise<{ url: string; drop(): Promise<void> }>;
};

/** Use as `describe.each(databases)('shout-outs on $name', ({ create }) => { … })`. */
export const databases: DatabaseKind[] = [
  {
    name: 'SQLite',
    create: options => opened(sqlite('migrated'), options),
    createEmpty: () => sqlite('empty'),
  },
  {
    name: 'PostgreSQL',
    create: options => opened(postgresql('migrated'), options),
    createEmpty: () => postgresql('empty'),
  },
];

async function opened(
  creating: Promise<{ url: string; drop(): Promise<void> }>,
  options: DbOptions | undefined,
): Promise<TestDatabase> {
  const { url, drop } = await creating;
  const db = await openDb(url, options);
  return {
    url,
    db,
    drop: async () => {
      await db.close();
      await drop();
    },
  };
}

async function sqlite(content: 'migrated' | 'empty'): Promise<{ url: string; drop(): Promise<void> }> {
  const template = inject('sqliteTemplate');
  const folder = await mkdtemp(join(dirname(template), 'test-'));
  const path = join(folder, 'shoutout.db');
  if (content === 'migrated') await copyFile(template, path);
  return { url: `file:${path}`, drop: () => rm(folder, { recursive: true, force: true }) };
}

async function postgresql(content: 'migrated' | 'empty'): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl, template } = inject('postgresql');
  // It starts with the run's own prefix, so that what a killed test leaves is found and dropped.
  const name = `${template.replace(/_template$/, '')}_${randomUUID().replaceAll('-', '')}`;
  await administer(
    adminUrl,
    `CREATE DATABASE ${name} TEMPLATE ${content === 'migrated' ? template : 'template0'}`,
  );
  return {
    url: databaseUrl(adminUrl, name),
    drop: () => administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
