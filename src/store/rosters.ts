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
/** So many people are gone through at once: a few milliseconds each time. */
const rangeLength = 250;

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
  const id = uuidFrom(`${everyoneSlug}:${workspaceId}`, uuidFrom.URL);
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
  /** They are in it now. */
  isStaying: boolean;
}

/** People whose Slack ids lie behind `after`, up to `last`. */
export interface Range {
  after: string;
  last: string;
}

/** The next range of those who may belong to a team that everybody is in, or to one of a group; null: there is nobody behind `after`. */
export async function findRange(
  db: Db,
  { workspaceId, roster }: RosterTeam,
  after: string,
): Promise<Range | null> {
  const page = { take: 1, skip: rangeLength - 1 };
  const ends = { take: 1 };
  if (roster.kind === 'everyone') {
    const listed = { where: { workspaceId, slackId: { gt: after } }, select: { slackId: true } };
    const [end] = [
      ...(await db.read.member.findMany({ ...listed, ...page, orderBy: { slackId: 'asc' } })),
      ...(await db.read.member.findMany({ ...listed, ...ends, orderBy: { slackId: 'desc' } })),
    ];
    return end ? { after, last: end.slackId } : null;
  }
  const where = { workspaceId, groupSlackId: roster.slackId, memberSlackId: { gt: after } };
  const listed = { where, select: { memberSlackId: true } };
  const [end] = [
    ...(await db.read.userGroupMember.findMany({ ...listed, ...page, orderBy: { memberSlackId: 'asc' } })),
    ...(await db.read.userGroupMember.findMany({ ...listed, ...ends, orderBy: { memberSlackId: 'desc' } })),
  ];
  return end ? { after, last: end.memberSlackId } : null;
}

/** The Slack ids in a range of a group's members of whom nothing is known. */
export async function listUnknown(
  db: Db,
  { workspaceId, roster }: RosterTeam,
  { after, last }: Range,
): Promise<string[]> {
  if (roster.kind !== 'group') return [];
  const rows = await db.read.$queryRaw<{ slackId: string }[]>(
    Prisma.sql`SELECT g."memberSlackId" AS "slackId" FROM "UserGroupMember" g
      LEFT JOIN "Member" m ON m."workspaceId" = g."workspaceId" AND m."slackId" = g."memberSlackId"
      WHERE g."workspaceId" = ${workspaceId} AND g."groupSlackId" = ${roster.slackId}
      AND g."memberSlackId" > ${after} AND g."memberSlackId" <= ${last} AND m."id" IS NULL`,
  );
  return rows.map(one => one.slackId);
}

/** Those in a range who belong to the team and are not in it, as `m`. */
function joiners({ workspaceId, id, roster }: RosterTeam, { after, last }: Range): Prisma.Sql {
  const from =
    roster.kind === 'group'
      ? Prisma.sql`"UserGroupMember" g JOIN "Member" m ON m."workspaceId" = g."workspaceId" AND m."slackId" = g."memberSlackId"
          WHERE g."workspaceId" = ${workspaceId} AND g."groupSlackId" = ${roster.slackId} AND g."memberSlackId" > ${after} AND g."memberSlackId" <= ${last}`
      : Prisma.sql`"Member" m WHERE m."workspaceId" = ${workspaceId} AND m."slackId" > ${after} AND m."slackId" <= ${last}`;
  return Prisma.sql`${from} AND ${isPresent} AND NOT EXISTS (
    SELECT 1 FROM "TeamMember" t WHERE t."teamId" = ${id} AND t."memberId" = m."id" AND t."leftAt" IS NULL)`;
}

/** Members and guests of the workspace who have not left it; nobody else is in a team. */
const isPresent = Prisma.sql`NOT m."isBot" AND NOT m."isForeign" AND NOT m."isDeactivated"`;

/** Whether anybody in the range belongs to the team and is not in it. */
export async function hasJoiners(db: Db, team: RosterTeam, range: Range): Promise<boolean> {
  const rows = await db.read.$queryRaw<unknown[]>(Prisma.sql`SELECT 1 FROM ${joiners(team, range)} LIMIT 1`);
  return rows.length > 0;
}

/** Those with these Slack ids, a page of a channel, who belong to the workspace. `unknown`: the ids of whom nothing is known. */
export async function listCandidates(
  db: Db,
  { workspaceId, id: teamId }: RosterTeam,
  slackIds: string[],
): Promise<{ candidates: Candidate[]; unknown: string[] }> {
  const rows = await db.read.member.findMany({
    where: { workspaceId, slackId: { in: slackIds } },
    select: {
      id: true,
      slackId: true,
      isBot: true,
      isForeign: true,
      isDeactivated: true,
      stays: { where: { teamId, leftAt: null }, select: { teamId: true } },
    },
  });
  const known = new Set(rows.map(one => one.slackId));
  return {
    candidates: rows
      .filter(one => !one.isBot && !one.isForeign && !one.isDeactivated)
      .map(({ id, stays }) => ({ id, isStaying: stays.length > 0 })),
    unknown: slackIds.filter(slackId => !known.has(slackId)),
  };
}

/**
 * Of those who are in the team and whose ids of ours lie behind `after`, so many at a time, who is not to be in it.
 * @param run - of a channel: the run whose list they have to be in
 * @returns `after`: where the next begin; null: that was all
 */
export async function listLeavers(
  db: Db,
  { workspaceId, id: teamId, roster }: RosterTeam,
  { after, run }: { after: string; run: number },
): Promise<{ memberIds: string[]; after: string | null }> {
  const [end] = await db.read.teamMember.findMany({
    where: { workspaceId, teamId, leftAt: null, memberId: { gt: after } },
    orderBy: { memberId: 'asc' },
    take: 1,
    skip: rangeLength - 1,
    select: { memberId: true },
  });
  const isListed = {
    everyone: () => Prisma.sql`1 = 1`,
    channel: () => Prisma.sql`t."listedInRun" = ${run}`,
    group: (
      slackId: string,
    ) => Prisma.sql`EXISTS (SELECT 1 FROM "UserGroupMember" g WHERE g."workspaceId" = ${workspaceId}
      AND g."groupSlackId" = ${slackId} AND g."memberSlackId" = m."slackId")`,
  }[roster.kind](roster.kind === 'everyone' ? '' : roster.slackId);
  const upTo = end ? Prisma.sql`AND t."memberId" <= ${end.memberId}` : Prisma.empty;
  const rows = await db.read.$queryRaw<{ memberId: string }[]>(
    Prisma.sql`SELECT t."memberId" FROM "TeamMember" t JOIN "Member" m ON m."id" = t."memberId"
      WHERE t."teamId" = ${teamId} AND t."workspaceId" = ${workspaceId} AND t."leftAt" IS NULL
      AND t."memberId" > ${after} ${upTo} AND NOT (${isPresent} AND ${isListed})`,
  );
  return { memberIds: rows.map(one => one.memberId), after: end?.memberId ?? null };
}

/** Who comes back in the very moment in which they left has not left. */
const stayOn = Prisma.sql`ON CONFLICT ("teamId", "memberId", "joinedAt") DO UPDATE SET "leftAt" = NULL, "listedInRun" = excluded."listedInRun"`;

/**
 * Lets those of a range be in the team from now on, or since ever where it begins, and keeps what becomes of the sync.
 * False: somebody else has taken it over, and nothing was written.
 */
export function markRangeJoined(
  db: Db,
  team: RosterTeam,
  { sync, change, range }: { sync: Sync; change: SyncChange; range: Range },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    const joinedAt = (await markSync(tx, sync, change)) && (await joinedAtOf(tx, team, now));
    if (!joinedAt) return false;
    await tx.$executeRaw(
      Prisma.sql`INSERT INTO "TeamMember" ("teamId", "memberId", "workspaceId", "joinedAt")
        SELECT ${team.id}, m."id", m."workspaceId", ${team.roster.kind === 'everyone' ? sinceFirstThanked(team, joinedAt) : joinedAt}
        FROM ${joiners(team, range)} ${stayOn}`,
    );
    return true;
  });
}

/**
 * The same of those of a page of a channel.
 * @param people - `joining`, `listed`: ids of ours; the latter are in the team already
 */
export function markJoined(
  db: Db,
  team: RosterTeam,
  { sync, change, joining, listed }: { sync: Sync; change: SyncChange; joining: string[]; listed: string[] },
  now: Date,
): Promise<boolean> {
  const { workspaceId, id: teamId } = team;
  return db.transaction(async tx => {
    const joinedAt = (await markSync(tx, sync, change)) && (await joinedAtOf(tx, team, now));
    if (!joinedAt) return false;
    const listedInRun = sync.run;
    const rows = joining.map(memberId => ({ teamId, memberId, workspaceId, joinedAt, listedInRun }));
    await insertRows(tx, 'TeamMember', rows, stayOn);
    if (listed.length > 0)
      await tx.teamMember.updateMany({
        where: { teamId, workspaceId, leftAt: null, memberId: { in: listed } },
        data: { listedInRun },
      });
    return true;
  });
}

/**
 * Since when somebody, here called `m`, who is found to be in the workspace is among everybody: at the latest since they
 * were first thanked there, or the sum over people would miss it. Who comes back was not there in between.
 */
function sinceFirstThanked({ id }: RosterTeam, joinedAt: Date): Prisma.Sql {
  return Prisma.sql`COALESCE((SELECT MIN("y"."givenAt") FROM "Tally" AS "y" WHERE "y"."recipientId" = m."id" AND "y"."givenAt" < ${joinedAt}
    AND NOT EXISTS (SELECT 1 FROM "TeamMember" AS "o" WHERE "o"."teamId" = ${id} AND "o"."memberId" = m."id")), ${joinedAt})`;
}

/** Since when whoever joins now counts as a member; null: the team is gone. */
async function joinedAtOf(tx: Tx, { workspaceId, id }: RosterTeam, now: Date): Promise<Date | null> {
  const team = await tx.team.findFirst({ where: { id, workspaceId }, select: { refreshedAt: true } });
  if (!team) return null;
  return team.refreshedAt ? now : sinceEver;
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
