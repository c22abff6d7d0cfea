// Keeps the tallies in step with the records. What a stroke is stands here, and nowhere else.
import type { Span } from '../model.js';
import type { Db, Tx } from './db.js';
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
  // The recipients' workspace is the shout-out's. Asked for the latter, SQLite reads all shout-outs of the workspace
  // instead of these, as soon as there are twenty.
  const which = Prisma.sql`"r"."workspaceId" = ${workspaceId} AND "s"."id" IN (${Prisma.join(ids)})`;
  await numberPeople(tx, workspaceId, which);
  await tx.$executeRaw(Prisma.sql`INSERT INTO "Tally" (${columns}) ${strokesOf(which)}`);
}

/** Gives a number to those who have none. Sorted, so that two that give them at once do not wait for each other. */
async function numberPeople(tx: Tx, workspaceId: string, which: Prisma.Sql): Promise<void> {
  const thanked = Prisma.sql`FROM "Shoutout" AS "s" JOIN "ShoutoutRecipient" AS "r" ON "r"."shoutoutId" = "s"."id" WHERE ${which}`;
  await tx.$executeRaw(Prisma.sql`INSERT INTO "PersonNumber" ("memberId", "workspaceId")
    SELECT "memberId", ${workspaceId}
    FROM (SELECT "s"."giverId" AS "memberId" ${thanked} UNION SELECT "r"."memberId" ${thanked}) AS "people"
    WHERE NOT EXISTS (SELECT 1 FROM "PersonNumber" AS "n" WHERE "n"."memberId" = "people"."memberId")
    ORDER BY "memberId" ON CONFLICT DO NOTHING`);
}

/**
 * The ids of the shout-outs given in a span whose strokes are not what the records say, in the order of their ids. One
 * statement, so that what is written meanwhile is seen whole or not at all.
 */
export async function listMistallied(db: Db, workspaceId: string, { from, to }: Span): Promise<string[]> {
  const which = Prisma.sql`"s"."workspaceId" = ${workspaceId} AND "s"."givenAt" >= ${from} AND "s"."givenAt" < ${to}`;
  const rows = await db.readAside<{ id: string }>(Prisma.sql`
    SELECT DISTINCT "shoutoutId" AS "id" FROM (
      SELECT "shoutoutId" FROM (
        SELECT * FROM (${strokesOf(which)}) AS "recorded"
        UNION ALL
        SELECT ${columns} FROM "Tally" WHERE "workspaceId" = ${workspaceId}
          AND "shoutoutId" IN (SELECT "s"."id" FROM "Shoutout" AS "s" WHERE ${which})
      ) AS "both" GROUP BY ${columns} HAVING COUNT(*) <> 2
    ) AS "different" ORDER BY 1`);
  return rows.map(row => row.id);
}

/** The ids of shout-outs that have strokes and are not of this workspace, or not there, at most 1000. */
export async function listStrayStrokes(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.readAside<{ id: string }>(Prisma.sql`
    SELECT DISTINCT "t"."shoutoutId" AS "id" FROM "Tally" AS "t"
    WHERE "t"."workspaceId" = ${workspaceId}
    AND NOT EXISTS (SELECT 1 FROM "Shoutout" AS "s" WHERE "s"."id" = "t"."shoutoutId" AND "s"."workspaceId" = "t"."workspaceId")
    ORDER BY 1 LIMIT 1000`);
  return rows.map(row => row.id);
}

const columns = Prisma.raw(
  ['shoutoutId', 'recipientId', 'valueId', 'workspaceId', 'giverId', 'giverNumber', 'recipientNumber']
    .concat(['givenAt', 'source', 'shoutouts', 'thanks', 'tagged'])
    .map(column => `"${column}"`)
    .join(', '),
);

/**
 * A stroke for each recipient and value, and one for each recipient where there is none. The first of each kind carries
 * what is counted once: sums are then right however the strokes are grouped.
 * @param which - a condition on shout-outs (`s`) or recipients (`r`)
 */
function strokesOf(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT "s"."id" AS "shoutoutId", "r"."memberId" AS "recipientId", COALESCE("v"."valueId", '') AS "valueId",
      "s"."workspaceId", "s"."giverId", "g"."number" AS "giverNumber", "n"."number" AS "recipientNumber", "s"."givenAt", "s"."source",
      CASE WHEN ROW_NUMBER() OVER (PARTITION BY "s"."id" ORDER BY "r"."position", "r"."memberId", "v"."valueId") = 1 THEN 1 ELSE 0 END AS "shoutouts",
      CASE WHEN ROW_NUMBER() OVER (PARTITION BY "s"."id", "r"."memberId" ORDER BY "v"."valueId") = 1 THEN 1 ELSE 0 END AS "thanks",
      CASE WHEN "v"."valueId" IS NOT NULL AND ROW_NUMBER() OVER (PARTITION BY "s"."id", "v"."valueId" ORDER BY "r"."position", "r"."memberId") = 1 THEN 1 ELSE 0 END AS "tagged"
    FROM "Shoutout" AS "s"
    JOIN "ShoutoutRecipient" AS "r" ON "r"."shoutoutId" = "s"."id"
    LEFT JOIN "ShoutoutValue" AS "v" ON "v"."shoutoutId" = "s"."id"
    LEFT JOIN "PersonNumber" AS "g" ON "g"."memberId" = "s"."giverId"
    LEFT JOIN "PersonNumber" AS "n" ON "n"."memberId" = "r"."memberId"
    WHERE "s"."withdrawnAt" IS NULL AND ${which}`;
}
