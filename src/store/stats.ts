// Counts shout-outs.
import type { Db } from './db.js';

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
