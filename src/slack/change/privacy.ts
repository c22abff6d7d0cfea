// The recipient's say: keep this one private, or always, and back.
import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockButtonAction,
  BlockOverflowAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import { changePreference } from '../../recognition/members.js';
import { refreshDirect } from '../../recognition/posts.js';
import { keepPrivate } from '../../recognition/shoutouts/keep-private.js';
import { tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { actions } from '../ids.js';
import * as answers from '../messages/answers.js';
import { keptPrivate, laterWords } from '../messages/direct.js';
import { said } from '../messages/parts.js';
import { changeRefusalWords } from '../refusals.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
type MenuArgs = SlackActionMiddlewareArgs<BlockOverflowAction> & AllMiddlewareArgs;

interface Press {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
  body: BlockAction;
}

/** A recipient pressed "Keep this one private" (`always`: "Always"). */
export async function onKeepPrivate(
  bot: Bot,
  { always }: { always: boolean },
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  await keep({ bot, client, workspace: workspaceOf(context), body }, action.value ?? '', always);
}

/** A recipient chose the same in the menu of a later message. */
export async function onDirectMenu(
  bot: Bot,
  { ack, action, body, client, context }: MenuArgs,
): Promise<void> {
  await ack();
  const [choice, shoutoutId = ''] = action.selected_option.value.split(':');
  const press = { bot, client, workspace: workspaceOf(context), body };
  await keep(press, shoutoutId, choice === actions.keepAllPrivate);
}

async function keep(
  { bot, client, workspace, body }: Press,
  shoutoutId: string,
  always: boolean,
): Promise<void> {
  const memberSlackId = body.user.id;
  const outcome = await keepPrivate(bot.db, workspace, { shoutoutId, memberSlackId, always }, bot.now());
  const words =
    outcome.kind === 'kept'
      ? keptPrivate(outcome.shoutout, outcome)
      : `${changeRefusalWords(outcome.reason, 'keepPrivate', bot.commands)}${laterWords(outcome.later)}`;
  // The message itself follows by the outbox, and shows what holds now.
  if (outcome.kind === 'kept') void bot.outbox.send(workspace, shoutoutId);
  await tell({ bot, client, responseUrl: body.response_url, memberSlackId }, said(words));
}

/** Somebody wants to be named by announcements again. */
export async function onPublicAgain(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const memberSlackId = body.user.id;
  const workspace = workspaceOf(context);
  const wish = { memberSlackId, preference: 'everywhere' as const };
  const person = { bot, client, responseUrl: body.response_url, memberSlackId };
  if (await changePreference(bot.db, workspace, wish)) {
    await tell(person, answers.outsider());
    return;
  }
  // The button has done its work and goes.
  const shoutoutId = action.value ?? '';
  await refreshDirect(bot.db, workspace, { shoutoutId, memberSlackId }, bot.now());
  void bot.outbox.send(workspace, shoutoutId);
  await tell(person, answers.publicAgain());
}
