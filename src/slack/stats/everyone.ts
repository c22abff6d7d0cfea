// How the values are lived in the whole workspace, without names.
import { isGranted, may, rolesOf } from '../../recognition/permissions.js';
import { findEveryone } from '../../recognition/stats/question.js';
import { isViewer } from '../../recognition/stats/rights.js';
import { valuesPage } from '../../recognition/stats/values.js';
import { actions } from '../ids.js';
import { outsider } from '../messages/answers.js';
import { type Message, pageButtons } from '../messages/parts.js';
import { valuesMessage } from '../messages/stats-values.js';
import { askButton } from './ask-button.js';
import type { Asked } from './asked.js';
import { questionOf } from './asked-again.js';
import { spreadButton } from './spread.js';
import { isAhead, nothingYet } from './words.js';

/**
 * How the values are lived, for everybody; for those who may see everyone's numbers with a way to them.
 * @param teamsPage - of the teams that live them, from 0 on
 */
export async function everyoneMessage(asked: Asked, teamsPage = 0): Promise<Message> {
  const { bot, workspace, by, value, period, wish } = asked;
  if (!isGranted(may('seeValues', rolesOf(by)))) return outsider();
  if (isAhead(period)) return nothingYet();
  const [page, everyone] = await Promise.all([
    valuesPage(bot.db, workspace, { by, period, value, teamsPage }),
    isViewer(bot.db, workspace, by).then(is => (is ? findEveryone(bot.db, workspace) : null)),
  ]);
  const carried = (to: number) => JSON.stringify(questionOf(asked, null, to));
  const buttons = [
    ...(page.teams
      ? pageButtons(actions.teamPage, page.teams, carried, ['Previous teams', 'Next teams'])
      : []),
    ...(everyone
      ? [
          askButton("Everybody's table", { whom: { kind: 'team', team: everyone }, value, wish }),
          spreadButton(asked, null),
        ]
      : []),
  ];
  return valuesMessage(page, {
    value,
    period,
    wish,
    buttons,
    recognition: bot.commands.recognition,
  });
}
