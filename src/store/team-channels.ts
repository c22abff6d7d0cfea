// Teams with a channel of their own, and whose they are.
import type { Team } from '../model.js';
import type { Db } from './db.js';

/** Of Everyone the workspace's own channel is the place. */
const hasOwnChannel = { channelSlackId: { not: null }, rosterKind: { not: 'everyone' } };

/** A team with a channel of its own. */
export type ChannelTeam = Pick<Team, 'id' | 'slug'> & { channelSlackId: string };

/** The teams with a channel of their own that all these people are in now, the smallest first. @param memberIds - ids of ours */
export async function listChannelTeamsOf(
  db: Db,
  workspaceId: string,
  memberIds: string[],
): Promise<ChannelTeam[]> {
  const people = [...new Set(memberIds)];
  const stays = await db.read.teamMember.findMany({
    where: { workspaceId, leftAt: null, memberId: { in: people }, team: hasOwnChannel },
    select: { memberId: true, team: { select: { id: true, slug: true, channelSlackId: true } } },
  });
  const inTeam = new Map<string, { team: ChannelTeam; members: Set<string> }>();
  for (const { memberId, team } of stays) {
    const { id, slug, channelSlackId } = team;
    if (channelSlackId === null) continue;
    const known = inTeam.get(id) ?? { team: { id, slug, channelSlackId }, members: new Set<string>() };
    inTeam.set(id, known);
    known.members.add(memberId);
  }
  const fitting = [...inTeam.values()]
    .filter(({ members }) => members.size === people.length)
    .map(one => one.team);
  return fitting.length < 2 ? fitting : smallestFirst(db, workspaceId, fitting);
}

/** By how many are in them now; those of a size by their slugs. */
async function smallestFirst(db: Db, workspaceId: string, teams: ChannelTeam[]): Promise<ChannelTeam[]> {
  const sizes = await db.read.teamMember.groupBy({
    by: ['teamId'],
    where: { workspaceId, teamId: { in: teams.map(team => team.id) }, leftAt: null },
    _count: { _all: true },
  });
  const sizeOf = ({ id }: ChannelTeam) => sizes.find(one => one.teamId === id)?._count._all ?? 0;
  return teams.sort((one, other) => sizeOf(one) - sizeOf(other) || (one.slug < other.slug ? -1 : 1));
}
