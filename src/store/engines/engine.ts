// What a database has to bring so that db.ts can run on it.
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Aside } from './aside.js';

export type EngineOptions = {
  /** How long a locked or unreachable database is tried again, in milliseconds. */
  patienceMs: number;
};

export type Engine = {
  /** For the client that writes; to be connected first. */
  writing: SqlDriverAdapterFactory;
  /** For the client that reads what is committed. */
  reading: SqlDriverAdapterFactory;
  /** Reads without holding the event loop. */
  aside: Aside;
  /** Whether other transactions write meanwhile, so that rows have to be locked. */
  locksRows: boolean;
  /** Asks the database once, with no patience. Throws when it does not answer. */
  ping(): Promise<void>;
};
