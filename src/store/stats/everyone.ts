// What the people of Everyone received and gave while they were in it: nearly all that the workspace did.
import type { Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { bucketOf, during, isThere, perBucket, type Sum, spanOf, valueIdFrom } from './strokes.js';
import { countThanked, type TeamCounts, type TeamQuestion } from './team.js';
import { countWorkspace, countWorkspaceBuckets } from './workspace.js';

/**
 * The strokes, here called `t`, of whoever was not in Everyone when they received, or gave: `FROM` and `WHERE`. Whoever was
 * in it all the time is passed over, and so they are few. Crossed and not joined, for SQLite then begins with the people.
 */
function strangers(
  workspaceId: string,
  { teamId, span }: { teamId: string; span: Span },
  who: 'giverId' | 'recipientId',
): Prisma.Sql {
  return Prisma.sql`FROM "Member" AS "m" CROSS JOIN "Tally" AS "t"
    WHERE "m"."workspaceId" = ${workspaceId} AND NOT EXISTS (SELECT 1 FROM "TeamMember" AS "s"
      WHERE "s"."teamId" = ${teamId} AND "s"."memberId" = "m"."id" AND "s"."joinedAt" <= ${span.from}
      AND ("s"."leftAt" IS NULL OR "s"."leftAt" >= ${span.to}))
    AND ${Prisma.raw(`"t"."${who}"`)} = "m"."id" AND ${during(workspaceId, span)} AND NOT ${isThere(teamId, who)}`;
}

/** What `countTeam` says of Everyone, from what the whole workspace gave, so that it takes no time for each person. */
export async function countEveryone(
  db: Db,
  workspaceId: string,
  everyone: TeamQuestion,
): Promise<TeamCounts> {
  const { teamId, span } = everyone;
  const [all, people, elsewhere, [fromOutside]] = await Promise.all([
    countWorkspace(db, workspaceId, span),
    countThanked(db, workspaceId, everyone),
    db.readAside<{ valueId: string; strokes: Sum; thanks: Sum; fromInside: Sum }>(Prisma.sql`
      SELECT "t"."valueId" AS "valueId", COUNT(*) AS "strokes", SUM("t"."thanks") AS "thanks",
        SUM(CASE WHEN ${isThere(teamId, 'giverId')} THEN "t"."thanks" ELSE 0 END) AS "fromInside"
      ${strangers(workspaceId, everyone, 'recipientId')} GROUP BY "t"."valueId"`),
    db.readAside<{ thanks: Sum }>(Prisma.sql`
      SELECT SUM("t"."thanks") AS "thanks" ${strangers(workspaceId, everyone, 'giverId')} AND ${isThere(teamId, 'recipientId')}`),
  ]);
  const sum = (of: 'thanks' | 'fromInside') => elsewhere.reduce((total, row) => total + Number(row[of]), 0);
  const received = all.received - sum('thanks');
  const outside = Number(fromOutside?.thanks ?? 0);
  return {
    ...people,
    received,
    within: received - outside,
    fromOutside: outside,
    toOutside: sum('fromInside'),
    perValue: all.perValue
      .map(({ valueId, received: times }) => {
        const less = elsewhere.find(row => valueIdFrom(row.valueId) === valueId);
        return { valueId, received: times - Number(less?.strokes ?? 0) };
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
      SELECT ${bucketOf(borders)} AS "bucket", "t"."valueId" AS "valueId", COUNT(*) AS "sum"
      ${strangers(workspaceId, { teamId, span }, 'recipientId')} GROUP BY 1, "t"."valueId"`),
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
