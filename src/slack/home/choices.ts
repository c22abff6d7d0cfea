// What a person chooses in their Home: where thanks to them appear, and until when they are away.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  BlockDatepickerAction,
  BlockRadioButtonsAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { preferences } from '../../model.js';
import { type AwayRefusal, changeAway, changePreference } from '../../recognition/members.js';
import { type Bot, workspaceOf } from '../bot.js';
import { lookUpMembers } from '../lookup.js';
import { said } from '../messages/parts.js';
import { outsiderWords } from '../refusals.js';
import { dateWords } from '../time.js';
import { preferenceName } from '../views/home.js';
import { publishHome, type Visitor } from './open.js';

type RadioArgs = SlackActionMiddlewareArgs<BlockRadioButtonsAction> & AllMiddlewareArgs;
type DateArgs = SlackActionMiddlewareArgs<BlockDatepickerAction> & AllMiddlewareArgs;
type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

function visitorOf(bot: Bot, { client, context, body }: RadioArgs | DateArgs | ButtonArgs): Visitor {
  return { bot, client, workspace: workspaceOf(context), memberSlackId: body.user.id };
}

/** Someone chose where thanks to them appear. */
export async function onPreference(bot: Bot, args: RadioArgs): Promise<void> {
  await args.ack();
  const visitor = visitorOf(bot, args);
  const chosen = preferences.find(one => one === args.action.selected_option?.value);
  if (!chosen) return;
  const { workspace, memberSlackId } = visitor;
  await lookUp(visitor);
  const refused = await changePreference(bot.db, workspace, { memberSlackId, preference: chosen });
  const words = refused
    ? awayRefusalWords(refused)
    : `From now on: ${preferenceName(chosen)}. What is posted already stays.`;
  await publishHome(visitor, said(words));
}

/** Somebody who is not known yet has nothing to keep a choice in. Where Slack does not tell of them, they read so. */
async function lookUp({ bot, client, workspace, memberSlackId }: Visitor): Promise<void> {
  await lookUpMembers({ db: bot.db, client, workspace }, [memberSlackId], bot.now()).catch(error =>
    bot.log.info({ err: error }, 'A person could not be looked up for a choice of theirs.'),
  );
}

/** Why a choice was not kept. */
export function awayRefusalWords(refused: AwayRefusal): string {
  switch (refused) {
    case 'noDay':
      return 'There is no such day. Choose one that the calendar has.';
    case 'badDay':
      return 'That day has passed. Choose today or a later one.';
    case 'tooFar':
      return 'That is more than a year away. Choose an earlier day.';
    case 'unknown':
      return 'Slack did not tell me who you are just now, so nothing was kept. Please try again in a minute.';
    case 'outsider':
      return outsiderWords;
  }
}

/** Someone said until when they are away. */
export async function onAwayUntil(bot: Bot, args: DateArgs): Promise<void> {
  await args.ack();
  await changeDay(visitorOf(bot, args), args.action.selected_date);
}

/** Someone is back. */
export async function onBack(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  await changeDay(visitorOf(bot, args), null);
}

async function changeDay(visitor: Visitor, awayUntil: string | null): Promise<void> {
  const { bot, workspace, memberSlackId } = visitor;
  await lookUp(visitor);
  const refused = await changeAway(bot.db, workspace, { memberSlackId, awayUntil }, bot.now());
  await publishHome(visitor, said(refused ? awayRefusalWords(refused) : awayWords(awayUntil)));
}

/** To somebody who said until when they are away; null: they are back. */
export function awayWords(awayUntil: string | null): string {
  return awayUntil ? `Noted: you are away until the end of ${dateWords(awayUntil)}.` : 'Welcome back.';
}
