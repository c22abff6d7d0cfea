// `/recognition privacy`: who looked at one's numbers and when, and who could.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { findLooksAt } from '../../recognition/stats/looks.js';
import { type Bot, workspaceOf } from '../bot.js';
import type { Desk } from '../give/desk.js';
import { answerInPlace } from '../in-place.js';
import { looksAt } from '../messages/looks.js';
import type { Message } from '../messages/parts.js';
import { forInsiders } from '../outsiders.js';
import { parsePageNumber } from '../parse/stats-buttons.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** A page of it. @param page - from 0 on */
export function privacyMessage(
  desk: Desk,
  memberSlackId: string,
  { page }: { page: number },
): Promise<Message> {
  return forInsiders(
    desk,
    memberSlackId,
    async () => {
      const { bot, workspace } = desk;
      return looksAt(await findLooksAt(bot.db, workspace, { memberSlackId, page }), bot);
    },
    'seeLooks',
  );
}

/** Someone turned the page. */
export async function onLooksPage(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const message = await privacyMessage(desk, body.user.id, { page: parsePageNumber(action.value) });
  await answerInPlace({ bot, client, body, context }, message);
}
