// "Me too": somebody joins in under an announcement, with a sentence and a shout-out of their own.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { findJoinable, type Joinable } from '../../recognition/shoutouts/join.js';
import { tell } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { answerTo, type Desk, finish, give } from '../give/desk.js';
import { fields } from '../ids.js';
import { lookUpMembers } from '../lookup.js';
import { said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { blankRequest, parseChangeContext, parseOnlyText, requestKey } from '../parse/payloads.js';
import { changeRefusalWords, fieldErrors } from '../refusals.js';
import { joinNames } from '../text.js';
import { meTooForm } from '../views.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Me too". */
export async function onMeToo(bot: Bot, { ack, action, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const workspace = workspaceOf(context);
  const person = { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id };
  const desk = { bot, client, workspace };
  const joinable = await joinableFor(desk, action.value ?? '', body.user.id);
  if (joinable.kind === 'impossible') {
    await tell(person, said(changeRefusalWords(joinable.reason, 'meToo', bot.commands)));
    return;
  }
  const { shoutout, recipients } = joinable;
  const names = joinNames(recipients.map(one => one.name));
  const opened = await openView(client, body.trigger_id, meTooForm({ shoutoutId: shoutout.id }, names));
  if (!opened) await tell(person, said('Slack took a little long. Please press Me too again.'));
}

async function joinableFor(
  { bot, client, workspace }: Desk,
  shoutoutId: string,
  memberSlackId: string,
): Promise<Joinable> {
  const [by = null] = await lookUpMembers({ db: bot.db, client, workspace }, [memberSlackId], bot.now());
  return findJoinable(bot.db, workspace, { shoutoutId, by });
}

/** Someone submitted their sentence. */
export async function onMeTooForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, view, client, context } = args;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const { shoutoutId } = parseChangeContext(view.private_metadata);
  const message = parseOnlyText(view.state.values, fields.message);
  const work = async (): Promise<FormAnswer> => {
    const joinable = await joinableFor(desk, shoutoutId, body.user.id);
    if (joinable.kind === 'impossible')
      return { message: said(changeRefusalWords(joinable.reason, 'meToo', bot.commands)) };
    if (message === '') return { errors: fieldErrors([{ code: 'noReason' }]) };
    const request = requestFor(joinable, {
      memberSlackId: body.user.id,
      teamSlackId: body.team?.id ?? desk.workspace.slackId,
      message,
    });
    const outcome = await give(desk, request);
    if (outcome.kind === 'refused')
      return { errors: { [fields.message]: Object.values(fieldErrors(outcome.reasons)).join(' ') } };
    await finish(desk, outcome, connectionOf(context)());
    return { message: await answerTo(desk, request, outcome) };
  };
  await answerForm(bot, args, work());
}

/** The same people and values, in the thread of the announcement. */
function requestFor(
  { shoutout, recipients, announcement }: Extract<Joinable, { kind: 'open' }>,
  said: { memberSlackId: string; teamSlackId: string; message: string },
) {
  const channelSlackId = announcement.postedChannelId ?? announcement.target;
  const isPrivate = shoutout.isPlacePrivate;
  return {
    ...blankRequest({
      requestKey: requestKey.meToo(shoutout.id, said.memberSlackId),
      teamSlackId: said.teamSlackId,
      giverSlackId: said.memberSlackId,
      place: { kind: 'channel', channelSlackId, isPrivate },
      source: 'meToo',
    }),
    recipientSlackIds: recipients.map(one => one.slackId),
    // One that was retired since can no longer be given.
    valueSlugs: shoutout.values.filter(value => !value.retiredAt).map(value => value.slug),
    message: said.message,
    announceIn: channelSlackId,
    // A thread is named by its first message, also from within it.
    threadTs: announcement.threadTs ?? announcement.postedTs,
  };
}
