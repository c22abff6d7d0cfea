// PostgreSQL: one pool that writes and one that reads, so that a read does not wait behind transactions.
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { Engine, EngineOptions } from './engine.js';
import { type Trouble, troubleOf } from './errors.js';
import { type GuardRules, guardAdapter } from './guarded-adapter.js';
import { repeatUntil } from './patience.js';
import { postgresqlAside } from './postgresql-aside.js';

const writingConnections = 10;
const readingConnections = 5;
/** How long to wait for a connection, free or new, before asking again. */
const connectTimeoutMs = 10_000;
const pingTimeoutMs = 2_000;

/** What a statement that writes can be repeated after: nothing was done. */
const nothingDone: ReadonlySet<Trouble> = new Set(['unreachable', 'conflict']);
/** What a statement that reads, or a BEGIN, can be repeated after. */
const nothingLost: ReadonlySet<Trouble> = new Set(['unreachable', 'conflict', 'connectionLost']);

/** The settings that every connection to PostgreSQL shares. */
export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    // A server that went away without a word is noticed within half a minute instead of hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** The adapters for a PostgreSQL database. */
export function postgresqlEngine(url: string, options: EngineOptions): Engine {
  const settings = connectionSettings(url);
  const aside = postgresqlAside(settings);
  return {
    writing: guardAdapter(new PrismaPg({ ...settings, max: writingConnections }), {
      ...rules(nothingDone, options),
      refusesOuterUse: true,
    }),
    reading: guardAdapter(
      new PrismaPg({ ...settings, max: readingConnections }),
      rules(nothingLost, options),
    ),
    aside: {
      ...aside,
      spread: question => repeat(nothingLost, options, () => aside.spread(question)),
    },
    locksRows: true,
    ping: () => ping(settings),
  };
}

function rules(statementRepeatsAfter: ReadonlySet<Trouble>, options: EngineOptions): GuardRules {
  return {
    refusesOuterUse: false,
    // A pool connects when it is first used, so a wrong address would be noticed by the first shout-out.
    prepare: inner => repeat(nothingLost, options, () => selectOne(inner)),
    alone: work => repeat(statementRepeatsAfter, options, work),
    begin: (inner, isolationLevel) =>
      repeat(nothingLost, options, () => inner.startTransaction(isolationLevel)),
  };
}

/** Does the work, and again after these troubles while there is patience. */
function repeat<T>(
  after: ReadonlySet<Trouble>,
  { patienceMs }: EngineOptions,
  work: () => Promise<T>,
): Promise<T> {
  return repeatUntil(performance.now() + patienceMs, error => isOneOf(after, error), work);
}

function isOneOf(troubles: ReadonlySet<Trouble>, error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble !== undefined && troubles.has(trouble);
}

async function selectOne(inner: SqlDriverAdapter): Promise<void> {
  await inner.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] });
}

/** By a connection of its own: a full pool is busy, not ill. */
async function ping(settings: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({
    ...settings,
    connectionTimeoutMillis: pingTimeoutMs,
    query_timeout: pingTimeoutMs,
  });
  // Without a listener a connection that breaks meanwhile would end the process; the query reports it anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end();
  }
}
