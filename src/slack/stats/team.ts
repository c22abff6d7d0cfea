// A team's numbers, for those who lead it and those who may see everyone's.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Team } from '../../model.js';
import { recordLook } from '../../recognition/stats/rights.js';
import { fewestPeople } from '../../recognition/stats/spread.js';
import { findTeamStats } from '../../recognition/stats/team.js';
import { accessTeam } from '../../recognition/stats/team-access.js';
import type { Bot } from '../bot.js';
import { actions } from '../ids.js';
import { answerInPlace } from '../in-place.js';
import { type Message, pageButtons } from '../messages/parts.js';
import { teamStatsMessage } from '../messages/stats-team.js';
import { unthankedButton } from '../messages/unthanked.js';
import { parseTeamQuestion } from '../parse/stats-buttons.js';
import type { Asked } from './asked.js';
import { askedAgain, questionOf } from './asked-again.js';
import { everyoneMessage } from './everyone.js';
import { nobodyKnown, teamRefusal } from './reader.js';
import { spreadButton } from './spread.js';
import { isAhead, nothingYet } from './words.js';

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
  if (isAhead(period)) return nothingYet();
  const { team } = access;
  const stats = await findTeamStats(bot.db, workspace, { team, period, value, page });
  await recordLook(bot.db, workspace, { by, what: 'table', teamId }, bot.now());
  return teamStatsMessage(stats, {
    team,
    value,
    period,
    wish,
    recognition: bot.commands.recognition,
    buttons: [
      ...pageButtons(actions.teamPage, stats, to => JSON.stringify(questionOf(asked, teamId, to))),
      unthankedButton(teamId),
      ...(stats.now.roster >= fewestPeople ? [spreadButton(asked, teamId)] : []),
    ],
  });
}

/** Someone turned the page of a team's table, or of the teams that live the values. */
export async function onTeamPage(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  const { body, client, context, action } = args;
  const { teamId, typed, page } = parseTeamQuestion(action.value);
  const asked = await askedAgain(bot, args, typed);
  const answer = async (known: Asked) =>
    teamId === null ? everyoneMessage(known, page) : teamMessage(known, { id: teamId }, page);
  await answerInPlace({ bot, client, body, context }, asked ? await answer(asked) : nobodyKnown());
}
