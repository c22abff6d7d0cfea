// A team's numbers: coverage, within and across, each value, the table of its people and the chart.
import type { Block, Button, KnownBlock, RichTextBlock, RichTextSection } from '@slack/types';
import type { KeptValue, Period, Team } from '../../model.js';
import type { PeriodWish } from '../../recognition/stats/periods.js';
import type { TeamStats } from '../../recognition/stats/team.js';
import {
  beforeWords,
  changeAfter,
  counted,
  number,
  otherTimes,
  periodWords,
  timesWords,
} from '../stats/words.js';
import { bold, emoji, fitLines, plain, richText, richTextLines, section } from '../text.js';
import { buttons, type Message } from './parts.js';
import { mostSeries, overTimeChart } from './stats-chart.js';
import { mostColumns, numbersTable } from './table.js';

/** Which team, over what. */
export interface TeamFacts {
  team: Pick<Team, 'name' | 'slug'>;
  value: KeptValue | null;
  period: Period;
  wish: PeriodWish;
  /** To the names, the spread, and other pages. */
  buttons: Button[];
  /** What that command is called here. */
  recognition: string;
}

/** Besides the name, and where all values are shown how often somebody was thanked. */
const mostValues = mostColumns - 2;
/** As many lines as one block of text takes comfortably. */
const linesInBlock = 25;

export function teamStatsMessage(stats: TeamStats, facts: TeamFacts): Message {
  const { value, recognition } = facts;
  const { slug } = facts.team;
  const shown = stats.perValue.slice(0, mostValues);
  const rows = [...stats.rows, ...leftRow(stats)].map(row => ({
    ...row,
    perValue: row.perValue.slice(0, mostValues),
  }));
  const head = ['Name', ...(value ? [] : ['Thanked']), ...shown.map(one => one.value.name)];
  const table = numbersTable(
    head,
    rows.map(row => [
      row.name,
      ...(value ? [] : [number(row.received)]),
      ...row.perValue.map(count => number(count)),
    ]),
  );
  const listed = rows.map(row => section(plain(`${row.name}: ${rowWords(row, shown, value)}`)));
  const top = topBlock(stats, facts);
  const chart = chartOf(stats, facts);
  const below = richText(...belowLines(stats, facts));
  const closing = [
    ...(facts.buttons.length > 0 ? [buttons(...facts.buttons)] : []),
    richText(
      section(plain(`Only you see this. The people of ${facts.team.name} can see that you looked.`)),
      section(plain(`Your own: ${recognition} stats me. ${otherTimes(recognition, `team:${slug}`, facts)}`)),
    ),
  ];
  const hasRows = rows.length > 0;
  const blocks: KnownBlock[] = [top, ...(hasRows ? listBlocks(listed) : []), below, ...closing];
  const rich: Block[] = [top, ...(hasRows ? [table] : []), below, ...(chart ? [chart] : []), ...closing];
  return {
    text: fitLines(richTextLines(blocks.filter(block => block.type === 'rich_text'))),
    blocks,
    ...(hasRows || chart ? { richBlocks: rich } : {}),
  };
}

/** Whoever leads the team now did not lead those who have left: they are counted, and not named. */
function leftRow({ left }: TeamStats): TeamStats['rows'] {
  return left ? [{ ...left, name: counted(left.people, 'person who has left', 'people who have left') }] : [];
}

function rowWords(
  { received, perValue }: TeamStats['rows'][number],
  shown: TeamStats['perValue'],
  value: KeptValue | null,
): string {
  if (value) return timesWords(perValue[0] ?? 0);
  const each = shown.flatMap(({ value: one }, index) =>
    (perValue[index] ?? 0) > 0 ? [`${one.name} ${number(perValue[index] ?? 0)}`] : [],
  );
  return `thanked ${timesWords(received)}${each.length > 0 ? ` (${each.join(', ')})` : ''}`;
}

function topBlock({ now, before, perValue, without }: TeamStats, facts: TeamFacts): RichTextBlock {
  const { team, value, period, wish } = facts;
  const compared = beforeWords(period);
  const title = section(
    bold(team.name),
    ...(value ? [plain(', '), emoji(value.emoji), plain(' '), bold(value.name)] : []),
    plain(`, ${periodWords(period, wish)}${compared ? `, compared with ${compared}` : ''}:`),
  );
  const line = (words: string) => section(plain(words));
  /** "3 times (2 more)". */
  const counts = (of: (counted: TeamStats['now']) => number) =>
    `${timesWords(of(now))}${changeAfter(of(now), before ? of(before) : null)}`;
  const crossing = (way: keyof NonNullable<TeamStats['now']['across']>) =>
    counts(one => one.across?.[way] ?? 0);
  // "3 of 7 people were thanked", and what it was before, where there were people.
  const covered = `${number(now.thanked)} of ${counted(now.roster, 'person was', 'people were')} thanked`;
  const was =
    before && before.roster > 0 ? ` (before: ${number(before.thanked)} of ${number(before.roster)})` : '';
  const lines: RichTextSection[] = [];
  if (value) {
    lines.push(line(`${covered} for it${was}.`));
  } else {
    lines.push(
      line(`${covered}${was}.`),
      ...(now.across
        ? [
            line(
              `Thanked ${counts(one => one.received)}: within the team ${crossing('within')}, by others ${crossing('fromOutside')}.`,
            ),
            line(`Thanked people outside the team ${crossing('toOutside')}.`),
          ]
        : [line(`Thanked ${counts(one => one.received)}.`)]),
    );
  }
  const values = perValue.map(({ value: one, received, before: was }) =>
    section(
      emoji(one.emoji),
      plain(
        ` ${one.name}${one.retiredAt ? ' (retired)' : ''}: ${timesWords(received)}${changeAfter(received, was)}`,
      ),
    ),
  );
  const rest =
    without && without.received > 0
      ? [
          line(
            `Without a value: ${timesWords(without.received)}${changeAfter(without.received, without.before)}`,
          ),
        ]
      : [];
  return richText(title, {
    type: 'rich_text_list',
    style: 'bullet',
    elements: [...lines, ...values, ...rest],
  });
}

function belowLines({ now, page, pages, perValue }: TeamStats, { value }: TeamFacts): RichTextSection[] {
  const words = [
    ...(now.roster === 0 ? ['Nobody was in the team in that time.'] : []),
    ...(pages > 1 ? [`Page ${page + 1} of ${pages}, by name.`] : []),
    ...(perValue.length > mostValues
      ? [
          `The table has room for ${mostValues} of ${perValue.length} values: add one, such as #${perValue.at(-1)?.value.slug}, to see it.`,
        ]
      : []),
    ...(now.roster > 0
      ? [
          `The table has everybody who is in the team now and was then, by name, with what they received while they were in it.${value ? '' : ' A shout-out with two values counts under both, and once as thanked.'}`,
        ]
      : []),
  ];
  return words.map(one => section(plain(one)));
}

/** The liveliest values over time, in the workspace's order. */
function chartOf({ overTime }: TeamStats, { team, value, period }: TeamFacts) {
  if (!overTime) return null;
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const liveliest = overTime.series
    .filter(({ received }) => sum(received) > 0)
    .toSorted((one, other) => sum(other.received) - sum(one.received))
    .slice(0, mostSeries);
  return overTimeChart(
    value ? `${team.name}: ${value.name}` : `${team.name}: how often for which value`,
    { ...overTime, timeZone: period.timeZone },
    overTime.series
      .filter(one => liveliest.includes(one))
      .map(one => ({ name: one.value.name, counts: one.received })),
  );
}

function listBlocks(lines: RichTextSection[]): KnownBlock[] {
  return Array.from({ length: Math.ceil(lines.length / linesInBlock) }, (_, index) =>
    richText({
      type: 'rich_text_list',
      style: 'bullet',
      elements: lines.slice(index * linesInBlock, (index + 1) * linesInBlock),
    }),
  );
}
