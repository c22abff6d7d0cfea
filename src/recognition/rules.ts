// The reasons to refuse a shout-out, as pure rules.
import { distance } from 'fastest-levenshtein';
import type { CompanyValue, Member, NamedGroup, Settings, Shoutout, ShoutoutRequest } from '../model.js';
import type { ChangeRefusal, ReactionRefusal, Refusal } from './refusal.js';

/** Characters as people count them, in a message. */
const messageLimit = 2000;
/** And in what changed because of it. */
const impactLimit = 500;
export const recipientLimit = 30;
/** So many unknown values are named one by one. */
const mostUnknownNamed = 10;
/** How long a giver may edit a shout-out or take it back. */
const changeMilliseconds = 24 * 60 * 60 * 1000;
/** How long the same words by the same giver are suspected to be a second try. */
export const repeatMilliseconds = 2 * 60 * 1000;

/** What the rules look at: the request, and what the workspace knows of those in it. */
export interface Facts {
  request: ShoutoutRequest;
  /** Everyone named whom the workspace knows; may lack some. */
  members: Member[];
  /** The workspace's values that can be given. */
  values: CompanyValue[];
  settings: Pick<Settings, 'shoutoutChannelId'>;
}

/** Every reason to refuse, in the order a person would mend them: people, values, message. Empty: none. */
export function refusals({ request, members, values, settings }: Facts): Refusal[] {
  const giver = members.find(one => one.slackId === request.giverSlackId);
  return [
    ...(giver?.isForeign ? [{ code: 'foreignGiver' as const }] : []),
    ...recipientRefusals(request, members),
    ...valueRefusals(request, values),
    ...messageRefusals(request),
    ...channelRefusals(request, settings),
  ];
}

/** Where a shout-out is to be announced; null: nowhere. */
export function announcementChannel(
  { visibility, announceIn, place }: Pick<ShoutoutRequest, 'visibility' | 'announceIn' | 'place'>,
  { shoutoutChannelId }: Pick<Settings, 'shoutoutChannelId'>,
): string | null {
  if (visibility === 'private') return null;
  return announceIn ?? shoutoutChannelId ?? (place.kind === 'channel' ? place.channelSlackId : null);
}

function channelRefusals(request: ShoutoutRequest, settings: Facts['settings']): Refusal[] {
  if (request.visibility === 'private') return [];
  const channelSlackId = announcementChannel(request, settings);
  if (!channelSlackId) return [{ code: 'noChannel' }];
  // The workspace's own channel was somebody's decision; should it be closed to us, its messages wait.
  if (!request.channelTrouble || channelSlackId === settings.shoutoutChannelId) return [];
  return [{ code: 'closedChannel', trouble: request.channelTrouble }];
}

/** Why this member may not edit a shout-out or take it back; null: they may. */
export function changeRefusal(
  shoutout: Shoutout,
  memberSlackId: string,
  now: Date,
): Exclude<ChangeRefusal, 'unknownShoutout'> | null {
  return (
    giverRefusal(shoutout, memberSlackId) ??
    (now.getTime() - shoutout.givenAt.getTime() < changeMilliseconds ? null : 'tooLate')
  );
}

/** Why this member may do nothing with it that only its giver may; null: they may. */
export function giverRefusal(
  shoutout: Shoutout,
  memberSlackId: string,
): 'notYours' | 'alreadyUndone' | 'alreadyRemoved' | null {
  return shoutout.giver.slackId === memberSlackId ? withdrawnRefusal(shoutout) : 'notYours';
}

/** Whether it has ceased to count, as a reason to do nothing more with it. */
export function withdrawnRefusal({
  withdrawnHow,
}: Pick<Shoutout, 'withdrawnHow'>): 'alreadyUndone' | 'alreadyRemoved' | null {
  if (!withdrawnHow) return null;
  return withdrawnHow === 'removed' ? 'alreadyRemoved' : 'alreadyUndone';
}

/** A request as far as it says who is thanked. */
export type Addressed = Pick<ShoutoutRequest, 'giverSlackId' | 'recipientSlackIds' | 'groups'>;

/** The people who would be thanked, by name and by group: each once, without the giver, those named first. */
export function recipientIds({ giverSlackId, recipientSlackIds, groups }: Addressed): string[] {
  const everyone = [...recipientSlackIds, ...groups.flatMap(group => group.memberSlackIds)];
  return [...new Set(everyone)].filter(slackId => slackId !== giverSlackId);
}

/** Whether a member can be thanked at all. */
export function canReceive(member: Member): boolean {
  return !member.isBot && !member.isDeactivated && !member.isForeign;
}

/** Members of a named group who cannot receive, and were not named themselves: they are left out, and said. */
export function leftOutOfGroups({ recipientSlackIds }: Addressed, members: Member[]): Member[] {
  return members.filter(member => !canReceive(member) && !recipientSlackIds.includes(member.slackId));
}

/** Why a reaction gives nothing to whoever wrote the message; null: it does. */
export function authorRefusal(author: Member | null, giver: Pick<Member, 'slackId'>): ReactionRefusal | null {
  if (!author || author.isBot) return 'bot';
  if (author.slackId === giver.slackId) return 'own';
  if (author.isForeign) return 'foreign';
  return author.isDeactivated ? 'deactivated' : null;
}

/** Whether the giver named themselves among others, and is therefore left out. */
export function isGiverLeftOut(request: Addressed): boolean {
  return request.recipientSlackIds.includes(request.giverSlackId) && recipientIds(request).length > 0;
}

/** How long a message is, in characters as people count them: an emoji of several code points is one. */
function messageLength(message: string): number {
  let length = 0;
  for (const _ of graphemes.segment(message)) length += 1;
  return length;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The slug most like what was typed, or null where none is near enough to be meant. */
function nearestSlug(typed: string, values: CompanyValue[]): string | null {
  const wanted = typed.toLowerCase();
  const ranked = values
    .map(({ slug }) => ({ slug, distance: distance(wanted, slug) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.slug.length / 2)) ? best.slug : null;
}

/** Why these people cannot be thanked. */
export function recipientRefusals(request: Addressed, members: Member[]): Refusal[] {
  const found: Refusal[] = request.groups.flatMap(group => groupRefusals(group, request, members));
  const slackIds = recipientIds(request);
  if (slackIds.length === 0) {
    if (request.recipientSlackIds.length > 0) found.push({ code: 'onlyYourself' });
    else if (request.groups.length === 0) found.push({ code: 'noRecipients' });
    return found;
  }
  if (slackIds.length > recipientLimit) {
    return [...found, { code: 'tooManyRecipients', count: slackIds.length, limit: recipientLimit }];
  }
  for (const slackId of slackIds.filter(one => request.recipientSlackIds.includes(one))) {
    const member = members.find(one => one.slackId === slackId);
    if (!member) found.push({ code: 'unknownMember', slackId });
    else if (member.isBot) found.push({ code: 'bot', name: member.name });
    else if (member.isForeign) found.push({ code: 'foreign', name: member.name });
    else if (member.isDeactivated) found.push({ code: 'deactivated', name: member.name });
  }
  return found;
}

function groupRefusals(group: NamedGroup, { giverSlackId }: Addressed, members: Member[]): Refusal[] {
  const { handle, trouble, memberSlackIds } = group;
  if (trouble === 'needsPaidPlan') return [{ code: 'groupNeedsPaidPlan', handle }];
  if (trouble === 'unknown') return [{ code: 'unknownGroup', handle }];
  // A group so large that nobody was looked up is refused for its size.
  if (memberSlackIds.length > recipientLimit) return [];
  const receiving = members.filter(
    member =>
      memberSlackIds.includes(member.slackId) && member.slackId !== giverSlackId && canReceive(member),
  );
  return receiving.length > 0 ? [] : [{ code: 'nobodyInGroup', handle }];
}

/** Why these values cannot be given. */
export function valueRefusals(
  request: Pick<ShoutoutRequest, 'valueSlugs' | 'unknownValues'>,
  values: CompanyValue[],
): Refusal[] {
  const unknown = [
    ...request.unknownValues,
    ...request.valueSlugs.filter(slug => !values.some(value => value.slug === slug)),
  ];
  const distinct = [...new Set(unknown)];
  const named = distinct.slice(0, mostUnknownNamed);
  return [
    ...named.map((typed): Refusal => ({ code: 'unknownValue', typed, nearest: nearestSlug(typed, values) })),
    ...(distinct.length > named.length
      ? [{ code: 'moreUnknownValues' as const, count: distinct.length - named.length }]
      : []),
  ];
}

/** What is too long in a giver's words. */
export function messageRefusals(request: Pick<ShoutoutRequest, 'message' | 'impact'>): Refusal[] {
  const length = messageLength(request.message);
  const impactLength = messageLength(request.impact);
  return [
    ...(length > messageLimit ? [{ code: 'messageTooLong' as const, length, limit: messageLimit }] : []),
    ...(impactLength > impactLimit
      ? [{ code: 'impactTooLong' as const, length: impactLength, limit: impactLimit }]
      : []),
  ];
}

/** Whether a message says so little that its giver may be asked for more: fewer than five words. */
export function isShort(message: string): boolean {
  let words = 0;
  for (const { isWordLike } of wordsOf.segment(message)) if (isWordLike) words += 1;
  return words < sentenceWords;
}

const sentenceWords = 5;
const wordsOf = new Intl.Segmenter('en', { granularity: 'word' });
