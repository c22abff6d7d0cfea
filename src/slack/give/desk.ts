// What all ways in share: look up, record, answer, and let it leave for Slack.
import type { WebClient } from '@slack/web-api';
import type { CompanyValue, Shoutout, ShoutoutRequest, Workspace } from '../../model.js';
import { findDraft, saveDraft } from '../../recognition/drafts.js';
import type { Refusal } from '../../recognition/refusal.js';
import { recipientIds, recipientLimit } from '../../recognition/rules/people.js';
import { findSettings } from '../../recognition/settings.js';
import {
  confirmAnswered,
  type GiveOutcome,
  type Giving,
  giveShoutout,
} from '../../recognition/shoutouts/give.js';
import { ownChannelFor } from '../../recognition/team-channels.js';
import { listValues } from '../../recognition/values.js';
import type { Bot } from '../bot.js';
import { GiveFailure } from '../errors.js';
import { type ChannelFacts, lookUpChannel, lookUpMembers } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { given } from '../messages/given.js';
import type { Message } from '../messages/parts.js';
import { parseDraft } from '../parse/payloads.js';
import { allRefusalWords } from '../refusals.js';

/** The members of a larger group are looked over before they are thanked. */
export const largestSureGroup = 5;

/** Everything that one request needs. */
export interface Desk {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
}

/** Looks up everyone who matters, and the channel, then records. */
export async function give(desk: Desk, request: ShoutoutRequest): Promise<GiveOutcome> {
  const { bot, client, workspace } = desk;
  const slackIds = recipientIds(request);
  // Too many are refused as such; there is no need to ask Slack about each.
  const asked = slackIds.length > recipientLimit ? [] : slackIds;
  let giving: Giving;
  try {
    const people = [request.giverSlackId, ...asked];
    const [facts, own, members] = await Promise.all([
      channelFacts(desk, request),
      ownChannelFacts(desk, request),
      lookUpMembers({ db: bot.db, client, workspace }, people, bot.now()),
    ]);
    const ownChannelSlackId = await ownChannelFor(bot.db, workspace, { request, members });
    const usual = ownChannelSlackId
      ? await lookUpChannel(client, workspace, ownChannelSlackId, bot.now())
      : (own ?? facts);
    giving = { request: withChannel(request, facts, usual), members, ownChannelSlackId };
  } catch (error) {
    throw new GiveFailure('no', error);
  }
  try {
    return await giveShoutout(bot.db, workspace, giving, bot.now());
  } catch (error) {
    throw new GiveFailure('unknown', error);
  }
}

/** What is known of the channel that the giver chose, else of the one they are in; null: nothing, or it does not matter. */
export async function channelFacts(
  { bot, client, workspace }: Desk,
  { visibility, announceIn, place }: Pick<ShoutoutRequest, 'visibility' | 'announceIn' | 'place'>,
): Promise<ChannelFacts | null> {
  const slackId = announceIn ?? (place.kind === 'channel' ? place.channelSlackId : null);
  if (visibility === 'private' || !slackId) return null;
  return lookUpChannel(client, workspace, slackId, bot.now());
}

/** What is known of the workspace's own channel, where that is the one it will be announced in; null: it is not, or nothing. */
export async function ownChannelFacts(
  { bot, client, workspace }: Desk,
  { visibility, announceIn }: Pick<ShoutoutRequest, 'visibility' | 'announceIn'>,
): Promise<ChannelFacts | null> {
  if (visibility === 'private' || announceIn) return null;
  const { shoutoutChannelId } = await findSettings(bot.db, workspace);
  return shoutoutChannelId ? lookUpChannel(client, workspace, shoutoutChannelId, bot.now()) : null;
}

/** @param goesTo - what is known of the channel that it will be announced in; `facts` are of the one chosen, or where it is given */
function withChannel(
  request: ShoutoutRequest,
  facts: ChannelFacts | null,
  goesTo: ChannelFacts | null,
): ShoutoutRequest {
  const { place, announceIn } = request;
  const isPlaceKnown = place.kind === 'channel' && announceIn === null && facts !== null;
  return {
    ...request,
    channelTrouble: goesTo?.trouble ?? null,
    place: isPlaceKnown ? { ...place, isPrivate: place.isPrivate || facts.isPrivate } : place,
  };
}

/** After the answer: note that the giver has it, and let the shout-out leave for Slack. */
export async function finish(
  { bot, workspace }: Desk,
  outcome: GiveOutcome | null,
  answered: boolean,
): Promise<void> {
  if (outcome?.kind !== 'given') return;
  if (answered && !outcome.shoutout.answeredAt) {
    // Without this note the giver is asked, should they send the same words again: better than to fail here.
    await confirmAnswered(bot.db, outcome.shoutout, bot.now()).catch(error =>
      bot.log.warn({ err: error }, 'An answered shout-out could not be marked as answered.'),
    );
  }
  if (outcome.created) void bot.outbox.send(workspace, outcome.shoutout.id);
}

export async function answerTo(
  { bot, workspace }: Desk,
  request: ShoutoutRequest,
  outcome: GiveOutcome,
): Promise<Message> {
  switch (outcome.kind) {
    case 'given':
      if (outcome.shoutout.withdrawnAt) return answers.withdrawnSince();
      if (!outcome.created && isOther(outcome.shoutout, request))
        return answers.recordedBefore(outcome.shoutout);
      return given({
        ...outcome,
        place: request.place,
        isChannelChosen: request.announceIn !== null,
        values: await valuesToOffer(bot, workspace, outcome.shoutout),
      });
    case 'refused':
      return answers.refused({
        reasons: allRefusalWords(outcome.reasons),
        message: request.message,
        // Without the draft there is no button; the refusal itself must not fail for it.
        draftId: outcome.reasons.some(({ code }) => unmendable.has(code))
          ? null
          : await saveDraft(bot.db, workspace, request, bot.now()).catch(() => null),
      });
    case 'sameAgain':
      return answers.sameAgain({
        earlier: outcome.earlier,
        draftId: await saveDraft(bot.db, workspace, request, bot.now()),
      });
  }
}

/** No other words help the giver. */
const unmendable: ReadonlySet<Refusal['code']> = new Set([
  'dailyLimit',
  'foreignGiver',
  'guestGiver',
  'closedGiver',
]);

/** A form that is sent again says something else than what was recorded. An edit since then is no reason. */
function isOther(recorded: Shoutout, request: ShoutoutRequest): boolean {
  if (recorded.editedAt || request.source !== 'modal') return false;
  return recorded.message !== request.message || recorded.impact !== request.impact;
}

/** None where it has one: nothing is read for nothing. What is recorded must be answered, with or without them. */
function valuesToOffer({ db, log }: Bot, workspace: Workspace, shoutout: Shoutout): Promise<CompanyValue[]> {
  if (shoutout.values.length > 0) return Promise.resolve([]);
  return listValues(db, workspace).catch(error => {
    log.warn({ err: error }, 'The values to offer could not be read.');
    return [];
  });
}

/** A button that opens the form. @param why - a sentence on why it takes one */
export async function formLater(
  { bot, workspace }: Desk,
  request: ShoutoutRequest,
  why = 'Slack took a little long. Your words are kept.',
): Promise<Message> {
  return answers.openForm(await saveDraft(bot.db, workspace, request, bot.now()), why);
}

export async function draftOf(
  { bot, workspace }: Desk,
  draftId: string,
  memberSlackId: string,
): Promise<ShoutoutRequest | null> {
  return parseDraft(await findDraft(bot.db, workspace, { draftId, memberSlackId }, bot.now()));
}
