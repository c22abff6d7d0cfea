// Saves the settings and the first steps that a workspace admin submitted.
import type { WebClient } from '@slack/web-api';
import type { CompanyValue, Member, Workspace } from '../../model.js';
import { setUp } from '../../recognition/set-up.js';
import {
  changeSettings,
  findOverview,
  type Overview,
  type SettingsOutcome,
  type SettingsRequest,
} from '../../recognition/settings.js';
import { listValues } from '../../recognition/values.js';
import { tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { emojiName } from '../emoji.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { fields } from '../ids.js';
import { lookUpMembers, lookUpNow, lookUpTroubles } from '../lookup.js';
import { said } from '../messages/parts.js';
import {
  changed,
  changedMeanwhile,
  namedKeeper,
  namedViewer,
  onlyAdmins,
  settingsErrors,
  setUpDone,
  valuesChangedMeanwhile,
} from '../messages/settings.js';
import { parseSettings, parseSettingsContext, type SettingsState, settingsBlock } from '../parse/settings.js';
import { fingerprint, parseValueLines } from '../parse/value-lines.js';
import { faultWords } from '../values/words.js';
import { settingsForm } from '../views/settings.js';
import { filledIn, setUpView } from './open.js';

interface Saving {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
  by: Member;
}

/** Someone submitted the settings. */
export async function onSettingsForm(bot: Bot, args: FormArgs): Promise<void> {
  const { view, body, client, context } = args;
  const workspace = workspaceOf(context);
  const form = parseSettingsContext(view.private_metadata);
  const work = async (): Promise<FormAnswer> => {
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const saving = { bot, client, workspace, by };
    const request = await requestOf(saving, parseSettings(view.state.values, form), form.version);
    const outcome = await changeSettings(bot.db, workspace, request, bot.now());
    tellAppointed(saving, outcome);
    switch (outcome.kind) {
      case 'changed':
        return { message: changed(form.sections, outcome.overview) };
      case 'changedMeanwhile': {
        const { overview } = outcome;
        const hint = changedMeanwhile(overview);
        const values = await listValues(bot.db, workspace);
        const next = { ...form, version: overview.settings.version, round: form.round + 1 };
        return { message: said(hint), view: settingsForm(filledIn(overview, by), values, next, hint) };
      }
      case 'refused':
        return errorsIn(settingsErrors(outcome.faults), form);
      case 'impossible':
        return { message: onlyAdmins() };
      case 'declined':
        throw new Error('A change of settings alone cannot be declined.');
    }
  };
  await answerForm(bot, args, work());
}

/** Someone submitted the first steps. */
export async function onSetUpForm(bot: Bot, args: FormArgs): Promise<void> {
  const { view, body, client, context } = args;
  const workspace = workspaceOf(context);
  const form = parseSettingsContext(view.private_metadata);
  const state = parseSettings(view.state.values, form);
  const shownAnew = async (overview: Overview, by: Member, hint: string): Promise<FormAnswer> => ({
    message: said(hint),
    view: setUpView(filledIn(overview, by), await listValues(bot.db, workspace), {
      hint,
      round: form.round + 1,
    }),
  });
  const work = async (): Promise<FormAnswer> => {
    const [by, present] = await Promise.all([
      lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now()),
      listValues(bot.db, workspace),
    ]);
    const lines = state.valueLines === null ? null : parseValueLines(state.valueLines, present);
    if (lines && 'wrongLine' in lines)
      return errorsIn({ [fields.valueLines]: wrongLineWords(lines.wrongLine) }, form);
    const listed = lines && {
      values: lines.values,
      canonical: emojiName,
      isAsSeen: (active: CompanyValue[]) => fingerprint(active) === form.seenValues,
    };
    const saving = { bot, client, workspace, by };
    const settings = await requestOf(saving, state, form.version);
    const outcome = await setUp(bot.db, workspace, { settings, listed }, bot.now());
    switch (outcome.kind) {
      case 'setUp':
        tellAppointed(saving, { ...outcome, kind: 'changed' });
        return { message: setUpDone(outcome, bot.commands) };
      case 'valuesRefused': {
        const words = outcome.faults.map(({ name, fault }) => `${name}: ${faultWords(fault)}`);
        return errorsIn({ [fields.valueLines]: words.join(' ') }, form);
      }
      case 'valuesChangedMeanwhile':
        return shownAnew(await findOverview(bot.db, workspace), by, valuesChangedMeanwhile);
      case 'changedMeanwhile':
        return shownAnew(outcome.overview, by, changedMeanwhile(outcome.overview));
      case 'refused':
        return errorsIn(settingsErrors(outcome.faults), form);
      case 'impossible':
        return { message: onlyAdmins() };
    }
  };
  await answerForm(bot, args, work());
}

/** Faults by field as faults by block. */
function errorsIn(errors: Record<string, string>, form: { round: number }): FormAnswer {
  return {
    errors: Object.fromEntries(
      Object.entries(errors).map(([field, words]) => [settingsBlock(field, form), words]),
    ),
  };
}

function wrongLineWords(line: string): string {
  return `"${line.slice(0, 60)}" needs an emoji in front and a name behind it, such as ":gem: Craft".`;
}

/** What somebody wants, with the people and channels that it names looked up. */
async function requestOf(
  { bot, client, workspace, by }: Saving,
  { change, keeperSlackIds, viewerSlackIds }: SettingsState,
  seenVersion: number,
): Promise<SettingsRequest> {
  const { db } = bot;
  const people = [...(keeperSlackIds ?? []), ...(viewerSlackIds ?? [])].slice(0, mostPeople);
  const choices = ['shoutoutChannelId', 'digestChannelId'] as const;
  const chosen = choices.map(choice => ({ choice, slackId: change[choice] }));
  const [channelTroubles] = await Promise.all([
    lookUpTroubles(client, workspace, chosen, bot.now()),
    lookUpMembers({ db, client, workspace }, people, bot.now()),
  ]);
  return {
    by,
    change,
    ...(keeperSlackIds ? { keeperSlackIds } : {}),
    ...(viewerSlackIds ? { viewerSlackIds } : {}),
    channelTroubles,
    seenVersion,
  };
}

/** A menu of Slack's takes more; nobody needs them. */
const mostPeople = 100;

/**
 * Who may see everyone's statistics is logged, and Home shows it to everybody. Those who are in charge from now on are told
 * as well, once, if Slack takes it.
 */
function tellAppointed({ bot, client, workspace, by }: Saving, outcome: SettingsOutcome): void {
  if (outcome.kind !== 'changed' || !outcome.appointed) return;
  const { addedKeeperIds, addedViewerIds, removedViewerIds } = outcome.appointed;
  const { keepers, viewers } = outcome.overview;
  if (addedViewerIds.length + removedViewerIds.length > 0)
    bot.log.info(
      { workspace: workspace.slackId, by: by.slackId, added: addedViewerIds, removed: removedViewerIds },
      "Who may see everyone's statistics was changed.",
    );
  const others = (members: Member[], ids: string[]) =>
    members.filter(one => ids.includes(one.id) && one.id !== by.id);
  for (const { slackId } of others(
    viewers.map(one => one.member),
    addedViewerIds,
  ))
    void tell({ bot, client, responseUrl: null, memberSlackId: slackId }, namedViewer(by.name, bot.commands));
  for (const { slackId } of others(keepers, addedKeeperIds))
    void tell({ bot, client, responseUrl: null, memberSlackId: slackId }, namedKeeper(by.name));
}
