// `npm run bench`: what composing a digest of 10,000 shout-outs takes, beside an empty one, on both databases.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDb } from '../../src/store/db.js';
import { migrate } from '../../src/store/migrate.js';
import { databaseUrl } from '../support/database-url.js';
import { startPostgres } from '../support/postgres-server.js';
import { newWorkspace } from '../support/rows.js';
import { type Given, recordPeople, recordShoutouts, recordValues } from '../support/week.js';

const people = 2000;
const shoutouts = 10_000;
const runs = 5;
const week = 7 * 24 * 60 * 60 * 1000;
const friday = new Date('2026-11-20T15:00:00Z');

interface Figures {
  milliseconds: number;
  /** Of all threads of the process: on a machine with other work, this is what composing takes. */
  cpuMilliseconds: number;
  heldMilliseconds: number;
  megabytes: number;
}

const folder = await mkdtemp(join(tmpdir(), 'shoutout-digest-'));
const server = await startPostgres();
try {
  for (const kind of ['SQLite', 'PostgreSQL'] as const) {
    const url = await seeded(kind, shoutouts);
    const all = Array.from({ length: runs }, () => measured(url));
    const figure = (which: 'empty' | 'full', name: keyof Figures) =>
      middle(all.map(one => one[which][name])).toFixed(0);
    console.log(
      `A digest of ${shoutouts} shout-outs on ${kind}: ${figure('full', 'milliseconds')} ms, ${figure('full', 'cpuMilliseconds')} ms of CPU time (an empty one before it ${figure('empty', 'milliseconds')} and ${figure('empty', 'cpuMilliseconds')} ms), ` +
        `the event loop held for ${figure('full', 'heldMilliseconds')} ms at most, ${figure('full', 'megabytes')} MB more memory at its peak than after the empty one.`,
    );
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

function measured(url: string): { empty: Figures; full: Figures } {
  const args = ['--import', 'tsx', 'test/bench/digest-once.ts', url, String(people)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function middle(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** A database with a week of `count` shout-outs in the digest `d`, and three weeks as lively before it. Returns its address. */
async function seeded(kind: 'SQLite' | 'PostgreSQL', count: number): Promise<string> {
  const url = kind === 'SQLite' ? `file:${join(folder, 'bench.db')}` : await newDatabase();
  await migrate(url);
  const db = await openDb(url);
  await db.write.workspace.create({ data: { ...newWorkspace('w'), id: 'w' } });
  await recordPeople(
    db,
    'w',
    Array.from({ length: people }, (_, index) => ({ name: `Person ${index}` })),
  );
  await recordValues(
    db,
    'w',
    Array.from({ length: 8 }, (_, index) => ({ name: `Value ${index}`, emoji: 'gem' })),
  );
  for (const id of ['before', 'd']) {
    await db.write.digest.create({
      data: {
        id,
        workspaceId: 'w',
        week: id === 'd' ? '2026-11-16' : '2026-11-09',
        dueAt: friday,
        claimedAt: friday,
      },
    });
  }
  for (let back = 3; back >= 0; back -= 1) {
    await recordShoutouts(
      db,
      'w',
      Array.from({ length: count }, (_, index) => shoutout(index, back)),
    );
  }
  await db.close();
  return url;
}

function shoutout(index: number, back: number): Given {
  const person = (offset: number) => `Person ${(index * 7 + back * 13 + offset * offset) % people}`;
  return {
    by: person(0),
    to: Array.from({ length: 1 + (index % 3) }, (_, place) => person(place + 1)),
    values: index % 5 === 0 ? [] : [`value-${index % 8}`],
    message: index % 6 === 0 ? '' : 'You stayed with the release until the last test was green. '.repeat(4),
    source: index % 6 === 0 ? 'reaction' : 'command',
    visibility: index % 20 === 0 ? 'private' : 'public',
    givenAt: new Date(friday.getTime() - back * week - 1 - ((index * 61) % (5 * 24 * 3600)) * 1000),
    digestId: back === 0 ? 'd' : 'before',
  };
}

async function newDatabase(): Promise<string> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('CREATE DATABASE bench');
  await admin.end();
  return databaseUrl(server.url, 'bench');
}
