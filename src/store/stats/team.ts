// What the people of a team received and gave while they were in it.
import type { Member, Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import {
  bucketOf,
  during,
  isThere,
  perBucket,
  receivedIn,
  type Sum,
  spanOf,
  stayingIn,
  staysThen,
  valueIdFrom,
} from './strokes.js';

/** Counted in how often somebody was thanked: a shout-out to three people of the team is three. */
export interface TeamCounts {
  /** How many people were in it at some time of the span, and how many of them were thanked while they were. */
  roster: number;
  thanked: number;
  /** What its people received. */
  received: number;
  /** Of it from within the team and from outside; and what its people gave to people who were not in it. Null: nobody is outside of Everyone. */
  across: { within: number; fromOutside: number; toOutside: number } | null;
  /** Only values that were received; `valueId` null: without a value. */
  perValue: { valueId: string | null; received: number }[];
}

export interface TeamQuestion {
  teamId: string;
  span: Span;
  /** `thanked` counts those who were thanked for it; default null: for anything. */
  valueId?: string | null;
}

/** A team's tallies in a span. Of a team of everybody ask `countEveryone` instead: this takes its time for each stroke. */
export async function countTeam(db: Db, workspaceId: string, team: TeamQuestion): Promise<TeamCounts> {
  const received = receivedIn(workspaceId, team);
  const recipient = Prisma.sql`"t"."recipientId"`;
  const counted = team.valueId
    ? Prisma.sql`CASE WHEN "t"."valueId" = ${team.valueId} THEN ${recipient} END`
    : recipient;
  const [perValue, [sums], [outside], roster] = await Promise.all([
    db.readAside<{ valueId: string; strokes: Sum; thanks: Sum }>(Prisma.sql`
      SELECT "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks" ${received} GROUP BY "t"."valueId"`),
    db.readAside<{ thanked: Sum; within: Sum }>(Prisma.sql`
      SELECT COUNT(DISTINCT ${counted}) AS "thanked",
        SUM(CASE WHEN ${isThere(team.teamId, 'giverId')} THEN "t"."thanks" ELSE 0 END) AS "within" ${received}`),
    db.readAside<{ thanks: Sum }>(Prisma.sql`
      SELECT SUM("t"."thanks") AS "thanks" FROM "TeamMember" AS "s" CROSS JOIN "Tally" AS "t"
      WHERE ${stayingIn(workspaceId, team)} AND "t"."giverId" = "s"."memberId" AND ${during(workspaceId, team.span)} AND ${staysThen}
        AND NOT ${isThere(team.teamId, 'recipientId')}`),
    countRoster(db, workspaceId, team),
  ]);
  const thanks = perValue.reduce((sum, row) => sum + Number(row.thanks), 0);
  const within = Number(sums?.within ?? 0);
  return {
    roster,
    thanked: Number(sums?.thanked ?? 0),
    received: thanks,
    across: { within, fromOutside: thanks - within, toOutside: Number(outside?.thanks ?? 0) },
    perValue: perValue.map(row => ({ valueId: valueIdFrom(row.valueId), received: Number(row.strokes) })),
  };
}

/** How many people were in a team at some time of the span. */
export async function countRoster(
  db: Db,
  workspaceId: string,
  team: { teamId: string; span: Span },
): Promise<number> {
  const [row] = await db.readAside<{ people: Sum }>(Prisma.sql`
    SELECT COUNT(DISTINCT "s"."memberId") AS "people" FROM "TeamMember" AS "s" WHERE ${stayingIn(workspaceId, team)}`);
  return Number(row?.people ?? 0);
}

/** A line of a team's table. */
export interface TeamRow {
  member: Pick<Member, 'id' | 'slackId' | 'name'>;
  /** How often they were thanked while they were in the team. */
  received: number;
  /** Only values that they received; `valueId` null: without a value. */
  perValue: { valueId: string | null; received: number }[];
}

/** Whether the stay, here called `s`, is of somebody who is in the team now. */
function isPresent(teamId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "TeamMember" AS "p"
    WHERE "p"."teamId" = ${teamId} AND "p"."memberId" = "s"."memberId" AND "p"."leftAt" IS NULL)`;
}

/** What those received who were in the team at some time of the span and are not now, while they were; and how many they are. */
export async function countLeft(
  db: Db,
  workspaceId: string,
  team: { teamId: string; span: Span },
): Promise<Pick<TeamRow, 'received' | 'perValue'> & { people: number }> {
  const [[left], rows] = await Promise.all([
    db.readAside<{ people: Sum }>(Prisma.sql`
      SELECT COUNT(DISTINCT "s"."memberId") AS "people" FROM "TeamMember" AS "s"
      WHERE ${stayingIn(workspaceId, team)} AND NOT ${isPresent(team.teamId)}`),
    db.readAside<{ valueId: string; strokes: Sum; thanks: Sum }>(Prisma.sql`
      SELECT "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks"
      ${receivedIn(workspaceId, team)} AND NOT ${isPresent(team.teamId)} GROUP BY "t"."valueId"`),
  ]);
  return {
    people: Number(left?.people ?? 0),
    received: rows.reduce((sum, row) => sum + Number(row.thanks), 0),
    perValue: rows.map(row => ({ valueId: valueIdFrom(row.valueId), received: Number(row.strokes) })),
  };
}

/**
 * A page of a team's table, by name: everybody who is in it now and was at some time of the span, those who received nothing
 * too.
 * @param page - `most` at once; at most 100
 */
export async function listTeamRows(
  db: Db,
  workspaceId: string,
  team: { teamId: string; span: Span },
  page: { skip: number; most: number },
): Promise<TeamRow[]> {
  const stays = stayingIn(workspaceId, team);
  const members = await db.readAside<TeamRow['member']>(Prisma.sql`
    SELECT "m"."id" AS "id", "m"."slackId" AS "slackId", "m"."name" AS "name"
    FROM "TeamMember" AS "s" CROSS JOIN "Member" AS "m"
    WHERE ${stays} AND ${isPresent(team.teamId)} AND "m"."id" = "s"."memberId" GROUP BY "m"."id", "m"."slackId", "m"."name"
    ORDER BY LOWER("m"."name"), "m"."id" LIMIT ${page.most} OFFSET ${page.skip}`);
  if (members.length === 0) return [];
  const rows = await db.readAside<{
    memberId: string;
    valueId: string;
    strokes: Sum;
    thanks: Sum;
  }>(Prisma.sql`
    SELECT "s"."memberId" AS "memberId", "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks"
    ${receivedIn(workspaceId, team)} AND "s"."memberId" IN (${Prisma.join(members.map(one => one.id))})
    GROUP BY "s"."memberId", "t"."valueId"`);
  return members.map(member => {
    const own = rows.filter(row => row.memberId === member.id);
    return {
      member,
      received: own.reduce((sum, row) => sum + Number(row.thanks), 0),
      perValue: own.map(row => ({ valueId: valueIdFrom(row.valueId), received: Number(row.strokes) })),
    };
  });
}

/**
 * What a team received over time, under each value that it did; one number for each bucket.
 * @param borders - two or more, rising: where each bucket begins, and where the last ends
 */
export async function countTeamBuckets(
  db: Db,
  workspaceId: string,
  { teamId, borders }: { teamId: string; borders: Date[] },
): Promise<{ valueId: string | null; received: number[] }[]> {
  const span = spanOf(borders);
  const rows = await db.readAside<{ bucket: Sum; valueId: string; sum: Sum }>(Prisma.sql`
    SELECT ${bucketOf(borders)} AS "bucket", "t"."valueId" AS "valueId", COUNT(*) AS "sum"
    ${receivedIn(workspaceId, { teamId, span })} GROUP BY 1, "t"."valueId"`);
  return [...new Set(rows.map(row => row.valueId))].map(id => ({
    valueId: valueIdFrom(id),
    received: perBucket(
      borders,
      rows.filter(row => row.valueId === id),
    ),
  }));
}
