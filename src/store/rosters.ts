// Who is in a team from when until when.
import type { Tx } from './db.js';
import { insertRows } from './insert-rows.js';

/** Those who are there when a team begins count as its members since ever. */
const sinceEver = new Date(0);
/** Well within what both databases take as parameters of one statement. */
const most = 1000;

/** What a roster that was taken over changed. Ids of ours. */
export interface RosterChange {
  joined: string[];
  left: string[];
}

/**
 * Makes these people, and nobody else, the team's members from now on. In a transaction that has locked the team's row.
 * @param memberIds - ids of ours
 */
export async function writeRoster(
  tx: Tx,
  workspaceId: string,
  { teamId, memberIds }: { teamId: string; memberIds: string[] },
  now: Date,
): Promise<RosterChange> {
  const team = await tx.team.findFirst({ where: { id: teamId, workspaceId }, select: { refreshedAt: true } });
  if (!team) return { joined: [], left: [] };
  const before = await tx.teamMember.findMany({
    where: { teamId, workspaceId, leftAt: null },
    select: { memberId: true },
  });
  const known = new Set(before.map(one => one.memberId));
  const wanted = new Set(memberIds);
  const joined = [...wanted].filter(id => !known.has(id));
  const left = [...known].filter(id => !wanted.has(id));
  const joinedAt = team.refreshedAt ? now : sinceEver;
  for (const some of chunks(joined)) {
    await insertRows(
      tx,
      'TeamMember',
      some.map(memberId => ({ teamId, memberId, workspaceId, joinedAt })),
    );
  }
  for (const some of chunks(left)) {
    await tx.teamMember.updateMany({
      where: { teamId, workspaceId, leftAt: null, memberId: { in: some } },
      data: { leftAt: now },
    });
  }
  await tx.team.updateMany({ where: { id: teamId, workspaceId }, data: { refreshedAt: now } });
  return { joined, left };
}

function chunks(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / most) }, (_, index) =>
    ids.slice(index * most, (index + 1) * most),
  );
}
