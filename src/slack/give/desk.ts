// What all ways in share: look up, record, answer, and let it leave for Slack.
import type { WebClient } from '@slack/web-api';
import type { ShoutoutRequest, Workspace } from '../../model.js';
import { findDraft, saveDraft } from '../../recognition/drafts.js';
import { recipientIds, recipientLimit } from '../../recognition/rules.js';
import { confirmAnswered, type GiveOutcome, giveShoutout } from '../../recognition/shoutouts.js';
import type { Bot } from '../bot.js';
import { GiveFailure } from '../errors.js';
import { lookUpMembers } from '../lookup.js';
import * as answers from '../messages/answers.js';
import type { Message } from '../messages/parts.js';
import { parseDraft } from '../parse/payloads.js';
import { allRefusalWords } from '../refusals.js';

/** Everything that one request needs. */
export interface Desk {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
}

/** Looks up everyone who matters, then records. */
export async function give({ bot, client, workspace }: Desk, request: ShoutoutRequest): Promise<GiveOutcome> {
  const slackIds = recipientIds(request);
  // Too many are refused as such; there is no need to ask Slack about each.
  const asked = slackIds.length > recipientLimit ? [] : slackIds;
  try {
    await lookUpMembers({ db: bot.db, client, workspace }, [request.giverSlackId, ...asked], bot.now());
  } catch (error) {
    throw new GiveFailure('no', error);
  }
  try {
    return await giveShoutout(bot.db, workspace, request, bot.now());
  } catch (error) {
    throw new GiveFailure('unknown', error);
  }
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
      if (outcome.shoutout.undoneAt) return answers.undoneSince();
      return answers.given({ ...outcome, place: request.place });
    case 'refused':
      return answers.refused({
        reasons: allRefusalWords(outcome.reasons),
        message: request.message,
        // Without the draft there is no button; the refusal itself must not fail for it.
        draftId: await saveDraft(bot.db, workspace, request, bot.now()).catch(() => null),
      });
    case 'sameAgain':
      return answers.sameAgain({
        earlier: outcome.earlier,
        draftId: await saveDraft(bot.db, workspace, request, bot.now()),
      });
  }
}

export async function formLater({ bot, workspace }: Desk, request: ShoutoutRequest): Promise<Message> {
  return answers.openForm(await saveDraft(bot.db, workspace, request, bot.now()));
}

export async function draftOf(
  { bot, workspace }: Desk,
  draftId: string,
  memberSlackId: string,
): Promise<ShoutoutRequest | null> {
  return parseDraft(await findDraft(bot.db, workspace, { draftId, memberSlackId }, bot.now()));
}
