// Editing a shout-out: its words and values change, and people may be added.
import type { CompanyValue, Member, Place, Recipient, Settings, Shoutout, Workspace } from '../../model.js';
import { type Edit, markEdited } from '../../store/change-shoutouts.js';
import type { Db } from '../../store/db.js';
import type { NewPost } from '../../store/insert-shoutouts.js';
import { listMembers } from '../../store/members.js';
import { findSettings } from '../../store/settings.js';
import { findShoutout } from '../../store/shoutouts.js';
import { listValues } from '../../store/values.js';
import type { ChangeRefusal, Refusal } from '../refusal.js';
import { changeRefusal, type GiverAction } from '../rules/changes.js';
import { announcementChannel, requiredRefusals, whereThereAreValues } from '../rules/giving.js';
import {
  type Addressed,
  canReceive,
  recipientIds,
  recipientLimit,
  recipientOf,
  recipientRefusals,
} from '../rules/people.js';
import { isCalled, valueRefusals, valuesCalled } from '../rules/values.js';
import { messageRefusals } from '../rules/words.js';
import { channelAmong } from '../team-channels.js';
import { explainRetired } from '../values.js';
import { directPost, plannedPosts } from './give.js';

export interface EditRequest {
  shoutoutId: string;
  /** Who asks. */
  memberSlackId: string;
  /** Everyone it is to thank, those who were thanked before included. */
  recipientSlackIds: string[];
  valueSlugs: string[];
  /** Plain text; may be empty. */
  message: string;
  impact: string;
  /** How often it had been edited as this edit was begun. */
  seenEdits: number;
  /** Something can be announced where it was given; asked of what was not announced yet. */
  isPlaceOpen: boolean;
}

export type EditOutcome =
  /** `unreachable`: Slack never confirmed one of its copies, so that it cannot be changed. */
  | { kind: 'edited'; shoutout: Shoutout; unreachable: boolean }
  | { kind: 'refused'; reasons: Refusal[] }
  | { kind: 'impossible'; reason: ChangeRefusal };

/**
 * Edits a shout-out for its giver, within 24 hours, and plans that every copy shows it. Safe to repeat; refused when
 * another edit came in between, so that an old form or a late repetition undoes nothing.
 * Values that were retired since stay. The people who are added must have been looked up before.
 */
export async function editShoutout(
  db: Db,
  workspace: Workspace,
  request: EditRequest,
  now: Date,
): Promise<EditOutcome> {
  const [shoutout, settings, values, members] = await Promise.all([
    findShoutout(db, workspace.id, request.shoutoutId),
    findSettings(db, workspace.id),
    listValues(db, workspace.id),
    listMembers(db, workspace.id, request.recipientSlackIds.slice(0, 2 * recipientLimit)),
  ]);
  const impossible = shoutout
    ? changeRefusal(shoutout, request.memberSlackId, 'edit', now)
    : 'unknownShoutout';
  if (!shoutout || impossible) return { kind: 'impossible', reason: impossible ?? 'unknownShoutout' };

  const reasons = editRefusals(shoutout, request, { values, members, settings });
  if (reasons.length > 0) return { kind: 'refused', reasons: await explainRetired(db, workspace, reasons) };
  const newcomers = members.filter(member => !shoutout.recipients.some(one => one.id === member.id));
  const ownChannelSlackId = isFirstReason(shoutout, request)
    ? await channelAmong(db, workspace, {
        giver: shoutout.giver,
        recipients: [...shoutout.recipients, ...newcomers.map(recipientOf)],
      })
    : null;
  return change(
    db,
    shoutout,
    { memberSlackId: request.memberSlackId, action: 'edit' },
    present => {
      const known = new Set(present.recipients.map(one => one.slackId));
      const added = recipientIds(addressed(request.memberSlackId, request.recipientSlackIds))
        .filter(slackId => !known.has(slackId))
        .flatMap(slackId => members.find(one => one.slackId === slackId) ?? [])
        .map(recipientOf);
      if (isChangedMeanwhile(present, request)) return 'changedMeanwhile';
      const retired = present.values.filter(value => !values.some(one => one.id === value.id));
      return {
        message: request.message,
        impact: request.impact,
        values: [...retired, ...valuesCalled(request.valueSlugs, values)],
        added,
        posts: isFirstReason(present, request)
          ? firstPosts(present, added, { settings, isPlaceOpen: request.isPlaceOpen, ownChannelSlackId }, now)
          : added.map(recipient => directPost(recipient, now)),
      };
    },
    now,
  );
}

/** Adds one value to a shout-out, for its giver, within 24 hours. Safe to repeat. */
export async function addValue(
  db: Db,
  workspace: Workspace,
  {
    shoutoutId,
    memberSlackId,
    valueSlug,
  }: Pick<EditRequest, 'shoutoutId' | 'memberSlackId'> & { valueSlug: string },
  now: Date,
): Promise<EditOutcome> {
  const [shoutout, values] = await Promise.all([
    findShoutout(db, workspace.id, shoutoutId),
    listValues(db, workspace.id),
  ]);
  if (!shoutout) return { kind: 'impossible', reason: 'unknownShoutout' };
  const value = valuesCalled([valueSlug], values)[0];
  if (!value) {
    const reasons = valueRefusals({ valueSlugs: [valueSlug], unknownValues: [] }, values);
    return { kind: 'refused', reasons: await explainRetired(db, workspace, reasons) };
  }
  return change(
    db,
    shoutout,
    { memberSlackId, action: 'addValue' },
    present => ({
      message: present.message,
      impact: present.impact,
      values: present.values.some(one => one.id === value.id) ? present.values : [...present.values, value],
      added: [],
      posts: [],
    }),
    now,
  );
}

/**
 * Adds the reason to a shout-out by reaction, for its giver, which is then announced like any other.
 * Refused when it has one: that is an edit.
 */
export async function addReason(
  db: Db,
  workspace: Workspace,
  {
    shoutoutId,
    memberSlackId,
    message,
    isPlaceOpen,
  }: Pick<EditRequest, 'shoutoutId' | 'memberSlackId' | 'message' | 'isPlaceOpen'>,
  now: Date,
): Promise<EditOutcome> {
  const [shoutout, settings] = await Promise.all([
    findShoutout(db, workspace.id, shoutoutId),
    findSettings(db, workspace.id),
  ]);
  if (!shoutout) return { kind: 'impossible', reason: 'unknownShoutout' };
  const reasons = messageRefusals({ message, impact: '' });
  if (message === '') reasons.push({ code: 'noReason' });
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const ownChannelSlackId = await channelAmong(db, workspace, shoutout);
  return change(
    db,
    shoutout,
    { memberSlackId, action: 'addReason' },
    present =>
      present.message === message
        ? { ...present, added: [], posts: [] }
        : present.message === ''
          ? {
              ...present,
              message,
              added: [],
              posts: firstPosts(present, [], { settings, isPlaceOpen, ownChannelSlackId }, now),
            }
          : 'changedMeanwhile',
    now,
  );
}

async function change(
  db: Db,
  shoutout: Shoutout,
  { memberSlackId, action }: { memberSlackId: string; action: GiverAction },
  edit: (present: Shoutout) => Edit | ChangeRefusal,
  now: Date,
): Promise<EditOutcome> {
  let impossible: ChangeRefusal = 'unknownShoutout';
  const edited = await markEdited(
    db,
    { workspaceId: shoutout.workspaceId, id: shoutout.id, giverId: shoutout.giver.id },
    present => {
      const decided = changeRefusal(present, memberSlackId, action, now) ?? edit(present);
      if (typeof decided !== 'string') return decided;
      impossible = decided;
      return null;
    },
    now,
  );
  return edited ? { kind: 'edited', ...edited } : { kind: 'impossible', reason: impossible };
}

/** Whether a shout-out by reaction gets its reason, with which it is announced. */
function isFirstReason(present: Shoutout, { message }: Pick<EditRequest, 'message'>): boolean {
  return present.source === 'reaction' && present.message === '' && message !== '';
}

/** As for a shout-out that is given now. */
function firstPosts(
  present: Shoutout,
  added: Recipient[],
  {
    settings,
    isPlaceOpen,
    ownChannelSlackId,
  }: { settings: Settings; isPlaceOpen: boolean; ownChannelSlackId: string | null },
  now: Date,
): NewPost[] {
  const place: Place =
    isPlaceOpen && present.channelSlackId !== null
      ? { kind: 'channel', channelSlackId: present.channelSlackId, isPrivate: present.isPlacePrivate }
      : { kind: 'direct' };
  const request = { visibility: present.visibility, announceIn: null, place };
  const channelSlackId = announcementChannel(request, settings, ownChannelSlackId);
  return plannedPosts(channelSlackId, [...present.recipients, ...added], now);
}

/** The same edit a second time is no other edit. */
function isChangedMeanwhile(present: Shoutout, request: EditRequest): boolean {
  if (present.edits === request.seenEdits) return false;
  const known = present.recipients.map(one => one.slackId);
  const isSame =
    present.message === request.message &&
    present.impact === request.impact &&
    present.values.every(value => value.retiredAt || valuesCalled(request.valueSlugs, [value]).length > 0) &&
    request.valueSlugs.every(slug => present.values.some(value => isCalled(value, slug))) &&
    request.recipientSlackIds.every(slackId => known.includes(slackId));
  return !isSame;
}

function addressed(giverSlackId: string, recipientSlackIds: string[]): Addressed {
  return { giverSlackId, recipientSlackIds, groups: [] };
}

function editRefusals(
  shoutout: Shoutout,
  request: EditRequest,
  { values, members, settings }: { values: CompanyValue[]; members: Member[]; settings: Settings },
): Refusal[] {
  const { recipients } = shoutout;
  const missing = recipients
    .filter(one => canReceive(one, settings) && !request.recipientSlackIds.includes(one.slackId))
    .map(one => one.name);
  // Somebody who could be thanked then and cannot now stays, and is no reason to refuse.
  const added = members.filter(member => !recipients.some(one => one.id === member.id));
  const stay = recipients.map(one => ({
    ...one,
    isBot: false,
    isForeign: false,
    isDeactivated: false,
    isGuest: false,
    preference: 'everywhere' as const,
  }));
  // No form offers what was retired, and it stays.
  const retired = shoutout.values.filter(value => value.retiredAt).map(value => value.slug);
  const valueSlugs = [...retired, ...request.valueSlugs];
  const everyone = [...recipients.map(one => one.slackId), ...request.recipientSlackIds];
  return [
    ...(missing.length > 0 ? [{ code: 'recipientsMissing' as const, names: missing }] : []),
    ...recipientRefusals(addressed(request.memberSlackId, everyone), [...stay, ...added], settings),
    ...valueRefusals({ valueSlugs: request.valueSlugs, unknownValues: [] }, [...values, ...shoutout.values]),
    ...requiredRefusals(
      { ...request, valueSlugs, source: shoutout.source, unknownValues: [] },
      whereThereAreValues(settings, values),
    ),
    ...messageRefusals(request),
  ];
}
