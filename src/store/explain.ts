// What is wrong with a database that cannot be used, in words for whoever runs the bot.
import { existsSync } from 'node:fs';
import { isDatabaseUnavailable } from './db.js';
import { pendingMigrations } from './migrate.js';

const wordsOf: [codes: RegExp, what: string, mend: string][] = [
  [
    /^(EACCES|EPERM|EROFS|SQLITE_READONLY\w*)$/,
    'may not be written',
    'Let this user write to the file and its folder.',
  ],
  [
    /^(ENOTDIR|ENOENT|EISDIR|SQLITE_CANTOPEN\w*)$/,
    'cannot be opened as a file',
    'Mend the path in DATABASE_URL.',
  ],
  [/^SQLITE_NOTADB$/, 'is not a SQLite database', 'Mend the path in DATABASE_URL, or put the backup back.'],
  [
    /^SQLITE_(FULL|IOERR\w*)$|^ENOSPC$/,
    'has no room on its disk, or the disk fails',
    'Make room, or look at the disk.',
  ],
  [/^SQLITE_BUSY\w*$|^55P03$/, 'is locked by another process', 'Close whatever else has it open.'],
  [
    /^(28P01|28000|AuthenticationFailed)$/,
    'does not accept the user or the password',
    'Mend them in DATABASE_URL.',
  ],
  [
    /^(3D000|DatabaseDoesNotExist)$/,
    'does not exist on its server',
    'Create it, or mend its name in DATABASE_URL.',
  ],
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|57P03|53300|DatabaseNotReachable)$/,
    'does not answer',
    'Start it, let this machine reach it, or mend DATABASE_URL.',
  ],
];

/** Where the database is, without its password. */
export function databasePlace(url: string): string {
  return url.startsWith('file:') ? url : `PostgreSQL at ${new URL(url).host}`;
}

/**
 * Why a tool cannot use the database that a bot made, and what to do; null: it can. Nothing is made or touched.
 * @throws when it does not answer within `patienceMs`
 */
export async function whyNotReady(url: string, patienceMs: number): Promise<string | null> {
  const place = databasePlace(url);
  if (url.startsWith('file:') && !existsSync(url.slice('file:'.length)))
    return `There is no database yet: ${place}. Start the bot once, or mend DATABASE_URL.`;
  if ((await pendingMigrations(url, { patienceMs })).length > 0)
    return `The database is of an earlier version: ${place}. Start the bot once: it brings it up to date.`;
  return null;
}

/**
 * What is wrong and what to do about it, or null where the error is not about the database itself.
 * The words never hold the password.
 */
export function explainDatabaseError(error: unknown, url: string): { what: string; mend: string } | null {
  for (const code of codesOf(error)) {
    const found = wordsOf.find(([codes]) => codes.test(code));
    if (found) return { what: `The database ${found[1]}: ${databasePlace(url)} (${code}).`, mend: found[2] };
  }
  if (!isDatabaseUnavailable(error)) return null;
  return {
    what: `The database does not answer: ${databasePlace(url)}.`,
    mend: 'Start it, or mend DATABASE_URL.',
  };
}

/** Every code that an error, or what caused it, carries: drivers, Prisma and Node put them in different places. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const own = ['code', 'originalCode', 'kind'].flatMap(key => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? [value] : [];
  });
  const inner = ['cause', 'meta', 'driverAdapterError', 'original'].flatMap(key =>
    codesOf(Reflect.get(error, key), depth + 1),
  );
  const several: unknown = Reflect.get(error, 'errors');
  return [
    ...inner,
    ...(Array.isArray(several) ? several.flatMap(one => codesOf(one, depth + 1)) : []),
    ...own,
  ];
}
