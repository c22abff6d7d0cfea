// What a database error means, whichever database, driver or layer it comes from.

/** What can be done about an error of the database. */
export type Trouble =
  /** Another process holds the lock; nothing was done. */
  | 'busy'
  /** No connection could be made; nothing was done. */
  | 'unreachable'
  /** The connection broke; whether the statement was carried out is not known. */
  | 'connectionLost'
  /** PostgreSQL chose this transaction or statement to give way (deadlock, serialization); nothing was done. */
  | 'conflict'
  /** A row with this key exists. */
  | 'duplicate'
  /** The disk is full, unreadable or not writable; nothing was done. */
  | 'storage'
  /** A transaction could not be started in time; nothing was done. */
  | 'noTransaction';

const troubleOfKind: Record<string, Trouble> = {
  DatabaseNotReachable: 'unreachable',
  TooManyConnections: 'unreachable',
  ConnectionClosed: 'connectionLost',
  TransactionWriteConflict: 'conflict',
  UniqueConstraintViolation: 'duplicate',
};

const troubleOfPrismaCode: Record<string, Trouble> = {
  P1001: 'unreachable',
  P1017: 'connectionLost',
  P2002: 'duplicate',
  P2034: 'conflict',
  P2037: 'unreachable',
};

const troubleOfDriverCode: Record<string, Trouble> = {
  '08001': 'unreachable',
  '08004': 'unreachable',
  '08000': 'connectionLost',
  '08003': 'connectionLost',
  '08006': 'connectionLost',
  '23505': 'duplicate',
  '40001': 'conflict',
  '40P01': 'conflict',
  '53300': 'unreachable',
  // A lock was not to be had in the time that was set for it.
  '55P03': 'busy',
  '57P01': 'connectionLost',
  '57P02': 'connectionLost',
  '57P03': 'unreachable',
  '57P05': 'connectionLost',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNRESET: 'connectionLost',
  EPIPE: 'connectionLost',
  ETIMEDOUT: 'connectionLost',
};

/**
 * What an error means, or undefined when it is not one of the troubles above.
 *
 * @param error anything thrown by Prisma, a driver adapter, pg or better-sqlite3
 */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = textAt(error, 'code') ?? '';
  const meta = objectAt(error, 'meta');
  // The adapter's own error says more than Prisma's code for it: a raw query's is always P2010.
  const inner = meta && objectAt(meta, 'driverAdapterError');
  if (inner instanceof Error) return troubleOf(inner);
  const cause = objectAt(error, 'cause');
  const kind = cause && textAt(cause, 'kind');
  if (cause && kind) {
    const driverCode = textAt(cause, 'originalCode') ?? '';
    if (kind === 'SocketTimeout') return isBusyCode(driverCode) ? 'busy' : 'connectionLost';
    return troubleOfKind[kind] ?? troubleOfCode(driverCode);
  }
  if (code === 'P2028') return error.message.includes('Unable to start') ? 'noTransaction' : undefined;
  return troubleOfPrismaCode[code] ?? troubleOfCode(code) ?? troubleOfMessage(error.message);
}

/**
 * Whether a row could not be written because one with the same key exists.
 * Inside a transaction the transaction is lost by then: look the key up before inserting instead.
 */
export function isUniqueViolation(error: unknown): boolean {
  return troubleOf(error) === 'duplicate';
}

/**
 * Whether the database could not be used now, after all the patience there was: locked, unreachable, full. A later
 * attempt may succeed. When the connection broke (`connectionLost`) the write may have happened all the same, so repeat
 * it only under its request key.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble !== undefined && trouble !== 'duplicate';
}

function troubleOfCode(code: string): Trouble | undefined {
  if (isBusyCode(code)) return 'busy';
  if (/^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/.test(code)) return 'storage';
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(code)) return 'duplicate';
  return troubleOfDriverCode[code];
}

function isBusyCode(code: string): boolean {
  if (code.startsWith('SQLITE_BUSY')) return true;
  // better-sqlite3 names extended codes that it does not know by number; the low byte 5 is SQLITE_BUSY.
  const unknown = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code)?.[1];
  return unknown !== undefined && (Number(unknown) & 0xff) === 5;
}

/** pg tells some broken connections only in words. */
function troubleOfMessage(message: string): Trouble | undefined {
  if (
    /^timeout expired|^timeout exceeded when trying to connect|^Connection terminated due to connection timeout/.test(
      message,
    )
  ) {
    return 'unreachable';
  }
  if (/^Connection terminated|^Client has encountered a connection error|^Client was closed/.test(message)) {
    return 'connectionLost';
  }
  return undefined;
}

function textAt(value: object, key: string): string | undefined {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
}

function objectAt(value: object, key: string): object | undefined {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'object' && found !== null ? found : undefined;
}
