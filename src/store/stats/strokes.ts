// What the statistics have in common: strokes of a span, the buckets of a chart, and who was in a team when.
import type { Span } from '../../model.js';
import { Prisma } from '../generated/sqlite/client.js';

/** What a sum comes as: each database has its own way. */
export type Sum = bigint | number | null;

/** The strokes, here called `t`, of a span. */
export function during(workspaceId: string, span: Span): Prisma.Sql {
  return Prisma.sql`"t"."workspaceId" = ${workspaceId} AND "t"."givenAt" >= ${span.from} AND "t"."givenAt" < ${span.to}`;
}

/** Whether a stay, called `s` or `o`, covers the instant of the stroke `t`. */
function coversStroke(stay: 's' | 'o'): Prisma.Sql {
  return Prisma.raw(
    `"${stay}"."joinedAt" <= "t"."givenAt" AND ("${stay}"."leftAt" IS NULL OR "${stay}"."leftAt" > "t"."givenAt")`,
  );
}

/** Whether the stay `s`, or another one called `o`, covers the instant of the stroke `t`. */
export const staysThen = coversStroke('s');
export const otherStaysThen = coversStroke('o');

/** Whether the giver or the recipient of the stroke `t` was in a team at that time. */
export function isThere(teamId: string, who: 'giverId' | 'recipientId'): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "TeamMember" AS "o"
    WHERE "o"."teamId" = ${teamId} AND "o"."memberId" = ${Prisma.raw(`"t"."${who}"`)} AND ${otherStaysThen})`;
}

/** The stays, here called `s`, in any team at some time of a span. */
export function stayingDuring(workspaceId: string, span: Span): Prisma.Sql {
  return Prisma.sql`"s"."workspaceId" = ${workspaceId} AND "s"."joinedAt" < ${span.to}
    AND ("s"."leftAt" IS NULL OR "s"."leftAt" > ${span.from})`;
}

/** The same in one team. */
export function stayingIn(workspaceId: string, { teamId, span }: { teamId: string; span: Span }): Prisma.Sql {
  return Prisma.sql`"s"."teamId" = ${teamId} AND ${stayingDuring(workspaceId, span)}`;
}

/**
 * What the people of a team received in a span while they were in it: `FROM` and `WHERE`, stays `s` and strokes `t`. Crossed
 * and not joined, for SQLite then begins with the stays; else it may read all strokes of the workspace.
 */
export function receivedIn(workspaceId: string, team: { teamId: string; span: Span }): Prisma.Sql {
  return Prisma.sql`FROM "TeamMember" AS "s" CROSS JOIN "Tally" AS "t"
    WHERE ${stayingIn(workspaceId, team)} AND "t"."recipientId" = "s"."memberId"
    AND ${during(workspaceId, team.span)} AND ${staysThen}`;
}

/** From the first border to the last. @throws when there are less than two */
export function spanOf(borders: Date[]): Span {
  const [from] = borders;
  const to = borders.at(-1);
  if (!from || !to || borders.length < 2) throw new Error('A bucket has two borders.');
  return { from, to };
}

/** The number of the bucket, from 0 on, that a stroke between the borders falls into. */
export function bucketOf(borders: Date[]): Prisma.Sql {
  const inner = borders.slice(1, -1).map((border, index) => {
    return Prisma.sql`WHEN "t"."givenAt" < ${border} THEN ${Prisma.raw(String(index))}`;
  });
  const last = Prisma.raw(String(borders.length - 2));
  return inner.length === 0 ? last : Prisma.sql`CASE ${Prisma.join(inner, ' ')} ELSE ${last} END`;
}

/** A list with one number for each bucket, 0 where there is no row. */
export function perBucket(borders: Date[], rows: { bucket: Sum; sum: Sum }[]): number[] {
  const list = borders.slice(1).map(() => 0);
  for (const { bucket, sum } of rows) list[Number(bucket)] = Number(sum);
  return list;
}

/** Null: without a value. */
export function valueIdFrom(kept: string): string | null {
  return kept === '' ? null : kept;
}
