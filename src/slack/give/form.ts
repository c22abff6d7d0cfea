// The form: opened, filled in with what was typed, submitted.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Member, ShoutoutRequest } from '../../model.js';
import { announcementChannel, givingRefusal } from '../../recognition/rules/giving.js';
import { canReceive, recipientIds, recipientLimit } from '../../recognition/rules/people.js';
import { findSettings } from '../../recognition/settings.js';
import type { GiveOutcome } from '../../recognition/shoutouts/give.js';
import { listValues } from '../../recognition/values.js';
import { acknowledge, isSlackUrl, startDeadline, tell, tellInForm } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { reportFailure } from '../errors.js';
import { refreshHome } from '../home/open.js';
import { lookUpMembers } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { type Message, said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import {
  blankRequest,
  type FormContext,
  parseForm,
  parseFormContext,
  requestKey,
} from '../parse/payloads.js';
import { allRefusalWords, fieldErrors, leftOutWords } from '../refusals.js';
import { answerView, giveForm, longestInput } from '../views.js';
import {
  answerTo,
  channelFacts,
  type Desk,
  draftOf,
  finish,
  formLater,
  give,
  largestSureGroup,
  ownChannelFacts,
} from './desk.js';

/** Characters that a form remembers. @see https://docs.slack.dev/reference/views */
const longestMemory = 3000;

type FormArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/**
 * Opens the form, filled in with what is known, or answers with a button that does when Slack's trigger is over.
 * @param how - `hints`: what the person should know besides
 */
export async function openForm(
  desk: Desk,
  request: ShoutoutRequest,
  how: { triggerId: string; responseUrl: string | undefined; hints?: string[] },
): Promise<void> {
  const { bot, client, workspace } = desk;
  const { responseUrl } = how;
  const [values, settings, prefill, channel, barred] = await Promise.all([
    listValues(bot.db, workspace),
    findSettings(bot.db, workspace),
    prefillOf(desk, request),
    channelOf(desk, request),
    barredWords(desk, request.giverSlackId),
  ]);
  const person = { bot, client, responseUrl, memberSlackId: request.giverSlackId };
  if (barred) {
    await tell(person, said(barred));
    return;
  }
  const context: FormContext = {
    place: request.place,
    about: request.about,
    teamSlackId: request.teamSlackId,
    responseUrl: responseUrl && isSlackUrl(responseUrl, bot.responseHosts) ? responseUrl : null,
    groups: [],
  };
  const groups = request.groups
    .filter(({ trouble, memberSlackIds }) => !trouble && memberSlackIds.length <= recipientLimit)
    .map(({ slackId, handle, memberSlackIds }) => ({
      slackId,
      handle,
      memberSlackIds: memberSlackIds.filter(one => prefill.slackIds.includes(one)),
    }));
  for (const group of groups) {
    const withGroup = { ...context, groups: [...context.groups, group] };
    if (JSON.stringify(withGroup).length <= longestMemory) context.groups = withGroup.groups;
  }
  const uncredited = groups.length - context.groups.length;
  const contents = { ...request, recipientSlackIds: prefill.slackIds, channelSlackId: channel.slackId };
  const hints = [...(how.hints ?? []), ...channel.hints, ...prefill.hints, ...uncreditedHints(uncredited)];
  const opened = await openView(
    client,
    how.triggerId,
    giveForm(contents, values, context, settings, joined(hints)),
  );
  if (opened) return;
  await tell(person, await formLater(desk, request));
}

function uncreditedHints(count: number): string[] {
  if (count === 0) return [];
  return [`I cannot keep so many groups: ${count} of them will not be named. Their people are filled in.`];
}

/** Why somebody cannot give at all; null: they can, or Slack does not say who they are. It is looked at again when they do. */
async function barredWords({ bot, client, workspace }: Desk, giverSlackId: string): Promise<string | null> {
  const [settings, [giver]] = await Promise.all([
    findSettings(bot.db, workspace),
    lookUpMembers({ db: bot.db, client, workspace }, [giverSlackId], bot.now()).catch((): Member[] => []),
  ]);
  const code = giver && givingRefusal(giver, 'give', settings);
  return code ? allRefusalWords([{ code }]).join(' ') : null;
}

function joined(hints: string[]): string | null {
  return hints.length > 0 ? hints.join(' ') : null;
}

/** The channel to fill in, or words on why the present one does not do. */
async function channelOf(
  desk: Desk,
  request: ShoutoutRequest,
): Promise<{ slackId: string | null; hints: string[] }> {
  const { shoutoutChannelId } = await findSettings(desk.bot.db, desk.workspace);
  const wanted = announcementChannel({ ...request, visibility: 'public' }, { shoutoutChannelId });
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
async function prefillOf(
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
    ...(large ? [`${large.handle} has ${large.memberSlackIds.length} members: look them over first.`] : []),
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

/** Someone's "Fix it" or "Open the form": the form again, with their words. */
export async function onOpenForm(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const draftId = action.value ?? '';
  const request = await draftOf(desk, draftId, body.user.id);
  if (!request) {
    await tell(
      { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id },
      answers.draftGone(bot.commands),
    );
    return;
  }
  await openForm(desk, request, { triggerId: body.trigger_id, responseUrl: body.response_url });
}

/** Someone submitted the form. */
export async function onGiveForm(bot: Bot, { ack, body, view, client, context }: FormArgs): Promise<void> {
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const form = parseFormContext(view.private_metadata);
  const filledIn = parseForm(view.state.values);
  const request: ShoutoutRequest = {
    ...blankRequest({
      requestKey: requestKey.view(view.id),
      teamSlackId: form.teamSlackId,
      giverSlackId: body.user.id,
      place: form.place,
      source: 'modal',
    }),
    ...filledIn,
    about: form.about,
    groups: form.groups
      .filter(group => group.memberSlackIds.every(one => filledIn.recipientSlackIds.includes(one)))
      .map(group => ({ ...group, trouble: null })),
  };
  const deadline = startDeadline();
  const work = give(desk, request);
  const first = await deadline.before(work);
  if (first.kind === 'late') {
    const heard = await acknowledge(bot, connectionOf(context), () =>
      ack({ response_action: 'update', view: answerView(answers.checkingShoutout(bot.commands)) }),
    );
    await finishFormLate(desk, request, { view, form, work, answered: heard && deadline.isMet() });
    return;
  }

  const outcome = first.result;
  if (outcome.kind === 'refused') {
    await ack({ response_action: 'errors', errors: fieldErrors(outcome.reasons) });
    return;
  }
  const message = await answerTo(desk, request, outcome);
  const inForm = outcome.kind === 'sameAgain' || !form.responseUrl;
  const heard = await acknowledge(bot, connectionOf(context), () =>
    inForm ? ack({ response_action: 'update', view: answerView(message) }) : ack(),
  );
  await finish(desk, outcome, heard && deadline.isMet());
  if (!inForm) {
    const { responseUrl } = form;
    await tell({ bot, client, responseUrl, memberSlackId: body.user.id }, message, { replace: true });
  }
  void refreshHome({ ...desk, memberSlackId: body.user.id });
}

/** The form said "checking…"; what it came to is shown in it. */
async function finishFormLate(
  desk: Desk,
  request: ShoutoutRequest,
  {
    view,
    form,
    work,
    answered,
  }: { view: FormArgs['view']; form: FormContext; work: Promise<GiveOutcome>; answered: boolean },
): Promise<void> {
  const { bot, client } = desk;
  const late = await work
    .then(async outcome => ({ outcome, ...(await lateAnswer(desk, request, form, outcome)) }))
    .catch(error => {
      const message = reportFailure(bot, error, { member: request.giverSlackId });
      return { outcome: null, message, view: answerView(message) };
    });
  await tellInForm({ bot, client, memberSlackId: request.giverSlackId, viewId: view.id }, late);
  await finish(desk, late.outcome, answered);
}

/** A refusal shows the form again, its faults above it: a view that is shown late cannot mark its fields. */
async function lateAnswer(
  desk: Desk,
  request: ShoutoutRequest,
  form: FormContext,
  outcome: GiveOutcome,
): Promise<{ view: ModalView; message: Message }> {
  const message = await answerTo(desk, request, outcome);
  if (outcome.kind !== 'refused') return { view: answerView(message), message };
  const [values, settings, { slackIds }] = await Promise.all([
    listValues(desk.bot.db, desk.workspace),
    findSettings(desk.bot.db, desk.workspace),
    prefillOf(desk, request),
  ]);
  const contents = { ...request, recipientSlackIds: slackIds, channelSlackId: request.announceIn };
  return {
    view: giveForm(contents, values, form, settings, joined(allRefusalWords(outcome.reasons))),
    message,
  };
}
