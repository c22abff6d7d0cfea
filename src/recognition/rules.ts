// The reasons to refuse a shout-out, as pure rules.
import { distance } from 'fastest-levenshtein';
import type { CompanyValue, Member, NamedGroup, ShoutoutRequest } from '../model.js';
import type { Refusal } from './refusal.js';

/** Characters as people count them, in a message. */
const messageLimit = 2000;
export const recipientLimit = 30;
/** So many unknown values are named one by one. */
const mostUnknownNamed = 10;
/** How long a giver may take a shout-out back. */
export const undoMilliseconds = 24 * 60 * 60 * 1000;
/** How long the same words by the same giver are suspected to be a second try. */
export const repeatMilliseconds = 2 * 60 * 1000;

/** What the rules look at: the request, and what the workspace knows of those in it. */
export interface Facts {
  request: ShoutoutRequest;
  /** Everyone named whom the workspace knows; may lack some. */
  members: Member[];
  /** The workspace's values that can be given. */
  values: CompanyValue[];
}

/** Every reason to refuse, in the order a person would mend them: people, values, message. Empty: none. */
export function refusals({ request, members, values }: Facts): Refusal[] {
  return [
    ...recipientRefusals(request, members),
    ...valueRefusals(request, values),
    ...messageRefusals(request),
  ];
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

function recipientRefusals(request: ShoutoutRequest, members: Member[]): Refusal[] {
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

function valueRefusals(request: ShoutoutRequest, values: CompanyValue[]): Refusal[] {
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

function messageRefusals(request: ShoutoutRequest): Refusal[] {
  const length = messageLength(request.message);
  return length > messageLimit ? [{ code: 'messageTooLong', length, limit: messageLimit }] : [];
}
