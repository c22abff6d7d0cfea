// Saves the settings and the first steps that a workspace admin submitted.
import type { WebClient } from '@slack/web-api';
import type { CompanyValue, Member, Workspace } from '../../model.js';
import { applyValues } from '../../recognition/change-values.js';
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
import { lookUpChannel, lookUpMembers, lookUpNow } from '../lookup.js';
import { said } from '../messages/parts.js';
import {
  changed,
  changedMeanwhile,
  namedViewer,
  onlyAdmins,
  settingsErrors,
  setUpDone,
} from '../messages/settings.js';
import { parseSettings, parseSettingsContext, type SettingsState } from '../parse/settings.js';
import { fingerprint, parseValueLines, valueLine } from '../parse/value-lines.js';
import { faultWords } from '../values/words.js';
import { settingsForm, setUpForm } from '../views/settings.js';

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
  const { version, sections } = parseSettingsContext(view.private_metadata);
  const state = parseSettings(view.state.values);
  const work = async (): Promise<FormAnswer> => {
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const saving = { bot, client, workspace, by };
    const outcome = await save(saving, state, { seenVersion: version, isTrial: false });
    switch (outcome.kind) {
      case 'changed':
        return { message: changed(sections, outcome.overview) };
      case 'changedMeanwhile': {
        const { overview } = outcome;
        const hint = changedMeanwhile(overview);
        const values = await listValues(bot.db, workspace);
        const seen = { version: overview.settings.version, sections };
        return { message: said(hint), view: settingsForm(overview, values, seen, hint) };
      }
      case 'refused':
        return { errors: settingsErrors(outcome.faults) };
      case 'impossible':
        return { message: onlyAdmins() };
    }
  };
  await answerForm(bot, args, work());
}

/** Someone submitted the first steps. */
export async function onSetUpForm(bot: Bot, args: FormArgs): Promise<void> {
  const { view, body, client, context } = args;
  const workspace = workspaceOf(context);
  const { version, seenValues } = parseSettingsContext(view.private_metadata);
  const state = parseSettings(view.state.values);
  const lines = parseValueLines(state.valueLines ?? '');
  const work = async (): Promise<FormAnswer> => {
    if ('wrongLine' in lines) return { errors: { [fields.valueLines]: wrongLineWords(lines.wrongLine) } };
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const saving = { bot, client, workspace, by };
    const request = {
      by,
      values: lines.values,
      canonical: emojiName,
      isAsSeen: (active: CompanyValue[]) => fingerprint(active) === seenValues,
    };
    const settings = { ...state, change: { ...state.change, isSetUp: true } };
    // Nothing half-done: the values change only when the settings can.
    const trial = await save(saving, settings, { seenVersion: version, isTrial: true });
    if (trial.kind !== 'changed') return answerOf(trial);
    const applied = await applyValues(bot.db, workspace, request, bot.now());
    if (applied.kind === 'impossible') return { message: onlyAdmins() };
    if (applied.kind === 'refused') {
      const words = applied.faults.map(({ name, fault }) => `${name}: ${faultWords(fault)}`);
      return { errors: { [fields.valueLines]: words.join(' ') } };
    }
    if (applied.kind === 'changedMeanwhile') {
      const hint = 'Somebody changed the values after you opened this form, so I saved nothing.';
      return shownAnew(await findOverview(bot.db, workspace), hint);
    }
    return answerOf(await save(saving, settings, { seenVersion: version, isTrial: false }));
  };
  const answerOf = async (outcome: SettingsOutcome): Promise<FormAnswer> => {
    switch (outcome.kind) {
      case 'changed':
        return { message: setUpDone(outcome.overview, bot.commands.shoutout) };
      case 'changedMeanwhile':
        return shownAnew(outcome.overview, changedMeanwhile(outcome.overview));
      case 'refused':
        return { errors: settingsErrors(outcome.faults) };
      case 'impossible':
        return { message: onlyAdmins() };
    }
  };
  const shownAnew = async ({ settings, keepers }: Overview, hint: string): Promise<FormAnswer> => {
    const values = await listValues(bot.db, workspace);
    const contents = {
      settings,
      valueLines: values.map(valueLine).join('\n'),
      keeperSlackIds: keepers.map(one => one.slackId),
    };
    const seen = { version: settings.version, sections: [], seenValues: fingerprint(values) };
    return { message: said(hint), view: setUpForm(contents, seen, hint) };
  };
  await answerForm(bot, args, work());
}

function wrongLineWords(line: string): string {
  return `"${line.slice(0, 60)}" needs an emoji in front and a name behind it, such as ":gem: Craft".`;
}

/** Looks up the people and channels that are named, saves, and tells those concerned. */
async function save(
  { bot, client, workspace, by }: Saving,
  { change, keeperSlackIds, viewerSlackIds }: SettingsState,
  { seenVersion, isTrial }: { seenVersion: number; isTrial: boolean },
): Promise<SettingsOutcome> {
  const { db } = bot;
  const people = [...(keeperSlackIds ?? []), ...(viewerSlackIds ?? [])].slice(0, mostPeople);
  const [before, channelTroubles] = await Promise.all([
    findOverview(db, workspace),
    troublesOf({ bot, client, workspace }, change),
    lookUpMembers({ db, client, workspace }, people, bot.now()),
  ]);
  const request: SettingsRequest = {
    by,
    change,
    ...(keeperSlackIds ? { keeperSlackIds } : {}),
    ...(viewerSlackIds ? { viewerSlackIds } : {}),
    channelTroubles,
    seenVersion,
    isTrial,
  };
  const outcome = await changeSettings(db, workspace, request, bot.now());
  if (outcome.kind === 'changed' && !isTrial)
    void tellViewers({ bot, client, workspace, by }, before, outcome.overview);
  return outcome;
}

/** A menu of Slack's takes more; nobody needs them. */
const mostPeople = 100;

/** Why something cannot be posted in a channel that is chosen now. */
async function troublesOf(
  { bot, client, workspace }: Omit<Saving, 'by'>,
  change: SettingsState['change'],
): Promise<NonNullable<SettingsRequest['channelTroubles']>> {
  const troubles = await Promise.all(
    (['shoutoutChannelId', 'digestChannelId'] as const).map(async choice => {
      const slackId = change[choice];
      const facts = slackId ? await lookUpChannel(client, workspace, slackId, bot.now()) : null;
      return facts?.trouble ? [{ choice, trouble: facts.trouble }] : [];
    }),
  );
  return troubles.flat();
}

/** Who may see everyone's statistics is logged, and told to whoever is named. Home shows it to everybody. */
async function tellViewers(
  { bot, client, workspace, by }: Saving,
  before: Overview,
  after: Overview,
): Promise<void> {
  const ids = ({ viewers }: Overview) => viewers.map(one => one.member.slackId);
  const added = ids(after).filter(slackId => !ids(before).includes(slackId));
  const removed = ids(before).filter(slackId => !ids(after).includes(slackId));
  if (added.length + removed.length === 0) return;
  bot.log.info(
    { workspace: workspace.slackId, by: by.slackId, added, removed },
    "Who may see everyone's statistics was changed.",
  );
  for (const memberSlackId of added) {
    if (memberSlackId !== by.slackId)
      await tell({ bot, client, responseUrl: null, memberSlackId }, namedViewer(by.name));
  }
}
