// What the people of Everyone received while they were in it: nearly all that the workspace did.
import type { Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { bucketOf, during, isThere, perBucket, type Sum, spanOf, valueIdFrom } from './strokes.js';
import { countRoster, type TeamCounts, type TeamQuestion } from './team.js';
import { allDuring, countWorkspaceBuckets } from './workspace.js';

/** The people who were not in Everyone all the time; few. Found once in a statement, as `stranger`. */
function strangers(workspaceId: string, { teamId, span }: { teamId: string; span: Span }): Prisma.Sql {
  return Prisma.sql`"stranger" AS MATERIALIZED (SELECT "m"."id" FROM "Member" AS "m"
    WHERE "m"."workspaceId" = ${workspaceId} AND NOT EXISTS (SELECT 1 FROM "TeamMember" AS "s"
      WHERE "s"."teamId" = ${teamId} AND "s"."memberId" = "m"."id" AND "s"."joinedAt" <= ${span.from}
      AND ("s"."leftAt" IS NULL OR "s"."leftAt" >= ${span.to})))`;
}

/** What strangers, here called `stranger`, received and were not there: `FROM` and `WHERE`. Crossed and not joined, for SQLite then begins with the people. */
function receivedElsewhere(
  workspaceId: string,
  { teamId, span }: { teamId: string; span: Span },
): Prisma.Sql {
  return Prisma.sql`FROM "stranger" CROSS JOIN "Tally" AS "t"
    WHERE "t"."recipientId" = "stranger"."id" AND ${during(workspaceId, span)} AND NOT ${isThere(teamId, 'recipientId')}`;
}

/** What `countTeam` says of a team, from what the whole workspace gave, so that it takes no time for each person. */
export async function countEveryone(
  db: Db,
  workspaceId: string,
  everyone: TeamQuestion,
): Promise<TeamCounts> {
  const { teamId, span, valueId } = everyone;
  const all = Prisma.sql`FROM "Tally" AS "t" WHERE ${await allDuring(db, workspaceId, span)}`;
  // Each whom it is about has such a stroke.
  const counts = valueId ? Prisma.sql`"t"."valueId" = ${valueId}` : Prisma.sql`"t"."thanks" = 1`;
  const [perValue, [thanked], roster, less] = await Promise.all([
    db.readAside<{ valueId: string; strokes: Sum; thanks: Sum }>(Prisma.sql`
      SELECT "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks" ${all} GROUP BY "t"."valueId"`),
    db.readAside<{ people: Sum }>(Prisma.sql`
      SELECT COUNT(*) AS "people" FROM (SELECT DISTINCT "t"."recipientNumber" ${all} AND ${counts}) AS "each"`),
    countRoster(db, workspaceId, everyone),
    db.readAside<{ what: 'received' | 'thanked'; valueId: string; strokes: Sum; thanks: Sum }>(Prisma.sql`
      WITH ${strangers(workspaceId, everyone)}
      SELECT 'received' AS "what", "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks"
      ${receivedElsewhere(workspaceId, everyone)} GROUP BY "t"."valueId"
      UNION ALL
      SELECT 'thanked', '', COUNT(DISTINCT "stranger"."id"), 0 ${receivedElsewhere(workspaceId, everyone)} AND ${counts}
        AND NOT EXISTS (SELECT 1 FROM "Tally" AS "t" WHERE "t"."recipientId" = "stranger"."id" AND ${during(workspaceId, span)}
          AND ${counts} AND ${isThere(teamId, 'recipientId')})`),
  ]);
  const elsewhere = less.filter(row => row.what === 'received');
  const neverThere = less.find(row => row.what === 'thanked');
  const sum = (rows: { thanks: Sum }[]) => rows.reduce((total, row) => total + Number(row.thanks), 0);
  return {
    roster,
    thanked: Number(thanked?.people ?? 0) - Number(neverThere?.strokes ?? 0),
    received: sum(perValue) - sum(elsewhere),
    across: null,
    perValue: perValue
      .map(({ valueId: id, strokes }) => {
        const others = elsewhere.find(row => row.valueId === id);
        return { valueId: valueIdFrom(id), received: Number(strokes) - Number(others?.strokes ?? 0) };
      })
      .filter(row => row.received > 0),
  };
}

/** What `countTeamBuckets` says of Everyone. */
export async function countEveryoneBuckets(
  db: Db,
  workspaceId: string,
  { teamId, borders }: { teamId: string; borders: Date[] },
): Promise<{ valueId: string | null; received: number[] }[]> {
  const span = spanOf(borders);
  const [all, elsewhere] = await Promise.all([
    countWorkspaceBuckets(db, workspaceId, { borders }),
    db.readAside<{ bucket: Sum; valueId: string; sum: Sum }>(Prisma.sql`
      WITH ${strangers(workspaceId, { teamId, span })}
      SELECT ${bucketOf(borders)} AS "bucket", "t"."valueId" AS "valueId", COUNT(*) AS "sum"
      ${receivedElsewhere(workspaceId, { teamId, span })} GROUP BY 1, "t"."valueId"`),
  ]);
  return all
    .map(({ valueId, received }) => {
      const less = perBucket(
        borders,
        elsewhere.filter(row => valueIdFrom(row.valueId) === valueId),
      );
      return { valueId, received: received.map((count, index) => (count ?? 0) - (less[index] ?? 0)) };
    })
    .filter(({ received }) => received.some(count => count > 0));
}
