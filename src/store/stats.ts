// Counts shout-outs.
import type { Db } from './db.js';

/** Counts by the value's id. */
export interface ShoutoutCounts {
  received: number;
  given: number;
  receivedPerValue: Map<string, number>;
  givenPerValue: Map<string, number>;
}

/** One member's tallies from `from` on, without what has been undone. */
export async function countShoutouts(
  db: Db,
  { workspaceId, memberId, from }: { workspaceId: string; memberId: string; from: Date },
): Promise<ShoutoutCounts> {
  const counts = { workspaceId, withdrawnAt: null, givenAt: { gte: from } };
  const given = { ...counts, giverId: memberId };
  const received = { ...counts, recipients: { some: { memberId } } };
  const perValue = (shoutout: typeof given | typeof received) =>
    db.read.shoutoutValue.groupBy({ by: ['valueId'], where: { workspaceId, shoutout }, _count: true });
  const [receivedCount, givenCount, receivedRows, givenRows] = await Promise.all([
    db.read.shoutout.count({ where: received }),
    db.read.shoutout.count({ where: given }),
    perValue(received),
    perValue(given),
  ]);
  return {
    received: receivedCount,
    given: givenCount,
    receivedPerValue: new Map(receivedRows.map(row => [row.valueId, row._count])),
    givenPerValue: new Map(givenRows.map(row => [row.valueId, row._count])),
  };
}

/** How often each value was lived from `from` on, by its id: the sum over recipients, without what has been undone. */
export async function countLived(
  db: Db,
  { workspaceId, from }: { workspaceId: string; from: Date },
): Promise<Map<string, number>> {
  const rows = await db.read.$queryRaw<{ valueId: string; lived: bigint | number }[]>`
    SELECT "ShoutoutValue"."valueId" AS "valueId", COUNT(*) AS "lived" FROM "Shoutout"
    JOIN "ShoutoutValue" ON "ShoutoutValue"."shoutoutId" = "Shoutout"."id"
    JOIN "ShoutoutRecipient" ON "ShoutoutRecipient"."shoutoutId" = "Shoutout"."id"
    WHERE "Shoutout"."workspaceId" = ${workspaceId} AND "Shoutout"."withdrawnAt" IS NULL
    AND "Shoutout"."givenAt" >= ${from} GROUP BY "ShoutoutValue"."valueId"`;
  return new Map(rows.map(row => [row.valueId, Number(row.lived)]));
}
