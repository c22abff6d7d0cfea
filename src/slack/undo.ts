// Taking a shout-out back: the Undo button, and `/shoutout last`.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Workspace } from '../model.js';
import { isUndoable, lastShoutout, undoShoutout } from '../recognition/shoutouts.js';
import { tell } from './answer.js';
import { type Bot, workspaceOf } from './bot.js';
import { answerInPlace } from './in-place.js';
import * as answers from './messages/answers.js';
import { type Message, said } from './messages/parts.js';
import { undoRefusalWords } from './refusals.js';
import { agoWords } from './time.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed Undo. Whether it is theirs to undo is decided here, whoever the button was shown to. */
export async function onUndo(bot: Bot, { ack, action, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const workspace = workspaceOf(context);
  const memberSlackId = body.user.id;
  const outcome = await undoShoutout(
    bot.db,
    workspace,
    { shoutoutId: action.value ?? '', memberSlackId },
    bot.now(),
  );
  if (outcome.kind === 'undone') {
    void bot.outbox.send(workspace, outcome.shoutout.id);
    await answerInPlace({ bot, client, body }, answers.undone(outcome.shoutout, outcome));
    return;
  }
  const words = said(undoRefusalWords(outcome.reason, bot.commands));
  if (outcome.reason === 'alreadyUndone') await answerInPlace({ bot, client, body }, words);
  else await tell({ bot, client, responseUrl: body.response_url, memberSlackId }, words);
}

/** The giver's latest shout-out, in words. */
export async function lastMessage(bot: Bot, workspace: Workspace, giverSlackId: string): Promise<Message> {
  const shoutout = await lastShoutout(bot.db, workspace, giverSlackId);
  if (!shoutout) return answers.noneYet(bot.commands);
  const now = bot.now();
  return answers.last(shoutout, {
    undoable: isUndoable(shoutout, now),
    ago: agoWords(shoutout.givenAt, now),
  });
}
