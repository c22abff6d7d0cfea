// Editing a shout-out: the button, the form, and the values that are one click away.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import { changeRefusal } from '../../recognition/rules/changes.js';
import { canReceive } from '../../recognition/rules/people.js';
import { findSettings } from '../../recognition/settings.js';
import { addValue, type EditOutcome, editShoutout } from '../../recognition/shoutouts/edit.js';
import { findShoutout } from '../../recognition/shoutouts/find.js';
import { listValues } from '../../recognition/values.js';
import { tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { answerBeside, answerInPlace, type Press } from '../in-place.js';
import { lookUpChannel, lookUpMembers } from '../lookup.js';
import { edited } from '../messages/given.js';
import { said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { parseChangeContext, parseForm } from '../parse/payloads.js';
import { allRefusalWords, changeRefusalWords, fieldErrors } from '../refusals.js';
import { editForm, longestInput } from '../views.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed Edit. */
export async function onEdit(bot: Bot, { ack, action, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  await openEditForm({ bot, client, body, context }, action.value ?? '');
}

/** Opens the form for its giver, or says why not. */
export async function openEditForm(press: Press, shoutoutId: string): Promise<void> {
  const { bot, client, body, context } = press;
  const workspace = workspaceOf(context);
  const [shoutout, values, settings] = await Promise.all([
    findShoutout(bot.db, workspace, shoutoutId),
    listValues(bot.db, workspace),
    findSettings(bot.db, workspace),
  ]);
  const memberSlackId = body.user.id;
  const reason = shoutout ? changeRefusal(shoutout, memberSlackId, 'edit', bot.now()) : 'unknownShoutout';
  if (!shoutout || reason) {
    await answerBeside(press, said(changeRefusalWords(reason ?? 'unknownShoutout', 'edit', bot.commands)));
    return;
  }
  const contents = {
    // Slack's menu does not take people who have left; they stay in the shout-out.
    recipientSlackIds: shoutout.recipients.filter(one => canReceive(one, settings)).map(one => one.slackId),
    valueSlugs: shoutout.values.map(value => value.slug),
    message: shoutout.message,
    impact: shoutout.impact,
  };
  const tooLong = [shoutout.message, shoutout.impact].some(text => text.length > longestInput);
  const hint = tooLong
    ? 'Your words are longer than a form takes. Saving cuts their end: close this to leave them as they are.'
    : null;
  // A value that was retired since stays with it, and is not in the form.
  const hasRetired = shoutout.values.some(value => !values.some(one => one.id === value.id));
  const needs = { ...settings, isValueRequired: settings.isValueRequired && !hasRetired };
  const view = editForm(contents, values, { shoutoutId, edits: shoutout.edits }, needs, hint);
  const opened = await openView(client, body.trigger_id, view, { over: body.view?.type === 'modal' });
  if (!opened) await answerBeside(press, said('Slack took a little long. Please press Edit again.'));
}

/** Someone submitted the form. */
export async function onEditForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, view, client, context } = args;
  const workspace = workspaceOf(context);
  const { shoutoutId, edits } = parseChangeContext(view.private_metadata);
  const { recipientSlackIds, valueSlugs, message, impact } = parseForm(view.state.values);
  const work = async (): Promise<FormAnswer> => {
    await lookUpMembers({ db: bot.db, client, workspace }, recipientSlackIds.slice(0, 100), bot.now());
    const request = {
      shoutoutId,
      isPlaceOpen: await isPlaceOpen(bot, { client, workspace }, shoutoutId),
      memberSlackId: body.user.id,
      recipientSlackIds,
      valueSlugs,
      message,
      impact,
      seenEdits: edits,
    };
    return answerTo(bot, workspace, await editShoutout(bot.db, workspace, request, bot.now()));
  };
  await answerForm(bot, args, work());
}

/** Whether a shout-out that was not announced yet can be, where it was given. */
export async function isPlaceOpen(
  bot: Bot,
  { client, workspace }: { client: WebClient; workspace: Workspace },
  shoutoutId: string,
): Promise<boolean> {
  const shoutout = await findShoutout(bot.db, workspace, shoutoutId);
  if (shoutout?.source !== 'reaction' || !shoutout.channelSlackId) return false;
  const facts = await lookUpChannel(client, workspace, shoutout.channelSlackId, bot.now());
  return facts !== null && !facts.trouble;
}

/** What an edit came to, for its form. */
export function answerTo(bot: Bot, workspace: Workspace, outcome: EditOutcome): FormAnswer {
  switch (outcome.kind) {
    case 'edited':
      void bot.outbox.send(workspace, outcome.shoutout.id);
      return { message: edited(outcome.shoutout, { values: [], unreachable: outcome.unreachable }) };
    case 'refused':
      return { errors: fieldErrors(outcome.reasons) };
    case 'impossible':
      return { message: said(changeRefusalWords(outcome.reason, 'edit', bot.commands)) };
  }
}

/** Someone pressed the button of a value, to add it. */
export async function onAddValue(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const workspace = workspaceOf(context);
  const [, shoutoutId = '', valueSlug = ''] = /^([^:]*):(.*)$/s.exec(action.value ?? '') ?? [];
  const memberSlackId = body.user.id;
  const outcome = await addValue(bot.db, workspace, { shoutoutId, memberSlackId, valueSlug }, bot.now());
  const answer = answerTo(bot, workspace, outcome);
  if (outcome.kind === 'edited' && 'message' in answer) {
    await answerInPlace({ bot, client, body, context }, answer.message);
    return;
  }
  const words =
    outcome.kind === 'impossible'
      ? changeRefusalWords(outcome.reason, 'edit', bot.commands)
      : allRefusalWords(outcome.kind === 'refused' ? outcome.reasons : []).join(' ');
  await tell({ bot, client, responseUrl: body.response_url, memberSlackId }, said(words));
}
