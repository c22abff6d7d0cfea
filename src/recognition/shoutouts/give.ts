// Giving a shout-out.
import type { Member, Recipient, Shoutout, ShoutoutRequest, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { insertShoutout, type NewPost } from '../../store/insert-shoutouts.js';
import { findSettings } from '../../store/settings.js';
import { markAnswered } from '../../store/shoutouts.js';
import { listValues } from '../../store/values.js';
import { dayStart, zoneAmong } from '../calendar.js';
import { explainTeams } from '../named-teams.js';
import { headStartMilliseconds } from '../posts.js';
import type { Refusal } from '../refusal.js';
import { announcementChannel, refusals, repeatMilliseconds } from '../rules/giving.js';
import { isGiverLeftOut, leftOutOfGroups, recipientsOf } from '../rules/people.js';
import { valuesCalled } from '../rules/values.js';
import { explainRetired } from '../values.js';

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
      /** That is the own channel of a team that all of them are in. */
      isTeamChannel: boolean;
      /** How many more the giver may give today. */
      left: number;
      /** Names of members of a group who cannot receive. */
      leftOut: string[];
      /** Names of recipients whom no announcement names, because they keep shout-outs private. */
      hidden: string[];
    }
  | { kind: 'refused'; reasons: Refusal[] }
  /** The same words were recorded a moment ago, and Slack may have told the giver that it failed. */
  | { kind: 'sameAgain'; earlier: Shoutout };

/** What somebody asked for, and who they and the people they named are, looked up a moment ago. */
export interface Giving {
  request: ShoutoutRequest;
  /** Includes the giver; somebody named who is missing is refused as unknown. */
  members: Member[];
  /** The channel of the team that it stays in. @see ownChannelFor */
  ownChannelSlackId: string | null;
}

/**
 * Records a shout-out, or says every reason why not. Safe to repeat: one request key is one shout-out.
 * What has to reach Slack is planned in the same transaction.
 *
 * @throws when the database does not answer in time; then nothing is known of whether it was recorded.
 */
export async function giveShoutout(
  db: Db,
  workspace: Workspace,
  { request, members, ownChannelSlackId }: Giving,
  now: Date,
): Promise<GiveOutcome> {
  const [settings, values] = await Promise.all([
    findSettings(db, workspace.id),
    listValues(db, workspace.id),
  ]);
  const reasons = refusals({ request, members, values, settings, ownChannelSlackId });
  if (reasons.length > 0) {
    const explained = await explainRetired(db, workspace, reasons);
    return { kind: 'refused', reasons: await explainTeams(db, workspace, explained) };
  }

  const giver = members.find(member => member.slackId === request.giverSlackId);
  if (!giver) throw new Error('Slack does not know the giver.');
  const leftOut = leftOutOfGroups(request, members, settings).filter(member => member.id !== giver.id);
  const recipients = recipientsOf(request, members, settings);
  const given = valuesCalled(request.valueSlugs, values);
  const hidden = recipients.filter(one => one.isHidden).map(one => one.name);
  const channelSlackId = announcementChannel(request, settings, ownChannelSlackId);

  const result = await insertShoutout(db, {
    workspaceId: workspace.id,
    teamSlackId: request.teamSlackId,
    requestKey: request.requestKey,
    giver,
    recipients,
    values: given,
    groups: request.groups.map(({ slackId, handle }) => ({ slackId, handle })),
    message: request.message,
    impact: request.impact,
    visibility: request.visibility,
    channelSlackId: request.place.kind === 'channel' ? request.place.channelSlackId : null,
    isPlacePrivate: request.place.kind === 'direct' || request.place.isPrivate,
    about: request.about,
    source: request.source,
    givenAt: now,
    posts: plannedPosts(channelSlackId, recipients, now, request.threadTs),
    limit: { most: settings.dailyLimit, since: dayStart(now, zoneAmong(giver.timeZone, settings.timeZone)) },
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
    // Where nobody may be named nothing is announced, until somebody is added.
    announcedIn: hidden.length < recipients.length ? channelSlackId : null,
    isTeamChannel: channelSlackId !== null && channelSlackId === ownChannelSlackId,
    left: result.left,
    leftOut: leftOut.map(member => member.name),
    hidden,
  };
}

/** The announcement, if there is one, and a direct message to each recipient, which waits for it so that it can link to it. */
export function plannedPosts(
  announcedIn: string | null,
  recipients: Recipient[],
  now: Date,
  threadTs: string | null = null,
): NewPost[] {
  const soon = new Date(now.getTime() + headStartMilliseconds);
  const direct = recipients.map(recipient => directPost(recipient, announcedIn ? null : soon));
  if (!announcedIn) return direct;
  return [
    {
      kind: 'announcement',
      key: 'announcement',
      target: announcedIn,
      threadTs,
      memberId: null,
      aboutPostId: null,
      byMemberId: null,
      nextTryAt: soon,
    },
    ...direct,
  ];
}

/** A message to one recipient. */
export function directPost(recipient: Recipient, nextTryAt: Date | null): NewPost {
  return {
    kind: 'direct',
    key: `direct:${recipient.slackId}`,
    target: recipient.slackId,
    memberId: recipient.id,
    aboutPostId: null,
    byMemberId: null,
    nextTryAt,
  };
}

/** Notes that the giver has our answer, so that the same words again are no second try. */
export async function confirmAnswered(db: Db, shoutout: Shoutout, now: Date): Promise<void> {
  await markAnswered(db, { workspaceId: shoutout.workspaceId, id: shoutout.id, answeredAt: now });
}
