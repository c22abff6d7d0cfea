// Giving, finding and taking back shout-outs.
import type { Member, Shoutout, ShoutoutRequest, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { insertShoutout, type NewPost } from '../store/insert-shoutouts.js';
import { listMembers } from '../store/members.js';
import { findSettings } from '../store/settings.js';
import { findLastShoutout, findShoutout, markAnswered, markUndone } from '../store/shoutouts.js';
import { listValues } from '../store/values.js';
import { dayStart } from './calendar.js';
import { headStartMilliseconds } from './posts.js';
import type { Refusal, UndoRefusal } from './refusal.js';
import {
  isGiverLeftOut,
  leftOutOfGroups,
  recipientIds,
  recipientLimit,
  refusals,
  repeatMilliseconds,
  undoMilliseconds,
} from './rules.js';

export type GiveOutcome =
  | {
      kind: 'given';
      shoutout: Shoutout;
      /** False: this very request had been recorded before. */
      created: boolean;
      /** The giver had named themselves too. */
      giverLeftOut: boolean;
      /** The Slack id of the channel it is announced in; null: it goes to its recipients only. */
      announcedIn: string | null;
      /** How many more the giver may give today. */
      left: number;
      /** Names of members of a group who cannot receive. */
      leftOut: string[];
    }
  | { kind: 'refused'; reasons: Refusal[] }
  /** The same words were recorded a moment ago, and Slack may have told the giver that it failed. */
  | { kind: 'sameAgain'; earlier: Shoutout };

/**
 * Records a shout-out, or says every reason why not. Safe to repeat: one request key is one shout-out.
 * What has to reach Slack is planned in the same transaction.
 *
 * @param request - members it names must have been looked up before (`members.ts`); one that is missing is refused as unknown.
 * @throws when the database does not answer in time; then nothing is known of whether it was recorded.
 */
export async function giveShoutout(
  db: Db,
  workspace: Workspace,
  request: ShoutoutRequest,
  now: Date,
): Promise<GiveOutcome> {
  const slackIds = recipientIds(request).slice(0, recipientLimit);
  const [settings, values, members] = await Promise.all([
    findSettings(db, workspace.id),
    listValues(db, workspace.id),
    listMembers(db, workspace.id, [request.giverSlackId, ...slackIds]),
  ]);
  const reasons = refusals({ request, members, values });
  if (reasons.length > 0) return { kind: 'refused', reasons };

  const byId = new Map(members.map(member => [member.slackId, member]));
  const giver = byId.get(request.giverSlackId);
  if (!giver) throw new Error('The giver must be looked up before a shout-out is given.');
  const leftOut = leftOutOfGroups(request, members).filter(member => member.id !== giver.id);
  const recipients = slackIds
    .flatMap(slackId => byId.get(slackId) ?? [])
    .filter(member => !leftOut.includes(member));
  const given = values.filter(value => request.valueSlugs.includes(value.slug));
  // What is said in a direct message is said to its recipients, also where there is a shout-out channel.
  const announcedIn =
    request.place.kind === 'channel' ? (settings.shoutoutChannelId ?? request.place.channelSlackId) : null;

  const result = await insertShoutout(db, {
    workspaceId: workspace.id,
    teamSlackId: request.teamSlackId,
    requestKey: request.requestKey,
    giver,
    recipients,
    values: given,
    groups: request.groups.map(({ slackId, handle }) => ({ slackId, handle })),
    message: request.message,
    channelSlackId: request.place.kind === 'channel' ? request.place.channelSlackId : null,
    source: request.source,
    givenAt: now,
    posts: plannedPosts(announcedIn, recipients, now),
    limit: { most: settings.dailyLimit, since: dayStart(now, giver.timeZone ?? settings.timeZone ?? 'UTC') },
    askIfSameSince: request.repeatConfirmed ? null : new Date(now.getTime() - repeatMilliseconds),
  });
  if (result.kind === 'sameAgain') return { kind: 'sameAgain', earlier: result.earlier };
  if (result.kind === 'overLimit') {
    return { kind: 'refused', reasons: [{ code: 'dailyLimit', limit: settings.dailyLimit }] };
  }
  return {
    kind: 'given',
    shoutout: result.shoutout,
    created: result.created,
    giverLeftOut: isGiverLeftOut(request),
    announcedIn,
    left: result.left,
    leftOut: leftOut.map(member => member.name),
  };
}

/** The announcement, if there is one, and a direct message to each recipient, which waits for it so that it can link to it. */
function plannedPosts(announcedIn: string | null, recipients: Member[], now: Date): NewPost[] {
  const soon = new Date(now.getTime() + headStartMilliseconds);
  const direct = recipients.map(
    (recipient): NewPost => ({
      kind: 'direct',
      key: `direct:${recipient.slackId}`,
      target: recipient.slackId,
      memberId: recipient.id,
      aboutPostId: null,
      nextTryAt: announcedIn ? null : soon,
    }),
  );
  if (!announcedIn) return direct;
  return [
    {
      kind: 'announcement',
      key: 'announcement',
      target: announcedIn,
      memberId: null,
      aboutPostId: null,
      nextTryAt: soon,
    },
    ...direct,
  ];
}

/** Notes that the giver has our answer, so that the same words again are no second try. */
export async function confirmAnswered(db: Db, shoutout: Shoutout, now: Date): Promise<void> {
  await markAnswered(db, { workspaceId: shoutout.workspaceId, id: shoutout.id, answeredAt: now });
}

/** The giver's latest shout-out that has not been undone, or null. */
export async function lastShoutout(
  db: Db,
  workspace: Workspace,
  giverSlackId: string,
): Promise<Shoutout | null> {
  return findLastShoutout(db, workspace.id, giverSlackId);
}

export type UndoOutcome =
  /** `unreachable`: Slack never confirmed one of its copies, so that it cannot be deleted. */
  { kind: 'undone'; shoutout: Shoutout; unreachable: boolean } | { kind: 'refused'; reason: UndoRefusal };

/** Whether its giver may still take it back. */
export function isUndoable(shoutout: Shoutout, now: Date): boolean {
  return !shoutout.undoneAt && now.getTime() - shoutout.givenAt.getTime() < undoMilliseconds;
}

/**
 * Takes a shout-out back: it no longer counts, and every copy of it is planned to go.
 * Refused for anyone but its giver, after 24 hours, and when it has been undone already.
 */
export async function undoShoutout(
  db: Db,
  workspace: Workspace,
  { shoutoutId, memberSlackId }: { shoutoutId: string; memberSlackId: string },
  now: Date,
): Promise<UndoOutcome> {
  const shoutout = await findShoutout(db, workspace.id, shoutoutId);
  if (!shoutout) return { kind: 'refused', reason: 'unknownShoutout' };
  if (shoutout.giver.slackId !== memberSlackId) return { kind: 'refused', reason: 'notYours' };
  if (shoutout.undoneAt) return { kind: 'refused', reason: 'alreadyUndone' };
  if (!isUndoable(shoutout, now)) return { kind: 'refused', reason: 'tooLate' };
  const undone = await markUndone(db, { workspaceId: workspace.id, id: shoutout.id, undoneAt: now });
  return undone ? { kind: 'undone', shoutout, ...undone } : { kind: 'refused', reason: 'alreadyUndone' };
}
