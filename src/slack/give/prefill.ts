// What a form is filled in with: the people and the channel, what it offers, and words on what it cannot be filled in with.
import type { NamedGroup, ShoutoutRequest } from '../../model.js';
import { knownMembers } from '../../recognition/members.js';
import { listOfferedTeams } from '../../recognition/named-teams.js';
import { announcementChannel } from '../../recognition/rules/giving.js';
import { canReceive, recipientIds, recipientLimit } from '../../recognition/rules/people.js';
import { findSettings } from '../../recognition/settings.js';
import { mayGoToTeam, ownChannelFor } from '../../recognition/team-channels.js';
import { listValues } from '../../recognition/values.js';
import { lookUpChannel, lookUpMembers } from '../lookup.js';
import { allRefusalWords, leftOutWords } from '../refusals.js';
import type { Offered } from '../views/give.js';
import { longestInput } from '../views.js';
import { channelFacts, type Desk, largestSureGroup, ownChannelFacts } from './desk.js';

/** What the form offers to choose from. */
export async function offeredIn({ bot, workspace }: Desk): Promise<Offered> {
  const [values, teams] = await Promise.all([
    listValues(bot.db, workspace),
    listOfferedTeams(bot.db, workspace),
  ]);
  return { values, teams };
}

/** What a form says of the channel. `isTeamPossible`: left empty, it may turn out to be a team's own. */
export interface PrefilledChannel {
  slackId: string | null;
  isTeamPossible: boolean;
  hints: string[];
}

/** The channel to fill in, or words on why the present one does not do. */
export async function channelOf(desk: Desk, request: ShoutoutRequest): Promise<PrefilledChannel> {
  const isTeamPossible = await mayGoToTeam(desk.bot.db, desk.workspace, request);
  // Whom it will thank decides where it goes, and that is not known yet.
  if (isTeamPossible) return { slackId: null, isTeamPossible, hints: await teamChannelHints(desk, request) };
  return { isTeamPossible, ...(await fixedChannel(desk, request)) };
}

/** Where those who are named so far are all in a team, and its channel is none to announce in. */
async function teamChannelHints(
  { bot, client, workspace }: Desk,
  request: ShoutoutRequest,
): Promise<string[]> {
  const { members } = await knownMembers(
    bot.db,
    workspace,
    [request.giverSlackId, ...recipientIds(request)].slice(0, recipientLimit + 1),
    bot.now(),
  );
  const own = await ownChannelFor(bot.db, workspace, {
    request: { ...request, visibility: 'public' },
    members,
  });
  const facts = own === null ? null : await lookUpChannel(client, workspace, own, bot.now());
  return facts?.trouble === 'shared' ? allRefusalWords([{ code: 'closedChannel', trouble: 'shared' }]) : [];
}

async function fixedChannel(
  desk: Desk,
  request: ShoutoutRequest,
): Promise<Pick<PrefilledChannel, 'slackId' | 'hints'>> {
  const { shoutoutChannelId } = await findSettings(desk.bot.db, desk.workspace);
  const wanted = announcementChannel({ ...request, visibility: 'public' }, { shoutoutChannelId }, null);
  if (!wanted) return { slackId: null, hints: [] };
  if (wanted === shoutoutChannelId) {
    const isShared =
      (await ownChannelFacts(desk, { visibility: 'public', announceIn: null }))?.trouble === 'shared';
    return isShared
      ? { slackId: null, hints: allRefusalWords([{ code: 'closedChannel', trouble: 'shared' }]) }
      : { slackId: wanted, hints: [] };
  }
  const trouble = (await channelFacts(desk, { ...request, visibility: 'public' }))?.trouble;
  return trouble
    ? { slackId: null, hints: allRefusalWords([{ code: 'closedChannel', trouble }]) }
    : { slackId: wanted, hints: [] };
}

/** The people the form can be filled in with, and words on those it cannot. Slack's menu takes nobody it does not list. */
export async function prefillOf(
  { bot, client, workspace }: Desk,
  request: ShoutoutRequest,
): Promise<{ slackIds: string[]; hints: string[] }> {
  const slackIds = recipientIds(request).slice(0, recipientLimit);
  const members = await lookUpMembers({ db: bot.db, client, workspace }, slackIds, bot.now()).catch(error => {
    bot.log.info({ err: error }, 'People could not be looked up for a form.');
    return null;
  });
  const settings = await findSettings(bot.db, workspace);
  // While Slack does not say who they are, those who were named stand in the form; who cannot be thanked is said when it is sent.
  const able = members?.filter(one => canReceive(one, settings)).map(one => one.slackId) ?? slackIds;
  const leftOut = (members ?? []).filter(one => !canReceive(one, settings)).map(one => one.name);
  const count = recipientIds(request).length;
  const large = request.groups.find(group => group.memberSlackIds.length > largestSureGroup);
  const hints = [
    ...(count > recipientLimit ? [`Only the first ${recipientLimit} of ${count} people are filled in.`] : []),
    ...(large ? [`There are ${large.memberSlackIds.length} in ${large.handle}: look them over first.`] : []),
    ...request.groups.flatMap(troubleHints),
    ...(leftOut.length > 0 ? [leftOutWords(leftOut)] : []),
    ...(request.recipientSlackIds.length === 0 && request.groups.length === 0 && request.message !== ''
      ? ['I found nobody in what you typed: choose whom to thank.']
      : []),
    ...request.unknownValues.slice(0, 5).map(typed => `There is no value #${typed}: choose from these.`),
    ...(request.message.length > longestInput
      ? ['Your message is longer than a form takes: its end is left out, and stands in my answer.']
      : []),
  ];
  return {
    slackIds: slackIds.filter(one => able.includes(one)),
    hints,
  };
}

function troubleHints({ trouble, handle }: NamedGroup): string[] {
  if (trouble === 'unknownTeam') return [`There is no team ${handle}.`];
  return trouble === 'tooLarge'
    ? [`More than ${recipientLimit} people are in ${handle}: choose whom to thank.`]
    : [];
}

/** Hints as one text; null: there are none. */
export function joined(hints: string[]): string | null {
  return hints.length > 0 ? hints.join(' ') : null;
}
