// The weeks of the digest: which are told, and what each tells of.
import { v7 as uuid } from 'uuid';
import type { Digest, DigestState } from '../model.js';
import type { Db, Tx } from './db.js';
import { insertRows } from './insert-rows.js';
import type { NewPost } from './insert-shoutouts.js';

const digestColumns = {
  id: true,
  workspaceId: true,
  week: true,
  state: true,
  dueAt: true,
  claimedAt: true,
  heldUntil: true,
  byMemberId: true,
  invitedAt: true,
  emptyWeeks: true,
} as const;

/** Those from a week on, the earliest first. */
export async function listDigests(db: Db, workspaceId: string, from: string): Promise<Digest[]> {
  const rows = await db.read.digest.findMany({
    where: { workspaceId, week: { gte: from } },
    orderBy: { week: 'asc' },
    select: digestColumns,
  });
  return rows.map(digestFrom);
}

export async function findDigest(db: Db, workspaceId: string, id: string): Promise<Digest | null> {
  const row = await db.read.digest.findFirst({ where: { id, workspaceId }, select: digestColumns });
  return row && digestFrom(row);
}

/** How many shout-outs count and are told by this digest; null: by none yet. */
export function countTold(db: Db, workspaceId: string, digestId: string | null): Promise<number> {
  return db.read.shoutout.count({ where: { workspaceId, digestId, withdrawnAt: null } });
}

/** What a claim finds. */
export interface Found {
  /** How many shout-outs there are to tell. */
  shoutouts: number;
  /** The how manieth week in a row it is without any; 0 where there are some. */
  emptyWeeks: number;
}

export interface Claim {
  week: string;
  dueAt: Date;
  /** The states out of which it may be claimed. */
  from: DigestState[];
  byMemberId: string | null;
  /** The settings by which it was decided: nothing is claimed when they have changed since. */
  seenVersion: number;
  /** Whether a week without shout-outs is claimed as well. */
  mayBeEmpty: boolean;
  /** What is planned with it. Called again when the transaction is repeated. */
  posts: (found: Found) => NewPost[];
}

/**
 * Takes a week, and with it every shout-out that counts and is in none yet; what is to be posted is planned in the same
 * transaction. Of all who try, one gets what was found; the others, and whoever comes too late, null.
 */
export function claimDigest(db: Db, workspaceId: string, claim: Claim, now: Date): Promise<Found | null> {
  const { week, dueAt, byMemberId } = claim;
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    if (!(await isVersion(tx, workspaceId, claim.seenVersion))) return null;
    const untold = { workspaceId, digestId: null, withdrawnAt: null };
    if (!claim.mayBeEmpty && (await tx.shoutout.count({ where: untold })) === 0) return null;
    const { id } = await openLocked(tx, workspaceId, week);
    const { count } = await tx.digest.updateMany({
      where: { id, workspaceId, state: { in: claim.from } },
      data: { state: 'told', dueAt, byMemberId, claimedAt: now, emptyWeeks: 0 },
    });
    if (count === 0) return null;
    const told = await tx.shoutout.updateMany({ where: untold, data: { digestId: id } });
    const emptyWeeks = told.count === 0 ? 1 + (await emptyWeeksBefore(tx, workspaceId, week)) : 0;
    if (told.count === 0)
      await tx.digest.updateMany({ where: { id, workspaceId }, data: { state: 'empty', emptyWeeks } });
    const found = { shoutouts: told.count, emptyWeeks };
    await insertRows(tx, 'Post', postRows({ workspaceId, id }, claim.posts(found), now));
    return found;
  });
}

/** Notes that the channel is asked in this week, and plans the question. False: it has been, or the week is done with. */
export function markInvited(
  db: Db,
  workspaceId: string,
  { week, post }: { week: string; post: NewPost },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    const { id } = await open(db, tx, workspaceId, week);
    const { count } = await tx.digest.updateMany({
      where: { id, workspaceId, state: 'open', invitedAt: null },
      data: { invitedAt: now },
    });
    if (count === 0) return false;
    await insertRows(tx, 'Post', postRows({ workspaceId, id }, [post], now));
    return true;
  });
}

/** Notes until when a late digest waits. */
export function markHeld(db: Db, workspaceId: string, week: string, heldUntil: Date): Promise<void> {
  return db.transaction(async tx => {
    const { id } = await open(db, tx, workspaceId, week);
    await tx.digest.updateMany({ where: { id, workspaceId }, data: { heldUntil } });
  });
}

/** Notes that a keeper wants a digest posted whatever the hour. */
export async function markByHand(
  db: Db,
  workspaceId: string,
  { id, byMemberId }: { id: string; byMemberId: string },
): Promise<void> {
  await db.write.digest.updateMany({ where: { id, workspaceId }, data: { byMemberId } });
}

/** Skips a week. False: it has been told. */
export function markSkipped(db: Db, workspaceId: string, week: string): Promise<boolean> {
  return db.transaction(async tx => {
    const { id } = await open(db, tx, workspaceId, week);
    const { count } = await tx.digest.updateMany({
      where: { id, workspaceId, state: { in: ['open', 'skipped'] } },
      data: { state: 'skipped' },
    });
    return count > 0;
  });
}

/** Takes back that weeks from this one on are skipped. Returns how many that concerns. */
export async function markUnskipped(db: Db, workspaceId: string, from: string): Promise<number> {
  const { count } = await db.write.digest.updateMany({
    where: { workspaceId, week: { gte: from }, state: 'skipped' },
    data: { state: 'open' },
  });
  return count;
}

function postRows({ id, workspaceId }: Pick<Digest, 'id' | 'workspaceId'>, posts: NewPost[], now: Date) {
  return posts.map(post => ({
    id: uuid(),
    workspaceId,
    digestId: id,
    createdAt: now,
    threadTs: null,
    ...post,
  }));
}

/** The week's row, made when there is none. Two that make it at once would both fail: they wait for each other first. */
async function open(db: Db, tx: Tx, workspaceId: string, week: string): Promise<{ id: string }> {
  await db.lockRows(tx, 'Workspace', [workspaceId]);
  return openLocked(tx, workspaceId, week);
}

function openLocked(tx: Tx, workspaceId: string, week: string): Promise<{ id: string }> {
  return tx.digest.upsert({
    where: { workspaceId_teamId_week: { workspaceId, teamId: '', week } },
    create: { id: uuid(), workspaceId, week },
    update: {},
    select: { id: true },
  });
}

async function isVersion(tx: Tx, workspaceId: string, seen: number): Promise<boolean> {
  const settings = await tx.settings.findUnique({ where: { workspaceId }, select: { version: true } });
  return (settings?.version ?? 0) === seen;
}

/** How many weeks before this one had nothing to tell either, in a row and by the same settings. */
async function emptyWeeksBefore(tx: Tx, workspaceId: string, week: string): Promise<number> {
  const settings = await tx.settings.findUnique({ where: { workspaceId }, select: { updatedAt: true } });
  const before = await tx.digest.findFirst({
    where: { workspaceId, week: { lt: week }, state: { in: ['told', 'empty'] } },
    orderBy: { week: 'desc' },
    select: { emptyWeeks: true, claimedAt: true },
  });
  const isSince = !settings || (before?.claimedAt && before.claimedAt > settings.updatedAt);
  return before && isSince ? before.emptyWeeks : 0;
}

function digestFrom(row: Omit<Digest, 'state'> & { state: string }): Digest {
  // Only this file writes it, and it takes a DigestState.
  return { ...row, state: row.state as DigestState };
}
