// How many people are in a team, and who of them was thanked.
import type { Db } from './db.js';
import { Prisma } from './generated/sqlite/client.js';

/** How many people are in a team now. */
export function countPeople(db: Db, workspaceId: string, teamId: string): Promise<number> {
  return db.read.teamMember.count({ where: { workspaceId, teamId, leftAt: null } });
}

/**
 * The ids of those in a team now who were thanked from `from` on.
 * @param giverIds - by one of these; null: by anybody
 */
export async function listThanked(
  db: Db,
  workspaceId: string,
  { teamId, from, giverIds }: { teamId: string; from: Date; giverIds: string[] | null },
): Promise<Set<string>> {
  if (giverIds?.length === 0) return new Set();
  const byThese = giverIds ? Prisma.sql`AND "t"."giverId" IN (${Prisma.join(giverIds)})` : Prisma.empty;
  const rows = await db.read.$queryRaw<{ memberId: string }[]>(
    Prisma.sql`SELECT "m"."memberId" FROM "TeamMember" "m"
      WHERE "m"."teamId" = ${teamId} AND "m"."workspaceId" = ${workspaceId} AND "m"."leftAt" IS NULL
      AND EXISTS (SELECT 1 FROM "Tally" "t" WHERE "t"."recipientId" = "m"."memberId"
        AND "t"."workspaceId" = "m"."workspaceId" AND "t"."givenAt" >= ${from} ${byThese})`,
  );
  return new Set(rows.map(row => row.memberId));
}

/** When the first shout-out was given here, also one that no longer counts; null: none was yet. */
export async function findFirstGivenAt(db: Db, workspaceId: string): Promise<Date | null> {
  const first = await db.read.shoutout.findFirst({
    where: { workspaceId },
    orderBy: { givenAt: 'asc' },
    select: { givenAt: true },
  });
  return first?.givenAt ?? null;
}
