// Opens the settings and the first steps, for workspace admins.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { CompanyValue, Member, Workspace } from '../../model.js';
import { zoneAmong } from '../../recognition/calendar.js';
import { mayOfferSetUp } from '../../recognition/members.js';
import { adminRefusal } from '../../recognition/rules/changes.js';
import { findOverview, findSettings, type Overview } from '../../recognition/settings.js';
import { listValues } from '../../recognition/values.js';
import { tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { type SettingsSection, settingsSections } from '../ids.js';
import { lookUpMembers, lookUpNow } from '../lookup.js';
import { said } from '../messages/parts.js';
import { onlyAdmins, setUpOffer } from '../messages/settings.js';
import { openView } from '../open-view.js';
import { fingerprint, valueLine } from '../parse/value-lines.js';
import { settingsForm, setUpForm } from '../views/settings.js';
import { longestInput } from '../views.js';
import { suggestChannel } from './suggest-channel.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Somebody who wants to see or change the settings, and how they are answered. */
export interface Asker {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
  memberSlackId: string;
  triggerId: string;
  responseUrl: string | undefined;
}

/** Opens the settings, or says that only admins change them. */
export async function openSettings(asker: Asker, sections: SettingsSection[]): Promise<void> {
  const by = await adminOf(asker);
  if (!by) return;
  const { bot, client, workspace, triggerId } = asker;
  const [overview, values] = await Promise.all([
    findOverview(bot.db, workspace),
    listValues(bot.db, workspace),
  ]);
  const view = settingsForm(filledIn(overview, by), values, {
    version: overview.settings.version,
    sections,
  });
  if (!(await openView(client, triggerId, view))) await tooLate(asker);
}

/** Opens the first steps, every choice filled in, or says that only admins take them. */
export async function openSetUp(asker: Asker, channelSlackId: string | null): Promise<void> {
  const by = await adminOf(asker);
  if (!by) return;
  const { bot, client, workspace, triggerId } = asker;
  const [overview, values, suggested] = await Promise.all([
    findOverview(bot.db, workspace),
    listValues(bot.db, workspace),
    suggestChannel(asker, channelSlackId),
  ]);
  const filled = filledIn(overview, by);
  const { settings } = filled;
  // Who took the first steps before may have wanted none.
  const channelId = settings.isSetUp ? settings.shoutoutChannelId : (settings.shoutoutChannelId ?? suggested);
  const view = setUpView({ ...filled, settings: { ...settings, shoutoutChannelId: channelId } }, values, {
    hint: null,
    round: 0,
  });
  if (!(await openView(client, triggerId, view))) await tooLate(asker);
}

/** Workspaces that have been set up. None ever becomes new again, so nothing is read for their commands. */
const known = new WeakSet<Workspace>();

/** Offers the first steps to an admin who used a command, once a day while nobody has taken them. Never throws. */
export async function offerSetUp(
  asker: Pick<Asker, 'bot' | 'client' | 'workspace' | 'memberSlackId' | 'responseUrl'>,
): Promise<void> {
  const { bot, client, workspace, memberSlackId } = asker;
  if (known.has(workspace)) return;
  try {
    if ((await findSettings(bot.db, workspace)).isSetUp) {
      known.add(workspace);
      return;
    }
    // Who gives or asks for the first time is not known yet.
    await lookUpMembers({ db: bot.db, client, workspace }, [memberSlackId], bot.now());
    if (await mayOfferSetUp(bot.db, workspace, memberSlackId, bot.now())) await tell(asker, setUpOffer());
  } catch (error) {
    bot.log.info({ err: error }, 'The first steps could not be offered.');
  }
}

/** The first steps with everything filled in. @param how - `round`: how often the form has been shown anew */
export function setUpView(
  { settings, keepers }: Overview,
  values: CompanyValue[],
  { hint, round }: { hint: string | null; round: number },
): ModalView {
  const lines = values.map(valueLine).join('\n');
  const contents = {
    settings,
    valueLines: lines.length <= longestInput ? lines : null,
    keeperSlackIds: keepers.map(one => one.slackId),
  };
  const seen = { version: settings.version, sections: [], seenValues: fingerprint(values), round };
  return setUpForm(contents, seen, hint);
}

/** What nobody has chosen yet is first what fits whoever chooses: their time zone, and they keep the bot. */
export function filledIn(overview: Overview, by: Member): Overview {
  const { settings, keepers } = overview;
  return {
    ...overview,
    settings: { ...settings, timeZone: zoneAmong(settings.timeZone, by.timeZone) },
    keepers: keepers.length > 0 ? keepers : [by],
  };
}

/** Whoever asks, as Slack says of them now; null: no admin, and told so. */
async function adminOf(asker: Asker): Promise<Member | null> {
  const { bot, client, workspace, memberSlackId } = asker;
  const by = await lookUpNow({ db: bot.db, client, workspace }, memberSlackId, bot.now());
  if (!adminRefusal(by, 'changeSettings')) return by;
  await tell(asker, onlyAdmins());
  return null;
}

async function tooLate(asker: Asker): Promise<void> {
  await tell(asker, said('Slack took a little long. Please try that again.'));
}

function askerOf(bot: Bot, { body, client, context }: ButtonArgs): Asker {
  return {
    bot,
    client,
    workspace: workspaceOf(context),
    memberSlackId: body.user.id,
    triggerId: body.trigger_id,
    responseUrl: body.response_url,
  };
}

/** Someone pressed Change beside a section of the settings. */
export async function onOpenSettings(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  const section = settingsSections.find(one => one === args.action.value);
  await openSettings(askerOf(bot, args), section ? [section] : [...settingsSections]);
}

/** Someone pressed "Set up". */
export async function onSetUp(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  await openSetUp(askerOf(bot, args), args.body.channel?.id ?? null);
}
