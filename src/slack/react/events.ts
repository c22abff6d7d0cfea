// Reactions: what an emoji on a message gives, takes back or boosts. The message itself is never asked for.
import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { CompanyValue, Member, ReactionEvent } from '../../model.js';
import {
  applyBoost,
  applyReaction,
  mayAskWhy,
  mayNudge,
  meaningOf,
  type ReactionOutcome,
  takeBack,
} from '../../recognition/reactions.js';
import type { ReactionRefusal } from '../../recognition/refusal.js';
import { listValues } from '../../recognition/values.js';
import { type Bot, workspaceOf } from '../bot.js';
import { emojiName } from '../emoji.js';
import { type Desk, formLater } from '../give/desk.js';
import { lookUpChannel, lookUpMembers } from '../lookup.js';
import { type Message, said } from '../messages/parts.js';
import { askWhy, keepOrUndo } from '../messages/reactions.js';
import { blankRequest, parseReaction, requestKey } from '../parse/payloads.js';
import { reactionRefusalWords } from '../refusals.js';
import { tellQuietly } from './tell-quietly.js';

type ReactionArgs = SlackEventMiddlewareArgs<'reaction_added' | 'reaction_removed'> & AllMiddlewareArgs;

/** Someone put a reaction on a message, or took it off. Safe to repeat; one that fails comes again. */
export async function onReaction(
  bot: Bot,
  { isOn }: { isOn: boolean },
  { event, client, context }: ReactionArgs,
): Promise<void> {
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const parsed = parseReaction(event);
  if (!parsed || parsed.memberSlackId === desk.workspace.botSlackId) return;
  const { channelSlackId } = parsed.message;
  const reaction: ReactionEvent = {
    ...parsed,
    isOn,
    teamSlackId: context.teamId ?? desk.workspace.slackId,
    // While nobody knows whether the channel is private, it is taken to be.
    place: { kind: 'channel', channelSlackId, isPrivate: true },
  };
  const meaning = await meaningOf(bot.db, desk.workspace, reaction, emojiName);
  switch (meaning?.kind) {
    case 'boosts': {
      const platform = { db: bot.db, client, workspace: desk.workspace };
      const [by = null] = await lookUpMembers(platform, [reaction.memberSlackId], bot.now());
      return applyBoost(bot.db, desk.workspace, { event: reaction, shoutout: meaning.shoutout, by });
    }
    case 'takesBack': {
      const outcome = await takeBack(bot.db, desk.workspace, { event: reaction, ...meaning }, bot.now());
      return followUp(desk, reaction, outcome, null);
    }
    case 'gives': {
      const [facts, members] = await Promise.all([
        lookUpChannel(client, desk.workspace, channelSlackId, bot.now()),
        lookUpMembers(
          { db: bot.db, client, workspace: desk.workspace },
          [reaction.memberSlackId, ...(reaction.authorSlackId ? [reaction.authorSlackId] : [])],
          bot.now(),
        ),
      ]);
      const giver = members.find(one => one.slackId === reaction.memberSlackId);
      if (!giver) return;
      const place = { kind: 'channel' as const, channelSlackId, isPrivate: facts?.isPrivate ?? true };
      const outcome = await applyReaction(
        bot.db,
        desk.workspace,
        {
          event: { ...reaction, place },
          value: meaning.value,
          giver,
          author: members.find(one => one.slackId === reaction.authorSlackId) ?? null,
        },
        bot.now(),
      );
      return followUp(desk, { ...reaction, place }, outcome, { giver, value: meaning.value });
    }
  }
}

/** What the one who reacted is told, after everything is recorded: what is not said now is not said later. */
async function followUp(
  desk: Desk,
  reaction: ReactionEvent,
  outcome: ReactionOutcome,
  giving: { giver: Member; value: CompanyValue | null } | null,
): Promise<void> {
  const { bot, workspace } = desk;
  const { memberSlackId, message, isOn } = reaction;
  const here = { ...desk, memberSlackId, channelSlackId: message.channelSlackId };
  try {
    switch (outcome.kind) {
      case 'given': {
        const isAsked =
          outcome.isNew && giving !== null && (await mayAskWhy(bot.db, workspace, giving.giver, bot.now()));
        if (isAsked) await tellQuietly(here, askWhy(outcome.shoutout, await listValues(bot.db, workspace)));
        return;
      }
      case 'withdrawn':
        void bot.outbox.send(workspace, outcome.shoutout.id);
        return;
      case 'hasReason':
        return await tellQuietly(here, keepOrUndo(outcome.shoutout));
      case 'refused': {
        // Whoever takes off what gave nothing need not hear why.
        if (!giving || !isOn) return;
        const { reason } = outcome;
        // Nobody from elsewhere is spoken to.
        if (reason === 'foreignGiver' || reason === 'closedGiver') return;
        if (await mayNudge(bot.db, workspace, { member: giving.giver, reason, message }, bot.now()))
          await tellQuietly(here, await refusal(desk, reaction, reason, giving.value));
      }
    }
  } catch (error) {
    bot.log.warn({ err: error }, 'Somebody who reacted could not be told what it came to.');
  }
}

/** Why a reaction gave nothing. Where only a sentence is missing, a form that asks for it is one click away. */
function refusal(
  desk: Desk,
  { emoji, message, place, authorSlackId, memberSlackId, teamSlackId, eventTs }: ReactionEvent,
  reason: ReactionRefusal,
  value: CompanyValue | null,
): Promise<Message> {
  const words = reactionRefusalWords(reason, emoji);
  if (reason !== 'messageRequired' || !authorSlackId) return Promise.resolve(said(words));
  const request = {
    ...blankRequest({
      requestKey: requestKey.view(`reaction:${eventTs}`),
      teamSlackId,
      giverSlackId: memberSlackId,
      place,
      source: 'modal',
    }),
    recipientSlackIds: [authorSlackId],
    valueSlugs: value ? [value.slug] : [],
    about: message,
  };
  return formLater(desk, request, words);
}
