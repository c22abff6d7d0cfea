// The reason of a shout-out by reaction: asked for, added, or never asked for again.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { stopAsking } from '../../recognition/reactions.js';
import { changeRefusal } from '../../recognition/rules/changes.js';
import { addReason } from '../../recognition/shoutouts/edit.js';
import { findShoutout } from '../../recognition/shoutouts/find.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerTo, isPlaceOpen } from '../change/edit.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { fields } from '../ids.js';
import { answerBeside, answerInPlace } from '../in-place.js';
import { outsider } from '../messages/answers.js';
import { said } from '../messages/parts.js';
import { kept, notAskedAgain, reasonAdded } from '../messages/reactions.js';
import { openView } from '../open-view.js';
import { parseChangeContext, parseOnlyText } from '../parse/payloads.js';
import { changeRefusalWords } from '../refusals.js';
import { joinNames } from '../text.js';
import { whyForm } from '../views.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Add why". */
export async function onAddWhy(bot: Bot, { ack, action, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const shoutout = await findShoutout(bot.db, workspaceOf(context), action.value ?? '');
  const reason = shoutout ? changeRefusal(shoutout, body.user.id, 'addReason', bot.now()) : 'unknownShoutout';
  const press = { bot, client, body, context };
  if (!shoutout || reason) {
    await answerBeside(press, said(changeRefusalWords(reason ?? 'unknownShoutout', 'edit', bot.commands)));
    return;
  }
  const names = joinNames(shoutout.recipients.map(one => one.name));
  const opened = await openView(client, body.trigger_id, whyForm({ shoutoutId: shoutout.id }, names));
  if (!opened) await answerBeside(press, said('Slack took a little long. Please press Add why again.'));
}

/** Someone submitted the reason. */
export async function onWhyForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, view, client, context } = args;
  const workspace = workspaceOf(context);
  const { shoutoutId } = parseChangeContext(view.private_metadata);
  const message = parseOnlyText(view.state.values, fields.message);
  const work = async (): Promise<FormAnswer> => {
    const request = {
      shoutoutId,
      memberSlackId: body.user.id,
      message,
      isPlaceOpen: await isPlaceOpen(bot, { client, workspace }, shoutoutId),
    };
    const outcome = await addReason(bot.db, workspace, request, bot.now());
    const answer = answerTo(bot, workspace, outcome);
    return outcome.kind === 'edited' ? { message: reasonAdded(outcome.shoutout) } : answer;
  };
  await answerForm(bot, args, work());
}

/** Someone does not want to be asked. */
export async function onStopAsking(bot: Bot, { ack, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const refused = await stopAsking(bot.db, workspaceOf(context), body.user.id);
  await answerInPlace({ bot, client, body, context }, refused ? outsider() : notAskedAgain());
}

/** Someone keeps a shout-out whose reaction they took back. */
export async function onKeepShoutout(bot: Bot, { ack, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  await answerInPlace({ bot, client, body, context }, kept());
}
