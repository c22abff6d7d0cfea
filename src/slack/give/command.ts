// `/shoutout`: reads the command, and answers in time.
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import type { ShoutoutRequest } from '../../model.js';
import { knownMembers } from '../../recognition/members.js';
import { recipientIds, recipientLimit } from '../../recognition/rules.js';
import type { GiveOutcome } from '../../recognition/shoutouts.js';
import { listValues } from '../../recognition/values.js';
import { acknowledge, startDeadline, tell } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { answerCommand } from '../command.js';
import { GiveFailure, reportFailure } from '../errors.js';
import { lookUpChannelNames, lookUpGroups, lookUpMembers } from '../lookup.js';
import * as answers from '../messages/answers.js';
import * as help from '../messages/help.js';
import type { Message } from '../messages/parts.js';
import { commandPlace, requestKey } from '../parse/payloads.js';
import { mentionedMembers, parseText, unnamedChannels } from '../parse/text.js';
import { lastMessage } from '../undo.js';
import { answerTo, type Desk, finish, formLater, give } from './desk.js';
import { openForm } from './form.js';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** The members of a larger group are looked over before they are thanked. */
const largestSureGroup = 5;

/** Someone's `/shoutout @ana #craft for …`. */
export async function onShoutoutCommand(bot: Bot, args: CommandArgs): Promise<void> {
  const { command, ack, client, context } = args;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const word = command.text.trim().toLowerCase();
  if (word === 'help') return answerCommand(bot, args, helpMessage(desk));
  if (word === 'last' || word === 'undo')
    return answerCommand(bot, args, lastMessage(bot, desk.workspace, command.user_id));

  const deadline = startDeadline();
  const work = handleCommand(desk, command);
  const first = await deadline.before(work);
  if (first.kind === 'done') {
    const { message, outcome } = first.result;
    const heard = await acknowledge(bot, connectionOf(context), () =>
      ack(message ? { response_type: 'ephemeral', ...message } : undefined),
    );
    await finish(desk, outcome, heard && deadline.isMet());
    if (!message)
      await openForm(desk, first.result.request, {
        triggerId: command.trigger_id,
        responseUrl: command.response_url,
      });
    return;
  }
  const heard = await acknowledge(bot, connectionOf(context), () =>
    ack({ response_type: 'ephemeral', ...answers.checkingShoutout(bot.commands) }),
  );
  const person = { bot, client, responseUrl: command.response_url, memberSlackId: command.user_id };
  const late = await work
    .then(async handled => ({
      ...handled,
      message: handled.message ?? (await formLater(desk, handled.request)),
    }))
    .catch(error => ({
      message: reportFailure(bot, error, { team: command.team_id, member: command.user_id }),
      outcome: null,
    }));
  await tell(person, late.message);
  await finish(desk, late.outcome, heard && deadline.isMet());
}

async function helpMessage({ bot, workspace }: Desk): Promise<Message> {
  return help.shoutoutHelp(bot.commands, await listValues(bot.db, workspace));
}

interface Handled {
  request: ShoutoutRequest;
  /** Null: the form is to be opened. */
  message: Message | null;
  outcome: GiveOutcome | null;
}

async function handleCommand(desk: Desk, command: SlashCommand): Promise<Handled> {
  const request = await readCommand(desk, command).catch(error => {
    throw new GiveFailure('no', error);
  });
  if (needsForm(request)) return { request, message: null, outcome: null };
  const outcome = await give(desk, request);
  return { request, message: await answerTo(desk, request, outcome), outcome };
}

/** Whether there is something to add, or so many people to look over that a form serves better. */
function needsForm(request: ShoutoutRequest): boolean {
  const { groups, message } = request;
  if (groups.some(group => group.trouble)) return false;
  const count = recipientIds(request).length;
  if (count > recipientLimit) return false;
  const isLarge = groups.some(group => group.memberSlackIds.length > largestSureGroup);
  return message === '' || (request.recipientSlackIds.length === 0 && groups.length === 0) || isLarge;
}

async function readCommand(
  { bot, client, workspace }: Desk,
  command: SlashCommand,
): Promise<ShoutoutRequest> {
  const [values, channelNames] = await Promise.all([
    listValues(bot.db, workspace),
    lookUpChannelNames(client, unnamedChannels(command.text)),
  ]);
  const parsed = parseText(command.text, { values, channelNames });
  const groups = await lookUpGroups(client, parsed.groups);
  // Only a mention inside the sentence leaves an @ in it, and wants to be shown by a name.
  const names = parsed.message.includes('@')
    ? await namesIn({ bot, client, workspace }, command.text, parsed.recipientSlackIds)
    : null;
  return {
    ...(names ? parseText(command.text, { values, channelNames, names }) : parsed),
    groups,
    requestKey: requestKey.command(command.trigger_id),
    teamSlackId: command.team_id,
    giverSlackId: command.user_id,
    place: commandPlace(command),
    source: 'command',
    repeatConfirmed: false,
  };
}

/**
 * Names of the people whom the text mentions. Recipients are looked up, for they matter in any case; nobody waits for
 * Slack on account of the others.
 */
async function namesIn(
  { bot, client, workspace }: Desk,
  text: string,
  recipientSlackIds: string[],
): Promise<Map<string, string>> {
  const { db } = bot;
  const [{ members: known }, recipients] = await Promise.all([
    knownMembers(db, workspace, mentionedMembers(text), bot.now()),
    recipientSlackIds.length > recipientLimit
      ? []
      : lookUpMembers({ db, client, workspace }, recipientSlackIds, bot.now()),
  ]);
  return new Map([...known, ...recipients].map(member => [member.slackId, member.name]));
}
