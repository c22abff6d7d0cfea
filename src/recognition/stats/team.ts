// A team's numbers: who was thanked for what while they were in it.
import type { KeptValue, Period, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findFirstUse } from '../../store/digest-people.js';
import { countEveryone, countEveryoneBuckets } from '../../store/stats/everyone.js';
import {
  countLeft,
  countTeam,
  countTeamBuckets,
  listTeamRows,
  type TeamCounts,
} from '../../store/stats/team.js';
import { listKeptValues } from '../../store/values.js';
import { type Buckets, bucketsOf } from './buckets.js';

/** A table of Slack's has 100 rows: the first says what the columns are, and the last is for those who have left. */
export const peopleOnPage = 98;

export interface TeamStats {
  /** Where one value is asked for, `thanked` counts those who were thanked for it. */
  now: TeamCounts;
  /** Of the period it is compared with; null: there is none. */
  before: TeamCounts | null;
  /** The values that can be given, in the workspace's order, then retired ones that were received; or the one that is asked for. */
  perValue: { value: KeptValue; received: number; before: number | null }[];
  /** How often somebody was thanked without a value; null where one value is asked for. */
  without: { received: number; before: number | null } | null;
  /** A page of everybody who is in the team now and was at some time of the period, by name; `perValue` as above. */
  rows: { name: string; received: number; perValue: number[] }[];
  /** Those who have left since, together and without a name; on the last page. Null: nobody has. */
  left: { people: number; received: number; perValue: number[] } | null;
  /** From 0 on. */
  page: number;
  pages: number;
  /** How often each of these values was received in each step of the period; null: there is no time in it. */
  overTime: (Buckets & { series: { value: KeptValue; received: number[] }[] }) | null;
}

/**
 * A team's numbers in a period. What somebody received counts while they were in the team.
 * @param asked - `value`: only that one in table and trend; null: all. `page`: too large: the last
 */
export async function findTeamStats(
  db: Db,
  workspace: Workspace,
  { team, period, value, page }: { team: Team; period: Period; value: KeptValue | null; page: number },
): Promise<TeamStats> {
  const teamId = team.id;
  const { before: spanBefore, from, to } = period;
  const span = { from, to };
  const [count, countBuckets] =
    team.roster.kind === 'everyone' ? [countEveryone, countEveryoneBuckets] : [countTeam, countTeamBuckets];
  const valueId = value?.id ?? null;
  const rowsOf = (one: number) =>
    listTeamRows(db, workspace.id, { teamId, span }, { skip: one * peopleOnPage, most: peopleOnPage });
  const findOverTime = async () => {
    const buckets = bucketsOf(period, await findFirstUse(db, workspace.id));
    return buckets && { buckets, counts: await countBuckets(db, workspace.id, { teamId, ...buckets }) };
  };
  const [values, now, before, left, overTime, rowsAsked] = await Promise.all([
    listKeptValues(db, workspace.id),
    count(db, workspace.id, { teamId, span, valueId }),
    spanBefore && count(db, workspace.id, { teamId, span: spanBefore, valueId }),
    countLeft(db, workspace.id, { teamId, span }),
    findOverTime(),
    rowsOf(page),
  ]);
  const pages = Math.max(Math.ceil((now.roster - left.people) / peopleOnPage), 1);
  const shown = Math.min(page, pages - 1);
  const rows = shown === page ? rowsAsked : await rowsOf(shown);

  const receivedOf = (counts: TeamCounts, id: string | null) =>
    counts.perValue.find(one => one.valueId === id)?.received ?? 0;
  const compared = (id: string | null) => ({
    received: receivedOf(now, id),
    before: before && receivedOf(before, id),
  });
  const wanted = values.filter(one => (value ? one.id === value.id : !one.retiredAt));
  const retired = value ? [] : values.filter(one => one.retiredAt && receivedOf(now, one.id) > 0);
  const columns = [...wanted, ...retired];
  const perColumn = (row: { perValue: { valueId: string | null; received: number }[] }) =>
    columns.map(one => row.perValue.find(entry => entry.valueId === one.id)?.received ?? 0);
  return {
    now,
    before,
    perValue: columns.map(one => ({ value: one, ...compared(one.id) })),
    without: value ? null : compared(null),
    rows: rows.map(row => ({
      name: row.member.name,
      received: row.received,
      perValue: perColumn(row),
    })),
    left:
      left.people > 0 && shown === pages - 1
        ? { people: left.people, received: left.received, perValue: perColumn(left) }
        : null,
    page: shown,
    pages,
    overTime: overTime && {
      ...overTime.buckets,
      series: columns.map(one => ({
        value: one,
        received:
          overTime.counts.find(entry => entry.valueId === one.id)?.received ??
          overTime.buckets.borders.slice(1).map(() => 0),
      })),
    },
  };
}
