// "Show all" under a person's numbers: all that they were thanked for, page by page.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { memberThanks } from '../../recognition/stats/member.js';
import { recordLookOn } from '../../recognition/stats/rights.js';
import { tell, tellInForm } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { type Message, said } from '../messages/parts.js';
import { thanksView } from '../messages/stats-member.js';
import { openView } from '../open-view.js';
import { parseThanksContext, type ThanksContext } from '../parse/stats-context.js';
import { parsePage } from '../parse/values.js';
import { answerView } from '../views.js';
import { understood } from './answer.js';
import type { Asker } from './asked.js';
import { openChannels, othersFacts, ownFacts } from './member.js';
import { unknownReader } from './reader.js';
import { whomToSee } from './refused.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Show all" under the numbers. */
export async function onShowThanks(bot: Bot, args: ButtonArgs): Promise<void> {
  const { ack, action, body, client, context } = args;
  await ack();
  const asker = { bot, client, workspace: workspaceOf(context), memberSlackId: body.user.id };
  const person = { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id };
  const answer = await pageFor(asker, { asked: action.value ?? '' }, 0);
  if ('text' in answer) await tell(person, answer);
  else if (!(await openView(client, body.trigger_id, answer)))
    await tell(person, said('Slack took a little long. Please press Show all again.'));
}

/** Someone turned the page. */
export async function onThanksPage(bot: Bot, args: ButtonArgs): Promise<void> {
  const { ack, action, body, client, context } = args;
  await ack();
  if (!body.view) return;
  const asker = { bot, client, workspace: workspaceOf(context), memberSlackId: body.user.id };
  const answer = await pageFor(
    asker,
    parseThanksContext(body.view.private_metadata),
    parsePage(action.value),
  );
  const person = { bot, client, memberSlackId: body.user.id, viewId: body.view.id };
  if ('text' in answer) await tellInForm(person, { view: answerView(answer), message: answer });
  else
    await tellInForm(person, {
      view: answer,
      message: said('The pages are closed. Press Show all to open them again.'),
    });
}

/** A page, or words on why there is none: whether they may see it is looked at anew. */
async function pageFor(asker: Asker, context: ThanksContext, page: number): Promise<ModalView | Message> {
  const { bot, workspace, memberSlackId } = asker;
  const read = await understood(asker, context.asked);
  if ('text' in read) return read;
  const { asked, whom } = read;
  const { by, period, value } = asked;
  const remembered = JSON.stringify(context);
  if (whom.kind !== 'member' || whom.slackId === memberSlackId) {
    const wish = { memberId: by?.id ?? null, period, value, openChannelIds: null, page };
    return thanksView(await memberThanks(bot.db, workspace, wish), ownFacts(asked), remembered);
  }
  if (!by) return unknownReader();
  const about = await whomToSee({ ...asked, by }, whom.slackId);
  if ('text' in about) return about;
  const openChannelIds = await openChannels({ ...asked, by }, about);
  const wish = { memberId: about.id, period, value, openChannelIds, page };
  const list = await memberThanks(bot.db, workspace, wish);
  await recordLookOn(bot.db, workspace, { by, aboutId: about.id }, bot.now());
  return thanksView(list, othersFacts({ ...asked, by }, about), remembered);
}
