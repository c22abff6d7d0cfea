// Keeps the tallies in step with the records. What a stroke is stands here, and nowhere else.
import type { Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';

/**
 * Writes the strokes of these shout-outs anew, from what the records say now; one that is withdrawn has none. To be called
 * in the transaction that wrote the records, after it did.
 */
export async function tallyShoutouts(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  { areNew = false }: { areNew?: boolean } = {},
): Promise<void> {
  if (!areNew) await tx.tally.deleteMany({ where: { workspaceId, shoutoutId: { in: ids } } });
  await tx.$executeRaw(
    // The recipients' workspace is the shout-out's. Asked for the latter, SQLite reads all shout-outs of the workspace
    // instead of these, as soon as there are twenty.
    strokesFrom(Prisma.sql`"r"."workspaceId" = ${workspaceId} AND "s"."id" IN (${Prisma.join(ids)})`),
  );
}

/**
 * Inserts a stroke for each recipient and value, and one for each recipient where there is none. The first of each kind
 * carries what is counted once: sums are then right however the strokes are grouped.
 */
function strokesFrom(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`INSERT INTO "Tally" ("shoutoutId", "recipientId", "valueId", "workspaceId", "giverId", "givenAt", "source", "shoutouts", "thanks", "tagged")
    SELECT "s"."id", "r"."memberId", COALESCE("v"."valueId", ''), "s"."workspaceId", "s"."giverId", "s"."givenAt", "s"."source",
      CASE WHEN ROW_NUMBER() OVER (PARTITION BY "s"."id" ORDER BY "r"."position", "r"."memberId", "v"."valueId") = 1 THEN 1 ELSE 0 END,
      CASE WHEN ROW_NUMBER() OVER (PARTITION BY "s"."id", "r"."memberId" ORDER BY "v"."valueId") = 1 THEN 1 ELSE 0 END,
      CASE WHEN "v"."valueId" IS NOT NULL AND ROW_NUMBER() OVER (PARTITION BY "s"."id", "v"."valueId" ORDER BY "r"."position", "r"."memberId") = 1 THEN 1 ELSE 0 END
    FROM "Shoutout" AS "s"
    JOIN "ShoutoutRecipient" AS "r" ON "r"."shoutoutId" = "s"."id"
    LEFT JOIN "ShoutoutValue" AS "v" ON "v"."shoutoutId" = "s"."id"
    WHERE "s"."withdrawnAt" IS NULL AND ${which}`;
}
