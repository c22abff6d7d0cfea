// What is known of people: who has to be looked up, and keeping what Slack says.
import type { Member, MemberProfile, Preference, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import {
  claimNudge,
  listMembers,
  listMembersCalled,
  markAway,
  markChanged,
  markPreference,
  upsertMembers,
} from '../store/members.js';
import { dateOf, daysBetween, zoneAmong } from './calendar.js';
import { accountOf, isGranted, may, rolesOf } from './permissions.js';
import { adminRefusal } from './rules/changes.js';
import { peopleHaveChanged } from './teams/rosters.js';

const freshMilliseconds = 24 * 60 * 60 * 1000;

/** The members known among `slackIds`, and the ids that Slack has to be asked about: never seen, or a day old. */
export async function knownMembers(
  db: Db,
  workspace: Workspace,
  slackIds: string[],
  now: Date,
): Promise<{ members: Member[]; toFetch: string[] }> {
  const members = await listMembers(db, workspace.id, slackIds);
  const fresh = new Set(
    members
      .filter(member => now.getTime() - member.fetchedAt.getTime() < freshMilliseconds)
      .map(member => member.slackId),
  );
  return { members, toFetch: [...new Set(slackIds)].filter(slackId => !fresh.has(slackId)) };
}

/** Slack's answers take seconds. What is known from longer after a question comes from a clock that was set back. */
const longestAnswerMilliseconds = 60_000;

/** Keeps what Slack says of people, unless an event that is newer came meanwhile. Returns them as kept. */
export function saveMembers(
  db: Db,
  workspace: Workspace,
  profiles: MemberProfile[],
  askedAt: Date,
): Promise<Member[]> {
  const latest = new Date(askedAt.getTime() + longestAnswerMilliseconds);
  return upsertMembers(db, workspace.id, profiles, { asOf: askedAt, latest });
}

/** Whether there is anything here for somebody to choose for themselves. */
export function mayChoose(member: Member): boolean {
  return isGranted(may('choose', rolesOf(member)));
}

/** Why a choice is not kept. `unknown`: of somebody whom nobody has looked up, there is nothing to keep it in. */
export type ChoiceRefusal = 'outsider' | 'unknown';

/** Keeps what a person wants of announcements about them, from the next one on. Returns why not, or null. */
export async function changePreference(
  db: Db,
  workspace: Workspace,
  { memberSlackId, preference }: { memberSlackId: string; preference: Preference },
): Promise<ChoiceRefusal | null> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (!member) return 'unknown';
  if (!mayChoose(member)) return 'outsider';
  await markPreference(db, workspace.id, { memberId: member.id, preference });
  return null;
}

/** The one person who is called so, by first name or whole name; null: nobody is, or several are. */
export async function findCalled(db: Db, workspace: Workspace, name: string): Promise<Member | null> {
  if (!/^\p{L}[\p{L}\p{M}' -]{1,79}$/u.test(name)) return null;
  const [found, ...others] = await listMembersCalled(db, workspace.id, { name, most: 2 });
  return found && others.length === 0 ? found : null;
}

export type AwayRefusal = ChoiceRefusal | 'noDay' | 'badDay' | 'tooFar';

/** How far ahead somebody may say that they are away. */
const mostAwayDays = 400;

/**
 * Keeps until which day a person is away, that day included; null: they are back. Returns why not, or null.
 * @param awayUntil - such as `2026-11-30`; a day that has passed is refused, and one that no calendar has
 */
export async function changeAway(
  db: Db,
  workspace: Workspace,
  { memberSlackId, awayUntil }: { memberSlackId: string; awayUntil: string | null },
  now: Date,
): Promise<AwayRefusal | null> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (!member) return 'unknown';
  if (!mayChoose(member)) return 'outsider';
  if (awayUntil !== null) {
    const today = dateOf(now, zoneAmong(member.timeZone));
    const days = daysBetween(today, awayUntil);
    if (days === null) return 'noDay';
    if (days < 0) return 'badDay';
    if (days > mostAwayDays) return 'tooFar';
  }
  await markAway(db, workspace.id, { memberId: member.id, awayUntil });
  return null;
}

/** Until which day a person is away; null: they are there, or that day has passed where they are. */
export function awayUntilOf({ awayUntil, timeZone }: Pick<Member, 'awayUntil' | 'timeZone'>, now: Date) {
  return awayUntil !== null && awayUntil >= dateOf(now, zoneAmong(timeZone)) ? awayUntil : null;
}

const offerMilliseconds = 24 * 60 * 60 * 1000;

/** Whether to offer somebody the first steps, in a workspace where nobody has taken them: to admins, once a day. */
export async function mayOfferSetUp(
  db: Db,
  workspace: Workspace,
  memberSlackId: string,
  now: Date,
): Promise<boolean> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (!member || adminRefusal(member, 'changeSettings')) return false;
  const since = new Date(now.getTime() - offerMilliseconds);
  return claimNudge(db, workspace.id, { memberId: member.id, reason: 'setUp', since, now });
}

/** What an event says of a person. */
export interface MemberNews {
  /** As a whole, where the event shows it all; else null. */
  profile: MemberProfile | null;
  slackId: string;
  /** What it says for sure. */
  changed: Partial<MemberProfile>;
  /** When it happened, by Slack's clock. */
  happenedAt: Date;
}

/**
 * Keeps what an event says of a person, unless what is known is newer: events come late, twice, out of order and at once.
 * Where nothing has changed by it, they are known as of then all the same. Somebody new is kept where the event shows all
 * of them and they are of this workspace; others are looked up when they are named.
 */
export async function applyMemberNews(
  db: Db,
  workspace: Workspace,
  { profile, slackId, changed, happenedAt }: MemberNews,
  now: Date,
): Promise<void> {
  const when = { asOf: happenedAt < now ? happenedAt : now, latest: now };
  const [member] = await listMembers(db, workspace.id, [slackId]);
  // Who is shown in part is not known anew as a whole.
  if (member) await markChanged(db, workspace.id, { slackId, changed, isWhole: profile !== null }, when);
  else if (profile && !profile.isForeign) await upsertMembers(db, workspace.id, [profile], when);
  const after = member ? { ...member, ...changed } : profile;
  if (after && accountOf(after) !== (member && accountOf(member)))
    await peopleHaveChanged(db, workspace, member?.id ?? null, now);
}
