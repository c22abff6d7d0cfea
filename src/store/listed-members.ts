// Keeps the pages of Slack's list of members, each in one short transaction together with how far the sync has come.
import { v7 as uuid } from 'uuid';
import type { MemberProfile, Sync } from '../model.js';
import type { Db, Tx } from './db.js';
import { insertRows } from './insert-rows.js';
import { unlessNewer } from './members.js';
import { markSync, type SyncChange } from './syncs.js';

/** What Slack said, and when it was asked. */
export interface MemberPage {
  profiles: MemberProfile[];
  askedAt: Date;
}

/**
 * Keeps a page and what becomes of the sync. False: somebody else has taken the sync over, and nothing was kept.
 * What is known since the page was asked for stays: a person may have been deactivated meanwhile.
 */
export function upsertListedMembers(
  db: Db,
  sync: Sync,
  page: MemberPage,
  change: SyncChange,
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await markSync(tx, sync, change))) return false;
    await upsertPage(db, tx, sync, page, now);
    return true;
  });
}

/**
 * Ends a run: whoever was listed by an earlier run and not by this one is marked deactivated. Returns how many were
 * listed and how many are gone by that; null: somebody else has taken the sync over, and nothing was done.
 *
 * Only those: who has never been listed (people of other organisations, people who arrived while the run was under way)
 * is not missed when a list lacks them, and neither is anybody of whom we heard since the run began. `fetchedAt` stays
 * as old as it is, so that Slack is asked about them as soon as they are named again.
 */
export function markUnlistedMembers(
  db: Db,
  sync: Sync & { startedAt: Date },
  change: SyncChange,
): Promise<{ listed: number; gone: number } | null> {
  const { workspaceId, run, startedAt } = sync;
  return db.transaction(async tx => {
    if (!(await markSync(tx, sync, change))) return null;
    const { count: gone } = await tx.member.updateMany({
      where: {
        workspaceId,
        listedInRun: { lt: run },
        isDeactivated: false,
        isForeign: false,
        fetchedAt: { lt: startedAt },
      },
      data: { isDeactivated: true },
    });
    return { listed: await tx.member.count({ where: { workspaceId, listedInRun: run } }), gone };
  });
}

async function upsertPage(
  db: Db,
  tx: Tx,
  { workspaceId, run }: Sync,
  { profiles, askedAt }: MemberPage,
  now: Date,
): Promise<void> {
  // Each person once, for PostgreSQL refuses to write a row twice in a statement; sorted as everywhere, against deadlocks.
  const sorted = [...new Map(profiles.map(profile => [profile.slackId, profile])).values()].sort((a, b) =>
    a.slackId < b.slackId ? -1 : 1,
  );
  const slackIds = sorted.map(({ slackId }) => slackId);
  const present = await tx.member.findMany({
    where: { workspaceId, slackId: { in: slackIds } },
    select: { id: true },
  });
  await db.lockRows(
    tx,
    'Member',
    present.map(({ id }) => id),
  );
  const rows = sorted.map(profile => ({ id: uuid(), workspaceId, ...profile, fetchedAt: askedAt }));
  await insertRows(tx, 'Member', rows, unlessNewer(now));
  await tx.member.updateMany({
    where: { workspaceId, slackId: { in: slackIds } },
    data: { listedInRun: run },
  });
}
