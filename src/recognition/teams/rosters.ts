// Keeping rosters in step with Slack and with what is known of people: whose turn it is, and what becomes of a run.
import type { Sync, SyncSubject, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import {
  findRange,
  hasJoiners,
  listCandidates,
  listLeavers,
  listRosters,
  listTeamIds,
  listUnknown,
  markJoined,
  markLeft,
  markRangeJoined,
  markRefreshed,
  type Range,
  type RosterTeam,
} from '../../store/rosters.js';
import { claimSync, insertSync, listSyncs, markSync, markSyncWanted } from '../../store/syncs.js';
import { type ClaimedSync, isDue, later, leaseMilliseconds, rested, soonMilliseconds } from '../syncs.js';

/** A roster that this copy of the bot may go on with. */
export interface RosterTask {
  team: RosterTeam;
  sync: ClaimedSync;
}

/**
 * Claims the roster that has waited longest of those that are due; null: none is. They wait until the workspace's members
 * have been listed once, and while its groups are being listed, or soon are: who is found later would seem to have joined later.
 */
export async function claimDueRoster(db: Db, workspace: Workspace, now: Date): Promise<RosterTask | null> {
  const [syncs, teams] = await Promise.all([listSyncs(db, workspace.id), listRosters(db, workspace.id, now)]);
  const known = (subject: SyncSubject) => syncs.find(one => one.subject === subject);
  const members = known('members');
  if (!members || members.run < (members.startedAt ? 2 : 1)) return null;
  const groups = known('groups');
  const isGroupsFresh = groups && !groups.startedAt && groups.nextTryAt > later(now, soonMilliseconds);
  const due = teams
    .filter(({ roster }) => roster.kind !== 'group' || isGroupsFresh)
    .map(team => ({ team, sync: known(`team:${team.id}`) }))
    .filter(({ sync }) => !sync || isDue(sync, now))
    .sort((one, other) => waitingSince(one.sync) - waitingSince(other.sync));
  const [first] = due;
  if (!first) return null;
  const sync = first.sync ?? (await insertSync(db, workspace.id, `team:${first.team.id}`, now));
  // Another copy may have begun with it meanwhile.
  if (!isDue(sync, now)) return null;
  const startedAt = sync.startedAt ?? now;
  const run = sync.startedAt ? sync.run : sync.run + 1;
  const taken = await claimSync(db, sync, { startedAt, run, nextTryAt: later(now, leaseMilliseconds) });
  return taken && { team: first.team, sync: { ...taken, startedAt } };
}

function waitingSince(sync: Sync | undefined): number {
  return sync?.nextTryAt.getTime() ?? 0;
}

/** The ids among those that Slack lists of whom nothing is known yet. @param slackIds - a page at most */
export async function unknownAmong(db: Db, { team }: RosterTask, slackIds: string[]): Promise<string[]> {
  return (await listCandidates(db, team, slackIds)).unknown;
}

/**
 * Keeps a page of a channel's members.
 * @returns the task as it is then; null: somebody else has taken it over
 */
export async function keepChannelPage(
  db: Db,
  { team, sync }: RosterTask,
  { slackIds, nextCursor }: { slackIds: string[]; nextCursor: string | null },
  now: Date,
): Promise<RosterTask | null> {
  const { candidates } = await listCandidates(db, team, slackIds);
  // Until the run has ended, the last page stays the one to ask for.
  const change =
    nextCursor === null
      ? { nextTryAt: later(now, leaseMilliseconds) }
      : { cursor: nextCursor, listed: sync.listed + slackIds.length, nextTryAt: now };
  const isKept = await markJoined(
    db,
    team,
    {
      sync,
      change,
      joining: candidates.filter(one => !one.isStaying).map(one => one.id),
      listed: candidates.filter(one => one.isStaying).map(one => one.id),
    },
    now,
  );
  return isKept ? { team, sync: { ...sync, ...change } } : null;
}

/** How far going through people has come. `after`: where the next begin; null: that was all. */
export interface Passed {
  task: RosterTask;
  after: string | null;
}

/** The next of those who may belong to a team that everybody is in, or to one of a group; null: that was all. */
export function rangeBehind(db: Db, { team }: RosterTask, after: string): Promise<Range | null> {
  return findRange(db, team, after);
}

/** Those among a group's members of whom nothing is known yet. */
export function unknownIn(db: Db, { team }: RosterTask, range: Range): Promise<string[]> {
  return listUnknown(db, team, range);
}

/**
 * Lets those who belong there be in the team.
 * @returns the task as it is then; null: somebody else has taken it over
 */
export async function keepRange(
  db: Db,
  { team, sync }: RosterTask,
  range: Range,
  now: Date,
): Promise<RosterTask | null> {
  if (!isRunningOut(sync, now) && !(await hasJoiners(db, team, range))) return { team, sync };
  const change = { nextTryAt: later(now, leaseMilliseconds) };
  const isKept = await markRangeJoined(db, team, { sync, change, range }, now);
  return isKept ? { team, sync: { ...sync, ...change } } : null;
}

/**
 * Of those who are in the team, the next, lets leave who is not to be in it.
 * @returns `left`: how many; null: somebody else has taken it over
 */
export async function dismissRange(
  db: Db,
  { team, sync }: RosterTask,
  after: string,
  now: Date,
): Promise<(Passed & { left: number }) | null> {
  const { memberIds, after: next } = await listLeavers(db, team, { after, run: sync.run });
  const passed = { after: next, left: memberIds.length };
  if (memberIds.length === 0 && !isRunningOut(sync, now)) return { task: { team, sync }, ...passed };
  const change = { nextTryAt: later(now, leaseMilliseconds) };
  const isKept = await markLeft(db, team, { sync, change, memberIds }, now);
  return isKept ? { task: { team, sync: { ...sync, ...change } }, ...passed } : null;
}

/** The whole roster has been taken over; the next run begins a day later, or soon where something has changed since. */
export function endRoster(db: Db, { team, sync }: RosterTask, now: Date): Promise<boolean> {
  const wantedAt = later(now, soonMilliseconds);
  return markRefreshed(db, team, { sync, change: rested(sync, now), wantedAt }, now);
}

/** There is nothing to be had that could be believed: the roster stays as it is until the next run. */
export function leaveRoster(db: Db, { sync }: RosterTask, now: Date): Promise<boolean> {
  return markSync(db.write, sync, rested(sync, now), later(now, soonMilliseconds));
}

/** So long a run may take that others would soon take it for lost. */
function isRunningOut({ nextTryAt }: Sync, now: Date): boolean {
  return nextTryAt < later(now, leaseMilliseconds / 2);
}

/** Somebody joined or left a channel, perhaps the bot itself: the teams whose roster it is are taken over again, soon. */
export async function channelHasChanged(
  db: Db,
  workspace: Workspace,
  channelSlackId: string,
  now: Date,
): Promise<void> {
  const teamIds = await listTeamIds(db, workspace.id, { channelSlackId });
  await want(db, workspace, { teamIds, isOpened: true }, now);
}

/** Somebody arrived, left, or is something else to the workspace; `memberId` null: nobody in particular, or many. */
export async function peopleHaveChanged(
  db: Db,
  workspace: Workspace,
  memberId: string | null,
  now: Date,
): Promise<void> {
  const teamIds = await listTeamIds(db, workspace.id, { memberId });
  await want(db, workspace, { teamIds, isOpened: false }, now);
}

async function want(
  db: Db,
  { id: workspaceId }: Workspace,
  { teamIds, isOpened }: { teamIds: string[]; isOpened: boolean },
  now: Date,
): Promise<void> {
  const at = later(now, soonMilliseconds);
  for (const teamId of teamIds)
    await markSyncWanted(db, { workspaceId, subject: `team:${teamId}` }, at, { isOpened });
}
