// The message of a lead's brief: what it needs next, and what follows from what became of it.
import type { Brief, Member, Post, Workspace } from '../../model.js';
import { findBrief, isBriefed } from '../../store/briefs.js';
import type { Db } from '../../store/db.js';
import { findMember } from '../../store/members.js';
import { listPosts, markPost, markPutOff, type PostChange } from '../../store/posts.js';
import { findSettings } from '../../store/settings.js';
import { listLedTeams } from '../../store/teams.js';
import { zoneAmong } from '../calendar.js';
import { isHopeless, retry } from '../patience.js';
import { isGranted, may, rolesOf } from '../permissions.js';
import { actionFor, type PostAction, type PostResult, shown } from '../posts.js';
import { type BriefTime, briefTime, morningAfter } from './schedule.js';

/** What the message of a brief, or a question about it, needs to be composed. */
export interface BriefContext {
  post: Post;
  brief: Brief;
  /** What a question is about. */
  about: Post | null;
  /** Where the lead is. */
  timeZone: string;
  /** Whether the lead leads a team, and may be told of it. */
  isLead: boolean;
  /** Whether the lead wants briefs. */
  isOn: boolean;
  /** What time it is for it. */
  time: BriefTime;
}

const hour = 60 * 60 * 1000;

/** All that is needed to decide about a post of a brief, read anew; null when it is gone. */
export async function briefContext(
  db: Db,
  workspace: Workspace,
  { id, briefId }: Post,
  now: Date,
): Promise<BriefContext | null> {
  if (!briefId) return null;
  // In this order: what is composed is then at least as new as the revision that it is said to show.
  const posts = await listPosts(db, workspace.id, { briefId });
  const brief = await findBrief(db, workspace.id, briefId);
  const post = posts.find(one => one.id === id);
  if (!brief || !post) return null;
  const [lead, settings, isOn] = await Promise.all([
    findMember(db, workspace.id, brief.memberId),
    findSettings(db, workspace.id),
    isBriefed(db, workspace.id, brief.memberId),
  ]);
  const timeZone = zoneAmong(lead?.timeZone, settings.timeZone);
  return {
    post,
    brief,
    about: posts.find(one => one.id === post.aboutPostId) ?? null,
    timeZone,
    isLead: lead !== null && (await isLeading(db, workspace, lead)),
    isOn,
    time: briefTime(brief.week, timeZone, now),
  };
}

async function isLeading(db: Db, workspace: Workspace, person: Member): Promise<boolean> {
  const led = await listLedTeams(db, workspace.id, person.id);
  return isGranted(may('beBriefed', rolesOf(person, { leads: led.length > 0 ? [person] : [] })));
}

/** Puts off a brief that Slack did not take on its day, until the morning. Returns whether it is to wait. */
export async function putOffBrief(
  db: Db,
  { post, brief, time, timeZone }: BriefContext,
  now: Date,
): Promise<boolean> {
  if (post.kind !== 'brief' || post.state !== 'planned' || post.postedTs || isForced(post)) return false;
  if (time !== 'quiet') return false;
  const until = morningAfter(brief.week, timeZone);
  const anHour = new Date(now.getTime() + hour);
  await markPutOff(db, post, { nextTryAt: until < anHour ? until : anHour });
  return true;
}

/** What a post of a brief needs next. */
export function nextBriefAction(context: BriefContext, now: Date): PostAction {
  const { post } = context;
  return actionFor(post, { isWanted: () => isWanted(context), isRepeatable: post.kind === 'question' }, now);
}

function isWanted({ post, about, isLead, isOn, time }: BriefContext): boolean {
  if (post.kind === 'question') return post.postedTs !== null || about?.state === 'uncertain';
  if (!isLead) return false;
  return post.postedTs !== null || isForced(post) || (isOn && time !== 'over');
}

/** The lead said that it never came, and wants it now. */
function isForced({ byMemberId }: Post): boolean {
  return byMemberId !== null;
}

/** Keeps what became of a claimed post; where nobody knows, the lead is asked. */
export async function settleBrief(
  db: Db,
  { post }: BriefContext,
  result: PostResult,
  now: Date,
): Promise<void> {
  await markPost(db, post, changeFor(post, result, now), now);
}

function changeFor(post: Post, result: PostResult, now: Date): PostChange {
  switch (result.kind) {
    case 'posted':
    case 'updated':
    case 'deleted':
      return shown(post, result);
    case 'uncertain':
      // Changing it a second time does no harm, and a question may be read twice.
      if (post.postedTs || post.kind === 'question') return retry(post, result.reason, null, now);
      return {
        state: 'uncertain',
        nextTryAt: null,
        lastError: result.reason,
        plan: [questionAbout(post, now)],
      };
    case 'later':
      return isHopeless(post, now)
        ? givenUp(result.reason)
        : retry(post, result.reason, result.retryAfterMilliseconds, now);
    case 'blocked':
    case 'hopeless':
      // The lead deleted the message at Slack: that is an answer.
      return post.postedTs && result.reason === 'message_not_found'
        ? { ...shown(post, { kind: 'deleted' }), lastError: result.reason }
        : givenUp(result.reason);
  }
}

function givenUp(reason: string): PostChange {
  return { state: 'givenUp', nextTryAt: null, lastError: reason };
}

function questionAbout({ id, target, memberId, attempts }: Post, now: Date) {
  return {
    kind: 'question' as const,
    key: `question:${id}:${attempts}`,
    target,
    memberId,
    aboutPostId: id,
    byMemberId: null,
    nextTryAt: now,
  };
}

/** Whether this person says what becomes of an uncertain brief: the lead whom it is for. */
export async function mayAnswerForBrief(
  db: Db,
  workspace: Workspace,
  { memberId }: Post,
  memberSlackId: string,
): Promise<boolean> {
  const lead = memberId ? await findMember(db, workspace.id, memberId) : null;
  return lead?.slackId === memberSlackId && (await isLeading(db, workspace, lead));
}
