// What a button under a team's numbers asks, of whoever presses it.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { type Bot, workspaceOf } from '../bot.js';
import { statsTyped } from '../parse/stats.js';
import type { TeamQuestion } from '../parse/stats-buttons.js';
import { type Asked, readAsked } from './asked.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** What a button has to remember. @param teamId - null: of the whole workspace */
export function questionOf(
  { value, wish }: Pick<Asked, 'value' | 'wish'>,
  teamId: string | null,
  page = 0,
): TeamQuestion {
  return { teamId, typed: statsTyped({ whom: { kind: 'usual' }, value, wish }), page };
}

/** The same value and time, asked now. Null: Slack does not say who pressed it. */
export async function askedAgain(
  bot: Bot,
  { body, client, context }: Pick<ButtonArgs, 'body' | 'client' | 'context'>,
  typed: string,
): Promise<Asked | null> {
  const asker = { bot, client, workspace: workspaceOf(context), memberSlackId: body.user.id };
  const { asked } = await readAsked(asker, typed);
  return asked.by && { ...asked, by: asked.by };
}
