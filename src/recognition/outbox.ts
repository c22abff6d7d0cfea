// What the outbox does with a post, whatever it tells of.
import type { Post, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { findPost, markPostAnswered, type PostChange } from '../store/posts.js';
import { findShoutout } from '../store/shoutouts.js';
import {
  type BriefContext,
  briefContext,
  mayAnswerForBrief,
  nextBriefAction,
  putOffBrief,
  settleBrief,
} from './briefs/posts.js';
import {
  type DigestContext,
  digestContext,
  forceDigest,
  mayAnswerFor,
  nextDigestAction,
  putOff,
  settleDigest,
} from './digests/posts.js';
import { isGranted, may, rolesIn } from './permissions.js';
import {
  introduced,
  nextAction,
  type PostAction,
  type PostContext,
  type PostResult,
  postContext,
  respected,
  settle,
} from './posts.js';

/** What a copy needs to be composed. */
export type AnyContext = PostContext | DigestContext | BriefContext;

/** Whether a copy tells of one shout-out rather than of a digest or a lead's week. */
export function isOfShoutout(context: AnyContext): context is PostContext {
  return 'shoutout' in context;
}

/** A post that something is to be done with now, read anew; null: nothing is. */
export async function readied(
  db: Db,
  workspace: Workspace,
  post: Post,
  now: Date,
): Promise<{ context: AnyContext; action: PostAction } | null> {
  if (post.digestId) {
    const context = await digestContext(db, workspace, post);
    if (!context || (await putOff(db, context, now))) return null;
    const action = nextDigestAction(context, now);
    return action === 'nothing' ? null : { context, action };
  }
  if (post.briefId) {
    const context = await briefContext(db, workspace, post, now);
    if (!context || (await putOffBrief(db, context, now))) return null;
    const action = nextBriefAction(context, now);
    return action === 'nothing' ? null : { context, action };
  }
  const found = await postContext(db, workspace, post);
  if (!found) return null;
  const fair = await respected(db, workspace, found, now);
  const action = nextAction(fair, now);
  if (action === 'nothing') return null;
  return { context: action === 'post' ? await introduced(db, fair) : fair, action };
}

/** Keeps what became of a claimed post, and plans what follows from it in the same transaction. */
export function settleAny(db: Db, context: AnyContext, result: PostResult, now: Date): Promise<void> {
  if (isOfShoutout(context)) return settle(db, context, result, now);
  return 'digest' in context ? settleDigest(db, context, result, now) : settleBrief(db, context, result, now);
}

/** What a person answered to "is it there?". */
export type UncertainAnswer = 'postAgain' | 'itIsThere';

/**
 * Settles an uncertain post by the answer of its giver, of a keeper for a digest, or of the lead whom a brief is for. Returns the post, or null: it was
 * answered before, or is not this person's to answer.
 */
export async function answerUncertain(
  db: Db,
  workspace: Workspace,
  { postId, memberSlackId, answer }: { postId: string; memberSlackId: string; answer: UncertainAnswer },
  now: Date,
): Promise<Post | null> {
  const post = await findPost(db, workspace.id, postId);
  if (!post || !(await mayAnswer(db, workspace, post, memberSlackId))) return null;
  const change: PostChange =
    answer === 'postAgain'
      ? {
          state: 'planned',
          nextTryAt: now,
          lastError: null,
          ...(post.briefId && post.memberId ? { byMemberId: post.memberId } : {}),
        }
      : { state: 'posted', shownRevision: post.wantedRevision, nextTryAt: null, lastError: null };
  if (answer === 'postAgain' && post.digestId && post.state === 'uncertain')
    await forceDigest(db, workspace, post.digestId, memberSlackId);
  return (await markPostAnswered(db, post, change, now)) ? post : null;
}

async function mayAnswer(db: Db, workspace: Workspace, post: Post, memberSlackId: string): Promise<boolean> {
  if (post.briefId) return mayAnswerForBrief(db, workspace, post, memberSlackId);
  if (!post.shoutoutId) return mayAnswerFor(db, workspace, memberSlackId);
  const shoutout = await findShoutout(db, workspace.id, post.shoutoutId);
  if (!shoutout || shoutout.withdrawnAt) return false;
  return isGranted(may('settleCopy', rolesIn(shoutout, memberSlackId)));
}
