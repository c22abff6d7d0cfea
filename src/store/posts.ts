// The outbox's rows.
import { v7 as uuid } from 'uuid';
import type { Post, PostKind, PostState } from '../model.js';
import type { Db, Tx } from './db.js';
import type { Prisma } from './generated/sqlite/client.js';
import type { NewPost } from './insert-shoutouts.js';

const postColumns = {
  id: true,
  workspaceId: true,
  shoutoutId: true,
  digestId: true,
  briefId: true,
  kind: true,
  key: true,
  target: true,
  threadTs: true,
  memberId: true,
  aboutPostId: true,
  askedByIds: true,
  byMemberId: true,
  state: true,
  wantedRevision: true,
  shownRevision: true,
  attempts: true,
  nextTryAt: true,
  postedChannelId: true,
  postedTs: true,
  lastError: true,
  createdAt: true,
} as const;

/** What a settled post becomes, and what is planned in the same transaction. */
export interface PostChange {
  state: PostState;
  nextTryAt: Date | null;
  lastError: string | null;
  shownRevision?: number;
  postedChannelId?: string;
  postedTs?: string;
  /** Who wants it sent, whatever the hour. */
  byMemberId?: string;
  /** The direct messages that waited for this announcement may go. */
  release?: boolean;
  /** The shout-outs of this digest are told by the next one. */
  freesShoutouts?: boolean;
  /** Other posts that follow from it, each once however often it is planned. */
  plan?: NewPost[];
  /** The same, instead, when the shout-out has been withdrawn by now. */
  planIfWithdrawn?: NewPost[];
}

/** A copy that is not there, to be posted. */
export const unposted = {
  state: 'planned',
  shownRevision: 0,
  postedChannelId: null,
  postedTs: null,
  lastError: null,
} as const;

const longestWait = (now: Date) => new Date(now.getTime() + 2 * 60 * 60 * 1000);

/** Those due at `now`, the longest waiting first. */
export async function listDuePosts(db: Db, workspaceId: string, now: Date, limit: number): Promise<Post[]> {
  const rows = await db.read.post.findMany({
    // What lies further off than any wait of ours was planned before the clock was set back.
    where: { workspaceId, OR: [{ nextTryAt: { lte: now } }, { nextTryAt: { gt: longestWait(now) } }] },
    orderBy: [{ nextTryAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: postColumns,
  });
  return rows.map(postFrom);
}

/** What posts tell of. */
export type Anchor = { shoutoutId: string } | { digestId: string } | { briefId: string };

/** What a post tells of. @throws for a row that tells of nothing, which nobody writes */
export function anchorOf({
  shoutoutId,
  digestId,
  briefId,
}: Pick<Post, 'shoutoutId' | 'digestId' | 'briefId'>): Anchor {
  if (shoutoutId) return { shoutoutId };
  if (digestId) return { digestId };
  if (briefId) return { briefId };
  throw new Error('A post tells of nothing.');
}

/** All posts of a shout-out, a digest or a brief, in the order they were planned. */
export async function listPosts(db: Db, workspaceId: string, anchor: Anchor): Promise<Post[]> {
  const rows = await db.read.post.findMany({
    where: { workspaceId, ...anchor },
    orderBy: { id: 'asc' },
    select: postColumns,
  });
  return rows.map(postFrom);
}

export async function findPost(db: Db, workspaceId: string, id: string): Promise<Post | null> {
  const row = await db.read.post.findFirst({ where: { id, workspaceId }, select: postColumns });
  return row && postFrom(row);
}

/** Takes a post, in one conditional statement: of all who try with the same `post`, one gets true. */
export async function claimPost(
  db: Db,
  post: Post,
  { claimedAt, nextTryAt }: { claimedAt: Date; nextTryAt: Date },
): Promise<boolean> {
  const { count } = await db.write.post.updateMany({
    where: { id: post.id, workspaceId: post.workspaceId, state: post.state, attempts: post.attempts },
    data: { state: 'claimed', claimedAt, nextTryAt, attempts: { increment: 1 } },
  });
  return count === 1;
}

/** Settles a claimed post. Does nothing when the claim has been taken over meanwhile. */
export function markPost(db: Db, post: Post, change: PostChange, now: Date): Promise<void> {
  return db.transaction(async tx => {
    const { release, freesShoutouts, plan, planIfWithdrawn, ...columns } = change;
    const { count } = await tx.post.updateMany({
      where: { id: post.id, workspaceId: post.workspaceId, state: 'claimed', attempts: post.attempts },
      data: { ...columns, claimedAt: null },
    });
    if (count === 0) return;
    if (freesShoutouts && post.digestId)
      await tx.shoutout.updateMany({
        where: { workspaceId: post.workspaceId, digestId: post.digestId },
        data: { digestId: null },
      });
    if (change.shownRevision !== undefined) await refreshFollowers(tx, post, change, now);
    // What changed while Slack was being called has to be shown too.
    if (change.state === 'posted') {
      await tx.post.updateMany({
        where: {
          id: post.id,
          workspaceId: post.workspaceId,
          wantedRevision: { gt: change.shownRevision ?? 0 },
        },
        data: { state: 'planned', nextTryAt: now },
      });
    }
    // It went, and something wants to be shown since: whether that is so is decided anew.
    if (change.state === 'gone') {
      await tx.post.updateMany({
        where: {
          id: post.id,
          workspaceId: post.workspaceId,
          wantedRevision: { gt: change.shownRevision ?? 0 },
        },
        data: { ...unposted, nextTryAt: now },
      });
    }
    // Slack refused what is out of date by now: what is wanted instead may be allowed.
    if (change.state === 'givenUp' || change.state === 'blocked') {
      const again = await tx.post.updateMany({
        where: {
          id: post.id,
          workspaceId: post.workspaceId,
          postedTs: { not: null },
          wantedRevision: { gt: post.wantedRevision },
        },
        data: { state: 'planned', nextTryAt: now },
      });
      if (again.count > 0) return;
    }
    if (release) {
      await tx.post.updateMany({
        where: {
          workspaceId: post.workspaceId,
          ...anchorOf(post),
          kind: 'direct',
          state: 'planned',
          nextTryAt: null,
        },
        data: { nextTryAt: now },
      });
    }
    const next = planIfWithdrawn && (await isWithdrawn(tx, post)) ? planIfWithdrawn : plan;
    for (const one of next ?? []) await planOnce(tx, post, one, now);
  });
}

/** Settles an uncertain post by a person's answer. False: it is not uncertain any more. */
export async function markPostAnswered(db: Db, post: Post, change: PostChange, now: Date): Promise<boolean> {
  const {
    release: _release,
    freesShoutouts: _frees,
    plan: _plan,
    planIfWithdrawn: _planIfWithdrawn,
    ...columns
  } = change;
  const { count } = await db.write.post.updateMany({
    where: { id: post.id, workspaceId: post.workspaceId, state: 'uncertain' },
    data: columns,
  });
  if (count === 0) return false;
  // Of an announcement its readers can say now whether they want to be named there; of a digest the other keepers were asked too.
  const followers =
    post.kind === 'announcement'
      ? { kind: 'direct' }
      : post.digestId
        ? { kind: 'question', aboutPostId: post.id }
        : null;
  if (followers) {
    await db.write.post.updateMany({
      where: {
        workspaceId: post.workspaceId,
        ...anchorOf(post),
        ...followers,
        state: 'posted',
        postedTs: { not: null },
      },
      data: { state: 'planned', wantedRevision: { increment: 1 }, nextTryAt: now },
    });
  }
  return true;
}

/** A copy that is there shows what holds now. */
export async function markStale(
  db: Db,
  workspaceId: string,
  { shoutoutId, key }: { shoutoutId: string; key: string },
  now: Date,
): Promise<void> {
  await db.write.post.updateMany({
    where: { workspaceId, shoutoutId, key, state: 'posted', postedTs: { not: null } },
    data: { state: 'planned', wantedRevision: { increment: 1 }, nextTryAt: now },
  });
}

/** Messages that tell of many shout-outs show what holds now. To be called after the shout-outs were written to. */
export async function refreshTold(
  tx: Tx,
  messages: Prisma.PostWhereInput & { workspaceId: string },
  now: Date,
): Promise<void> {
  await tx.post.updateMany({ where: messages, data: { wantedRevision: { increment: 1 } } });
  await tx.post.updateMany({
    where: { ...messages, state: { in: ['posted', 'givenUp'] }, postedTs: { not: null } },
    data: { state: 'planned', nextTryAt: now },
  });
  // It went when there was nothing left to tell, and there may be again; one that somebody deleted at Slack stays away.
  await tx.post.updateMany({
    where: { ...messages, state: 'gone', lastError: null },
    data: { ...unposted, nextTryAt: now },
  });
}

/** Puts off a post that nobody is sending, or sends it elsewhere. */
export async function markPutOff(
  db: Db,
  post: Post,
  change: { nextTryAt: Date; target?: string },
): Promise<void> {
  await db.write.post.updateMany({
    where: { id: post.id, workspaceId: post.workspaceId, state: post.state, attempts: post.attempts },
    data: change,
  });
}

/** Makes what is blocked in a channel due. Returns how many posts that concerns. */
export async function markBlockedDue(
  db: Db,
  workspaceId: string,
  channelSlackId: string,
  now: Date,
): Promise<number> {
  const { count } = await db.write.post.updateMany({
    where: { workspaceId, target: channelSlackId, state: 'blocked' },
    data: { state: 'planned', nextTryAt: now },
  });
  return count;
}

async function isWithdrawn(tx: Tx, { workspaceId, shoutoutId }: Post): Promise<boolean> {
  if (!shoutoutId) return false;
  const where = { id: shoutoutId, workspaceId, withdrawnAt: { not: null } };
  return (await tx.shoutout.count({ where })) > 0;
}

/** A copy has come, changed or gone at last: what was said of it meanwhile, or what links to it, is said anew. */
async function refreshFollowers(
  tx: Tx,
  post: Post,
  { postedTs, state }: PostChange,
  now: Date,
): Promise<void> {
  const about = { kind: 'notice', aboutPostId: post.id };
  const isLinkChanged = post.kind === 'announcement' && (postedTs !== undefined || state === 'gone');
  await tx.post.updateMany({
    where: {
      workspaceId: post.workspaceId,
      ...anchorOf(post),
      state: 'posted',
      postedTs: { not: null },
      OR: isLinkChanged ? [about, { kind: 'direct' }] : [about],
    },
    data: { state: 'planned', wantedRevision: { increment: 1 }, nextTryAt: now },
  });
}

async function planOnce(tx: Tx, about: Post, plan: NewPost, now: Date): Promise<void> {
  const anchor = anchorOf(about);
  const { key } = plan;
  await tx.post.upsert({
    where: keyOf(anchor, key),
    create: { id: uuid(), workspaceId: about.workspaceId, ...anchor, createdAt: now, ...plan },
    update: {},
  });
}

function keyOf(anchor: Anchor, key: string) {
  if ('digestId' in anchor) return { digestId_key: { ...anchor, key } };
  return 'briefId' in anchor ? { briefId_key: { ...anchor, key } } : { shoutoutId_key: { ...anchor, key } };
}

function postFrom(
  row: Omit<Post, 'kind' | 'state' | 'askedByIds'> & { kind: string; state: string; askedByIds: string },
): Post {
  return {
    ...row,
    askedByIds: [...new Set(row.askedByIds.split(' ').filter(id => id !== ''))],
    // Only this folder writes these columns, and it takes a PostKind and a PostState.
    kind: row.kind as PostKind,
    state: row.state as PostState,
  };
}
