// Who looked at numbers or names that are not their own.
import { v7 as uuid } from 'uuid';
import type { Look } from '../model.js';
import type { Db, Prisma } from './db.js';
import { listMembersById } from './members.js';

/** A look as it is kept. `memberId` is who looked. */
export type NewLook = Pick<Prisma.LookModel, 'memberId' | 'aboutId' | 'teamId' | 'what' | 'lookedAt'>;

export async function insertLook(db: Db, workspaceId: string, look: NewLook): Promise<void> {
  await db.write.look.create({ data: { id: uuid(), workspaceId, ...look } });
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
  const stays = await db.read.teamMember.findMany({
    where: { workspaceId, memberId },
    select: { teamId: true, joinedAt: true, leftAt: true, team: { select: { id: true, name: true } } },
  });
  const rows = await db.read.look.findMany({
    where: {
      workspaceId,
      memberId: { not: memberId },
      OR: [
        { aboutId: memberId },
        ...stays.map(({ teamId, joinedAt, leftAt }) => ({
          teamId,
          lookedAt: { gte: joinedAt, ...(leftAt ? { lt: leftAt } : {}) },
        })),
      ],
    },
    orderBy: [{ lookedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { memberId: true, teamId: true, what: true, lookedAt: true },
  });
  const people = await listMembersById(db, workspaceId, [...new Set(rows.map(row => row.memberId))]);
  const teams = new Map(stays.map(({ team }) => [team.id, team]));
  return rows.flatMap(({ memberId: byId, teamId, what, lookedAt }) => {
    const by = people.find(one => one.id === byId);
    return by ? [{ by, what: whatOf(what), team: (teamId && teams.get(teamId)) || null, lookedAt }] : [];
  });
}

function whatOf(what: string): Look['what'] {
  return what === 'table' || what === 'names' ? what : 'page';
}
