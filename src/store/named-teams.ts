// Reads teams as somebody names them: what they are called, and whom naming one thanks.
import type { Member, Team } from '../model.js';
import type { Db } from './db.js';
import { memberColumns, memberFrom } from './members.js';
import { everyoneSlug } from './teams.js';

/** Those who are in a team now, by name; at most `limit`. */
export async function listMembersOfTeam(
  db: Db,
  workspaceId: string,
  { teamId, limit }: { teamId: string; limit: number },
): Promise<Member[]> {
  const rows = await db.read.teamMember.findMany({
    where: { workspaceId, teamId, leftAt: null },
    orderBy: [{ member: { name: 'asc' } }, { memberId: 'asc' }],
    take: limit,
    select: { member: { select: memberColumns } },
  });
  return rows.map(({ member }) => memberFrom(member));
}

/** What a team is called. */
export type TeamName = Pick<Team, 'id' | 'name' | 'slug'>;

/** What all teams are called, by name, Everyone last. */
export async function listTeamNames(db: Db, workspaceId: string): Promise<TeamName[]> {
  const rows = await db.read.team.findMany({
    where: { workspaceId },
    select: { id: true, name: true, slug: true },
  });
  const isEveryone = ({ slug }: TeamName) => slug === everyoneSlug;
  return rows.sort(
    (one, other) =>
      Number(isEveryone(one)) - Number(isEveryone(other)) ||
      one.name.localeCompare(other.name) ||
      (one.id < other.id ? -1 : 1),
  );
}
