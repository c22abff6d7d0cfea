// `/recognition values`: the list for everybody, and for admins the one that they change.
import { isGranted, may, rolesOf } from '../../recognition/permissions.js';
import { findValues, type ValuesOverview } from '../../recognition/values.js';
import { type Bot, workspaceOf } from '../bot.js';
import { type CommandArgs, openOrAnswer } from '../command.js';
import type { Desk } from '../give/desk.js';
import { lookUpNow } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { type Message, said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { valuesMessage, valuesView } from './views.js';
import { onlyAdmins } from './words.js';

/** Someone's `/recognition values`. */
export async function onValuesCommand(bot: Bot, args: CommandArgs): Promise<void> {
  const desk: Desk = { bot, client: args.client, workspace: workspaceOf(args.context) };
  await openOrAnswer(bot, args, lookAround(desk, args.command.user_id), {
    mayOpen: found => found.mayChange,
    view: found => valuesView(found.overview, { page: 0 }),
    words: found => listFor(desk, found),
  });
}

/**
 * Opens the list of values for an admin to change. Null: it is open; otherwise words on why not.
 * @throws {GiveFailure} when Slack does not open it for another reason than that it is too late
 */
export async function openValues(
  desk: Desk,
  { triggerId, memberSlackId }: { triggerId: string; memberSlackId: string },
): Promise<Message | null> {
  const found = await lookAround(desk, memberSlackId);
  if (!found.mayChange) return said(onlyAdmins);
  const isOpen = await openView(desk.client, triggerId, valuesView(found.overview, { page: 0 }));
  return isOpen ? null : said('Slack took a little long. Please try again.');
}

interface Found {
  overview: ValuesOverview;
  maySee: boolean;
  mayChange: boolean;
}

/** The values, and what this person may do with them. While Slack does not say who they are, they only see them. */
async function lookAround({ bot, client, workspace }: Desk, memberSlackId: string): Promise<Found> {
  const [overview, rights] = await Promise.all([
    findValues(bot.db, workspace, bot.now()),
    lookUpNow({ db: bot.db, client, workspace }, memberSlackId, bot.now()).then(
      member => {
        const held = rolesOf(member);
        return {
          maySee: isGranted(may('seeValues', held)),
          mayChange: isGranted(may('changeValues', held)),
        };
      },
      error => {
        bot.log.info({ err: error }, 'Slack did not say whether somebody may change the values.');
        return { maySee: true, mayChange: false };
      },
    ),
  ]);
  return { overview, ...rights };
}

function listFor({ bot }: Desk, { overview, maySee, mayChange }: Found): Message {
  if (!maySee) return answers.outsider();
  return valuesMessage(overview, { canChange: mayChange, commands: bot.commands });
}
