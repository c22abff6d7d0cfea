// The names of those in a team who were not thanked lately, for its leads, each with a button that opens the form.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  BlockStaticSelectAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { recordLook } from '../../recognition/stats/rights.js';
import { accessTeam } from '../../recognition/stats/team-access.js';
import { findUnthanked } from '../../recognition/stats/unthanked.js';
import { type Bot, workspaceOf } from '../bot.js';
import type { Desk } from '../give/desk.js';
import type { Press } from '../in-place.js';
import type { Message } from '../messages/parts.js';
import { noNames, unthankedView } from '../messages/unthanked.js';
import { openPage, turnPage } from '../pages.js';
import { parseUnthanked, type UnthankedChoice } from '../parse/stats-buttons.js';
import { nobodyKnown, readerOf, teamRefusal } from './reader.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
type SelectArgs = SlackActionMiddlewareArgs<BlockStaticSelectAction> & AllMiddlewareArgs;

/** Someone pressed "Names not thanked", under a team's table or in a brief. */
export async function onUnthanked(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const press = { bot, client, body, context };
  await openPage(press, await namesFor(press, parseUnthanked(action.value)), 'the button');
}

/** Someone turned the page. */
export async function onUnthankedPage(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  await turnTo({ bot, client, body, context }, parseUnthanked(action.value));
}

/** Someone chose how many weeks to look back. */
export async function onUnthankedWeeks(
  bot: Bot,
  { ack, action, body, client, context }: SelectArgs,
): Promise<void> {
  await ack();
  await turnTo({ bot, client, body, context }, parseUnthanked(action.selected_option?.value));
}

async function turnTo(press: Press, choice: UnthankedChoice): Promise<void> {
  await turnPage(
    press,
    () => namesFor(press, choice),
    'The names are closed. Press the button to open them again.',
  );
}

/** The names, or words on why there are none. That they are looked at is kept before they are shown. */
async function namesFor(
  { bot, client, body, context }: Press,
  { teamId, weeks, page }: UnthankedChoice,
): Promise<ModalView | Message> {
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const { workspace } = desk;
  const reader = await readerOf(desk, body.user.id);
  if (!reader) return nobodyKnown();
  const access = await accessTeam(bot.db, workspace, { by: reader, teamId });
  if (access.kind !== 'granted') return teamRefusal(access.kind);
  const { team } = access;
  const found = await findUnthanked(bot.db, workspace, { team, reader, weeks }, bot.now());
  if (found.kind !== 'names') return noNames(found, team);
  await recordLook(bot.db, workspace, { by: reader, what: 'names', teamId }, bot.now());
  return unthankedView(found, { team, weeks, page });
}
