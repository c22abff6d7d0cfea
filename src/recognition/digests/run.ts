// What the clock does about the workspace's digest: asks the channel, holds what comes late, and claims what is due.
import type { Digest, Member, Settings, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import {
  type Claim,
  claimDigest,
  type Found,
  listDigests,
  markHeld,
  markInvited,
} from '../../store/digests.js';
import type { NewPost } from '../../store/insert-shoutouts.js';
import { inCharge } from './keepers.js';
import {
  decideDigest,
  decideInvitation,
  digestChannel,
  type Schedule,
  scheduleOf,
  weekOf,
} from './schedule.js';

/** Whoever looks at the weeks sees these last ones, and all that lie ahead. */
const lookBackMilliseconds = 35 * 24 * 60 * 60 * 1000;
/** After so many weeks in a row without anything to tell the keepers hear no more of it, until something changes. */
const mostIdeas = 3;

/** The weeks of the workspace's digest that matter at `now`; `of`: others' as well. */
export function weeksAround(
  db: Db,
  workspace: Workspace,
  timeZone: string,
  now: Date,
  of: (string | null)[] = [null],
) {
  const from = weekOf(new Date(now.getTime() - lookBackMilliseconds), timeZone);
  return listDigests(db, workspace.id, { from, of });
}

/** Does what is due of the workspace's digest at `now`. Returns whether something is to be posted. */
export async function runOwnDigest(
  db: Db,
  workspace: Workspace,
  settings: Settings,
  now: Date,
): Promise<boolean> {
  const schedule = scheduleOf(settings);
  const channel = digestChannel(settings);
  if (!schedule || !channel) return false;
  const weeks = await weeksAround(db, workspace, schedule.timeZone, now);
  const isAsked = settings.isInvitationOn && (await invite(db, workspace, { schedule, weeks, channel }, now));
  const claim = await dueClaim(db, workspace, { schedule, weeks, settings, team: null }, now);
  if (!claim) return isAsked;
  const members = await inCharge(db, workspace, settings);
  const posts: Claim['posts'] = there =>
    there.shoutouts > 0 ? [digestPost(channel, now)] : ideaPosts(there, members, now);
  const found = await claimDigest(db, workspace.id, { ...claim, posts }, now);
  return isAsked || found !== null;
}

/** How the digest that is due at `now` is claimed; one that comes late is held until people are back. Null: not now. */
export async function dueClaim(
  db: Db,
  workspace: Workspace,
  {
    schedule,
    weeks,
    settings,
    team,
  }: { schedule: Schedule; weeks: Digest[]; settings: Settings; team: Claim['team'] },
  now: Date,
): Promise<Omit<Claim, 'posts'> | null> {
  const decision = decideDigest(schedule, weeks, now);
  if (decision.kind === 'nothing') return null;
  const { week, dueAt } = decision;
  if (decision.kind === 'tell')
    return {
      team,
      week,
      dueAt,
      from: ['open'],
      byMemberId: null,
      seenVersion: settings.version,
      mayBeEmpty: true,
    };
  const known = weeks.find(one => one.week === week)?.heldUntil;
  if (known?.getTime() !== decision.until.getTime())
    await markHeld(db, workspace.id, { week, teamId: team?.id ?? null }, decision.until);
  return null;
}

async function invite(
  db: Db,
  workspace: Workspace,
  { schedule, weeks, channel }: { schedule: Schedule; weeks: Digest[]; channel: string },
  now: Date,
): Promise<boolean> {
  const invitation = decideInvitation(schedule, weeks, now);
  if (!invitation) return false;
  const post = { ...digestPost(channel, now), kind: 'invitation' as const, key: 'invitation' };
  return markInvited(db, workspace.id, { week: invitation.week, post }, now);
}

/** The digest's own message, to be posted. */
export function digestPost(channel: string, now: Date): NewPost {
  return {
    kind: 'digest',
    key: 'main',
    target: channel,
    memberId: null,
    aboutPostId: null,
    byMemberId: null,
    nextTryAt: now,
  };
}

/** Where a team's own digest tells something, the week was not empty. */
function ideaPosts({ emptyWeeks, isToldElsewhere }: Found, members: Member[], now: Date): NewPost[] {
  if (isToldElsewhere || emptyWeeks > mostIdeas) return [];
  return members.map(member => ({
    kind: 'idea',
    key: `idea:${member.slackId}`,
    target: member.slackId,
    memberId: member.id,
    aboutPostId: null,
    byMemberId: null,
    nextTryAt: now,
  }));
}
