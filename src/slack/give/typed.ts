// What was typed, after a command or after the bot's name: read, looked up, recorded.
import type { ShoutoutRequest } from '../../model.js';
import { knownMembers } from '../../recognition/members.js';
import { listNamedTeams, nameTeams } from '../../recognition/named-teams.js';
import { recipientIds, recipientLimit } from '../../recognition/rules/people.js';
import type { GiveOutcome } from '../../recognition/shoutouts/give.js';
import { listValues } from '../../recognition/values.js';
import { GiveFailure } from '../errors.js';
import { lookUpChannelNames, lookUpGroups, lookUpMembers } from '../lookup.js';
import type { Message } from '../messages/parts.js';
import { mayNameTeam, mentionedChannels, mentionedMembers, parseText } from '../parse/text.js';
import { answerTo, type Desk, give, largestSureGroup } from './desk.js';

/** What became of typed words. */
export interface Typed {
  request: ShoutoutRequest;
  /** Null: the form is to be opened. */
  message: Message | null;
  outcome: GiveOutcome | null;
}

/**
 * Records what was typed, or hands it back for the form.
 * @param blank - who typed it, where; the rest is read from `text`, which is in Slack's markup
 * @throws {GiveFailure} when Slack or the database does not answer
 */
export async function giveTyped(desk: Desk, blank: ShoutoutRequest, text: string): Promise<Typed> {
  const request = await read(desk, blank, text).catch(error => {
    throw new GiveFailure('no', error);
  });
  if (needsForm(request)) return { request, message: null, outcome: null };
  const outcome = await give(desk, request);
  if (outcome.kind === 'refused' && outcome.reasons.every(isAboutChannel))
    return { request, message: null, outcome: null };
  return { request, message: await answerTo(desk, request, outcome), outcome };
}

/** The form asks where instead. */
function isAboutChannel({ code }: { code: string }): boolean {
  return code === 'noChannel' || code === 'closedChannel';
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

async function read(desk: Desk, blank: ShoutoutRequest, text: string): Promise<ShoutoutRequest> {
  const { bot, client, workspace } = desk;
  const [values, channelNames, teams] = await Promise.all([
    listValues(bot.db, workspace),
    lookUpChannelNames(client, workspace, mentionedChannels(text), bot.now()),
    mayNameTeam(text) ? listNamedTeams(bot.db, workspace) : [],
  ]);
  const vocabulary = { values, channelNames, teams };
  const parsed = parseText(text, vocabulary);
  const wishes = parsed.teams.map(typed => ({ typed }));
  const { giverSlackId } = blank;
  const groups = [
    ...(await lookUpGroups(client, parsed.groups)),
    ...(await nameTeams(bot.db, workspace, { wishes, giverSlackId })),
  ];
  // Only a mention inside the sentence leaves an @ in it, and wants to be shown by a name.
  const names = parsed.message.includes('@') ? await namesIn(desk, text, parsed.recipientSlackIds) : null;
  const { teams: _teams, ...said } = names ? parseText(text, { ...vocabulary, names }) : parsed;
  return { ...blank, ...said, groups };
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
