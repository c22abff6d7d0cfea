// Who is in a team from when until when. Read and written some people at a time, so that nobody waits for a large team.
import { v5 as uuidFrom } from 'uuid';
import type { Roster, Sync, Team } from '../model.js';
import type { Db, Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';
import { markSync, type SyncChange } from './syncs.js';
import { everyoneSlug, rosterFrom } from './teams.js';

/** Those who are there when a team begins count as its members since ever. */
const sinceEver = new Date(0);
/** Read or written so many at once: a few milliseconds each. */
export const rosterPage = 500;

/** A team as far as its roster is concerned. */
export type RosterTeam = Pick<Team, 'id' | 'workspaceId' | 'roster'>;

/** All teams of a workspace, in no order. Everyone is made where it is not there yet. */
export async function listRosters(db: Db, workspaceId: string, now: Date): Promise<RosterTeam[]> {
  const rows = await db.read.team.findMany({
    where: { workspaceId },
    select: { id: true, workspaceId: true, rosterKind: true, rosterSlackId: true },
  });
  const teams = rows.map(({ rosterKind, rosterSlackId, ...row }) => ({
    ...row,
    roster: rosterFrom(rosterKind, rosterSlackId),
  }));
  if (teams.some(one => one.roster.kind === 'everyone')) return teams;
  const id = uuidFrom(everyoneSlug, workspaceId);
  const row = {
    id,
    workspaceId,
    name: 'Everyone',
    slug: everyoneSlug,
    rosterKind: everyoneSlug,
    createdAt: now,
  };
  await insertRows(db.write, 'Team', [row], Prisma.sql`ON CONFLICT DO NOTHING`);
  const everyone: Roster = { kind: 'everyone' };
  return [...teams, { id, workspaceId, roster: everyone }];
}

/** Somebody who may belong to a team. */
export interface Candidate {
  id: string;
  slackId: string;
  /** They are in it now. */
  isStaying: boolean;
}

/** Members and guests of the workspace who have not left it; nobody else is in a team. */
const present = { isBot: false, isForeign: false, isDeactivated: false };

const candidateColumns = (teamId: string) =>
  ({
    id: true,
    slackId: true,
    stays: { where: { teamId, leftAt: null }, select: { teamId: true } },
  }) as const;

function candidateFrom({ stays, ...row }: { id: string; slackId: string; stays: unknown[] }): Candidate {
  return { ...row, isStaying: stays.length > 0 };
}

/** Those behind `after` (a Slack id) who belong to the workspace, a page of them, by Slack id. */
export async function listEverybody(
  db: Db,
  { workspaceId, id }: RosterTeam,
  after: string,
): Promise<Candidate[]> {
  const rows = await db.read.member.findMany({
    where: { workspaceId, slackId: { gt: after }, ...present },
    orderBy: { slackId: 'asc' },
    take: rosterPage,
    select: candidateColumns(id),
  });
  return rows.map(candidateFrom);
}

/** Those with these Slack ids, a page at most, who belong to the workspace. `unknown`: the ids of whom nothing is known. */
export async function listCandidates(
  db: Db,
  { workspaceId, id }: RosterTeam,
  slackIds: string[],
): Promise<{ candidates: Candidate[]; unknown: string[] }> {
  const rows = await db.read.member.findMany({
    where: { workspaceId, slackId: { in: slackIds } },
    select: { ...candidateColumns(id), isBot: true, isForeign: true, isDeactivated: true },
  });
  const known = new Set(rows.map(one => one.slackId));
  return {
    candidates: rows
      .filter(one => !one.isBot && !one.isForeign && !one.isDeactivated)
      .map(({ id, slackId, stays }) => candidateFrom({ id, slackId, stays })),
    unknown: slackIds.filter(slackId => !known.has(slackId)),
  };
}

/** Somebody who is in a team. */
export interface Stayer {
  memberId: string;
  slackId: string;
  /** They still belong to the workspace. */
  isPresent: boolean;
  /** The last run that had them in the list of the team's channel. */
  listedInRun: number;
}

/** Those behind `after` (an id of ours) who are in the team now, a page of them, by id. */
export async function listStayers(
  db: Db,
  { workspaceId, id: teamId }: RosterTeam,
  after: string,
): Promise<Stayer[]> {
  const rows = await db.read.teamMember.findMany({
    where: { workspaceId, teamId, leftAt: null, memberId: { gt: after } },
    orderBy: { memberId: 'asc' },
    take: rosterPage,
    select: {
      memberId: true,
      listedInRun: true,
      member: { select: { slackId: true, isBot: true, isForeign: true, isDeactivated: true } },
    },
  });
  return rows.map(({ memberId, listedInRun, member: { slackId, isBot, isForeign, isDeactivated } }) => ({
    memberId,
    slackId,
    listedInRun,
    isPresent: !isBot && !isForeign && !isDeactivated,
  }));
}

/**
 * Lets these people be in the team from now on, or since ever where it begins, and keeps what becomes of the sync.
 * False: somebody else has taken it over, and nothing was written.
 * @param people - `joining`, `listed`: ids of ours, a page of each at most; the latter are there, and in the list of its channel
 */
export function markJoined(
  db: Db,
  { workspaceId, id: teamId }: RosterTeam,
  { sync, change, joining, listed }: { sync: Sync; change: SyncChange; joining: string[]; listed: string[] },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await markSync(tx, sync, change))) return false;
    const team = await tx.team.findFirst({
      where: { id: teamId, workspaceId },
      select: { refreshedAt: true },
    });
    if (!team) return false;
    const joinedAt = team.refreshedAt ? now : sinceEver;
    const listedInRun = sync.run;
    await insertStays(
      tx,
      joining.map(memberId => ({ teamId, memberId, workspaceId, joinedAt, listedInRun })),
    );
    if (listed.length > 0)
      await tx.teamMember.updateMany({
        where: { teamId, workspaceId, leftAt: null, memberId: { in: listed } },
        data: { listedInRun },
      });
    return true;
  });
}

/** Who comes back in the very moment in which they left has not left. */
function insertStays(tx: Tx, rows: Prisma.TeamMemberCreateManyInput[]): Promise<void> {
  return insertRows(
    tx,
    'TeamMember',
    rows.map(row => ({ ...row, leftAt: null })),
    Prisma.sql`ON CONFLICT ("teamId", "memberId", "joinedAt") DO UPDATE SET "leftAt" = NULL, "listedInRun" = excluded."listedInRun"`,
  );
}

/** Lets these people, a page at most, no longer be in the team. False: somebody else has taken the sync over, and nothing was written. */
export function markLeft(
  db: Db,
  { workspaceId, id: teamId }: RosterTeam,
  { sync, change, memberIds }: { sync: Sync; change: SyncChange; memberIds: string[] },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await markSync(tx, sync, change))) return false;
    await tx.teamMember.updateMany({
      where: { teamId, workspaceId, leftAt: null, memberId: { in: memberIds } },
      data: { leftAt: now },
    });
    return true;
  });
}

/** Ends a run: the roster has been taken over. False: somebody else has taken the sync over. @param wantedAt - when to do so again where something has changed since */
export function markRefreshed(
  db: Db,
  { workspaceId, id }: RosterTeam,
  { sync, change, wantedAt }: { sync: Sync; change: SyncChange; wantedAt: Date },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await markSync(tx, sync, change, wantedAt))) return false;
    await tx.team.updateMany({ where: { id, workspaceId }, data: { refreshedAt: now } });
    return true;
  });
}

/** The roster comes from somewhere else: it is taken over anew, and a run that is under way writes nothing more. */
export async function restartRoster(tx: Tx, workspaceId: string, teamId: string, now: Date): Promise<void> {
  await tx.sync.updateMany({
    where: { workspaceId, subject: `team:${teamId}` },
    data: { startedAt: null, cursor: null, listed: 0, failures: 0, nextTryAt: now, claims: { increment: 1 } },
  });
}

/** The teams whose roster somebody's joining or leaving of a channel changes, or what somebody is to the workspace: their ids. */
export async function listTeamIds(
  db: Db,
  workspaceId: string,
  about: { channelSlackId: string } | { memberId: string | null },
): Promise<string[]> {
  const rows = await db.read.team.findMany({
    where: {
      workspaceId,
      ...('channelSlackId' in about
        ? { rosterKind: 'channel', rosterSlackId: about.channelSlackId }
        : {
            OR: [
              { rosterKind: { in: [everyoneSlug, 'group'] } },
              ...(about.memberId ? [{ members: { some: { memberId: about.memberId, leftAt: null } } }] : []),
            ],
          }),
    },
    select: { id: true },
  });
  return rows.map(one => one.id);
}
