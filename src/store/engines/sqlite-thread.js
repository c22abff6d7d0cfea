// The thread that answers large questions to a SQLite file, one after the other. JavaScript, so that it runs as it is from src and from dist.
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { answerEach } from './answer-each.js';
import { SpreadFold } from './spread-fold.js';

/** Only this thread waits, so that SQLite may. */
const busyTimeoutMs = 5000;

/** So large a workspace counts as large, also beside a list of a few hundred ids. A table takes half a second at most. */
const rowsLookedAt = 20_000;

const db = new Database(workerData.path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });

let fold = new SpreadFold('');

// Functions of SQL, for to hand over each row as an object would take twice the time.
tell('tell_stay', (_, person, teamId, joined, left) => fold.stay(person, teamId, joined, left));
tell('tell_stroke', (_, giver, recipient, givenAt) => fold.stroke(giver, recipient, givenAt));

/**
 * @param {string} name
 * @param {(total: unknown, ...columns: any[]) => void} step - as many parameters as SQL hands over
 */
function tell(name, step) {
  // The driver's types know of no function with more than one argument.
  db.aggregate(name, { step: /** @type {(total: unknown) => void} */ (step), result: () => null });
}

/** @param {import('./aside.js').SpreadMessage} question */
function spread({ everyoneId, stays, strokes }) {
  fold = new SpreadFold(everyoneId);
  // In one transaction, so that both are of the same moment.
  db.transaction(() => {
    db.prepare(
      `SELECT tell_stay(COALESCE("number", "memberId"), "teamId", "joined", "left") FROM (${stays.sql})`,
    ).get(...stays.args);
    db.prepare(`SELECT tell_stroke("giverNumber", "recipientNumber", "givenAt") FROM (${strokes.sql})`).get(
      ...strokes.args,
    );
  })();
  const figures = fold.figures();
  fold = new SpreadFold('');
  return figures;
}

/**
 * Lets SQLite look at some rows of each table that has grown tenfold: without, it takes every workspace to be small, and
 * reads all of one to find ten shout-outs by their ids. One table after the other, so that others may write in between.
 * @see https://sqlite.org/lang_analyze.html#periodically_run_pragma_optimize_
 */
function tidy() {
  const writing = new Database(workerData.path, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    writing.pragma('synchronous = FULL');
    writing.pragma(`analysis_limit = ${rowsLookedAt}`);
    const wanted = /** @type {{ optimize: string }[]} */ (writing.pragma('optimize(-1)'));
    for (const { optimize } of wanted) writing.exec(optimize);
    // Other connections read what was found only when the schema changes. Each time, for the last time it may have failed.
    writing
      .transaction(() => writing.exec('CREATE VIEW "tidied" AS SELECT 1; DROP VIEW "tidied"'))
      .immediate();
  } finally {
    writing.close();
  }
}

/** @param {import('./sqlite-aside.js').SqliteMessage} message */
function answer(message) {
  if ('rows' in message) return db.prepare(message.rows.sql).all(...message.rows.args);
  return 'spread' in message ? spread(message.spread) : tidy();
}

answerEach(answer);
