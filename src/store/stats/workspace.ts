// What a whole workspace gave, value by value. Names nobody.
import type { Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { bucketOf, during, type Sum, spanOf, staysThen, valueIdFrom } from './strokes.js';
import { bucketsPerValue } from './team.js';

export interface WorkspaceCounts {
  /** How many shout-outs were given, and how often somebody was thanked. */
  shoutouts: number;
  received: number;
  /** Only values that were received; `valueId` null: without a value. `recipients` are different people. */
  perValue: { valueId: string | null; received: number; recipients: number }[];
}

/** A workspace's tallies in a span. */
export async function countWorkspace(db: Db, workspaceId: string, span: Span): Promise<WorkspaceCounts> {
  // In two steps: counting different people beside the sums takes twice as long.
  const rows = await db.readAside<{
    valueId: string;
    strokes: Sum;
    thanks: Sum;
    shoutouts: Sum;
    recipients: Sum;
  }>(Prisma.sql`
    SELECT "valueId", SUM("strokes") AS "strokes", SUM("thanks") AS "thanks", SUM("shoutouts") AS "shoutouts", COUNT(*) AS "recipients"
    FROM (SELECT "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks", SUM("t"."shoutouts") AS "shoutouts"
      FROM "Tally" AS "t" WHERE ${during(workspaceId, span)} GROUP BY "t"."valueId", "t"."recipientId") AS "people"
    GROUP BY "valueId"`);
  return {
    shoutouts: rows.reduce((sum, row) => sum + Number(row.shoutouts), 0),
    received: rows.reduce((sum, row) => sum + Number(row.thanks), 0),
    perValue: rows.map(row => ({
      valueId: valueIdFrom(row.valueId),
      received: Number(row.strokes),
      recipients: Number(row.recipients),
    })),
  };
}

/**
 * What a workspace received over time, under each value that was; one number for each bucket.
 * @param borders - two or more, rising: where each bucket begins, and where the last ends
 */
export async function countWorkspaceBuckets(
  db: Db,
  workspaceId: string,
  borders: Date[],
): Promise<{ valueId: string | null; received: number[] }[]> {
  const rows = await db.readAside<{ bucket: Sum; valueId: string; sum: Sum }>(Prisma.sql`
    SELECT ${bucketOf(borders)} AS "bucket", "t"."valueId" AS "valueId", COUNT(*) AS "sum" FROM "Tally" AS "t"
    WHERE ${during(workspaceId, spanOf(borders))} GROUP BY 1, "t"."valueId"`);
  return bucketsPerValue(borders, rows);
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
    FROM "TeamMember" AS "s"
    JOIN "Tally" AS "t" ON "t"."recipientId" = "s"."memberId" AND ${during(workspaceId, span)} AND ${staysThen}
    WHERE "s"."teamId" IN (${Prisma.join(teamIds)}) AND "s"."workspaceId" = ${workspaceId}
    GROUP BY "s"."teamId", "t"."valueId"`);
  return rows.map(row => ({
    teamId: row.teamId,
    valueId: valueIdFrom(row.valueId),
    received: Number(row.strokes),
    recipients: Number(row.recipients),
  }));
}

/**
 * What a workspace received over time, as `countWorkspaceBuckets`; a step in which fewer different people were thanked for a
 * value is 0.
 */
export async function countReachedBuckets(
  db: Db,
  workspaceId: string,
  { borders, fewest }: { borders: Date[]; fewest: number },
): Promise<{ valueId: string | null; received: number[] }[]> {
  // In two steps, as above.
  const rows = await db.readAside<{ bucket: Sum; valueId: string; sum: Sum }>(Prisma.sql`
    SELECT "bucket", "valueId", SUM("strokes") AS "sum" FROM (
      SELECT ${bucketOf(borders)} AS "bucket", "t"."valueId" AS "valueId", COUNT(*) AS "strokes" FROM "Tally" AS "t"
      WHERE ${during(workspaceId, spanOf(borders))} GROUP BY 1, "t"."valueId", "t"."recipientId") AS "people"
    GROUP BY "bucket", "valueId" HAVING COUNT(*) >= ${fewest}`);
  return bucketsPerValue(borders, rows);
}

/** How many different people were in each team at some time of the span, by the team's id. */
export async function countRosters(db: Db, workspaceId: string, span: Span): Promise<Map<string, number>> {
  const rows = await db.readAside<{ teamId: string; people: Sum }>(Prisma.sql`
    SELECT "s"."teamId" AS "teamId", COUNT(DISTINCT "s"."memberId") AS "people" FROM "TeamMember" AS "s"
    WHERE "s"."workspaceId" = ${workspaceId} AND "s"."joinedAt" < ${span.to}
      AND ("s"."leftAt" IS NULL OR "s"."leftAt" > ${span.from}) GROUP BY "s"."teamId"`);
  return new Map(rows.map(row => [row.teamId, Number(row.people)]));
}
