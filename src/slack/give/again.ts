// The same words a second time, when the giver says so.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { dropDraft } from '../../recognition/drafts.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerInPlace } from '../in-place.js';
import * as answers from '../messages/answers.js';
import { requestKey } from '../parse/payloads.js';
import { answerTo, type Desk, draftOf, finish, give } from './desk.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone confirmed that the same words are to be recorded a second time. */
export async function onRecordAgain(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const place = { bot, client, body, context };
  const draftId = action.value ?? '';
  const draft = await draftOf(desk, draftId, body.user.id);
  if (!draft) {
    await answerInPlace(place, answers.draftGone(bot.commands));
    return;
  }
  const request = { ...draft, requestKey: requestKey.repeat(draftId), repeatConfirmed: true };
  const outcome = await give(desk, request);
  await answerInPlace(place, await answerTo(desk, request, outcome));
  await finish(desk, outcome, true);
}

/** Someone said that once was right. */
export async function onDropDraft(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const draft = { draftId: action.value ?? '', memberSlackId: body.user.id };
  await dropDraft(bot.db, workspaceOf(context), draft);
  await answerInPlace({ bot, client, body, context }, answers.onceIsRight());
}
