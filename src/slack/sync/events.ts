// What Slack tells of people and groups between two runs of the sync.
import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { applyMemberNews } from '../../recognition/members.js';
import { groupsHaveChanged } from '../../recognition/syncs.js';
import { channelHasChanged } from '../../recognition/teams/rosters.js';
import { type Bot, workspaceOf } from '../bot.js';
import { changedIn, isWhole, profileOf, type SlackUser } from '../profile.js';

type MemberArgs = SlackEventMiddlewareArgs<'team_join' | 'user_profile_changed'> & AllMiddlewareArgs;
type GroupArgs = SlackEventMiddlewareArgs<'subteam_created' | 'subteam_updated' | 'subteam_members_changed'> &
  AllMiddlewareArgs;
type LeftArgs = SlackEventMiddlewareArgs<'member_left_channel'> & AllMiddlewareArgs;

/**
 * Somebody joined, or something about them changed, a status included. Slack may show less of them than `users.info`.
 * @see https://docs.slack.dev/reference/events/user_profile_changed
 */
export async function onMemberChanged(bot: Bot, { event, context }: MemberArgs): Promise<void> {
  const workspace = workspaceOf(context);
  const user: SlackUser = event.user;
  const profile = profileOf(user, workspace);
  if (!profile) return;
  await applyMemberNews(
    bot.db,
    workspace,
    {
      slackId: profile.slackId,
      profile: isWhole(user) ? profile : null,
      changed: changedIn(user, profile),
      happenedAt: new Date(Number(event.event_ts) * 1000),
    },
    bot.now(),
  );
}

/**
 * A group was made, renamed, switched on or off, or its members changed. The event holds at most 500 of them, or only
 * who came and went.
 * @see https://docs.slack.dev/reference/events/subteam_updated
 */
export async function onGroupsChanged(bot: Bot, { context }: GroupArgs): Promise<void> {
  await groupsHaveChanged(bot.db, workspaceOf(context), bot.now());
}

/** Somebody left a channel; it may be where a team's people come from. */
export async function onMemberLeftChannel(bot: Bot, { event, context }: LeftArgs): Promise<void> {
  await channelHasChanged(bot.db, workspaceOf(context), event.channel, bot.now());
}
