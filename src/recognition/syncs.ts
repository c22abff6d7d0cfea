// Keeping members and groups in step with Slack: what is due, and what becomes of a run, page by page.
import type { Sync, SyncSubject, UserGroup, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { type MemberPage, markUnlistedMembers, upsertListedMembers } from '../store/listed-members.js';
import {
  claimSync,
  insertSync,
  listSyncs,
  markSync,
  markSyncWanted,
  type SyncChange,
} from '../store/syncs.js';
import { deleteUnlistedGroups, upsertUserGroup } from '../store/user-groups.js';

/** Twenty pages a minute, which is what Slack allows. @see https://docs.slack.dev/apis/web-api/rate-limits */
const paceMilliseconds = 3000;
/** Longer than Slack is waited for and a page is written. */
export const leaseMilliseconds = 60_000;
/** From the start of a run to that of the next: an hour less than what is known of a person serves for, so that it never runs out. */
const againMilliseconds = 23 * 60 * 60 * 1000;
/** Changes that come together are taken over together. */
export const soonMilliseconds = 10_000;
const shortestPauseMilliseconds = 5000;
const longestPauseMilliseconds = 60 * 60 * 1000;

const subjects: SyncSubject[] = ['members', 'groups'];

/** A sync whose next page this copy of the bot may ask for. */
export type ClaimedSync = Sync & { startedAt: Date };

/** Why a page could not be had. */
export type SyncTrouble =
  | { kind: 'rateLimited'; retryAfterMilliseconds: number }
  /** Slack does not know any more where we were. */
  | { kind: 'lostPlace' }
  /** The workspace has no such thing, by its plan. */
  | { kind: 'unavailable' }
  /** The bot stops before the page is there. */
  | { kind: 'stopped' }
  | { kind: 'fault' };

/** Claims what is due. A run begins where none is under way; a claim whose page never came is taken over when its lease is over. */
export async function claimDueSyncs(db: Db, workspace: Workspace, now: Date): Promise<ClaimedSync[]> {
  const known = await listSyncs(db, workspace.id);
  const claimed: ClaimedSync[] = [];
  for (const subject of subjects) {
    const sync =
      known.find(one => one.subject === subject) ?? (await insertSync(db, workspace.id, subject, now));
    if (!isDue(sync, now)) continue;
    const startedAt = sync.startedAt ?? now;
    const run = sync.startedAt ? sync.run : sync.run + 1;
    const taken = await claimSync(db, sync, { startedAt, run, nextTryAt: later(now, leaseMilliseconds) });
    if (taken) claimed.push({ ...taken, startedAt });
  }
  return claimed;
}

/** What lies further off than any wait of ours was planned before the clock was set back. */
export function isDue({ nextTryAt }: Sync, now: Date): boolean {
  return nextTryAt <= now || nextTryAt > later(now, againMilliseconds + longestPauseMilliseconds);
}

/** `page`: it goes on; `done`: that was the last; `lost`: somebody else has taken it over, and nothing was kept. */
export type MembersKept =
  | { kind: 'page'; listed: number }
  | { kind: 'done'; listed: number; gone: number }
  | { kind: 'lost' };

/** Keeps a page of members, and with the last one who is gone. */
export async function keepMembers(
  db: Db,
  sync: ClaimedSync,
  page: MemberPage & { nextCursor: string | null },
  now: Date,
): Promise<MembersKept> {
  const listed = sync.listed + page.profiles.length;
  if (page.nextCursor !== null) {
    const nextTryAt = later(page.askedAt, paceMilliseconds);
    const change = { cursor: page.nextCursor, listed, nextTryAt };
    return (await upsertListedMembers(db, sync, page, change, now))
      ? { kind: 'page', listed }
      : { kind: 'lost' };
  }
  // The end of the run is a transaction of its own; until then the claim, and with it the last page, stays as it is.
  const unchanged = { nextTryAt: sync.nextTryAt };
  const outcome =
    (await upsertListedMembers(db, sync, page, unchanged, now)) &&
    (await markUnlistedMembers(db, sync, rested(sync, now)));
  return outcome ? { kind: 'done', ...outcome } : { kind: 'lost' };
}

/** Keeps a group, and the claim where that takes long. Returns the sync as it is then; null: somebody else has taken it over. */
export async function keepGroup(
  db: Db,
  sync: ClaimedSync,
  group: UserGroup,
  now: Date,
): Promise<ClaimedSync | null> {
  await upsertUserGroup(db, sync.workspaceId, group);
  if (sync.nextTryAt > later(now, leaseMilliseconds / 2)) return sync;
  const nextTryAt = later(now, leaseMilliseconds);
  return (await markSync(db.write, sync, { nextTryAt })) ? { ...sync, nextTryAt } : null;
}

/** All groups that Slack lists are kept: the others are deleted. Returns how many; null: somebody else has taken it over. */
export function endGroups(db: Db, sync: ClaimedSync, slackIds: string[], now: Date): Promise<number | null> {
  return deleteUnlistedGroups(db, sync, slackIds, {
    change: rested(sync, now),
    wantedAt: later(now, soonMilliseconds),
  });
}

/** Puts the page off: as long as Slack says, or after a pause that grows with each fault of the run. Returns until when. */
export async function postponeSync(
  db: Db,
  sync: ClaimedSync,
  trouble: SyncTrouble,
  now: Date,
): Promise<Date> {
  const change = afterTrouble(sync, trouble, now);
  await markSync(db.write, sync, change);
  return change.nextTryAt;
}

function afterTrouble(
  sync: ClaimedSync,
  trouble: SyncTrouble,
  now: Date,
): SyncChange & Pick<Sync, 'nextTryAt'> {
  switch (trouble.kind) {
    case 'rateLimited':
      return { nextTryAt: later(now, Math.min(trouble.retryAfterMilliseconds, longestPauseMilliseconds)) };
    case 'stopped':
      return { nextTryAt: now };
    case 'unavailable':
      return rested(sync, now);
    case 'lostPlace':
      return { ...afterFault(sync, now), cursor: null, listed: 0 };
    case 'fault':
      return afterFault(sync, now);
  }
}

function afterFault({ failures }: Sync, now: Date): SyncChange & Pick<Sync, 'nextTryAt'> {
  const pause = Math.min(shortestPauseMilliseconds * 2 ** Math.min(failures, 20), longestPauseMilliseconds);
  return { failures: failures + 1, nextTryAt: later(now, pause) };
}

/** A run is over; the next one begins a day later. */
export function rested({ startedAt }: ClaimedSync, now: Date): SyncChange & Pick<Sync, 'nextTryAt'> {
  const next = later(startedAt, againMilliseconds);
  const soonest = later(now, paceMilliseconds);
  return {
    startedAt: null,
    cursor: null,
    listed: 0,
    failures: 0,
    nextTryAt: next > soonest ? next : soonest,
  };
}

/** Slack told of a change to a group. It tells of them in parts and out of order, so what holds is listed anew, soon. */
export function groupsHaveChanged(db: Db, workspace: Workspace, now: Date): Promise<void> {
  return markSyncWanted(db, { workspaceId: workspace.id, subject: 'groups' }, later(now, soonMilliseconds));
}

/** The instant so many milliseconds after another. */
export function later(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}
