// Who in a team has not been thanked lately: to be thought of, never to be told.
import type { Member, Stay, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findFirstUse } from '../../store/digest-people.js';
import { findSettings } from '../../store/settings.js';
import { countPeople, listThanked } from '../../store/team-people.js';
import { listStays } from '../../store/teams.js';
import { zoneAmong } from '../calendar.js';
import { awayUntilOf } from '../members.js';
import { canReceive } from '../rules/people.js';

const weekMilliseconds = 7 * 24 * 60 * 60 * 1000;
/** For so many weeks somebody is new in a team, and a workspace too new for the list. */
const newWeeks = 4;

/** How far back the list can look. */
export const unthankedWeeks = [2, 4, 8, 12] as const;
export type UnthankedWeeks = (typeof unthankedWeeks)[number];
export const usualUnthankedWeeks: UnthankedWeeks = 4;

/** Beyond that nobody reads a list of names. */
export const mostPeopleByName = 1000;

export type Unthanked =
  /** `startsAt`: when the workspace will have been in use for four weeks, from its first shout-out on; null: there was none. */
  | { kind: 'tooEarly'; startsAt: Date | null; timeZone: string }
  | { kind: 'tooLarge'; people: number }
  | {
      kind: 'names';
      /** By nobody; by name, without the reader. */
      byNobody: Member[];
      /** By others, and not by the reader, where they lead the team, else by none of its leads; by name, without them. */
      notByLead: Member[];
      /** The reader leads the team. */
      isLead: boolean;
      /** How many are not looked at, each for the first reason that holds: who cannot be thanked, who is away, who is new. */
      leftOut: { cannotBeThanked: number; away: number; newcomers: number };
      /** When the first shout-out was given, where that is less long ago; else null. */
      since: Date | null;
      timeZone: string;
    };

/**
 * Who of those in the team now was not thanked in the last weeks. Whoever has been in the team for less than four weeks
 * altogether, is away today where they are, or cannot be thanked is left out.
 * @param asked - `reader`: a lead of the team, or who may see everyone's numbers; nobody looks for themselves
 */
export async function findUnthanked(
  db: Db,
  workspace: Workspace,
  { team, reader, weeks }: { team: Team; reader: Member; weeks: UnthankedWeeks },
  now: Date,
): Promise<Unthanked> {
  const [settings, people, first] = await Promise.all([
    findSettings(db, workspace.id),
    countPeople(db, workspace.id, team.id),
    findFirstUse(db, workspace.id),
  ]);
  const timeZone = zoneAmong(settings.timeZone, reader.timeZone);
  const startsAt = first && new Date(first.getTime() + newWeeks * weekMilliseconds);
  if (!startsAt || startsAt > now) return { kind: 'tooEarly', startsAt, timeZone };
  if (people > mostPeopleByName) return { kind: 'tooLarge', people };

  const isLead = team.leads.some(one => one.id === reader.id);
  const leadIds = isLead ? [reader.id] : team.leads.map(one => one.id);
  const from = new Date(now.getTime() - weeks * weekMilliseconds);
  const [stays, thanked, thankedByLead] = await Promise.all([
    // With those who join at this very moment.
    listStays(db, workspace.id, {
      teamId: team.id,
      span: { from: new Date(0), to: new Date(now.getTime() + 1) },
    }),
    listThanked(db, workspace.id, { teamId: team.id, from, giverIds: null }),
    listThanked(db, workspace.id, { teamId: team.id, from, giverIds: leadIds }),
  ]);

  const leftOut = { cannotBeThanked: 0, away: 0, newcomers: 0 };
  const considered = presentPeople(stays, now).filter(({ member, milliseconds }) => {
    if (member.id === reader.id) return false;
    const reason = !canReceive(member, settings)
      ? 'cannotBeThanked'
      : awayUntilOf(member, now) !== null
        ? 'away'
        : milliseconds < newWeeks * weekMilliseconds
          ? 'newcomers'
          : null;
    if (reason) leftOut[reason] += 1;
    return reason === null;
  });
  const members = considered.map(one => one.member);
  return {
    kind: 'names',
    byNobody: members.filter(({ id }) => !thanked.has(id)),
    notByLead:
      leadIds.length > 0
        ? members.filter(({ id }) => thanked.has(id) && !thankedByLead.has(id) && !leadIds.includes(id))
        : [],
    isLead,
    leftOut,
    since: first > from ? first : null,
    timeZone,
  };
}

/** Those who are in the team now, in the order of the stays, with how long they have been in it altogether. */
function presentPeople(stays: Stay[], now: Date): { member: Member; milliseconds: number }[] {
  const altogether = new Map<string, number>();
  for (const { member, joinedAt, leftAt } of stays) {
    const stay = (leftAt ?? now).getTime() - joinedAt.getTime();
    altogether.set(member.id, (altogether.get(member.id) ?? 0) + stay);
  }
  return stays
    .filter(stay => stay.leftAt === null)
    .map(({ member }) => ({ member, milliseconds: altogether.get(member.id) ?? 0 }));
}
