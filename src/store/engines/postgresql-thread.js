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
  const { rows } = await client.query({
    text: `SELECT "teamId", STRING_AGG(INT4SEND("number"), '') FILTER (WHERE ${isWhole}) AS "people",
        COUNT(*) FILTER (WHERE ${isWhole} AND "number" IS NULL)::int AS "idle",
        JSON_AGG(JSON_BUILD_ARRAY("number", "memberId", ${microseconds('joined')}, ${microseconds('left')})) FILTER (WHERE NOT (${isWhole})) AS "parts"
      FROM (${sql}) AS "each" GROUP BY "teamId"`,
    values: args,
  });
  for (const { teamId, people, idle, parts } of rows) {
    const numbers = viewOf(people);
    for (let at = 0; at < numbers.byteLength; at += 4) fold.stay(numbers.getInt32(at), teamId, null, null);
    for (let person = 1; person <= idle; person += 1) fold.stay(`${teamId} ${person}`, teamId, null, null);
    for (const [number, memberId, joined, left] of parts ?? [])
      fold.stay(number ?? memberId, teamId, joined, left);
  }
}

/** As TIMESTAMP_SEND sends it: since 2000. @param {string} column */
function microseconds(column) {
  return `(EXTRACT(EPOCH FROM "${column}" - TIMESTAMP '2000-01-01') * 1000000)::bigint`;
}

/**
 * They come as one chain of bytes, as PostgreSQL sends numbers and instants: as rows, or as text, they take the driver and
 * the fold three times as long as all the rest.
 * @param {pg.Client} client
 * @param {Statement} strokes
 * @param {SpreadFold} fold
 */
async function tellStrokes(client, { sql, args }, fold) {
  const pair = 'INT8SEND(("giverNumber"::bigint << 32) + "recipientNumber")';
  const { rows } = await client.query({
    text: `SELECT STRING_AGG(${pair} || TIMESTAMP_SEND("givenAt"), '') AS "sent" FROM (${sql}) AS "each"`,
    values: args,
  });
  const sent = viewOf(rows[0].sent);
  for (let at = 0; at < sent.byteLength; at += 16) {
    // A number below 2^53 until the year 2285.
    const givenAt = sent.getInt32(at + 8) * 2 ** 32 + sent.getUint32(at + 12);
    fold.stroke(sent.getInt32(at), sent.getInt32(at + 4), givenAt);
  }
}

/** @param {Buffer | null} sent - null: nothing was */
function viewOf(sent) {
  const { buffer, byteOffset, byteLength } = sent ?? Buffer.alloc(0);
  return new DataView(buffer, byteOffset, byteLength);
}

answerEach(spread);
