// What somebody wants to see numbers of: whose, of which value, over which period.
import type { KeptValue, Member, Period, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findFirstUse } from '../../store/digest-people.js';
import { findSettings } from '../../store/settings.js';
import { findEveryone as findEveryoneId } from '../../store/team-people.js';
import { findTeam, listTeams } from '../../store/teams.js';
import { listKeptValues } from '../../store/values.js';
import { zoneAmong } from '../calendar.js';
import { type PeriodWish, periodOf } from './periods.js';

/**
 * Whose numbers.
 * - `usual`: nobody is named: a lead's team, else one's own
 * - `led`: the team that whoever asks leads
 * - `everyone`: the whole workspace, without names
 */
export type Whom =
  | { kind: 'usual' | 'me' | 'led' | 'everyone' }
  | { kind: 'member'; slackId: string }
  | { kind: 'team'; team: Team };

export interface StatsQuestion {
  whom: Whom;
  /** Null: all of them. */
  value: KeptValue | null;
  wish: PeriodWish;
}

/** What a question can be about. */
export interface StatsVocabulary {
  /** In the workspace's order, retired ones too. */
  values: KeptValue[];
  /** By name. */
  teams: Team[];
}

export async function findStatsVocabulary(db: Db, workspace: Workspace): Promise<StatsVocabulary> {
  const [values, teams] = await Promise.all([listKeptValues(db, workspace.id), listTeams(db, workspace.id)]);
  return { values, teams };
}

/** In whose days statistics are counted: the workspace's, else those of whoever asks, else UTC. @param by - null: nobody known */
async function statsZone(db: Db, workspace: Workspace, by: Pick<Member, 'timeZone'> | null): Promise<string> {
  return zoneAmong((await findSettings(db, workspace.id)).timeZone, by?.timeZone);
}

/**
 * The period that is meant, in those days. One that goes on ends right after now: what was given this very moment is in
 * it. It is compared with nothing where the one before was over when the first shout-out was given.
 */
export async function periodAsked(
  db: Db,
  workspace: Workspace,
  { wish, by }: { wish: PeriodWish; by: Pick<Member, 'timeZone'> | null },
  now: Date,
): Promise<Period> {
  const [timeZone, firstUse] = await Promise.all([
    statsZone(db, workspace, by),
    findFirstUse(db, workspace.id),
  ]);
  const period = periodOf(wish, now, timeZone);
  const isBegun = period.isUnfinished && period.from <= now;
  return {
    ...period,
    to: isBegun ? new Date(now.getTime() + 1) : period.to,
    before: period.before && firstUse && firstUse < period.before.to ? period.before : null,
  };
}

/** The team Everyone; null: it is not there yet. */
export async function findEveryone(db: Db, workspace: Workspace): Promise<Team | null> {
  const { everyoneId } = await findEveryoneId(db, workspace.id);
  return everyoneId === null ? null : findTeam(db, workspace.id, everyoneId);
}
