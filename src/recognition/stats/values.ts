// How the values are lived in a whole workspace, without names, and in which teams.
import type { KeptValue, Member, Period, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findFirstUse } from '../../store/digest-people.js';
import {
  countValuesPerTeam,
  countWorkspace,
  countWorkspaceBuckets,
  listTeamsWith,
  type WorkspaceCounts,
} from '../../store/stats/workspace.js';
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
  team: Pick<Team, 'id' | 'name'>;
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
  /** Null: not for whoever asks. */
  teams: TeamsPage | null;
}

/** A page of the teams, by name; without those of fewer than five people. */
export interface TeamsPage {
  lines: TeamLine[];
  /** From 0 on. */
  page: number;
  pages: number;
}

/** A chart shows no more. */
const mostSeries = 6;

/** @param wish - `value`: only of this one; null: of all. `teamsPage`: too large: the last */
export async function valuesPage(
  db: Db,
  workspace: Workspace,
  {
    by,
    period,
    value,
    teamsPage,
  }: { by: Member; period: Period; value: KeptValue | null; teamsPage: number },
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
  const [overTime, teams] = await Promise.all([
    trendOf(db, workspace, { period, shown, lines }),
    maySeeTeams ? findTeams(db, workspace, { period, values, page: teamsPage }) : null,
  ]);
  return {
    total:
      value === null && lines.every(line => line.lived !== null)
        ? { shoutouts: now.shoutouts, thanks: now.received }
        : null,
    lines,
    asleep: values.filter(one => !one.retiredAt && !lines.some(line => line.value?.id === one.id)),
    overTime,
    teams,
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

/** So many lines are read with ease, and are far from what Slack's messages hold. */
const teamsOnPage = 25;

async function findTeams(
  db: Db,
  workspace: Workspace,
  { period, values, page }: { period: Period; values: KeptValue[]; page: number },
): Promise<TeamsPage> {
  const large = await listTeamsWith(db, workspace.id, { fewest: fewestRecipients, span: period });
  const pages = Math.max(1, Math.ceil(large.length / teamsOnPage));
  const shown = Math.min(page, pages - 1);
  const some = large.slice(shown * teamsOnPage, (shown + 1) * teamsOnPage);
  const rows = await countValuesPerTeam(db, workspace.id, { teamIds: some.map(one => one.id), span: period });
  const lines = some.map(team => {
    const own = rows.filter(row => row.teamId === team.id);
    return {
      team,
      values: values.flatMap(value => {
        const row = own.find(one => one.valueId === value.id);
        return row ? [{ value, lived: told(row.received, row.recipients) }] : [];
      }),
    };
  });
  return { lines, page: shown, pages };
}
