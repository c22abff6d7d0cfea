// How far taking over Slack's lists has come.
import type { Sync, SyncSubject } from '../model.js';
import type { Db, Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';

const syncColumns = {
  workspaceId: true,
  subject: true,
  run: true,
  startedAt: true,
  cursor: true,
  listed: true,
  nextTryAt: true,
  claims: true,
  failures: true,
} as const;

/** What a step of a sync makes of it. */
export type SyncChange = Partial<Omit<Sync, 'workspaceId' | 'subject' | 'claims'>>;

/** Those of a workspace that have begun at least once, in no order. */
export async function listSyncs(db: Db, workspaceId: string): Promise<Sync[]> {
  const rows = await db.read.sync.findMany({ where: { workspaceId }, select: syncColumns });
  return rows.map(syncFrom);
}

/** The one for a subject, due at once where there was none. Two may ask for it at the same moment. */
export async function insertSync(
  db: Db,
  workspaceId: string,
  subject: SyncSubject,
  now: Date,
): Promise<Sync> {
  // Not by Prisma's upsert: with nothing to update it looks, then inserts, and one of the two would fail.
  const row = { workspaceId, subject, nextTryAt: now };
  await insertRows(db.write, 'Sync', [row], Prisma.sql`ON CONFLICT DO NOTHING`);
  return syncFrom(
    await db.read.sync.findUniqueOrThrow({
      where: { workspaceId_subject: { workspaceId, subject } },
      select: syncColumns,
    }),
  );
}

/** Takes the next step of a sync, in one conditional statement: of all who try with the same `sync`, one gets it. */
export async function claimSync(db: Db, sync: Sync, change: SyncChange): Promise<Sync | null> {
  const { count } = await db.write.sync.updateMany({
    where: { ...keyOf(sync), claims: sync.claims },
    // What changes while a run is under way may belong to what it has passed already.
    data: { ...change, claims: { increment: 1 }, ...(sync.startedAt ? {} : { isWanted: false }) },
  });
  return count === 1 ? { ...sync, ...change, claims: sync.claims + 1 } : null;
}

/**
 * Settles a claimed step. False: somebody else has taken it over, and nothing was changed.
 * @param wantedAt - when to try instead where something has changed since the claim
 */
export async function markSync(
  tx: Tx,
  sync: Sync,
  change: SyncChange,
  wantedAt: Date | null = null,
): Promise<boolean> {
  const claimed = { ...keyOf(sync), claims: sync.claims };
  const { count } = await tx.sync.updateMany({ where: claimed, data: change });
  if (count === 1 && wantedAt)
    await tx.sync.updateMany({ where: { ...claimed, isWanted: true }, data: { nextTryAt: wantedAt } });
  return count === 1;
}

/**
 * Something has changed at Slack: a sync that rests goes on at `at`, one that is under way comes again after it.
 * @param how - `isOpened`: what made it fail may be over, so one that pauses after faults goes on at `at` too
 */
export function markSyncWanted(
  db: Db,
  { workspaceId, subject }: Pick<Sync, 'workspaceId' | 'subject'>,
  at: Date,
  { isOpened }: { isOpened: boolean } = { isOpened: false },
): Promise<void> {
  return db.transaction(async tx => {
    await tx.sync.updateMany({ where: { workspaceId, subject }, data: { isWanted: true } });
    await tx.sync.updateMany({
      where: {
        workspaceId,
        subject,
        OR: [{ startedAt: null }, ...(isOpened ? [{ failures: { gt: 0 } }] : [])],
        nextTryAt: { gt: at },
      },
      data: { nextTryAt: at },
    });
  });
}

function keyOf({ workspaceId, subject }: Sync): Pick<Sync, 'workspaceId' | 'subject'> {
  return { workspaceId, subject };
}

/** Only this file writes the subject, and it takes a SyncSubject. */
function syncFrom(row: Omit<Sync, 'subject'> & { subject: string }): Sync {
  return { ...row, subject: row.subject as SyncSubject };
}
