// `/recognition teams`: for admins the list that they change; for everybody else which teams they are in.
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Member } from '../../model.js';
import { isGranted, may, rolesOf } from '../../recognition/permissions.js';
import { adminRefusal } from '../../recognition/rules/changes.js';
import { findOwnTeams, findTeams } from '../../recognition/teams/overview.js';
import { acknowledge, startDeadline, tell } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { reportFailure } from '../errors.js';
import type { Desk } from '../give/desk.js';
import { actions } from '../ids.js';
import { lookUpNow } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { button, buttons, type Message, said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { teamsView } from './views.js';
import { onlyAdmins, ownTeams } from './words.js';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** Someone's `/recognition teams`. */
export async function onTeamsCommand(
  bot: Bot,
  { ack, client, command, context }: CommandArgs,
): Promise<void> {
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const person = { bot, client, responseUrl: command.response_url, memberSlackId: command.user_id };
  const respond = (message?: Message) =>
    acknowledge(bot, connectionOf(context), () =>
      ack(message ? { response_type: 'ephemeral', ...message } : undefined),
    );
  const work = personAt(desk, command.user_id);
  const first = await startDeadline().before(work);
  if (first.kind === 'late') {
    await respond(answers.checking());
    const late = await work.then(
      by => answerFor(desk, command.user_id, by),
      error => reportFailure(bot, error, { team: command.team_id, member: command.user_id }),
    );
    await tell(person, late);
    return;
  }
  const by = first.result;
  if (!by || adminRefusal(by, 'changeTeams')) {
    await respond(await answerFor(desk, command.user_id, by));
    return;
  }
  await respond();
  const overview = await findTeams(bot.db, desk.workspace);
  if (!(await openView(client, command.trigger_id, teamsView(overview, { page: 0 }))))
    await tell(person, tooLate());
}

/**
 * Opens the list of teams for an admin to change. Null: it is open; otherwise words on why not.
 * @param how - `over`: over a form that is open
 * @throws {GiveFailure} when Slack does not open it for another reason than that it is too late
 */
export async function openTeams(
  desk: Desk,
  { triggerId, memberSlackId, over }: { triggerId: string; memberSlackId: string; over: boolean },
): Promise<Message | null> {
  const { bot, client, workspace } = desk;
  const by = await lookUpNow({ db: bot.db, client, workspace }, memberSlackId, bot.now());
  if (adminRefusal(by, 'changeTeams')) return said(onlyAdmins);
  const overview = await findTeams(bot.db, workspace);
  const isOpen = await openView(client, triggerId, teamsView(overview, { page: 0 }), { over });
  return isOpen ? null : tooLate();
}

/** Who asks, as Slack says of them now; null: it does not say, and they only see what is theirs. */
function personAt({ bot, client, workspace }: Desk, memberSlackId: string): Promise<Member | null> {
  return lookUpNow({ db: bot.db, client, workspace }, memberSlackId, bot.now()).catch(error => {
    bot.log.info({ err: error }, 'Slack did not say whether somebody may change the teams.');
    return null;
  });
}

async function answerFor(
  { bot, workspace }: Desk,
  memberSlackId: string,
  by: Member | null,
): Promise<Message> {
  if (by && !isGranted(may('seeOwn', rolesOf(by)))) return answers.outsider();
  if (by && !adminRefusal(by, 'changeTeams')) return tooLate();
  return ownTeams(await findOwnTeams(bot.db, workspace, memberSlackId), bot.commands);
}

/** Slack's trigger was over. */
function tooLate(): Message {
  const words = said('Slack took a little long. Here you can open the teams:');
  return { ...words, blocks: [...words.blocks, buttons(button('Teams', actions.openTeams, 'teams'))] };
}
