// "Me too": somebody joins in under an announcement, with a sentence and a shout-out of their own.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Post, Shoutout } from '../../model.js';
import { announcementOf } from '../../recognition/posts.js';
import type { ChangeRefusal } from '../../recognition/refusal.js';
import { withdrawnRefusal } from '../../recognition/rules/changes.js';
import { findShoutout } from '../../recognition/shoutouts/find.js';
import { tell } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { answerTo, type Desk, finish, give } from '../give/desk.js';
import { fields } from '../ids.js';
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
  const shoutout = await findShoutout(bot.db, workspace, action.value ?? '');
  const reason = shoutout ? joiningRefusal(shoutout, body.user.id) : 'unknownShoutout';
  if (!shoutout || reason) {
    await tell(person, said(changeRefusalWords(reason ?? 'unknownShoutout', 'meToo', bot.commands)));
    return;
  }
  const names = joinNames(named(shoutout).map(one => one.name));
  const opened = await openView(client, body.trigger_id, meTooForm({ shoutoutId: shoutout.id }, names));
  if (!opened) await tell(person, said('Slack took a little long. Please press Me too again.'));
}

/** Whom the announcement names: somebody who keeps it private is nobody to join in for. */
function named({ recipients }: Shoutout) {
  return recipients.filter(one => !one.isHidden);
}

function joiningRefusal(shoutout: Shoutout, memberSlackId: string): ChangeRefusal | null {
  const isPart = [shoutout.giver, ...shoutout.recipients].some(one => one.slackId === memberSlackId);
  return withdrawnRefusal(shoutout) ?? (isPart ? 'partOfIt' : null);
}

/** Someone submitted their sentence. */
export async function onMeTooForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, view, client, context } = args;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const { shoutoutId } = parseChangeContext(view.private_metadata);
  const message = parseOnlyText(view.state.values, fields.message);
  const work = async (): Promise<FormAnswer> => {
    const shoutout = await findShoutout(bot.db, desk.workspace, shoutoutId);
    const announcement = shoutout && (await announcementOf(bot.db, desk.workspace, shoutout.id));
    const reason =
      shoutout && announcement?.postedTs ? joiningRefusal(shoutout, body.user.id) : 'unknownShoutout';
    if (!shoutout || !announcement || reason)
      return { message: said(changeRefusalWords(reason ?? 'unknownShoutout', 'meToo', bot.commands)) };
    if (message === '') return { errors: fieldErrors([{ code: 'noReason' }]) };
    const request = requestFor(shoutout, announcement, {
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
  shoutout: Shoutout,
  announcement: Post,
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
    recipientSlackIds: named(shoutout).map(one => one.slackId),
    // One that was retired since can no longer be given.
    valueSlugs: shoutout.values.filter(value => !value.retiredAt).map(value => value.slug),
    message: said.message,
    announceIn: channelSlackId,
    threadTs: announcement.postedTs,
  };
}
