// Teams with a channel of their own, and whose they are.
import type { Team } from '../model.js';
import type { Db, Reader } from './db.js';
import { togetherIn } from './together.js';

/** Of Everyone the workspace's own channel is the place. */
const hasOwnChannel = { channelSlackId: { not: null }, rosterKind: { not: 'everyone' } };

/** A team with a channel of its own. */
export type ChannelTeam = Pick<Team, 'id' | 'slug'> & { channelSlackId: string };

/** People, by ids of ours. */
export interface People {
  workspaceId: string;
  memberIds: string[];
}

/** The teams with a channel of their own that all these people are in now, the smallest first. */
export const listChannelTeamsOf: (db: Db, people: People) => Promise<ChannelTeam[]> = togetherIn(
  async (db: Db, wanted: People[]) => {
    const stays = await db.read.teamMember.findMany({
      where: {
        workspaceId: { in: [...new Set(wanted.map(one => one.workspaceId))] },
        memberId: { in: [...new Set(wanted.flatMap(one => one.memberIds))] },
        leftAt: null,
        team: hasOwnChannel,
      },
      select: { memberId: true, team: { select: { id: true, slug: true, channelSlackId: true } } },
    });
    return Promise.all(
      wanted.map(({ workspaceId, memberIds }) => {
        const fitting = teamsOfAll(new Set(memberIds), stays);
        return fitting.length < 2 ? fitting : smallestFirst(db.read, workspaceId, fitting);
      }),
    );
  },
);

interface ChannelStay {
  memberId: string;
  team: Pick<Team, 'id' | 'slug' | 'channelSlackId'>;
}

function teamsOfAll(people: ReadonlySet<string>, stays: ChannelStay[]): ChannelTeam[] {
  const theirs = stays.filter(({ memberId }) => people.has(memberId));
  const teams = new Map(theirs.map(({ team }) => [team.id, team]));
  return [...teams.values()].flatMap(({ channelSlackId, ...team }) => {
    const members = new Set(theirs.filter(one => one.team.id === team.id).map(one => one.memberId));
    return channelSlackId !== null && members.size === people.size ? [{ ...team, channelSlackId }] : [];
  });
}

/** By how many are in them now; those of a size by their slugs. */
async function smallestFirst<T extends ChannelTeam>(
  reader: Pick<Reader, 'teamMember'>,
  workspaceId: string,
  teams: T[],
): Promise<T[]> {
  const sizes = await reader.teamMember.groupBy({
    by: ['teamId'],
    where: { workspaceId, teamId: { in: teams.map(team => team.id) }, leftAt: null },
    _count: { _all: true },
  });
  const sizeOf = ({ id }: ChannelTeam) => sizes.find(one => one.teamId === id)?._count._all ?? 0;
  return teams.sort((one, other) => sizeOf(one) - sizeOf(other) || (one.slug < other.slug ? -1 : 1));
}

/** A team with a channel, and whether it has a digest there. */
export interface DigestTeam
  extends ChannelTeam,
    Pick<Team, 'name' | 'isDigestOn' | 'digestSince' | 'version'> {}

/** What decides in whose digest a shout-out is told. */
export interface OwnDigests {
  /** All teams with a channel of their own, the smallest first; none where none of them has a digest. */
  teams: DigestTeam[];
  shoutoutChannelId: string | null;
}

const digestTeamColumns = {
  id: true,
  slug: true,
  name: true,
  channelSlackId: true,
  isDigestOn: true,
  digestSince: true,
  version: true,
} as const;

/** The teams with digests of their own, and what else decides which shout-outs those tell. */
export async function listOwnDigests(
  reader: Pick<Reader, 'team' | 'teamMember' | 'settings'>,
  workspaceId: string,
): Promise<OwnDigests> {
  const none = { teams: [], shoutoutChannelId: null };
  const first = await reader.team.findFirst({
    where: { workspaceId, ...hasOwnChannel, isDigestOn: true },
    select: { id: true },
  });
  if (!first) return none;
  const [rows, settings] = [
    await reader.team.findMany({ where: { workspaceId, ...hasOwnChannel }, select: digestTeamColumns }),
    await reader.settings.findUnique({ where: { workspaceId }, select: { shoutoutChannelId: true } }),
  ];
  const teams = rows.flatMap(({ channelSlackId, ...team }) =>
    channelSlackId === null ? [] : [{ ...team, channelSlackId }],
  );
  return {
    teams: await smallestFirst(reader, workspaceId, teams),
    shoutoutChannelId: settings?.shoutoutChannelId ?? null,
  };
}

/** A team as its digest knows it; null: it is no more, or has no channel of its own. */
export async function findDigestTeam(
  db: Db,
  workspaceId: string,
  teamId: string,
): Promise<DigestTeam | null> {
  const row = await db.read.team.findFirst({
    where: { id: teamId, workspaceId, ...hasOwnChannel },
    select: digestTeamColumns,
  });
  return row && row.channelSlackId !== null ? { ...row, channelSlackId: row.channelSlackId } : null;
}
