// Answers a command that records nothing.
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { acknowledge, startDeadline, tell } from './answer.js';
import { type Bot, connectionOf } from './bot.js';
import { reportFailure } from './errors.js';
import * as answers from './messages/answers.js';
import type { Message } from './messages/parts.js';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/**
 * Answers with what `work` comes to: at once, or after "checking…" when it takes longer than Slack waits. What Slack may
 * refuse to show is sent afterwards, for of an acknowledgement it does not say whether it took it.
 */
export async function answerCommand(
  bot: Bot,
  { ack, client, command, context }: CommandArgs,
  work: Promise<Message>,
): Promise<void> {
  const first = await startDeadline().before(work);
  const message = first.kind === 'done' ? first.result : answers.checking();
  const isRich = message.richBlocks !== undefined;
  await acknowledge(bot, connectionOf(context), () =>
    isRich ? ack() : ack({ response_type: 'ephemeral', ...message }),
  );
  if (first.kind === 'done' && !isRich) return;
  const answer = await work.catch(error =>
    reportFailure(bot, error, { team: command.team_id, member: command.user_id }),
  );
  await tell({ bot, client, responseUrl: command.response_url, memberSlackId: command.user_id }, answer);
}
