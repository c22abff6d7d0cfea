// How many people are in a team, who of them was thanked, and which team is everybody's.
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

/** The id of the team of everybody, null where there is none yet; and whether there are others. */
export async function findEveryone(
  db: Db,
  workspaceId: string,
): Promise<{ everyoneId: string | null; hasOthers: boolean }> {
  const select = { id: true };
  const [everyone, other] = await Promise.all([
    db.read.team.findFirst({ where: { workspaceId, rosterKind: 'everyone' }, select }),
    db.read.team.findFirst({ where: { workspaceId, rosterKind: { not: 'everyone' } }, select }),
  ]);
  return { everyoneId: everyone?.id ?? null, hasOthers: other !== null };
}
