// The weeks of the digest: which are told, and what each tells of.
import { v7 as uuid } from 'uuid';
import type { Digest, DigestState } from '../model.js';
import type { Db, Reader, Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';
import type { NewPost } from './insert-shoutouts.js';
import { listOwnDigests } from './team-channels.js';
import { untoldBy } from './untold.js';

const digestColumns = {
  id: true,
  workspaceId: true,
  teamId: true,
  week: true,
  state: true,
  dueAt: true,
  claimedAt: true,
  heldUntil: true,
  byMemberId: true,
  invitedAt: true,
  emptyWeeks: true,
} as const;

/** A week of a team's digest, or, with null, of the workspace's. */
type WeekOf = Pick<Digest, 'teamId' | 'week'>;

/** So the database keeps the workspace's. */
const noTeam = '';

/** Those from a week on, the earliest first: of the workspace (null) and of teams. */
export async function listDigests(
  db: Db,
  workspaceId: string,
  { from, of }: { from: string; of: (string | null)[] },
): Promise<Digest[]> {
  const rows = await db.read.digest.findMany({
    where: { workspaceId, teamId: { in: of.map(teamId => teamId ?? noTeam) }, week: { gte: from } },
    orderBy: { week: 'asc' },
    select: digestColumns,
  });
  return rows.map(digestFrom);
}

export async function findDigest(db: Db, workspaceId: string, id: string): Promise<Digest | null> {
  const row = await db.read.digest.findFirst({ where: { id, workspaceId }, select: digestColumns });
  return row && digestFrom(row);
}

/** How many shout-outs count and are told by this digest. */
export function countTold(db: Db, workspaceId: string, digestId: string): Promise<number> {
  return db.read.shoutout.count({ where: { workspaceId, digestId, withdrawnAt: null } });
}

/** How many shout-outs the workspace's next digest would tell now. */
export async function countUntold(db: Db, workspaceId: string): Promise<number> {
  return countBy(
    db.read,
    untoldBy({ workspaceId, teamId: null }, await listOwnDigests(db.read, workspaceId)),
  );
}

async function countBy(reader: Pick<Reader, '$queryRaw'>, condition: Prisma.Sql): Promise<number> {
  const rows = await reader.$queryRaw<{ count: number | bigint }[]>(
    Prisma.sql`SELECT COUNT(*) AS "count" FROM "Shoutout" s WHERE ${condition}`,
  );
  return Number(rows[0]?.count ?? 0);
}

/** What a claim finds. */
export interface Found {
  /** How many shout-outs there are to tell. */
  shoutouts: number;
  /** Teams' own digests tell some of this week, or will. */
  isToldElsewhere: boolean;
  /** The how manieth week in a row it is without any; 0 where there are some. */
  emptyWeeks: number;
}

export interface Claim {
  /** Whose own digest it is, as it was decided by: nothing is claimed when it has changed since. Null: the workspace's. */
  team: { id: string; version: number } | null;
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
 * Takes a week, and with it every shout-out that counts, is in none yet and belongs to this one; what is to be posted is planned in the same
 * transaction. Of all who try, one gets what was found; the others, and whoever comes too late, null.
 */
export function claimDigest(db: Db, workspaceId: string, claim: Claim, now: Date): Promise<Found | null> {
  const { week, dueAt, byMemberId } = claim;
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    if (!(await isVersion(tx, workspaceId, claim.seenVersion))) return null;
    const own = await listOwnDigests(tx, workspaceId);
    const { team } = claim;
    const isAsDecided = own.teams.some(
      one => one.id === team?.id && one.isDigestOn && one.version === team.version,
    );
    if (team && !isAsDecided) return null;
    const whose = { teamId: team?.id ?? null };
    const untold = untoldBy({ workspaceId, ...whose }, own);
    if (!claim.mayBeEmpty && (await countBy(tx, untold)) === 0) return null;
    const { id } = await openLocked(tx, workspaceId, { week, ...whose });
    const { count } = await tx.digest.updateMany({
      where: { id, workspaceId, state: { in: claim.from } },
      data: { state: 'told', dueAt, byMemberId, claimedAt: now, emptyWeeks: 0 },
    });
    if (count === 0) return null;
    const told = await tx.$executeRaw(
      Prisma.sql`UPDATE "Shoutout" AS s SET "digestId" = ${id} WHERE ${untold}`,
    );
    const isToldElsewhere = told === 0 && (await isToldByOthers(tx, workspaceId, { id, week }));
    const isEmptyWeek = told === 0 && !isToldElsewhere;
    const emptyWeeks = isEmptyWeek ? 1 + (await emptyWeeksBefore(tx, workspaceId, { week, ...whose })) : 0;
    if (told === 0)
      await tx.digest.updateMany({ where: { id, workspaceId }, data: { state: 'empty', emptyWeeks } });
    const found = { shoutouts: told, isToldElsewhere, emptyWeeks };
    await insertRows(tx, 'Post', postRows({ workspaceId, id }, claim.posts(found), now));
    return found;
  });
}

/** Whether shout-outs are told by another digest of the week, or belong to one that has not been claimed yet. */
async function isToldByOthers(
  tx: Tx,
  workspaceId: string,
  { id, week }: { id: string; week: string },
): Promise<boolean> {
  const counts = { workspaceId, withdrawnAt: null };
  const waiting = await tx.shoutout.count({ where: { ...counts, digestId: null } });
  if (waiting > 0) return true;
  return (await tx.shoutout.count({ where: { ...counts, digest: { week, id: { not: id } } } })) > 0;
}

/** Notes that the channel is asked in this week, and plans the question. False: it has been, or the week is done with. */
export function markInvited(
  db: Db,
  workspaceId: string,
  { week, post }: { week: string; post: NewPost },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    const { id } = await open(db, tx, workspaceId, { week, teamId: null });
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
export function markHeld(db: Db, workspaceId: string, week: WeekOf, heldUntil: Date): Promise<void> {
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

/** Skips a week of the workspace's. False: it has been told. */
export function markSkipped(db: Db, workspaceId: string, week: string): Promise<boolean> {
  return db.transaction(async tx => {
    const { id } = await open(db, tx, workspaceId, { week, teamId: null });
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
async function open(db: Db, tx: Tx, workspaceId: string, week: WeekOf): Promise<{ id: string }> {
  await db.lockRows(tx, 'Workspace', [workspaceId]);
  return openLocked(tx, workspaceId, week);
}

function openLocked(tx: Tx, workspaceId: string, { week, teamId }: WeekOf): Promise<{ id: string }> {
  const key = { workspaceId, teamId: teamId ?? noTeam, week };
  return tx.digest.upsert({
    where: { workspaceId_teamId_week: key },
    create: { id: uuid(), ...key },
    update: {},
    select: { id: true },
  });
}

async function isVersion(tx: Tx, workspaceId: string, seen: number): Promise<boolean> {
  const settings = await tx.settings.findUnique({ where: { workspaceId }, select: { version: true } });
  return (settings?.version ?? 0) === seen;
}

/** How many weeks before this one had nothing to tell either, in a row and by the same settings. */
async function emptyWeeksBefore(tx: Tx, workspaceId: string, { week, teamId }: WeekOf): Promise<number> {
  const settings = await tx.settings.findUnique({ where: { workspaceId }, select: { updatedAt: true } });
  const before = await tx.digest.findFirst({
    where: { workspaceId, teamId: teamId ?? noTeam, week: { lt: week }, state: { in: ['told', 'empty'] } },
    orderBy: { week: 'desc' },
    select: { emptyWeeks: true, claimedAt: true },
  });
  const isSince = !settings || (before?.claimedAt && before.claimedAt > settings.updatedAt);
  return before && isSince ? before.emptyWeeks : 0;
}

function digestFrom(row: Omit<Digest, 'state' | 'teamId'> & { state: string; teamId: string }): Digest {
  // Only this file writes it, and it takes a DigestState.
  return { ...row, teamId: row.teamId === noTeam ? null : row.teamId, state: row.state as DigestState };
}
