// `@Shoutout @ana #craft for …` in a channel or a thread, where a command cannot be typed.
import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { ShoutoutRequest } from '../../model.js';
import { listValues } from '../../recognition/values.js';
import { type Bot, workspaceOf } from '../bot.js';
import { lastMessage } from '../change/last.js';
import { reportFailure } from '../errors.js';
import { lookUpChannel } from '../lookup.js';
import * as answers from '../messages/answers.js';
import * as help from '../messages/help.js';
import type { Message } from '../messages/parts.js';
import { forInsiders } from '../outsiders.js';
import { blankRequest, requestKey } from '../parse/payloads.js';
import { afterName } from '../parse/text.js';
import { tellHere } from '../tell-here.js';
import { type Desk, finish, formLater } from './desk.js';
import { giveTyped } from './typed.js';

type MentionArgs = SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs;

/** Slack delivers an event that failed so many times again. */
const lastRetry = 3;

/**
 * Someone named the bot. In front, what follows is read as after the command; elsewhere they only talk about it.
 * The answer is for them alone. When it fails they are told so, and Slack sends it again.
 */
export async function onMention(bot: Bot, args: MentionArgs): Promise<void> {
  const { event, client, context } = args;
  const { user, text, channel } = event;
  if (!user || 'bot_id' in event) return;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const here = { bot, client, memberSlackId: user, channelSlackId: channel, threadTs: event.thread_ts };
  const typed = afterName(text, desk.workspace.botSlackId);
  if (typed === null) {
    if (/<@[UW]/.test(text.replaceAll(`<@${desk.workspace.botSlackId}`, '')))
      await tellHere(here, answers.notInFront(desk.workspace.botName));
    return;
  }
  const message = await answerMention(desk, args, typed).catch(async error => {
    const retries = context.retryNum ?? 0;
    if (retries === 0) await tellHere(here, answers.notYet());
    if (retries < lastRetry) throw error;
    return reportFailure(bot, error, { member: user });
  });
  await tellHere(here, message);
}

async function answerMention(desk: Desk, { event, context }: MentionArgs, typed: string): Promise<Message> {
  const { bot, client, workspace } = desk;
  const giverSlackId = event.user ?? '';
  const word = typed.trim().toLowerCase();
  if (word === 'help')
    return forInsiders(desk, giverSlackId, async () =>
      help.shoutoutHelp(bot.commands, await listValues(bot.db, workspace)),
    );
  if (word === 'last' || word === 'undo')
    return forInsiders(desk, giverSlackId, () => lastMessage(bot, workspace, giverSlackId));
  // The event does not tell whether its channel is private; while nobody knows, it is taken to be.
  const facts = await lookUpChannel(client, workspace, event.channel, bot.now());
  const about = { channelSlackId: event.channel, ts: event.ts, threadTs: event.thread_ts ?? null };
  const blank = blankRequest({
    requestKey: requestKey.mention(about),
    teamSlackId: context.teamId ?? workspace.slackId,
    giverSlackId,
    place: facts?.isDirect
      ? { kind: 'direct' }
      : { kind: 'channel', channelSlackId: event.channel, isPrivate: facts?.isPrivate ?? true },
    source: 'mention',
  });
  const { request, message, outcome } = await giveTyped(desk, { ...blank, about }, typed);
  await finish(desk, outcome, true);
  return message ?? formLater(desk, request, whyForm(request));
}

/** Why the form is needed to go on. */
function whyForm({ recipientSlackIds, groups, message }: ShoutoutRequest): string {
  if (recipientSlackIds.length === 0 && groups.length === 0)
    return 'I found nobody to thank in what you wrote.';
  if (message === '') return 'Say what for, too.';
  return groups.length > 0 ? 'A group is looked over first.' : 'It cannot be announced here: choose where.';
}
