// The form submitted: recorded, or its fields marked.
import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { ShoutoutRequest } from '../../model.js';
import { nameTeams } from '../../recognition/named-teams.js';
import { findSettings } from '../../recognition/settings.js';
import type { GiveOutcome } from '../../recognition/shoutouts/give.js';
import { mayGoToTeam } from '../../recognition/team-channels.js';
import { acknowledge, startDeadline, tell, tellInForm } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { GiveFailure, reportFailure } from '../errors.js';
import { refreshHome } from '../home/open.js';
import { fields } from '../ids.js';
import * as answers from '../messages/answers.js';
import type { Message } from '../messages/parts.js';
import {
  blankRequest,
  type FormContext,
  parseForm,
  parseFormContext,
  requestKey,
} from '../parse/payloads.js';
import { allRefusalWords, fieldErrors } from '../refusals.js';
import { giveForm } from '../views/give.js';
import { answerView } from '../views.js';
import { answerTo, type Desk, finish, give } from './desk.js';
import { joined, offeredIn, prefillOf } from './prefill.js';

type FormArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Someone submitted the form. */
export async function onGiveForm(bot: Bot, { ack, body, view, client, context }: FormArgs): Promise<void> {
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const form = parseFormContext(view.private_metadata);
  const filledIn = parseForm(view.state.values);
  const deadline = startDeadline();
  const work = giveFilledIn(desk, { form, filledIn, viewId: view.id, giverSlackId: body.user.id });
  const first = await deadline.before(work);
  if (first.kind === 'late') {
    const heard = await acknowledge(bot, connectionOf(context), () =>
      ack({ response_action: 'update', view: answerView(answers.checkingShoutout(bot.commands)) }),
    );
    const filled = { view, form, filledIn, giverSlackId: body.user.id };
    await finishFormLate(desk, filled, { work, answered: heard && deadline.isMet() });
    return;
  }

  const { request, outcome } = first.result;
  if (outcome.kind === 'refused') {
    const isTeamChosen = filledIn.teams.length > 0;
    const hasTeams = view.blocks.some(block => block.block_id === fields.teams);
    await ack({
      response_action: 'errors',
      errors: fieldErrors(outcome.reasons, { hasTeams, isTeamChosen }),
    });
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

/** What was asked for in a form, and what it came to. */
interface Submitted {
  request: ShoutoutRequest;
  outcome: GiveOutcome;
}

/** @throws {GiveFailure} when Slack or the database does not answer */
async function giveFilledIn(
  desk: Desk,
  {
    form,
    filledIn: { teams, ...filledIn },
    viewId,
    giverSlackId,
  }: { form: FormContext; filledIn: ReturnType<typeof parseForm>; viewId: string; giverSlackId: string },
): Promise<Submitted> {
  const { bot, workspace } = desk;
  // Who is in a team that was chosen is looked up when the form is sent.
  const chosen = await nameTeams(bot.db, workspace, { wishes: teams, giverSlackId }).catch(error => {
    throw new GiveFailure('no', error);
  });
  const filled = form.groups
    .filter(group => group.memberSlackIds.every(one => filledIn.recipientSlackIds.includes(one)))
    .filter(group => !chosen.some(one => one.slackId === group.slackId))
    .map(group => ({ ...group, trouble: null }));
  const request: ShoutoutRequest = {
    ...blankRequest({
      requestKey: requestKey.view(viewId),
      teamSlackId: form.teamSlackId,
      giverSlackId,
      place: form.place,
      source: 'modal',
    }),
    ...filledIn,
    about: form.about,
    groups: [...filled, ...chosen],
  };
  return { request, outcome: await give(desk, request) };
}

/** A form as it was sent. */
interface Filled {
  view: FormArgs['view'];
  form: FormContext;
  filledIn: ReturnType<typeof parseForm>;
  giverSlackId: string;
}

/** The form said "checking…"; what it came to is shown in it. */
async function finishFormLate(
  desk: Desk,
  filled: Filled,
  { work, answered }: { work: Promise<Submitted>; answered: boolean },
): Promise<void> {
  const { bot, client } = desk;
  const { giverSlackId } = filled;
  const late = await work
    .then(async submitted => ({
      outcome: submitted.outcome,
      ...(await lateAnswer(desk, filled, submitted)),
    }))
    .catch(error => {
      const message = reportFailure(bot, error, { member: giverSlackId });
      return { outcome: null, message, view: answerView(message) };
    });
  await tellInForm({ bot, client, memberSlackId: giverSlackId, viewId: filled.view.id }, late);
  await finish(desk, late.outcome, answered);
}

/** A refusal shows the form again, its faults above it: a view that is shown late cannot mark its fields. */
async function lateAnswer(
  desk: Desk,
  { form, filledIn }: Filled,
  { request, outcome }: Submitted,
): Promise<{ view: ModalView; message: Message }> {
  const message = await answerTo(desk, request, outcome);
  if (outcome.kind !== 'refused') return { view: answerView(message), message };
  const [offered, settings, isTeamPossible, { slackIds }] = await Promise.all([
    offeredIn(desk),
    findSettings(desk.bot.db, desk.workspace),
    mayGoToTeam(desk.bot.db, desk.workspace, { ...request, announceIn: null }),
    // Those in a chosen team are not filled in beside it.
    prefillOf(desk, { ...request, groups: [] }),
  ]);
  const contents = {
    ...request,
    recipientSlackIds: slackIds,
    teamIds: filledIn.teams.map(team => team.teamId),
    channelSlackId: request.announceIn,
    isTeamPossible,
  };
  return {
    view: giveForm(contents, offered, form, settings, joined(allRefusalWords(outcome.reasons))),
    message,
  };
}
