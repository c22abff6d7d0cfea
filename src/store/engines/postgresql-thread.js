// The thread that counts what a PostgreSQL server holds, one question after the other. JavaScript, so that it runs as it is from src and from dist.
import { workerData } from 'node:worker_threads';
import pg from 'pg';
import { answerEach } from './answer-each.js';
import { SpreadFold } from './spread-fold.js';

/** @typedef {import('./aside.js').Statement} Statement */

/**
 * By a connection of its own each time: a thread that waits holds none, and none that broke is met again.
 * @param {import('./aside.js').SpreadMessage} question
 */
async function spread({ everyoneId, stays, strokes }) {
  const client = new pg.Client(workerData.settings);
  // Without a listener a connection that breaks meanwhile would end the thread; the query reports it anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // In one transaction, so that both are of the same moment.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const fold = new SpreadFold(everyoneId);
    await tellStays(client, stays, fold);
    await tellStrokes(client, strokes, fold);
    return fold.figures();
  } finally {
    await client.end();
  }
}

/**
 * @param {pg.Client} client
 * @param {Statement} stays
 * @param {SpreadFold} fold
 */
async function tellStays(client, { sql, args }, fold) {
  const isWhole = '"joined" IS NULL AND "left" IS NULL';
  // Not WHERE: PostgreSQL would expect a row at most, and look up each of forty thousand.
  const whole = await client.query({
    text: `SELECT "teamId", STRING_AGG(INT4SEND("number"), '') FILTER (WHERE ${isWhole}) AS "people",
        COUNT(*) FILTER (WHERE ${isWhole} AND "number" IS NULL)::int AS "idle" FROM (${sql}) AS "each" GROUP BY "teamId"`,
    values: args,
  });
  for (const { teamId, people, idle } of whole.rows) {
    for (let at = 0; people && at < people.length; at += 4)
      fold.stay(people.readInt32BE(at), teamId, null, null);
    for (let person = 1; person <= idle; person += 1) fold.stay(`${teamId} ${person}`, teamId, null, null);
  }
  const parts = await client.query({
    text: `SELECT "memberId", "number", "teamId", TIMESTAMP_SEND("joined") AS "joined", TIMESTAMP_SEND("left") AS "left"
      FROM (${sql}) AS "each" WHERE NOT (${isWhole})`,
    values: args,
  });
  const instant = (/** @type {Buffer | null} */ sent) => sent && microsecondsAt(sent, 0);
  for (const { memberId, number, teamId, joined, left } of parts.rows)
    fold.stay(number ?? memberId, teamId, instant(joined), instant(left));
}

/**
 * They come as one chain of bytes, as PostgreSQL sends numbers and instants: as rows, or as text, they take the driver and
 * the fold three times as long as all the rest.
 * @param {pg.Client} client
 * @param {Statement} strokes
 * @param {SpreadFold} fold
 */
async function tellStrokes(client, { sql, args }, fold) {
  const bytes = 16;
  const { rows } = await client.query({
    text: `SELECT STRING_AGG(INT4SEND("giverNumber") || INT4SEND("recipientNumber") || TIMESTAMP_SEND("givenAt"), '') AS "sent" FROM (${sql}) AS "each"`,
    values: args,
  });
  const sent = rows[0].sent ?? Buffer.alloc(0);
  for (let at = 0; at < sent.length; at += bytes)
    fold.stroke(sent.readInt32BE(at), sent.readInt32BE(at + 4), microsecondsAt(sent, at + 8));
}

/**
 * An instant, as a number below 2^53 until the year 2285.
 * @param {Buffer} sent
 * @param {number} at
 */
function microsecondsAt(sent, at) {
  return sent.readInt32BE(at) * 2 ** 32 + sent.readUInt32BE(at + 4);
}

answerEach(spread);
