// Settles a copy in Slack of which nobody knew whether it is there.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { answerUncertain, type UncertainAnswer } from '../../recognition/outbox.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerInPlace } from '../in-place.js';
import * as notices from '../messages/notices.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

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
  if (settled?.shoutoutId) void bot.outbox.send(workspace, settled.shoutoutId);
  else if (settled) void bot.outbox.sendDue();
  await answerInPlace(
    { bot, client, body, context },
    settled ? notices.questionAnswered(answer) : notices.questionSettled(),
  );
}
