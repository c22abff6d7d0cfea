// How the values are lived in a whole workspace, without names, and in which teams.
import type { KeptValue, Member, Period, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findFirstUse } from '../../store/digest-people.js';
import {
  countRosters,
  countValuesPerTeam,
  countWorkspace,
  countWorkspaceBuckets,
  type WorkspaceCounts,
} from '../../store/stats/workspace.js';
import { listTeams } from '../../store/teams.js';
import { listKeptValues } from '../../store/values.js';
import { isGranted, may } from '../permissions.js';
import { type Buckets, bucketsOf } from './buckets.js';
import { rolesTowardTeam } from './rights.js';

/** A number is shown where at least so many different people were thanked. */
export const fewestRecipients = 5;

/** What a value may be told of, by everybody. Null: too few people were thanked for it. */
type Told = number | null;

export interface LivedLine {
  /** Null: without a value. */
  value: KeptValue | null;
  lived: Told;
  /** In the period before; null too where there is nothing to compare with. */
  before: Told;
}

export interface TeamLine {
  team: Team;
  /** In the workspace's order. `lived` is null where too few in the team were thanked for it. */
  values: { value: KeptValue; lived: Told }[];
}

export interface ValuesPage {
  /** All of it, where no line is held back: what is missing could else be reckoned. */
  total: { shoutouts: number; thanks: number } | null;
  /** Values that were lived, in the workspace's order, and last what was given without one. */
  lines: LivedLine[];
  /** Values that can be given and that nobody was thanked for. */
  asleep: KeptValue[];
  /** Of six values at most, without those that have a step with too few people: what is missing could else be reckoned. Null: there is no time in the period. */
  overTime: (Buckets & { series: { value: KeptValue; lived: number[] }[] }) | null;
  /** By name; without teams of fewer than five people. Null: not for whoever asks. */
  teams: TeamLine[] | null;
}

/** A chart shows no more. */
const mostSeries = 6;

/** @param wish - `value`: only of this one; null: of all */
export async function valuesPage(
  db: Db,
  workspace: Workspace,
  { by, period, value }: { by: Member; period: Period; value: KeptValue | null },
): Promise<ValuesPage> {
  const [all, now, before, maySeeTeams] = await Promise.all([
    listKeptValues(db, workspace.id),
    countWorkspace(db, workspace.id, period),
    period.before && countWorkspace(db, workspace.id, period.before),
    mayCompareTeams(db, workspace, by),
  ]);
  const values = all.filter(one => value === null || one.id === value.id);
  const lived = (counts: WorkspaceCounts, id: string | null): Told => {
    const one = counts.perValue.find(({ valueId }) => valueId === id);
    return one ? told(one.received, one.recipients) : 0;
  };
  const without = value === null ? [null] : [];
  const lines = [...values, ...without]
    .filter(one => now.perValue.some(({ valueId }) => valueId === (one?.id ?? null)))
    .map(one => ({
      value: one,
      lived: lived(now, one?.id ?? null),
      before: before && lived(before, one?.id ?? null),
    }));
  const shown = lines.flatMap(line => (line.value && line.lived !== null ? [line.value] : []));
  return {
    total:
      value === null && lines.every(line => line.lived !== null)
        ? { shoutouts: now.shoutouts, thanks: now.received }
        : null,
    lines,
    asleep: values.filter(one => !one.retiredAt && !lines.some(line => line.value?.id === one.id)),
    overTime: await trendOf(db, workspace, { period, shown, lines }),
    teams: maySeeTeams ? await teamLines(db, workspace, { period, values }) : null,
  };
}

function told(count: number, people: number): Told {
  return people >= fewestRecipients ? count : null;
}

async function mayCompareTeams(db: Db, workspace: Workspace, by: Member): Promise<boolean> {
  // Toward no team in particular, whoever leads one is the lead of another.
  const roles = await rolesTowardTeam(db, workspace, { by, team: { leads: [] } });
  return isGranted(may('seeValuesOfTeams', roles));
}

async function trendOf(
  db: Db,
  workspace: Workspace,
  { period, shown, lines }: { period: Period; shown: KeptValue[]; lines: LivedLine[] },
): Promise<ValuesPage['overTime']> {
  const firstUse = shown.length > 0 ? await findFirstUse(db, workspace.id) : null;
  const buckets = firstUse && bucketsOf(period, firstUse);
  if (!buckets) return null;
  const { borders } = buckets;
  const rows = await countWorkspaceBuckets(db, workspace.id, { borders, fewest: fewestRecipients });
  const livedOf = ({ id }: KeptValue) => lines.find(line => line.value?.id === id)?.lived ?? 0;
  const whole = shown.flatMap(value => {
    const lived = rows.find(({ valueId }) => valueId === value.id)?.received ?? [];
    const told = lived.filter(count => count !== null);
    return told.length === borders.length - 1 ? [{ value, lived: told }] : [];
  });
  const liveliest = new Set(
    whole
      .map(({ value }) => value)
      .toSorted((a, b) => livedOf(b) - livedOf(a))
      .slice(0, mostSeries),
  );
  return {
    ...buckets,
    series: whole.filter(({ value }) => liveliest.has(value)),
  };
}

/** A statement names no more. */
const teamsAtOnce = 100;

async function teamLines(
  db: Db,
  workspace: Workspace,
  { period, values }: { period: Period; values: KeptValue[] },
): Promise<TeamLine[]> {
  const [teams, people] = await Promise.all([
    listTeams(db, workspace.id),
    countRosters(db, workspace.id, period),
  ]);
  const large = teams.filter(
    ({ id, roster }) => roster.kind !== 'everyone' && (people.get(id) ?? 0) >= fewestRecipients,
  );
  const lines: TeamLine[] = [];
  for (let from = 0; from < large.length; from += teamsAtOnce) {
    const some = large.slice(from, from + teamsAtOnce);
    const teamIds = some.map(one => one.id);
    const rows = await countValuesPerTeam(db, workspace.id, { teamIds, span: period });
    for (const team of some) {
      const own = rows.filter(row => row.teamId === team.id);
      lines.push({
        team,
        values: values.flatMap(value => {
          const row = own.find(one => one.valueId === value.id);
          return row ? [{ value, lived: told(row.received, row.recipients) }] : [];
        }),
      });
    }
  }
  return lines;
}
