// A button that asks for numbers.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { type Bot, workspaceOf } from '../bot.js';
import { answerBeside } from '../in-place.js';
import { forInsiders } from '../outsiders.js';
import { statsMessage } from './answer.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed one: its value is what they would have typed, and their rights are looked at now. */
export async function onAskStats(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const workspace = workspaceOf(context);
  const memberSlackId = body.user.id;
  const message = await forInsiders({ bot, client, workspace }, memberSlackId, () =>
    statsMessage({ bot, client, workspace, memberSlackId }, action.value ?? ''),
  );
  await answerBeside({ bot, client, body, context }, message);
}
