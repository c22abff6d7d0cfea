// Who can be thanked.
import type { Member, NamedGroup, Recipient, ShoutoutRequest } from '../../model.js';
import { accountOf, isGranted, may, rolesOf } from '../permissions.js';
import type { Refusal } from '../refusal.js';
import type { GivingSettings } from './giving.js';

export const recipientLimit = 30;

const teamPrefix = 'team:';

/** How a team is named among the groups of a shout-out; Slack's ids of groups have no colon. */
export function teamGroupId(teamId: string): string {
  return `${teamPrefix}${teamId}`;
}

function isTeam({ slackId }: Pick<NamedGroup, 'slackId'>): boolean {
  return slackId.startsWith(teamPrefix);
}

/** A request as far as it says who is thanked. */
export type Addressed = Pick<ShoutoutRequest, 'giverSlackId' | 'recipientSlackIds' | 'groups'>;

/** The people who would be thanked, by name and by group: each once, without the giver, those named first. */
export function recipientIds({ giverSlackId, recipientSlackIds, groups }: Addressed): string[] {
  const everyone = [...recipientSlackIds, ...groups.flatMap(group => group.memberSlackIds)];
  return [...new Set(everyone)].filter(slackId => slackId !== giverSlackId);
}

/** Whether the giver named themselves among others, and is therefore left out. */
export function isGiverLeftOut(request: Addressed): boolean {
  return request.recipientSlackIds.includes(request.giverSlackId) && recipientIds(request).length > 0;
}

/** Why a member cannot be thanked at all; null: they can. */
export function receivingRefusal(
  member: Member,
  { mayGuestsReceive }: Pick<GivingSettings, 'mayGuestsReceive'>,
): 'bot' | 'foreign' | 'deactivated' | 'guest' | 'leaveMeOut' | null {
  const account = accountOf(member);
  const isBarred = !isGranted(may('receive', rolesOf(member)), { guestsReceive: mayGuestsReceive });
  if (isBarred && account !== 'member') return account;
  return member.preference === 'leaveMeOut' ? 'leaveMeOut' : null;
}

/** Whether a member can be thanked at all. */
export function canReceive(member: Member, settings: Pick<GivingSettings, 'mayGuestsReceive'>): boolean {
  return receivingRefusal(member, settings) === null;
}

/** Whether no announcement is to name them. */
export function keepsPrivate({ preference }: Pick<Member, 'preference'>): boolean {
  return preference === 'onlyPrivately' || preference === 'leaveMeOut';
}

/** A member as they are thanked now. */
export function recipientOf(member: Member): Recipient {
  return { ...member, isHidden: keepsPrivate(member) };
}

/** Members of a named group who cannot receive, and were not named themselves: they are left out, and said. */
export function leftOutOfGroups(
  { recipientSlackIds }: Addressed,
  members: Member[],
  settings: Pick<GivingSettings, 'mayGuestsReceive'>,
): Member[] {
  return members.filter(
    member => !canReceive(member, settings) && !recipientSlackIds.includes(member.slackId),
  );
}

/** Those who are thanked, in their order, of the people who are known. */
export function recipientsOf(
  request: Addressed,
  members: Member[],
  settings: Pick<GivingSettings, 'mayGuestsReceive'>,
): Recipient[] {
  const leftOut = leftOutOfGroups(request, members, settings);
  return recipientIds(request)
    .slice(0, recipientLimit)
    .flatMap(slackId => members.find(member => member.slackId === slackId) ?? [])
    .filter(member => !leftOut.includes(member))
    .map(recipientOf);
}

/** Why these people cannot be thanked. */
export function recipientRefusals(
  request: Addressed,
  members: Member[],
  settings: Pick<GivingSettings, 'mayGuestsReceive'>,
): Refusal[] {
  const found: Refusal[] = request.groups.flatMap(group => groupRefusals(group, request, members, settings));
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
    const code = member && receivingRefusal(member, settings);
    if (!member) found.push({ code: 'unknownMember', slackId });
    else if (code) found.push({ code, name: member.name });
  }
  return found;
}

function groupRefusals(
  group: NamedGroup,
  request: Addressed,
  members: Member[],
  settings: Pick<GivingSettings, 'mayGuestsReceive'>,
): Refusal[] {
  const { giverSlackId } = request;
  const { handle, trouble, memberSlackIds } = group;
  if (trouble === 'needsPaidPlan') return [{ code: 'groupNeedsPaidPlan', handle }];
  if (trouble === 'unknown') return [{ code: 'unknownGroup', handle }];
  if (trouble === 'unknownTeam') return [{ code: 'unknownTeam', typed: handle, nearest: null, slugs: null }];
  if (trouble === 'tooLarge') return [{ code: 'teamTooLarge', handle, limit: recipientLimit }];
  // Where they are so many that nobody was looked up, that is the refusal.
  if (recipientIds(request).length > recipientLimit) return [];
  const receiving = members.filter(
    member =>
      memberSlackIds.includes(member.slackId) &&
      member.slackId !== giverSlackId &&
      canReceive(member, settings),
  );
  if (receiving.length > 0) return [];
  return [{ code: isTeam(group) ? 'nobodyInTeam' : 'nobodyInGroup', handle }];
}
