// "Show all" under a person's numbers: all that they were thanked for, page by page.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { memberThanks } from '../../recognition/stats/member.js';
import { recordLookOn } from '../../recognition/stats/rights.js';
import { type Bot, workspaceOf } from '../bot.js';
import type { Press } from '../in-place.js';
import type { Message } from '../messages/parts.js';
import { thanksView } from '../messages/stats-member.js';
import { openPage, turnPage } from '../pages.js';
import { parseThanksContext, type ThanksContext } from '../parse/stats-context.js';
import { parsePage } from '../parse/values.js';
import { understood } from './answer.js';
import { openChannels, othersFacts, ownFacts } from './member.js';
import { unknownReader } from './reader.js';
import { whomToSee } from './refused.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Show all" under the numbers. */
export async function onShowThanks(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const press = { bot, client, body, context };
  await openPage(press, await pageFor(press, { asked: action.value ?? '' }, 0), 'Show all');
}

/** Someone turned the page. */
export async function onThanksPage(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const press = { bot, client, body, context };
  await turnPage(
    press,
    view => pageFor(press, parseThanksContext(view.private_metadata), parsePage(action.value)),
    'The pages are closed. Press Show all to open them again.',
  );
}

/** A page, or words on why there is none: whether they may see it is looked at anew. */
async function pageFor(
  { bot, client, body, context }: Press,
  remembered: ThanksContext,
  page: number,
): Promise<ModalView | Message> {
  const workspace = workspaceOf(context);
  const memberSlackId = body.user.id;
  const read = await understood({ bot, client, workspace, memberSlackId }, remembered.asked);
  if ('text' in read) return read;
  const { asked, whom } = read;
  const { by, period, value } = asked;
  const metadata = JSON.stringify(remembered);
  if (whom.kind !== 'member' || whom.slackId === memberSlackId) {
    const wish = { memberId: by?.id ?? null, period, value, openChannelIds: null, page };
    return thanksView(await memberThanks(bot.db, workspace, wish), ownFacts(asked), metadata);
  }
  if (!by) return unknownReader();
  const about = await whomToSee({ ...asked, by }, whom.slackId);
  if ('text' in about) return about;
  const openChannelIds = await openChannels({ ...asked, by }, about);
  const wish = { memberId: about.id, period, value, openChannelIds, page };
  const list = await memberThanks(bot.db, workspace, wish);
  await recordLookOn(bot.db, workspace, { by, aboutId: about.id }, bot.now());
  return thanksView(list, othersFacts({ ...asked, by }, about), metadata);
}
