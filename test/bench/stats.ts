// `npm run bench:stats`: what statistics cost at a thousand, thirty thousand and a million shout-outs, on both databases.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Db, openDb } from '../../src/store/db.js';
import { migrate } from '../../src/store/migrate.js';
import { databaseUrl } from '../support/database-url.js';
import { startPostgres } from '../support/postgres-server.js';
import { ask, type Times } from './stats-ask.js';
import { seed } from './stats-seed.js';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [1_000, 30_000, 1_000_000];

const folder = await mkdtemp(join(tmpdir(), 'shoutout-bench-'));
const server = await startPostgres();
try {
  for (const engine of ['sqlite', 'postgresql'] as const) {
    const results: { size: number; times: Times[] }[] = [];
    for (const size of sizes) {
      const url =
        engine === 'sqlite' ? `file:${join(folder, `${size}.db`)}` : await createDatabase(`stats_${size}`);
      await migrate(url);
      const db = await openDb(url);
      try {
        results.push({ size, times: await seedAndAsk(db, size, engine) });
      } finally {
        await db.close();
      }
    }
    print(engine, results);
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function createDatabase(name: string): Promise<string> {
  const admin = new pg.Client(server.url);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  return databaseUrl(server.url, name);
}

async function seedAndAsk(db: Db, size: number, engine: 'sqlite' | 'postgresql'): Promise<Times[]> {
  const start = performance.now();
  await seed(db, size, engine);
  console.error(
    `${engine}: ${size} shout-outs seeded in ${Math.round((performance.now() - start) / 1000)} s`,
  );
  return ask(db);
}

/** As a table in Markdown. */
function print(engine: string, results: { size: number; times: Times[] }[]): void {
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `\n${engine}, milliseconds: p50 / p95 / longest (work of the bot for each); the machine's load at the end was ${load}\n`,
  );
  console.log(`| | ${results.map(({ size }) => size.toLocaleString('en')).join(' | ')} | ratio of p50 |`);
  console.log(`| --- |${' ---: |'.repeat(results.length + 1)}`);
  const shown = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  for (const [index, { what }] of (results[0]?.times ?? []).entries()) {
    const rows = results.flatMap(({ times }) => times[index] ?? []);
    const cells = rows.map(
      ({ p50, p95, max, cpu }) => `${[p50, p95, max].map(shown).join(' / ')} (${shown(cpu)})`,
    );
    const ratio = (rows.at(-1)?.p50 ?? 0) / (rows[0]?.p50 || 1);
    console.log(`| ${what} | ${cells.join(' | ')} | ${ratio.toFixed(1)} |`);
  }
  const held = results.map(({ times }) => shown(Math.max(...times.map(one => one.held))));
  console.log(`| event loop held | ${held.join(' | ')} | |`);
}
