// Answers a command that records nothing.
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { acknowledge, startDeadline, tell } from './answer.js';
import { type Bot, connectionOf } from './bot.js';
import { reportFailure } from './errors.js';
import * as answers from './messages/answers.js';
import type { Message } from './messages/parts.js';
import { openView } from './open-view.js';

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/**
 * Answers with what `work` comes to: at once, or after "checking…" when it takes longer than Slack waits. What Slack may
 * refuse to show is sent afterwards, for of an acknowledgement it does not say whether it took it.
 */
export async function answerCommand(bot: Bot, args: CommandArgs, work: Promise<Message>): Promise<void> {
  const first = await startDeadline().before(work);
  const message = first.kind === 'done' ? first.result : answers.checking();
  const isRich = message.richBlocks !== undefined;
  await respond(bot, args, isRich ? null : message);
  if (first.kind === 'done' && !isRich) return;
  await tellAsker(bot, args, await work.catch(error => failureWords(bot, args, error)));
}

/**
 * Opens a form for those who may, and answers everybody else in words: at once, or after "checking…" when `work` takes
 * longer than Slack waits.
 * @param how - by what `work` came to. `mayOpen`: whether the form opens; `view`: the form, made once the command has been
 *   acknowledged; `words`: the answer to everybody else, and to those for whom Slack's trigger was over
 * @throws {GiveFailure} when Slack does not open the form for another reason than that it is too late
 */
export async function openOrAnswer<Found>(
  bot: Bot,
  args: CommandArgs,
  work: Promise<Found>,
  how: {
    mayOpen: (found: Found) => boolean;
    view: (found: Found) => ModalView | Promise<ModalView>;
    words: (found: Found) => Message | Promise<Message>;
  },
): Promise<void> {
  const { client, command } = args;
  const first = await startDeadline().before(work);
  if (first.kind === 'late') {
    await respond(bot, args, answers.checking());
    await tellAsker(bot, args, await work.then(how.words, error => failureWords(bot, args, error)));
    return;
  }
  const found = first.result;
  if (!how.mayOpen(found)) {
    await respond(bot, args, await how.words(found));
    return;
  }
  await respond(bot, args, null);
  if (!(await openView(client, command.trigger_id, await how.view(found))))
    await tellAsker(bot, args, await how.words(found));
}

/** Acknowledges. @param message - null: without words */
async function respond(bot: Bot, { ack, context }: CommandArgs, message: Message | null): Promise<void> {
  await acknowledge(bot, connectionOf(context), () =>
    message ? ack({ response_type: 'ephemeral', ...message }) : ack(),
  );
}

async function tellAsker(bot: Bot, { client, command }: CommandArgs, message: Message): Promise<void> {
  await tell({ bot, client, responseUrl: command.response_url, memberSlackId: command.user_id }, message);
}

function failureWords(bot: Bot, { command }: CommandArgs, error: unknown): Message {
  return reportFailure(bot, error, { team: command.team_id, member: command.user_id });
}
