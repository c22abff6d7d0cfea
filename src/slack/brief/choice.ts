// A lead stops the brief of their teams' week, or starts it again.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { changeBriefing } from '../../recognition/briefs/choice.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerBeside } from '../in-place.js';
import { briefChanged, briefNotForYou } from '../messages/brief.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Stop these" or "Start again", under a brief, in the answer to that, or in Home. */
export async function onChangeBriefs(
  bot: Bot,
  { isOn }: { isOn: boolean },
  { ack, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const now = bot.now();
  const choice = { memberSlackId: body.user.id, isOn };
  const outlook = await changeBriefing(bot.db, workspaceOf(context), choice, now);
  const answer = outlook ? briefChanged(outlook, now, body.view?.type !== 'home') : briefNotForYou();
  await answerBeside({ bot, client, body, context }, answer);
}
