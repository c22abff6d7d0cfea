// `/recognition teams`: for admins the list that they change; for everybody else which teams they are in.
import type { Member } from '../../model.js';
import { isGranted, may, rolesOf } from '../../recognition/permissions.js';
import { adminRefusal } from '../../recognition/rules/changes.js';
import { findOwnTeams, findTeams } from '../../recognition/teams/overview.js';
import { type Bot, workspaceOf } from '../bot.js';
import { type CommandArgs, openOrAnswer } from '../command.js';
import type { Desk } from '../give/desk.js';
import { actions } from '../ids.js';
import { lookUpNow } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { button, buttons, type Message, said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { teamsView } from './views.js';
import { onlyAdmins, ownTeams } from './words.js';

/** Someone's `/recognition teams`. */
export async function onTeamsCommand(bot: Bot, args: CommandArgs): Promise<void> {
  const desk: Desk = { bot, client: args.client, workspace: workspaceOf(args.context) };
  const memberSlackId = args.command.user_id;
  await openOrAnswer(bot, args, personAt(desk, memberSlackId), {
    mayOpen: by => by !== null && !adminRefusal(by, 'changeTeams'),
    view: async () => teamsView(await findTeams(bot.db, desk.workspace), { page: 0 }),
    words: by => answerFor(desk, memberSlackId, by),
  });
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
