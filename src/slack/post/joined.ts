// The bot was invited to a channel: it says so, and posts what waited for that.
import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { greetOnce } from '../../recognition/channels.js';
import { unblockChannel } from '../../recognition/posts.js';
import { generalEmoji } from '../../recognition/rules/values.js';
import { findSettings } from '../../recognition/settings.js';
import { channelHasChanged } from '../../recognition/teams/rosters.js';
import { listValues } from '../../recognition/values.js';
import { type Bot, workspaceOf } from '../bot.js';
import { emojiName } from '../emoji.js';
import { greeting } from '../messages/reactions.js';

type JoinedArgs = SlackEventMiddlewareArgs<'member_joined_channel'> & AllMiddlewareArgs;

/** Somebody joined a channel, which may be where a team's people come from; where it is the bot itself, it introduces itself once, and goes on with what waited. */
export async function onMemberJoinedChannel(bot: Bot, { event, client, context }: JoinedArgs): Promise<void> {
  const workspace = workspaceOf(context);
  await channelHasChanged(bot.db, workspace, event.channel, bot.now());
  if (event.user !== workspace.botSlackId) return;
  const waiting = await unblockChannel(bot.db, workspace, event.channel, bot.now());
  if (waiting > 0) void bot.outbox.sendDue();
  if (!(await greetOnce(bot.db, workspace, event.channel, bot.now()))) return;
  const [values, settings] = await Promise.all([
    listValues(bot.db, workspace),
    findSettings(bot.db, workspace),
  ]);
  const isCounted = (name: string) => !settings.uncountedEmoji.includes(emojiName(name));
  const isSilent = settings.isMessageRequired || settings.uncountedChannelIds.includes(event.channel);
  const names = isSilent ? [] : [...values.map(value => value.emoji), generalEmoji].filter(isCounted);
  try {
    await client.chat.postMessage({ channel: event.channel, ...greeting(names) });
  } catch (error) {
    bot.log.info({ err: error }, 'The bot could not introduce itself in a channel.');
  }
}
