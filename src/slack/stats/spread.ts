// How thanks are spread in a team, for its leads, and in the whole workspace, for those who may see everyone's numbers.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Button } from '@slack/types';
import { teamSpread, workspaceSpread } from '../../recognition/stats/spread.js';
import { accessTeam } from '../../recognition/stats/team-access.js';
import type { Bot } from '../bot.js';
import { actions } from '../ids.js';
import { answerBeside } from '../in-place.js';
import { button, type Message, said } from '../messages/parts.js';
import { spreadMessage } from '../messages/stats-spread.js';
import { parseTeamQuestion } from '../parse/stats-buttons.js';
import type { Asked } from './asked.js';
import { askedAgain, questionOf } from './asked-again.js';
import { nobodyKnown, teamRefusal } from './reader.js';
import { isAhead, nothingYet } from './words.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Shows the spread of the same time. @param teamId - null: of the whole workspace */
export function spreadButton(asked: Pick<Asked, 'value' | 'wish'>, teamId: string | null): Button {
  return button('How thanks are spread', actions.spread, JSON.stringify(questionOf(asked, teamId)));
}

/** Someone pressed it. */
export async function onSpread(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  const { body, client, context, action } = args;
  const { teamId, typed } = parseTeamQuestion(action.value);
  const asked = await askedAgain(bot, args, typed);
  const message = asked ? await spreadFor(asked, teamId) : nobodyKnown();
  await answerBeside({ bot, client, body, context }, message);
}

async function spreadFor(asked: Asked, teamId: string | null): Promise<Message> {
  const { bot, workspace, by, period, wish } = asked;
  if (isAhead(period)) return nothingYet();
  if (teamId === null) {
    const found = await workspaceSpread(bot.db, workspace, { by, period });
    return found
      ? spreadMessage(found, { name: workspace.name, isTeam: false, period, wish })
      : said("How thanks are spread in the whole workspace is for those who may see everyone's numbers.");
  }
  const access = await accessTeam(bot.db, workspace, { by, teamId });
  if (access.kind !== 'granted') return teamRefusal(access.kind);
  const { team } = access;
  const found = await teamSpread(bot.db, workspace, { team, period });
  const isTeam = team.roster.kind !== 'everyone';
  return spreadMessage(found, { name: team.name, isTeam, period, wish });
}
