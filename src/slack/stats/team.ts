// A team's numbers, for those who lead it and those who may see everyone's.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Button } from '@slack/types';
import type { Team } from '../../model.js';
import { usualPeriod } from '../../recognition/stats/periods.js';
import { findStatsVocabulary, periodAsked } from '../../recognition/stats/question.js';
import { recordLook } from '../../recognition/stats/rights.js';
import { findTeamStats } from '../../recognition/stats/team.js';
import { accessTeam } from '../../recognition/stats/team-access.js';
import { type Bot, workspaceOf } from '../bot.js';
import { actions } from '../ids.js';
import { answerInPlace } from '../in-place.js';
import { button, type Message, said } from '../messages/parts.js';
import { teamStatsMessage } from '../messages/stats-team.js';
import { unthankedButton } from '../messages/unthanked.js';
import { parseStats, statsTyped } from '../parse/stats.js';
import { parseTeamQuestion, type TeamQuestion } from '../parse/stats-buttons.js';
import type { Asked } from './asked.js';
import { nobodyKnown, readerOf, teamRefusal } from './reader.js';
import { isAhead } from './words.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** A team's numbers, or words on why there are none to see. @param page - of the table, from 0 on */
export async function teamMessage(
  asked: Asked,
  { id: teamId }: Pick<Team, 'id'>,
  page = 0,
): Promise<Message> {
  const { bot, workspace, by, value, period, wish } = asked;
  const access = await accessTeam(bot.db, workspace, { by, teamId });
  if (access.kind !== 'granted') return teamRefusal(access.kind);
  if (isAhead(period)) return said('That time lies ahead: nothing has been given in it yet.');
  const { team } = access;
  const stats = await findTeamStats(bot.db, workspace, { team, period, value, page });
  await recordLook(bot.db, workspace, { by, what: 'table', teamId }, bot.now());
  return teamStatsMessage(stats, {
    team,
    value,
    period,
    wish,
    buttons: [...pageButtons(asked, teamId, stats), unthankedButton(teamId)],
  });
}

function pageButtons(
  asked: Asked,
  teamId: string,
  { page, pages }: { page: number; pages: number },
): Button[] {
  const turnTo = (to: number) => JSON.stringify(questionOf(asked, teamId, to));
  return [
    ...(page > 0 ? [button('Previous', `${actions.teamPage}previous`, turnTo(page - 1))] : []),
    ...(page < pages - 1 ? [button('Next', `${actions.teamPage}next`, turnTo(page + 1))] : []),
  ];
}

/** What a button under a team's numbers has to remember. */
function questionOf(
  { value, wish }: Pick<Asked, 'value' | 'wish'>,
  teamId: string,
  page: number,
): TeamQuestion {
  return { teamId, typed: statsTyped({ whom: { kind: 'usual' }, value, wish }), page };
}

/** Someone turned the page of the table. */
export async function onTeamPage(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  const { body, client, context, action } = args;
  const { teamId, typed, page } = parseTeamQuestion(action.value);
  const asked = await askedAgain(bot, args, typed);
  await answerInPlace(
    { bot, client, body, context },
    asked ? await teamMessage(asked, { id: teamId }, page) : nobodyKnown(),
  );
}

/** What a button asks, of whoever pressed it; null: Slack does not say who that is. */
async function askedAgain(
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
