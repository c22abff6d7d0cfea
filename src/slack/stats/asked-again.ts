// What a button under a team's numbers asks, of whoever presses it.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { usualPeriod } from '../../recognition/stats/periods.js';
import { findStatsVocabulary, periodAsked } from '../../recognition/stats/question.js';
import { type Bot, workspaceOf } from '../bot.js';
import { parseStats, statsTyped } from '../parse/stats.js';
import type { TeamQuestion } from '../parse/stats-buttons.js';
import type { Asked } from './asked.js';
import { readerOf } from './reader.js';

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
  const workspace = workspaceOf(context);
  const memberSlackId = body.user.id;
  const [by, vocabulary] = await Promise.all([
    readerOf({ bot, client, workspace }, memberSlackId),
    findStatsVocabulary(bot.db, workspace),
  ]);
  if (!by) return null;
  const { question } = parseStats(typed, vocabulary);
  const wish = question.wish ?? usualPeriod;
  const period = await periodAsked(bot.db, workspace, { wish, by }, bot.now());
  return { bot, client, workspace, memberSlackId, by, value: question.value, wish, period };
}
