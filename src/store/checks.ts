// What should always be true of the records, asked of a live database a day at a time.
import type { Span } from '../model.js';
import type { Db } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { tallyShoutouts } from './tallies.js';

/** How many rows of a kind are listed at most. */
const most = 1000;

/** When the first shout-out from an instant on was given; null: there is none. */
export async function findNextGiven(db: Db, workspaceId: string, from: Date): Promise<Date | null> {
  const row = await db.read.shoutout.findFirst({
    where: { workspaceId, givenAt: { gte: from } },
    orderBy: { givenAt: 'asc' },
    select: { givenAt: true },
  });
  return row?.givenAt ?? null;
}

/** How many shout-outs were given in a span, also such as were withdrawn. */
export function countGiven(db: Db, workspaceId: string, { from, to }: Span): Promise<number> {
  return db.read.shoutout.count({ where: { workspaceId, givenAt: { gte: from, lt: to } } });
}

/** Ids of shout-outs given in a span that thank nobody. */
export async function listThankless(db: Db, workspaceId: string, { from, to }: Span): Promise<string[]> {
  const rows = await db.readAside<{ id: string }>(Prisma.sql`
    SELECT "s"."id" AS "id" FROM "Shoutout" AS "s"
    WHERE "s"."workspaceId" = ${workspaceId} AND "s"."givenAt" >= ${from} AND "s"."givenAt" < ${to}
    AND "s"."withdrawnAt" IS NULL AND NOT EXISTS (SELECT 1 FROM "ShoutoutRecipient" AS "r" WHERE "r"."shoutoutId" = "s"."id")
    ORDER BY "s"."id" LIMIT ${most}`);
  return rows.map(row => row.id);
}

/** Ids of posts that tell of nothing, or of several things. */
export async function listStrayPosts(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.readAside<{ id: string }>(Prisma.sql`
    SELECT "id" FROM "Post" WHERE "workspaceId" = ${workspaceId}
    AND (CASE WHEN "shoutoutId" IS NULL THEN 0 ELSE 1 END + CASE WHEN "digestId" IS NULL THEN 0 ELSE 1 END
      + CASE WHEN "briefId" IS NULL THEN 0 ELSE 1 END) <> 1
    ORDER BY "id" LIMIT ${most}`);
  return rows.map(row => row.id);
}

/** Who is, or was, in a team twice at a time, or left it before they came. */
export async function listTangledStays(
  db: Db,
  workspaceId: string,
): Promise<{ teamId: string; memberId: string }[]> {
  return db.readAside(Prisma.sql`
    SELECT DISTINCT "one"."teamId" AS "teamId", "one"."memberId" AS "memberId" FROM "TeamMember" AS "one"
    LEFT JOIN "TeamMember" AS "other" ON "other"."teamId" = "one"."teamId" AND "other"."memberId" = "one"."memberId"
      AND "other"."joinedAt" > "one"."joinedAt"
    WHERE "one"."workspaceId" = ${workspaceId}
    AND ("one"."leftAt" < "one"."joinedAt"
      OR ("other"."joinedAt" IS NOT NULL AND ("one"."leftAt" IS NULL OR "one"."leftAt" > "other"."joinedAt")))
    ORDER BY 1, 2 LIMIT ${most}`);
}

/** Writes the strokes of these shout-outs anew; of one that does not exist they go. At most 100 at once. */
export function rewriteTallies(db: Db, workspaceId: string, ids: string[]): Promise<void> {
  return db.transaction(async tx => {
    const rows = await tx.shoutout.findMany({
      where: { id: { in: ids }, workspaceId },
      select: { giverId: true },
    });
    // All that changes a shout-out takes its giver's lock first.
    await db.lockRows(
      tx,
      'Member',
      rows.map(row => row.giverId),
    );
    await tallyShoutouts(tx, workspaceId, ids);
  });
}
