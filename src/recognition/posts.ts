// The outbox: what has to reach Slack, decided from what the database says.
import type { Member, Post, Report, Shoutout, Workspace } from '../model.js';
import { markAllHidden } from '../store/change-shoutouts.js';
import type { Db } from '../store/db.js';
import type { NewPost } from '../store/insert-shoutouts.js';
import { claimIntroduction, findIntroduction, findMember, listMembersById } from '../store/members.js';
import {
  claimPost,
  listDuePosts,
  listPosts,
  markBlockedDue,
  markPost,
  markStale,
  type PostChange,
} from '../store/posts.js';
import { listGathered } from '../store/reactions.js';
import { findReport } from '../store/reports.js';
import { findShoutout } from '../store/shoutouts.js';
import { blockedUntil, isHopeless, isOver, leaseMilliseconds, retry } from './patience.js';
import { keepsPrivate } from './rules/people.js';

/** The announcement of a shout-out, as far as it has come; null: there is none. */
export async function announcementOf(db: Db, workspace: Workspace, shoutoutId: string): Promise<Post | null> {
  const posts = await listPosts(db, workspace.id, { shoutoutId });
  return posts.find(one => one.kind === 'announcement') ?? null;
}

/** What a copy needs to be composed. */
export interface PostContext {
  post: Post;
  shoutout: Shoutout;
  /** The announcement of the same shout-out, if there is one. */
  announcement: Post | null;
  /** What a question or a notice is about. */
  about: Post | null;
  /** Who asked for changes that this copy does not show yet. */
  askedBy: Member[];
  /** The member whom a word to the giver tells of. */
  by: Member | null;
  /** What a keeper is told. */
  report: Report | null;
  /** What a gathered message tells of. */
  gathered: Shoutout[];
  /** Whether it explains to its reader what they can choose; `open`: no message has yet. */
  introduces: boolean | 'open';
}

/** What is to be done with a copy now. */
export type PostAction = 'post' | 'update' | 'delete' | 'forget' | 'ask' | 'nothing';

/**
 * What a post needs next.
 * - `forget`: it was never sent and is no longer wanted
 * - `ask`: its sender died during the call, so nobody knows whether it was sent
 */
export function nextAction(
  { post, shoutout, gathered }: Pick<PostContext, 'post' | 'shoutout' | 'gathered'>,
  now: Date,
): PostAction {
  return actionFor(
    post,
    { isWanted: () => isWanted(post, shoutout, gathered), isRepeatable: isRepeatable(post) },
    now,
  );
}

/** The same of any post. @param isRepeatable - it may be sent twice rather than not at all */
export function actionFor(
  post: Post,
  { isWanted, isRepeatable }: { isWanted: () => boolean; isRepeatable: boolean },
  now: Date,
): PostAction {
  if (post.nextTryAt && post.nextTryAt > now && post.state === 'claimed') return 'nothing';
  if (post.state !== 'planned' && post.state !== 'blocked' && post.state !== 'claimed') return 'nothing';
  if (post.postedTs !== null) {
    if (post.shownRevision >= post.wantedRevision) return 'nothing';
    return isWanted() ? 'update' : 'delete';
  }
  if (post.state === 'claimed') return isRepeatable ? 'post' : 'ask';
  return isWanted() ? 'post' : 'forget';
}

/** Whether a copy has anything to show. */
function isWanted(
  { kind, createdAt, postedTs }: Post,
  { withdrawnAt, recipients, source, message, impact }: Shoutout,
  gathered: Shoutout[],
): boolean {
  switch (kind) {
    case 'announcement': {
      // Undone and given again by the same reaction, it has lost its reason.
      const isOnlyCounted = source === 'reaction' && message === '' && impact === '';
      return !withdrawnAt && !isOnlyCounted && recipients.some(one => !one.isHidden);
    }
    case 'direct':
    case 'question':
    case 'report':
      return !withdrawnAt;
    case 'notice':
      // That a copy could not be deleted is said after the withdrawal, and is wanted.
      return (
        !withdrawnAt ||
        createdAt > withdrawnAt ||
        (createdAt.getTime() === withdrawnAt.getTime() && postedTs === null)
      );
    case 'keptPrivate':
    case 'removal':
      return true;
    case 'gathered':
      return gathered.length > 0;
    case 'digest':
    case 'digestReply':
    case 'invitation':
    case 'idea':
    case 'brief':
      throw new Error('A copy of a digest or a brief tells of no shout-out.');
  }
}

/** What the bot says for itself may be sent twice rather than not at all. */
function isRepeatable({ kind }: Post): boolean {
  return kind !== 'announcement' && kind !== 'direct';
}

/** The posts to be sent at `now`, oldest first; at most `limit`. */
export function duePosts(db: Db, workspace: Workspace, now: Date, limit: number): Promise<Post[]> {
  return listDuePosts(db, workspace.id, now, limit);
}

/** A planned copy is left to whoever recorded it for this long, before the clock sends it. */
export const headStartMilliseconds = 3000;

/** The posts of one shout-out that may be sent now, also by whoever has just recorded it, its announcement first. */
export async function postsOf(db: Db, workspace: Workspace, shoutoutId: string, now: Date): Promise<Post[]> {
  const posts = await listPosts(db, workspace.id, { shoutoutId });
  const soon = new Date(now.getTime() + headStartMilliseconds);
  return posts.filter(post => post.state === 'planned' && post.nextTryAt !== null && post.nextTryAt <= soon);
}

/** All that is needed to compose a post of a shout-out, read anew; null when it is gone. */
export async function postContext(db: Db, workspace: Workspace, post: Post): Promise<PostContext | null> {
  if (!post.shoutoutId) return null;
  // In this order: what is composed is then at least as new as the revision that it is said to show.
  const posts = await listPosts(db, workspace.id, { shoutoutId: post.shoutoutId });
  const shoutout = await findShoutout(db, workspace.id, post.shoutoutId);
  const present = posts.find(one => one.id === post.id);
  if (!shoutout || !present) return null;
  const { askedByIds, byMemberId } = present;
  const [askedBy, by, report, introduction, gathered] = await Promise.all([
    listMembersById(db, workspace.id, askedByIds),
    byMemberId ? findMember(db, workspace.id, byMemberId) : null,
    present.kind === 'report' && byMemberId
      ? findReport(db, workspace.id, { shoutoutId: shoutout.id, memberId: byMemberId })
      : null,
    present.kind === 'direct' && present.memberId ? findIntroduction(db, workspace.id, present.memberId) : '',
    present.kind === 'gathered' ? listGathered(db, workspace.id, present.id) : [],
  ]);
  return {
    post: present,
    shoutout,
    announcement: posts.find(one => one.kind === 'announcement') ?? null,
    about: posts.find(one => one.id === present.aboutPostId) ?? null,
    askedBy,
    by,
    report,
    gathered,
    introduces: introduction === null ? 'open' : introduction === present.id,
  };
}

/**
 * An announcement that is about to be posted names nobody who has chosen meanwhile to keep theirs private. Returns the
 * context as it is then.
 */
export async function respected(
  db: Db,
  workspace: Workspace,
  context: PostContext,
  now: Date,
): Promise<PostContext> {
  const { post, shoutout } = context;
  if (post.kind !== 'announcement' || post.postedTs) return context;
  const prefers = shoutout.recipients.filter(one => !one.isHidden && keepsPrivate(one));
  if (prefers.length === 0) return context;
  await markAllHidden(
    db,
    shoutout,
    prefers.map(one => one.id),
    now,
  );
  return (await postContext(db, workspace, post)) ?? context;
}

/**
 * The context of a message that is about to be sent for the first time. The first that a person gets about something
 * public explains what they can choose.
 */
export async function introduced(db: Db, context: PostContext): Promise<PostContext> {
  const { post, shoutout, announcement } = context;
  const reader = shoutout.recipients.find(one => one.id === post.memberId);
  if (context.introduces !== 'open' || !announcement || reader?.isHidden !== false) return context;
  return { ...context, introduces: await claimIntroduction(db, post) };
}

/** Takes a post for sending. False: somebody else has it. At most one caller gets true. */
export function claim(db: Db, post: Post, now: Date): Promise<boolean> {
  return claimPost(db, post, { claimedAt: now, nextTryAt: new Date(now.getTime() + leaseMilliseconds) });
}

/** What became of a call to Slack, as far as the outbox is concerned. */
export type PostResult =
  | { kind: 'posted'; channelId: string; ts: string }
  | { kind: 'updated' }
  | { kind: 'deleted' }
  /** Certainly not done: it may be tried again after this long. */
  | { kind: 'later'; reason: string; retryAfterMilliseconds: number | null }
  /** Nobody knows whether it was done. */
  | { kind: 'uncertain'; reason: string }
  /** Slack does not allow it until a person changes something. */
  | { kind: 'blocked'; reason: string }
  | { kind: 'hopeless'; reason: string };

/** What becomes of any post that Slack shows as it was wanted, or has deleted. */
export function shown(
  { wantedRevision }: Post,
  result: Extract<PostResult, { kind: 'posted' | 'updated' | 'deleted' }>,
): PostChange {
  const change = { shownRevision: wantedRevision, nextTryAt: null, lastError: null };
  if (result.kind === 'deleted') return { ...change, state: 'gone' };
  if (result.kind === 'updated') return { ...change, state: 'posted' };
  return { ...change, state: 'posted', postedChannelId: result.channelId, postedTs: result.ts };
}

/**
 * Keeps what became of a claimed post, plans what follows from it (a question, a notice, the direct messages that waited)
 * in the same transaction.
 */
export async function settle(db: Db, context: PostContext, result: PostResult, now: Date): Promise<void> {
  await markPost(db, context.post, changeFor(context, result, now), now);
}

function changeFor(
  { post, shoutout, announcement, askedBy }: PostContext,
  result: PostResult,
  now: Date,
): PostChange {
  const { giver } = shoutout;
  const toGiver = { target: giver.slackId, memberId: giver.id, aboutPostId: post.id, byMemberId: null };
  const release = post.id === announcement?.id;
  // Each change that Slack does not allow is told to whoever asked for it.
  const key = post.postedTs ? `notice:${post.id}:${post.wantedRevision}` : `notice:${post.id}`;
  const askers = post.postedTs && askedBy.length > 0 ? askedBy : [giver];
  const tell = askers.map(
    (asker): NewPost => ({
      ...toGiver,
      kind: 'notice',
      key: asker.id === giver.id ? key : `${key}:${asker.slackId}`,
      nextTryAt: now,
      target: asker.slackId,
      memberId: asker.id,
    }),
  );
  switch (result.kind) {
    case 'updated':
      return shown(post, result);
    case 'posted':
    case 'deleted':
      return { ...shown(post, result), release };
    case 'uncertain':
      // Changing or deleting a message a second time does no harm, and a question may be read twice.
      if (post.postedTs || isRepeatable(post)) return retry(post, result.reason, null, now);
      return {
        state: 'uncertain',
        nextTryAt: null,
        lastError: result.reason,
        release,
        plan: [{ kind: 'question', key: `question:${post.id}:${post.attempts}`, nextTryAt: now, ...toGiver }],
        // There is nothing to ask about what was withdrawn meanwhile, and something to say.
        planIfWithdrawn: tell,
      };
    case 'blocked': {
      const inChannel = post.kind === 'announcement';
      if (!inChannel || isOver(post, now)) return giveUp(post, result.reason, { release, tell });
      return {
        state: 'blocked',
        nextTryAt: blockedUntil(post, now),
        lastError: result.reason,
        release,
        plan: tell,
      };
    }
    case 'later':
      if (isHopeless(post, now)) return giveUp(post, result.reason, { release, tell });
      return retry(post, result.reason, result.retryAfterMilliseconds, now);
    case 'hopeless':
      return giveUp(post, result.reason, { release, tell });
  }
}

/** It is not tried again; the giver is told. */
function giveUp(
  post: Post,
  reason: string,
  { release, tell }: { release: boolean; tell: NewPost[] },
): PostChange {
  const isTold = !isRepeatable(post);
  return { state: 'givenUp', nextTryAt: null, lastError: reason, release, ...(isTold ? { plan: tell } : {}) };
}

/** A recipient's own message about a shout-out shows what holds now. */
export function refreshDirect(
  db: Db,
  workspace: Workspace,
  about: { shoutoutId: string; memberSlackId: string },
  now: Date,
): Promise<void> {
  return markStale(
    db,
    workspace.id,
    { shoutoutId: about.shoutoutId, key: `direct:${about.memberSlackId}` },
    now,
  );
}

/** The bot may post in this channel now: what waited for that is due. Returns how many copies that concerns. */
export function unblockChannel(
  db: Db,
  workspace: Workspace,
  channelSlackId: string,
  now: Date,
): Promise<number> {
  return markBlockedDue(db, workspace.id, channelSlackId, now);
}
