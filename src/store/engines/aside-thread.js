// The thread that answers large questions to a SQLite file, one after the other. JavaScript, so that it runs as it is from src and from dist.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Only this thread waits, so that SQLite may. */
const busyTimeoutMs = 5000;

const db = new Database(workerData.path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });

parentPort?.on('message', (/** @type {{ sql: string, args: unknown[] }} */ { sql, args }) => {
  try {
    parentPort?.postMessage({ rows: db.prepare(sql).all(...args) });
  } catch (error) {
    const { message, code } = /** @type {Error & { code?: string }} */ (error);
    parentPort?.postMessage({ refused: { message, code } });
  }
});
