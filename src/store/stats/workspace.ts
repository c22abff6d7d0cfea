// What a whole workspace gave, value by value. Names nobody.
import type { Span, Team } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { byName } from '../teams.js';
import { during, type Sum, spanOf, stayingDuring, staysThen, valueIdFrom } from './strokes.js';

/** So many different people are counted under a value; whether there are more, nobody asks. */
const mostRecipients = 10;

export interface WorkspaceCounts {
  /** How many shout-outs were given, and how often somebody was thanked. */
  shoutouts: number;
  received: number;
  /** Only values that were received; `valueId` null: without a value. `recipients` are different people, counted up to ten. */
  perValue: { valueId: string | null; received: number; recipients: number }[];
}

/**
 * The strokes, here called `t`, of a whole workspace in a span. Its values are named, for by each of them the index leads
 * to the span; without, all strokes would be read.
 */
export async function allDuring(db: Db, workspaceId: string, span: Span): Promise<Prisma.Sql> {
  const values = await db.read.companyValue.findMany({ where: { workspaceId }, select: { id: true } });
  const ids = ['', ...values.map(value => value.id)];
  return Prisma.sql`${during(workspaceId, span)} AND "t"."valueId" IN (${Prisma.join(ids)})`;
}

/** Every value, here called `v`, and none. */
function valuesOf(workspaceId: string): Prisma.Sql {
  return Prisma.sql`(SELECT "id" FROM "CompanyValue" WHERE "workspaceId" = ${workspaceId} UNION ALL SELECT '') AS "v"`;
}

/** A workspace's tallies in a span. */
export async function countWorkspace(db: Db, workspaceId: string, span: Span): Promise<WorkspaceCounts> {
  const rows = await db.readAside<{
    valueId: string;
    strokes: Sum;
    shoutouts: Sum;
    thanks: Sum;
    recipients: Sum;
  }>(Prisma.sql`
    SELECT "each"."valueId", "each"."strokes", "each"."shoutouts", "each"."thanks",
      (SELECT COUNT(*) FROM (SELECT DISTINCT "t"."recipientId" FROM "Tally" AS "t"
        WHERE ${during(workspaceId, span)} AND "t"."valueId" = "each"."valueId" LIMIT ${mostRecipients}) AS "people") AS "recipients"
    FROM (SELECT "t"."valueId", COUNT(*) AS "strokes", SUM("t"."shoutouts") AS "shoutouts", SUM("t"."thanks") AS "thanks"
      FROM "Tally" AS "t" WHERE ${await allDuring(db, workspaceId, span)} GROUP BY "t"."valueId") AS "each"`);
  const sum = (what: 'shoutouts' | 'thanks') => rows.reduce((total, row) => total + Number(row[what]), 0);
  return {
    shoutouts: sum('shoutouts'),
    received: sum('thanks'),
    perValue: rows.map(row => ({
      valueId: valueIdFrom(row.valueId),
      received: Number(row.strokes),
      recipients: Number(row.recipients),
    })),
  };
}

/** How often each of a workspace's values was lived from `from` on, by its id: the sum over recipients. */
export async function countLived(db: Db, workspaceId: string, from: Date): Promise<Map<string, number>> {
  const rows = await db.readAside<{ valueId: string; lived: Sum }>(Prisma.sql`
    SELECT "v"."id" AS "valueId", (SELECT COUNT(*) FROM "Tally" AS "t" WHERE "t"."workspaceId" = ${workspaceId}
      AND "t"."valueId" = "v"."id" AND "t"."givenAt" >= ${from}) AS "lived"
    FROM "CompanyValue" AS "v" WHERE "v"."workspaceId" = ${workspaceId}`);
  return new Map(rows.map(row => [row.valueId, Number(row.lived)]));
}

/**
 * What a workspace received over time, under each value that was; one number for each bucket.
 * @param how - `borders`: two or more, rising: where each bucket begins, and where the last ends; `fewest`: a bucket in which
 *   fewer different people were thanked for a value, and somebody was, is null; default 1
 */
export async function countWorkspaceBuckets(
  db: Db,
  workspaceId: string,
  { borders, fewest = 1 }: { borders: Date[]; fewest?: number },
): Promise<{ valueId: string | null; received: (number | null)[] }[]> {
  const { to: end } = spanOf(borders);
  const buckets = borders.slice(0, -1).map((from, index) => {
    const span = { from, to: borders[index + 1] ?? end };
    const ofValue = Prisma.sql`FROM "Tally" AS "t" WHERE ${during(workspaceId, span)} AND "t"."valueId" = "v"."id"`;
    return Prisma.sql`(CASE (SELECT COUNT(*) FROM (SELECT DISTINCT "t"."recipientId" ${ofValue} LIMIT ${fewest}) AS "people")
      WHEN 0 THEN 0 WHEN ${fewest} THEN (SELECT COUNT(*) ${ofValue}) END) AS ${Prisma.raw(`"${index}"`)}`;
  });
  const rows = await db.readAside<{ valueId: string; [bucket: number]: Sum }>(Prisma.sql`
    SELECT "v"."id" AS "valueId", ${Prisma.join(buckets)} FROM ${valuesOf(workspaceId)}`);
  return rows
    .map(row => ({
      valueId: valueIdFrom(row.valueId),
      received: buckets.map((_, index) => (row[index] === null ? null : Number(row[index]))),
    }))
    .filter(({ received }) => received.some(count => count !== 0));
}

/**
 * How often each value was received in each of these teams, by people who were in them then; who was in two of them counts
 * in both. Only those that were.
 * @param teamIds - at most 100
 */
export async function countValuesPerTeam(
  db: Db,
  workspaceId: string,
  { teamIds, span }: { teamIds: string[]; span: Span },
): Promise<{ teamId: string; valueId: string | null; received: number; recipients: number }[]> {
  if (teamIds.length === 0) return [];
  const rows = await db.readAside<{
    teamId: string;
    valueId: string;
    strokes: Sum;
    recipients: Sum;
  }>(Prisma.sql`
    SELECT "s"."teamId" AS "teamId", "t"."valueId" AS "valueId", COUNT(*) AS "strokes", COUNT(DISTINCT "t"."recipientId") AS "recipients"
    FROM "TeamMember" AS "s" CROSS JOIN "Tally" AS "t"
    WHERE "t"."recipientId" = "s"."memberId" AND ${during(workspaceId, span)} AND ${staysThen}
    AND "s"."teamId" IN (${Prisma.join(teamIds)}) AND "s"."workspaceId" = ${workspaceId}
    GROUP BY "s"."teamId", "t"."valueId"`);
  return rows.map(row => ({
    teamId: row.teamId,
    valueId: valueIdFrom(row.valueId),
    received: Number(row.strokes),
    recipients: Number(row.recipients),
  }));
}

/** The teams but Everyone, by name, that so many different people or more were in at some time of the span. */
export async function listTeamsWith(
  db: Db,
  workspaceId: string,
  { fewest, span }: { fewest: number; span: Span },
): Promise<Pick<Team, 'id' | 'name'>[]> {
  const rows = await db.readAside<Pick<Team, 'id' | 'name'>>(Prisma.sql`
    SELECT "team"."id" AS "id", "team"."name" AS "name" FROM "TeamMember" AS "s" JOIN "Team" AS "team" ON "team"."id" = "s"."teamId"
    WHERE ${stayingDuring(workspaceId, span)} AND "team"."rosterKind" <> 'everyone'
    GROUP BY "team"."id", "team"."name" HAVING COUNT(DISTINCT "s"."memberId") >= ${fewest}`);
  return rows.sort(byName);
}
