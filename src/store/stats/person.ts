// What one person received and gave.
import type { Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { everyoneSlug } from '../teams.js';
import { bucketOf, during, perBucket, type Sum, spanOf, staysThen, valueIdFrom } from './strokes.js';

export interface MemberCounts {
  /** How many shout-outs thanked them, and how many they gave. */
  received: number;
  given: number;
  /** How many of those came by a reaction; the others came by words. */
  receivedByReaction: number;
  givenByReaction: number;
  /** Only values that were received or given; `valueId` null: without a value. */
  perValue: { valueId: string | null; received: number; given: number }[];
  /** How many different people thanked them. */
  givers: number;
  /** How many different teams those were in when they did; Everyone is none. */
  giverTeams: number;
}

/** Whose tallies, and of which value; without one: of all. */
interface Whose {
  memberId: string;
  valueId?: string | undefined;
}

/** A person's tallies in a span. */
export async function countMember(
  db: Db,
  workspaceId: string,
  { span, ...whose }: Whose & { span: Span },
): Promise<MemberCounts> {
  const received = Prisma.sql`${strokesOf('recipientId', whose)} AND ${during(workspaceId, span)}`;
  const given = Prisma.sql`${strokesOf('giverId', whose)} AND ${during(workspaceId, span)}`;
  const [receivedRows, givenRows, [givers], [teams]] = await Promise.all([
    db.read.$queryRaw<{ valueId: string; strokes: Sum; thanks: Sum; reactions: Sum }[]>`
      SELECT "t"."valueId" AS "valueId", COUNT(*) AS "strokes", ${sumOf('received', whose)} AS "thanks",
        SUM(CASE WHEN "t"."source" = 'reaction' THEN ${counted('received', whose)} ELSE 0 END) AS "reactions"
      FROM "Tally" AS "t" WHERE ${received} GROUP BY "t"."valueId"`,
    db.read.$queryRaw<{ valueId: string; shoutouts: Sum; tagged: Sum; reactions: Sum }[]>`
      SELECT "t"."valueId" AS "valueId", ${sumOf('given', whose)} AS "shoutouts", SUM("t"."tagged") AS "tagged",
        SUM(CASE WHEN "t"."source" = 'reaction' THEN ${counted('given', whose)} ELSE 0 END) AS "reactions"
      FROM "Tally" AS "t" WHERE ${given} GROUP BY "t"."valueId"`,
    db.read.$queryRaw<{ people: Sum }[]>`
      SELECT COUNT(DISTINCT "t"."giverId") AS "people" FROM "Tally" AS "t" WHERE ${received}`,
    db.read.$queryRaw<{ teams: Sum }[]>`
      SELECT COUNT(DISTINCT "s"."teamId") AS "teams" FROM "Tally" AS "t"
      JOIN "TeamMember" AS "s" ON "s"."memberId" = "t"."giverId" AND ${staysThen}
      JOIN "Team" ON "Team"."id" = "s"."teamId" AND "Team"."slug" <> ${everyoneSlug}
      WHERE ${received}`,
  ]);
  const ids = new Set([...receivedRows, ...givenRows].map(row => row.valueId));
  return {
    received: total(receivedRows.map(row => row.thanks)),
    given: total(givenRows.map(row => row.shoutouts)),
    receivedByReaction: total(receivedRows.map(row => row.reactions)),
    givenByReaction: total(givenRows.map(row => row.reactions)),
    perValue: [...ids].map(id => {
      const one = givenRows.find(row => row.valueId === id);
      return {
        valueId: valueIdFrom(id),
        received: Number(receivedRows.find(row => row.valueId === id)?.strokes ?? 0),
        // No stroke of a shout-out without a value is tagged.
        given: Number((id === '' ? one?.shoutouts : one?.tagged) ?? 0),
      };
    }),
    givers: Number(givers?.people ?? 0),
    giverTeams: Number(teams?.teams ?? 0),
  };
}

/**
 * A person's tallies over time, one number for each bucket.
 * @param borders - two or more, rising: where each bucket begins, and where the last ends
 */
export async function countMemberBuckets(
  db: Db,
  workspaceId: string,
  { borders, ...whose }: Whose & { borders: Date[] },
): Promise<{ received: number[]; given: number[] }> {
  const span = spanOf(borders);
  const rowsOf = (who: 'recipientId' | 'giverId', what: 'received' | 'given') =>
    db.read.$queryRaw<{ bucket: Sum; sum: Sum }[]>`
      SELECT ${bucketOf(borders)} AS "bucket", ${sumOf(what, whose)} AS "sum" FROM "Tally" AS "t"
      WHERE ${strokesOf(who, whose)} AND ${during(workspaceId, span)} GROUP BY 1`;
  const [received, given] = await Promise.all([
    rowsOf('recipientId', 'received'),
    rowsOf('giverId', 'given'),
  ]);
  return { received: perBucket(borders, received), given: perBucket(borders, given) };
}

function strokesOf(who: 'recipientId' | 'giverId', { memberId, valueId }: Whose): Prisma.Sql {
  const own = Prisma.sql`${Prisma.raw(`"t"."${who}"`)} = ${memberId}`;
  return valueId === undefined ? own : Prisma.sql`${own} AND "t"."valueId" = ${valueId}`;
}

/** What a stroke adds: of one value each is a time thanked, and one of each shout-out is marked. */
function counted(what: 'received' | 'given', { valueId }: Whose): Prisma.Sql {
  if (what === 'received') return valueId === undefined ? Prisma.sql`"t"."thanks"` : Prisma.sql`1`;
  return valueId === undefined ? Prisma.sql`"t"."shoutouts"` : Prisma.sql`"t"."tagged"`;
}

function sumOf(what: 'received' | 'given', whose: Whose): Prisma.Sql {
  return Prisma.sql`SUM(${counted(what, whose)})`;
}

function total(sums: Sum[]): number {
  return sums.reduce<number>((sum, one) => sum + Number(one), 0);
}
