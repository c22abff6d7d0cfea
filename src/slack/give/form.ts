// The form: opened, filled in with what was typed, submitted.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Member, ShoutoutRequest } from '../../model.js';
import { recipientIds, recipientLimit } from '../../recognition/rules.js';
import type { GiveOutcome } from '../../recognition/shoutouts.js';
import { listValues } from '../../recognition/values.js';
import { acknowledge, type Deadline, isSlackUrl, startDeadline, tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { GiveFailure, reportFailure } from '../errors.js';
import { lookUpMembers } from '../lookup.js';
import * as answers from '../messages/answers.js';
import type { Message } from '../messages/parts.js';
import { type FormContext, parseForm, parseFormContext, requestKey } from '../parse/payloads.js';
import { allRefusalWords, fieldErrors, refusalWords } from '../refusals.js';
import { joinNames } from '../text.js';
import { answerView, giveForm } from '../views.js';
import { answerTo, type Desk, draftOf, finish, formLater, give } from './desk.js';

type FormArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Slack takes a trigger once, and within 3 s. @see https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const lateTriggers = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
]);

export async function openForm(
  desk: Desk,
  request: ShoutoutRequest,
  {
    triggerId,
    responseUrl,
    draftId = null,
  }: { triggerId: string; responseUrl: string | undefined; draftId?: string | null },
): Promise<void> {
  const { bot, client, workspace } = desk;
  const context: FormContext = {
    place: request.place,
    teamSlackId: request.teamSlackId,
    responseUrl: responseUrl && isSlackUrl(responseUrl, bot.responseHosts) ? responseUrl : null,
    draftId,
  };
  const [values, prefill] = await Promise.all([listValues(bot.db, workspace), prefillOf(desk, request)]);
  try {
    await client.views.open({
      trigger_id: triggerId,
      view: giveForm({ ...request, recipientSlackIds: prefill.slackIds }, values, context, prefill.hint),
    });
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError && lateTriggers.has(error.data.error)))
      throw new GiveFailure('no', error);
    await tell(
      { bot, client, responseUrl, memberSlackId: request.giverSlackId },
      await formLater(desk, request),
    );
  }
}

/** The people the form can be filled in with, and words on those it cannot. Slack's menu takes nobody it does not list. */
async function prefillOf(
  { bot, client, workspace }: Desk,
  request: ShoutoutRequest,
): Promise<{ slackIds: string[]; hint: string | null }> {
  const slackIds = recipientIds(request).slice(0, recipientLimit);
  const members = await lookUpMembers({ db: bot.db, client, workspace }, slackIds, bot.now()).catch(
    (): Member[] => [],
  );
  const canReceive = (slackId: string) =>
    members.some(one => one.slackId === slackId && !one.isBot && !one.isDeactivated && !one.isForeign);
  const leftOut = members
    .filter(one => slackIds.includes(one.slackId) && !canReceive(one.slackId))
    .map(one => one.name);
  const hints = [
    ...(leftOut.length > 0
      ? [
          `${joinNames(leftOut)} cannot receive shout-outs and ${leftOut.length === 1 ? 'is' : 'are'} left out.`,
        ]
      : []),
    ...(request.groups.length > 0 ? [refusalWords({ code: 'groupsNotYet', groups: request.groups })] : []),
    ...request.unknownValues.map(typed => `There is no value #${typed}: choose from these.`),
  ];
  return { slackIds: slackIds.filter(canReceive), hint: hints.length > 0 ? hints.join(' ') : null };
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
  await openForm(desk, request, { triggerId: body.trigger_id, responseUrl: body.response_url, draftId });
}

/** Someone submitted the form. */
export async function onGiveForm(bot: Bot, { ack, body, view, client, context }: FormArgs): Promise<void> {
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const form = parseFormContext(view.private_metadata);
  const request: ShoutoutRequest = {
    ...parseForm(view.state.values),
    requestKey: requestKey.view(view.id),
    teamSlackId: form.teamSlackId,
    giverSlackId: body.user.id,
    unknownValues: [],
    groups: [],
    place: form.place,
    source: 'modal',
    repeatConfirmed: false,
  };
  const deadline = startDeadline();
  const work = give(desk, request);
  const first = await deadline.before(work);
  if (first.kind === 'late') return finishFormLate(desk, request, { view, form, deadline, work }, ack);

  const outcome = first.result;
  if (outcome.kind === 'refused') {
    await ack({ response_action: 'errors', errors: fieldErrors(outcome.reasons) });
    return;
  }
  const message = await answerTo(desk, request, outcome);
  const inForm = outcome.kind === 'sameAgain' || !form.responseUrl;
  const heard = await acknowledge(bot.log, () =>
    inForm ? ack({ response_action: 'update', view: answerView(message) }) : ack(),
  );
  await finish(desk, outcome, heard && deadline.isMet());
  if (!inForm) {
    const { responseUrl } = form;
    await tell({ bot, client, responseUrl, memberSlackId: body.user.id }, message, { replace: true });
  }
}

/** The form said "checking…"; what it came to is shown in it. */
async function finishFormLate(
  { bot, client, workspace }: Desk,
  request: ShoutoutRequest,
  {
    view,
    form,
    deadline,
    work,
  }: { view: FormArgs['view']; form: FormContext; deadline: Deadline; work: Promise<GiveOutcome> },
  ack: FormArgs['ack'],
): Promise<void> {
  const desk = { bot, client, workspace };
  const heard = await acknowledge(bot.log, () =>
    ack({ response_action: 'update', view: answerView(answers.checking()) }),
  );
  const show = async (next: ReturnType<typeof answerView>, message: Message) => {
    try {
      await client.views.update({ view_id: view.id, view: next });
    } catch (error) {
      // They closed it: the answer reaches them all the same.
      bot.log.info({ err: error }, 'A form was gone before its answer; it goes by direct message.');
      await client.chat.postMessage({ channel: request.giverSlackId, ...message });
    }
  };
  try {
    const outcome = await work;
    const message = await answerTo(desk, request, outcome);
    if (outcome.kind === 'refused') {
      const values = await listValues(bot.db, workspace);
      await show(giveForm(request, values, form, allRefusalWords(outcome.reasons).join(' ')), message);
    } else {
      await show(answerView(message), message);
    }
    await finish(desk, outcome, heard && deadline.isMet());
  } catch (error) {
    const message = reportFailure(bot, error, { member: request.giverSlackId });
    await show(answerView(message), message);
  }
}
