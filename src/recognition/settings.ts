// What a workspace has chosen, and who may change it.
import type { ChannelTrouble, Member, Settings, Viewer, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listKeepers } from '../store/keepers.js';
import { findMember, listMembers } from '../store/members.js';
import {
  type AlsoValues,
  type Appointed,
  findSettings as find,
  listViewers,
  markSettings,
} from '../store/settings.js';
import { isTimeZone } from './calendar.js';
import { scheduleOf } from './digests/schedule.js';
import { type Action, isGranted, may, rolesOf } from './permissions.js';
import { adminRefusal } from './rules/changes.js';

/** The most that a person may be allowed to give on one day. */
export const mostDailyLimit = 1000;

/** What the workspace has chosen; null, or the usual, where nothing has been. */
export function findSettings(db: Db, workspace: Workspace): Promise<Settings> {
  return find(db, workspace.id);
}

/** The settings with the people that they name. */
export interface Overview {
  settings: Settings;
  keepers: Member[];
  /** Who may see everyone's statistics, those named first first. */
  viewers: Viewer[];
  /** Who changed them last; null: nobody, or whoever runs the bot. */
  changedBy: Member | null;
}

export async function findOverview(db: Db, workspace: Workspace): Promise<Overview> {
  const [settings, keepers, viewers] = await Promise.all([
    find(db, workspace.id),
    listKeepers(db, workspace.id),
    listViewers(db, workspace.id),
  ]);
  const { changedById } = settings;
  return {
    settings,
    keepers,
    viewers,
    changedBy: changedById ? await findMember(db, workspace.id, changedById) : null,
  };
}

/** What can be chosen. */
export type Choices = Omit<Settings, 'version' | 'changedById' | 'updatedAt' | 'digestSince'>;

export interface SettingsRequest {
  /** As Slack says of them now; null: whoever runs the bot, at its console. */
  by: Member | null;
  /** What it does not name stays. */
  change: Partial<Choices>;
  /** They must have been looked up. */
  keeperSlackIds?: string[];
  viewerSlackIds?: string[];
  /** Why something cannot be posted in a channel that is chosen. */
  channelTroubles?: { choice: 'shoutoutChannelId' | 'digestChannelId'; trouble: ChannelTrouble }[];
  /** The version that whoever asks had seen; null: whatever there is. */
  seenVersion: number | null;
  /** What becomes of the values in the same transaction; left out: they stay. */
  alsoValues?: AlsoValues;
}

/** Something that cannot be chosen, which whoever asks can mend. */
export type SettingsFault =
  | { code: 'badTimeZone'; typed: string }
  | { code: 'badDailyLimit'; most: number }
  | { code: 'badDigestTime' }
  | { code: 'noKeepers' }
  /** Bots, people who have left, and people of other organisations; or nobody Slack knows. */
  | { code: 'cannotKeep'; names: string[] }
  /** These, and guests. */
  | { code: 'cannotView'; names: string[] }
  | { code: 'closedChannel'; choice: 'shoutoutChannelId' | 'digestChannelId'; trouble: ChannelTrouble };

export type SettingsOutcome =
  /** `appointed`: null: this very change was made before. */
  | { kind: 'changed'; overview: Overview; appointed: Appointed | null }
  | { kind: 'refused'; faults: SettingsFault[] }
  | { kind: 'impossible'; reason: 'notAdmin' }
  /** Somebody changed them after the version that was seen: nothing is written. */
  | { kind: 'changedMeanwhile'; overview: Overview }
  /** By `alsoValues`: nothing is written. */
  | { kind: 'declined' };

/**
 * Changes what the request names, all of it or nothing. Refused for anybody but an admin, for choices that cannot be, and
 * when somebody else changed the settings meanwhile.
 */
export async function changeSettings(
  db: Db,
  workspace: Workspace,
  {
    by,
    change,
    keeperSlackIds,
    viewerSlackIds,
    channelTroubles = [],
    seenVersion,
    alsoValues,
  }: SettingsRequest,
  now: Date,
): Promise<SettingsOutcome> {
  if (by && adminRefusal(by, 'changeSettings')) return { kind: 'impossible', reason: 'notAdmin' };
  const [keepers, viewers] = await Promise.all([
    named(db, workspace, keeperSlackIds, 'beKeeper'),
    named(db, workspace, viewerSlackIds, 'beViewer'),
  ]);
  const faults: SettingsFault[] = [
    ...choiceFaults(change),
    ...channelTroubles.map(trouble => ({ code: 'closedChannel' as const, ...trouble })),
    ...(keepers && keepers.members.length + keepers.strangers.length === 0
      ? [{ code: 'noKeepers' as const }]
      : []),
    ...(keepers && keepers.strangers.length > 0
      ? [{ code: 'cannotKeep' as const, names: keepers.strangers }]
      : []),
    ...(viewers && viewers.strangers.length > 0
      ? [{ code: 'cannotView' as const, names: viewers.strangers }]
      : []),
  ];
  if (faults.length > 0) return { kind: 'refused', faults };
  const wanted = {
    change,
    ...(keepers ? { keeperSlackIds: keepers.members.map(one => one.slackId) } : {}),
    ...(viewers ? { viewerSlackIds: viewers.members.map(one => one.slackId) } : {}),
  };
  const before = await find(db, workspace.id);
  // A digest that begins to run does not make up for what was due before.
  const begins = !scheduleOf(before) && scheduleOf({ ...before, ...change });
  const marked = await markSettings(
    db,
    workspace.id,
    {
      change: {
        ...change,
        ...(begins ? { digestSince: now } : {}),
        ...(keepers ? { keeperIds: keepers.members.map(one => one.id) } : {}),
        ...(viewers ? { viewerIds: viewers.members.map(one => one.id) } : {}),
      },
      seenVersion,
      changedById: by?.id ?? null,
      ...(alsoValues ? { alsoValues } : {}),
    },
    now,
  );
  if (marked.kind === 'declined') return marked;
  const overview = await findOverview(db, workspace);
  if (marked.kind === 'stale' && !isSo(overview, wanted)) return { kind: 'changedMeanwhile', overview };
  return { kind: 'changed', overview, appointed: marked.kind === 'written' ? marked.appointed : null };
}

/** Whether everything is as it is wanted already: the same form a second time is no other change. */
function isSo(
  { settings, keepers, viewers }: Overview,
  wanted: Pick<SettingsRequest, 'change' | 'keeperSlackIds' | 'viewerSlackIds'>,
): boolean {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const isThese = (members: Member[], slackIds: string[] | undefined) =>
    !slackIds || isSame(members.map(one => one.slackId).sort(), slackIds.toSorted());
  return (
    Object.entries(wanted.change).every(([name, value]) => isSame(settings[name as keyof Settings], value)) &&
    isThese(keepers, wanted.keeperSlackIds) &&
    isThese(
      viewers.map(one => one.member),
      wanted.viewerSlackIds,
    )
  );
}

/** What cannot be among the choices themselves. */
export function choiceFaults({
  timeZone,
  dailyLimit,
  digestWeekday,
  digestHour,
}: Partial<Choices>): SettingsFault[] {
  const isWithin = (number: number, least: number, most: number) =>
    Number.isInteger(number) && number >= least && number <= most;
  return [
    ...(timeZone != null && !isTimeZone(timeZone) ? [{ code: 'badTimeZone' as const, typed: timeZone }] : []),
    ...(dailyLimit !== undefined && !isWithin(dailyLimit, 1, mostDailyLimit)
      ? [{ code: 'badDailyLimit' as const, most: mostDailyLimit }]
      : []),
    ...((digestWeekday !== undefined && !isWithin(digestWeekday, 1, 7)) ||
    (digestHour !== undefined && !isWithin(digestHour, 0, 23))
      ? [{ code: 'badDigestTime' as const }]
      : []),
  ];
}

/** The people with these Slack ids who can be in charge of something, and what to call the others. */
async function named(
  db: Db,
  workspace: Workspace,
  slackIds: string[] | undefined,
  action: Naming,
): Promise<{ members: Member[]; strangers: string[] } | null> {
  if (!slackIds) return null;
  const known = await listMembers(db, workspace.id, slackIds);
  const members: Member[] = [];
  const strangers: string[] = [];
  for (const slackId of new Set(slackIds)) {
    const member = known.find(one => one.slackId === slackId);
    if (member && canBeNamed(member, action)) members.push(member);
    else strangers.push(member?.name ?? slackId);
  }
  return { members, strangers };
}

/** What people are named for. */
export type Naming = Extract<Action, 'beKeeper' | 'beViewer' | 'beLead'>;

/** Whether somebody can be named to keep the bot, to see everyone's statistics, or to lead a team. */
export function canBeNamed(member: Member, action: Naming): boolean {
  return isGranted(may(action, rolesOf(member)));
}
