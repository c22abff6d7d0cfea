// Who looked at numbers or names that are not their own.
import { v7 as uuid } from 'uuid';
import type { Look } from '../model.js';
import type { Db, Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';
import { listMembersById } from './members.js';

/** A look as it is kept. `memberId` is who looked. */
export type NewLook = Pick<Prisma.LookModel, 'memberId' | 'aboutId' | 'teamId' | 'what' | 'lookedAt'>;

export async function insertLook(db: Db, workspaceId: string, look: NewLook): Promise<void> {
  await db.write.look.create({ data: { id: uuid(), workspaceId, ...look } });
}

/** A statement takes no more rows at once. */
const mostRows = 500;

/**
 * Lets each of those who were in a team keep the looks at it as their own, for the team is about to go, and with it who was
 * in it when. In the transaction that deletes it, before it does.
 */
export async function keepLooksAt(tx: Tx, workspaceId: string, teamId: string): Promise<void> {
  const [looks, stays] = await Promise.all([
    tx.look.findMany({ where: { workspaceId, teamId } }),
    tx.teamMember.findMany({ where: { workspaceId, teamId } }),
  ]);
  const kept = looks.flatMap(({ memberId, what, lookedAt }) => {
    const seen = stays.filter(
      ({ joinedAt, leftAt }) => joinedAt <= lookedAt && (leftAt === null || leftAt > lookedAt),
    );
    return [...new Set(seen.map(stay => stay.memberId))].map(aboutId => ({
      id: uuid(),
      workspaceId,
      memberId,
      aboutId,
      what,
      lookedAt,
    }));
  });
  for (let from = 0; from < kept.length; from += mostRows)
    await insertRows(tx, 'Look', kept.slice(from, from + mostRows));
  await tx.look.deleteMany({ where: { workspaceId, teamId } });
}

/** Whether somebody looked at a person's page since then. */
export async function hasLookedAt(
  db: Db,
  workspaceId: string,
  { memberId, aboutId, since }: { memberId: string; aboutId: string; since: Date },
): Promise<boolean> {
  const where = { workspaceId, aboutId, memberId, what: 'page', lookedAt: { gte: since } };
  return (await db.read.look.findFirst({ where, select: { id: true } })) !== null;
}

/**
 * Who looked at somebody's page, and at the table or the names of a team while they were in it; the latest first, without
 * the looks of their own.
 * @param limit - at most so many
 */
export async function listLooks(
  db: Db,
  workspaceId: string,
  { memberId, limit }: { memberId: string; limit: number },
): Promise<Look[]> {
  const rows = await db.read.$queryRaw<
    { memberId: string; teamId: string | null; what: string; lookedAt: Date }[]
  >(
    Prisma.sql`SELECT "l"."memberId", "l"."teamId", "l"."what", "l"."lookedAt" FROM "Look" AS "l"
      WHERE "l"."workspaceId" = ${workspaceId} AND "l"."memberId" <> ${memberId} AND ("l"."aboutId" = ${memberId}
        OR EXISTS (SELECT 1 FROM "TeamMember" AS "s" WHERE "s"."memberId" = ${memberId} AND "s"."teamId" = "l"."teamId"
          AND "s"."joinedAt" <= "l"."lookedAt" AND ("s"."leftAt" IS NULL OR "s"."leftAt" > "l"."lookedAt")))
      ORDER BY "l"."lookedAt" DESC, "l"."id" DESC LIMIT ${limit}`,
  );
  const teamRows = await db.read.team.findMany({
    where: { workspaceId, members: { some: { memberId } } },
    select: { id: true, name: true },
  });
  const people = await listMembersById(db, workspaceId, [...new Set(rows.map(row => row.memberId))]);
  const teams = new Map(teamRows.map(team => [team.id, team]));
  return rows.flatMap(({ memberId: byId, teamId, what, lookedAt }) => {
    const by = people.find(one => one.id === byId);
    const team = (teamId && teams.get(teamId)) || null;
    return by ? [{ by, what: whatOf(what), team, lookedAt: new Date(lookedAt) }] : [];
  });
}

function whatOf(what: string): Look['what'] {
  return what === 'table' || what === 'names' ? what : 'page';
}
