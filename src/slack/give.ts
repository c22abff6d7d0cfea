// The ways in: a command, a form, a second try. Each becomes one ShoutoutRequest, and ends here in one answer.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  SlashCommand,
  ViewSubmitAction,
} from '@slack/bolt';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Member, ShoutoutRequest, Workspace } from '../model.js';
import { findDraft, saveDraft } from '../recognition/drafts.js';
import { knownMembers } from '../recognition/members.js';
import { recipientIds, recipientLimit } from '../recognition/rules.js';
import { confirmAnswered, type GiveOutcome, giveShoutout } from '../recognition/shoutouts.js';
import { listValues } from '../recognition/values.js';
import { acknowledge, type Deadline, isSlackUrl, startDeadline, tell } from './answer.js';
import { type Bot, workspaceOf } from './bot.js';
import { answerCommand } from './command.js';
import { GiveFailure, reportFailure } from './errors.js';
import { answerInPlace } from './in-place.js';
import { lookUpChannelNames, lookUpMembers } from './lookup.js';
import * as messages from './messages.js';
import {
  commandPlace,
  type FormContext,
  mentionedMembers,
  parseDraft,
  parseForm,
  parseFormContext,
  parseText,
  requestKey,
  unnamedChannels,
} from './parse.js';
import { allRefusalWords, fieldErrors, refusalWords } from './refusals.js';
import { joinNames } from './text.js';
import { lastMessage } from './undo.js';
import { answerView, giveForm } from './views.js';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type FormArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Everything that one request needs. */
interface Desk {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
}

/** Someone's `/shoutout @ana #craft for …`. */
export async function onShoutoutCommand(bot: Bot, args: CommandArgs): Promise<void> {
  const { command, ack, client, context } = args;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const word = command.text.trim().toLowerCase();
  if (word === 'help') return answerCommand(bot, args, helpMessage(desk));
  if (word === 'last') return answerCommand(bot, args, lastMessage(bot, desk.workspace, command.user_id));

  const deadline = startDeadline();
  const work = handleCommand(desk, command);
  const first = await deadline.before(work);
  if (first.kind === 'done') {
    const { message, outcome } = first.result;
    const heard = await acknowledge(bot.log, () =>
      ack(message ? { response_type: 'ephemeral', ...message } : undefined),
    );
    await finish(desk, outcome, heard && deadline.isMet());
    if (!message)
      await openForm(desk, first.result.request, {
        triggerId: command.trigger_id,
        responseUrl: command.response_url,
      });
    return;
  }
  const heard = await acknowledge(bot.log, () => ack({ response_type: 'ephemeral', ...messages.checking() }));
  const person = { bot, client, responseUrl: command.response_url, memberSlackId: command.user_id };
  try {
    const { message, outcome, request } = await work;
    await tell(person, message ?? (await formLater(desk, request)));
    await finish(desk, outcome, heard && deadline.isMet());
  } catch (error) {
    await tell(person, reportFailure(bot, error, { team: command.team_id, member: command.user_id }));
  }
}

async function helpMessage({ bot, workspace }: Desk): Promise<messages.Message> {
  return messages.shoutoutHelp(bot.commands, await listValues(bot.db, workspace));
}

interface Handled {
  request: ShoutoutRequest;
  /** Null: the form is to be opened. */
  message: messages.Message | null;
  outcome: GiveOutcome | null;
}

async function handleCommand(desk: Desk, command: SlashCommand): Promise<Handled> {
  const request = await readCommand(desk, command).catch(error => {
    throw new GiveFailure('no', error);
  });
  const nobody = request.recipientSlackIds.length === 0 && request.groups.length === 0;
  if (nobody || (request.message === '' && request.groups.length === 0))
    return { request, message: null, outcome: null };
  const outcome = await give(desk, request);
  return { request, message: await answerTo(desk, request, outcome), outcome };
}

async function readCommand(
  { bot, client, workspace }: Desk,
  command: SlashCommand,
): Promise<ShoutoutRequest> {
  const [values, channelNames] = await Promise.all([
    listValues(bot.db, workspace),
    lookUpChannelNames(client, unnamedChannels(command.text)),
  ]);
  const parsed = parseText(command.text, { values, channelNames });
  const mentioned = mentionedMembers(command.text);
  const others = mentioned.filter(slackId => !parsed.recipientSlackIds.includes(slackId));
  // People who are only named in the sentence are shown by their name where it is known; nobody waits for Slack on their account.
  const names = new Map(others.length > 0 ? await namesOf({ bot, client, workspace }, others) : []);
  return {
    ...(names.size > 0 ? parseText(command.text, { values, channelNames, names }) : parsed),
    requestKey: requestKey.command(command.trigger_id),
    teamSlackId: command.team_id,
    giverSlackId: command.user_id,
    place: commandPlace(command),
    source: 'command',
    repeatConfirmed: false,
  };
}

async function namesOf({ bot, workspace }: Desk, slackIds: string[]): Promise<[string, string][]> {
  const { members } = await knownMembers(bot.db, workspace, slackIds, bot.now());
  return members.map(member => [member.slackId, member.name]);
}

/** Looks up everyone who matters, then records. */
async function give({ bot, client, workspace }: Desk, request: ShoutoutRequest): Promise<GiveOutcome> {
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
async function finish(
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

async function answerTo(
  { bot, workspace }: Desk,
  request: ShoutoutRequest,
  outcome: GiveOutcome,
): Promise<messages.Message> {
  switch (outcome.kind) {
    case 'given':
      return messages.given({ ...outcome, place: request.place });
    case 'refused':
      return messages.refused({
        reasons: allRefusalWords(outcome.reasons),
        message: request.message,
        draftId: await saveDraft(bot.db, workspace, request, bot.now()),
      });
    case 'sameAgain':
      return messages.sameAgain({
        earlier: outcome.earlier,
        draftId: await saveDraft(bot.db, workspace, request, bot.now()),
      });
  }
}

async function formLater({ bot, workspace }: Desk, request: ShoutoutRequest): Promise<messages.Message> {
  return messages.openForm(await saveDraft(bot.db, workspace, request, bot.now()));
}

/** Slack takes a trigger once, and within 3 s. @see https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const lateTriggers = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
]);

async function openForm(
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
      messages.draftGone(bot.commands),
    );
    return;
  }
  await openForm(desk, request, { triggerId: body.trigger_id, responseUrl: body.response_url, draftId });
}

async function draftOf(
  { bot, workspace }: Desk,
  draftId: string,
  memberSlackId: string,
): Promise<ShoutoutRequest | null> {
  return parseDraft(await findDraft(bot.db, workspace, { draftId, memberSlackId }, bot.now()));
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
    ack({ response_action: 'update', view: answerView(messages.checking()) }),
  );
  const show = async (next: ReturnType<typeof answerView>, message: messages.Message) => {
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

/** Someone confirmed that the same words are to be recorded a second time. */
export async function onRecordAgain(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const place = { bot, client, body };
  const draftId = action.value ?? '';
  const draft = await draftOf(desk, draftId, body.user.id);
  if (!draft) {
    await answerInPlace(place, messages.draftGone(bot.commands));
    return;
  }
  const request = { ...draft, requestKey: requestKey.repeat(draftId), repeatConfirmed: true };
  const outcome = await give(desk, request);
  await answerInPlace(place, await answerTo(desk, request, outcome));
  await finish(desk, outcome, true);
}

/** Someone said that once was right. */
export async function onDropDraft(bot: Bot, { ack, body, client }: ButtonArgs): Promise<void> {
  await ack();
  await answerInPlace({ bot, client, body }, messages.onceIsRight());
}
