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
    const moving = await tellStays(client, stays, fold);
    await tellStrokes(client, strokes, moving, fold);
    return fold.figures();
  } finally {
    await client.end();
  }
}

/**
 * Returns the numbers of those who came or went in the span.
 * @param {pg.Client} client
 * @param {Statement} stays
 * @param {SpreadFold} fold
 */
async function tellStays(client, { sql, args }, fold) {
  const whole = await client.query({
    text: `SELECT "teamId", STRING_AGG(COALESCE("number"::text, "memberId"), ' ') FROM (${sql}) AS "each" WHERE "joined" IS NULL AND "left" IS NULL GROUP BY "teamId"`,
    values: args,
    rowMode: 'array',
  });
  for (const [teamId, people] of whole.rows) {
    for (const person of people.split(' ')) fold.stay(person, teamId, null, null);
  }
  const parts = await client.query({
    text: `SELECT COALESCE("number"::text, "memberId"), "number", "teamId", ${ms('joined')}, ${ms('left')} FROM (${sql}) AS "each" WHERE "joined" IS NOT NULL OR "left" IS NOT NULL`,
    values: args,
    rowMode: 'array',
  });
  for (const [person, , teamId, joined, left] of parts.rows) fold.stay(person, teamId, joined, left);
  return [...new Set(parts.rows.map(([, number]) => number))].filter(number => number !== null);
}

/** @param {string} column */
function ms(column) {
  return `DATE_PART('epoch', "${column}") * 1000`;
}

/**
 * They come as long texts, for to make an object of each would take four times as long; one for each value, for neither
 * PostgreSQL nor JavaScript has texts without an end. When it was matters only where somebody was moving: to write a
 * number takes as long as all the rest.
 * @param {pg.Client} client
 * @param {Statement} strokes
 * @param {number[]} moving
 * @param {SpreadFold} fold
 */
async function tellStrokes(client, { sql, args }, moving, fold) {
  const isMoving = `"giverNumber" = ANY($${args.length + 1}) OR "recipientNumber" = ANY($${args.length + 1})`;
  const { rows } = await client.query({
    text: `SELECT STRING_AGG("giverNumber" || ' ' || "recipientNumber" || ' ' || CASE WHEN ${isMoving} THEN (${ms('givenAt')})::text ELSE '' END || ' ', '')
      FROM (${sql}) AS "each" GROUP BY "valueId"`,
    values: [...args, moving],
    rowMode: 'array',
  });
  for (const [text] of rows) {
    let at = 0;
    const field = () => {
      const end = text.indexOf(' ', at);
      const found = text.slice(at, end);
      at = end + 1;
      return found;
    };
    while (at < text.length) fold.stroke(field(), field(), Number(field()));
  }
}

answerEach(spread);
