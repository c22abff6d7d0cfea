// Buttons and events that concern copies in Slack: an uncertain one settled, a channel opened to the bot.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackEventMiddlewareArgs,
} from '@slack/bolt';
import { answerUncertain, type UncertainAnswer, unblockChannel } from '../../recognition/posts.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerInPlace } from '../in-place.js';
import * as notices from '../messages/notices.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
type JoinedArgs = SlackEventMiddlewareArgs<'member_joined_channel'> & AllMiddlewareArgs;

/** Someone answered whether a copy is there. */
export async function onUncertainAnswer(
  bot: Bot,
  answer: UncertainAnswer,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const workspace = workspaceOf(context);
  const settled = await answerUncertain(
    bot.db,
    workspace,
    { postId: action.value ?? '', memberSlackId: body.user.id, answer },
    bot.now(),
  );
  if (settled) void bot.outbox.send(workspace, settled.shoutoutId);
  await answerInPlace(
    { bot, client, body },
    settled ? notices.questionAnswered(answer) : notices.questionSettled(),
  );
}

/** The bot was invited somewhere: what could not be posted there is posted now. */
export async function onMemberJoinedChannel(bot: Bot, { event, context }: JoinedArgs): Promise<void> {
  const workspace = workspaceOf(context);
  if (event.user !== workspace.botSlackId) return;
  const waiting = await unblockChannel(bot.db, workspace, event.channel, bot.now());
  if (waiting > 0) void bot.outbox.sendDue();
}
