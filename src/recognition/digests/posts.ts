// The copies of a digest in Slack: what each needs next, and what follows from what became of it.
import type { Digest, Member, Post, Settings, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { countTold, findDigest, markByHand, markHeld } from '../../store/digests.js';
import type { NewPost } from '../../store/insert-shoutouts.js';
import { listMembers } from '../../store/members.js';
import { listPosts, markPost, markPutOff, type PostChange } from '../../store/posts.js';
import { findSettings } from '../../store/settings.js';
import { type DigestTeam, findDigestTeam } from '../../store/team-channels.js';
import { blockedUntil, isHopeless, isOver, retry } from '../patience.js';
import { isGranted, may, rolesOf } from '../permissions.js';
import { actionFor, type PostAction, type PostResult, shown } from '../posts.js';
import { inCharge } from './keepers.js';
import { digestChannel, heldAt, zoneOf } from './schedule.js';

/** What a copy of a digest needs to be composed. */
export interface DigestContext {
  post: Post;
  digest: Digest;
  /** The digest's own message; null: there is none to be. */
  main: Post | null;
  /** What a question or a notice is about. */
  about: Post | null;
  /** Whose own digest it is; null: the workspace's, or that team's is no more. */
  team: DigestTeam | null;
  /** How many of its shout-outs count now. */
  standing: number;
  settings: Settings;
  /** Who hears of its troubles. */
  inCharge: Member[];
  /** How many messages its thread has, as it is composed; 0 until then. */
  replies: number;
}

const hour = 60 * 60 * 1000;
/** An invitation that Slack does not take is old after that. */
const invitationMilliseconds = 2 * hour;

/** All that is needed to decide about a copy of a digest, read anew; null when it is gone. */
export async function digestContext(
  db: Db,
  workspace: Workspace,
  { id, digestId }: Post,
): Promise<DigestContext | null> {
  if (!digestId) return null;
  // In this order: what is composed is then at least as new as the revision that it is said to show.
  const posts = await listPosts(db, workspace.id, { digestId });
  const [digest, standing, settings] = await Promise.all([
    findDigest(db, workspace.id, digestId),
    countTold(db, workspace.id, digestId),
    findSettings(db, workspace.id),
  ]);
  const post = posts.find(one => one.id === id);
  if (!digest || !post) return null;
  return {
    post,
    digest,
    team: digest.teamId === null ? null : await findDigestTeam(db, workspace.id, digest.teamId),
    main: posts.find(one => one.kind === 'digest') ?? null,
    about: posts.find(one => one.id === post.aboutPostId) ?? null,
    standing,
    settings,
    inCharge: await inCharge(db, workspace, settings),
    replies: 0,
  };
}

/**
 * Puts off a digest that was claimed in time and that Slack has not taken since: it is not posted when people are off,
 * nor while the digest is paused; unless a keeper wants it now. One whose channel was changed meanwhile goes to the new
 * one, a tick later. Returns whether it is to wait.
 */
export async function putOff(db: Db, context: DigestContext, now: Date): Promise<boolean> {
  const { post, digest, settings, team } = context;
  const isWaiting = post.state === 'planned' || post.state === 'blocked';
  if (post.kind !== 'digest' || post.postedTs || !isWaiting || isGivenBack(context)) return false;
  const channel = team ? team.channelSlackId : digestChannel(settings);
  if (channel && channel !== post.target) {
    await markPutOff(db, post, { nextTryAt: now, target: channel });
    return true;
  }
  if (digest.byMemberId || !digest.dueAt) return false;
  const { dueAt, heldUntil } = digest;
  const held = heldAt({ dueAt, heldUntil }, zoneOf(settings), now);
  const anHour = new Date(now.getTime() + hour);
  const until = settings.isDigestOn ? held : anHour;
  if (!until) return false;
  if (held && held.getTime() !== heldUntil?.getTime()) await markHeld(db, digest.workspaceId, digest, held);
  await markPutOff(db, post, { nextTryAt: until < anHour ? until : anHour });
  return true;
}

/** Whether a team's digest is not to be posted any more, because the team is gone or has none: others tell what it told. */
function isGivenBack({ digest, team }: DigestContext): boolean {
  return digest.teamId !== null && !team?.isDigestOn;
}

/** What a copy of a digest needs next. */
export function nextDigestAction(context: DigestContext, now: Date): PostAction {
  const { post } = context;
  return actionFor(post, { isWanted: () => isWanted(context, now), isRepeatable: isRepeatable(post) }, now);
}

function isWanted(context: DigestContext, now: Date): boolean {
  const { post, digest, main, about, standing, settings } = context;
  switch (post.kind) {
    case 'digest':
      return standing > 0 && (post.postedTs !== null || !isGivenBack(context));
    case 'digestReply':
      return standing > 0 && main !== null && main.postedTs !== null && main.state !== 'gone';
    case 'invitation': {
      const isFresh = now.getTime() - post.createdAt.getTime() < invitationMilliseconds;
      return (
        post.postedTs !== null ||
        (isFresh && settings.isDigestOn && settings.isInvitationOn && digest.state === 'open')
      );
    }
    case 'question':
      return post.postedTs !== null || about?.state === 'uncertain';
    default:
      return true;
  }
}

/** What is said to the keepers may be said twice rather than not at all. */
function isRepeatable({ kind }: Post): boolean {
  return kind === 'question' || kind === 'notice' || kind === 'idea';
}

/** Keeps what became of a claimed copy, and plans what follows: its thread one after the other, a question, a notice. */
export async function settleDigest(
  db: Db,
  context: DigestContext,
  result: PostResult,
  now: Date,
): Promise<void> {
  await markPost(db, context.post, changeFor(context, result, now), now);
}

function changeFor(context: DigestContext, result: PostResult, now: Date): PostChange {
  const { post } = context;
  switch (result.kind) {
    case 'posted':
      return { ...shown(post, result), plan: nextReply(context, result.ts, now) };
    case 'updated':
      return { ...shown(post, result), plan: nextReply(context, post.postedTs, now) };
    case 'deleted':
      return {
        ...shown(post, result),
        freesShoutouts: post.kind === 'digest' && post.postedTs === null && isGivenBack(context),
      };
    case 'uncertain':
      // Changing or deleting a message a second time does no harm.
      if (post.postedTs || isRepeatable(post)) return retry(post, result.reason, null, now);
      // An invitation less is no harm, and one more is a nuisance.
      if (post.kind === 'invitation') return givenUp(result.reason);
      return {
        state: 'uncertain',
        nextTryAt: null,
        lastError: result.reason,
        plan: [
          ...toThoseInCharge(context, 'question', `${post.id}:${post.attempts}`, now),
          ...nextReply(context, null, now),
        ],
      };
    case 'blocked': {
      const isKept = (post.kind === 'digest' || post.kind === 'digestReply') && !isOver(post, now);
      if (!isKept) return { ...unsent(post, result.reason), plan: troubles(context, now) };
      return {
        state: 'blocked',
        nextTryAt: blockedUntil(post, now),
        lastError: result.reason,
        plan: troubles(context, now),
      };
    }
    case 'later':
      if (isHopeless(post, now)) return { ...unsent(post, result.reason), plan: troubles(context, now) };
      return retry(post, result.reason, result.retryAfterMilliseconds, now);
    case 'hopeless':
      // Somebody deleted the message at Slack: that is an answer.
      if (post.postedTs && result.reason === 'message_not_found')
        return { ...shown(post, { kind: 'deleted' }), lastError: result.reason };
      return {
        ...unsent(post, result.reason),
        plan: [...troubles(context, now), ...nextReply(context, null, now)],
      };
  }
}

function givenUp(reason: string): PostChange {
  return { state: 'givenUp', nextTryAt: null, lastError: reason };
}

/** It was certainly not posted and will not be tried again: what a digest was to tell, the next one tells. */
function unsent(post: Post, reason: string): PostChange {
  return { ...givenUp(reason), freesShoutouts: post.kind === 'digest' && post.postedTs === null };
}

/**
 * The next message of the thread: each is planned when the one before it is done with, so that they come in their order
 * and a shout-out's announcement waits for one of them at most.
 */
function nextReply({ post, replies }: DigestContext, ts: string | null, now: Date): NewPost[] {
  const threadTs = post.kind === 'digest' ? ts : post.threadTs;
  const number = post.kind === 'digest' ? 1 : replyNumber(post) + 1;
  if ((post.kind !== 'digest' && post.kind !== 'digestReply') || !threadTs || number > replies) return [];
  return [
    {
      kind: 'digestReply',
      key: replyKey(number),
      target: post.target,
      threadTs,
      memberId: null,
      aboutPostId: null,
      byMemberId: null,
      nextTryAt: now,
    },
  ];
}

const replyKey = (number: number) => `reply:${number}`;

/** Which message of the thread a reply is; 1 is the first. */
export function replyNumber({ key }: Pick<Post, 'key'>): number {
  return Number(key.slice('reply:'.length));
}

/** The digest itself cannot be posted or changed: those in charge are told, once for each time. */
function troubles(context: DigestContext, now: Date): NewPost[] {
  const { post } = context;
  if (post.kind !== 'digest') return [];
  const time = post.postedTs ? `${post.id}:${post.wantedRevision}` : post.id;
  return toThoseInCharge(context, 'notice', time, now);
}

function toThoseInCharge(
  { post, inCharge: members }: DigestContext,
  kind: 'question' | 'notice',
  time: string,
  now: Date,
): NewPost[] {
  return members.map(member => ({
    kind,
    key: `${kind}:${time}:${member.slackId}`,
    target: member.slackId,
    memberId: member.id,
    aboutPostId: post.id,
    byMemberId: null,
    nextTryAt: now,
  }));
}

/** Whether this person says what becomes of an uncertain copy of a digest. */
export async function mayAnswerFor(db: Db, workspace: Workspace, memberSlackId: string): Promise<boolean> {
  // Where nobody keeps the bot, who is in charge instead does so here.
  const keepers = await inCharge(db, workspace, await findSettings(db, workspace.id));
  const person = keepers.find(one => one.slackId === memberSlackId) ?? null;
  return isGranted(may('settleDigest', rolesOf(person, { keepers })));
}

/** A keeper wants a digest posted now, whatever the hour. */
export async function forceDigest(
  db: Db,
  workspace: Workspace,
  digestId: string,
  memberSlackId: string,
): Promise<void> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (member) await markByHand(db, workspace.id, { id: digestId, byMemberId: member.id });
}
