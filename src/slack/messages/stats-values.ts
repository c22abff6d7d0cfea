// How the values are lived, in words and as a chart, without names.
import type { Button, KnownBlock, RichTextElement, RichTextSection } from '@slack/types';
import type { KeptValue, Period } from '../../model.js';
import type { PeriodWish } from '../../recognition/stats/periods.js';
import type { LivedLine, TeamsPage, ValuesPage } from '../../recognition/stats/values.js';
import { beforeWords, changeAfter, counted, otherTimes, periodWords, timesWords } from '../stats/words.js';
import { bold, emoji, joinNames, plain, richText, richTextLines, section } from '../text.js';
import { asText } from './digest.js';
import { buttons, type Message } from './parts.js';
import { overTimeChart } from './stats-chart.js';

export interface ValuesFacts {
  value: KeptValue | null;
  period: Period;
  wish: PeriodWish;
  buttons: Button[];
  /** What that command is called here. */
  recognition: string;
}

export function valuesMessage(page: ValuesPage, facts: ValuesFacts): Message {
  const { top, rest } = blocksOf(page, facts, { isHeard: false });
  const heard = blocksOf(page, facts, { isHeard: true });
  const { overTime } = page;
  const chart =
    overTime &&
    overTimeChart(
      'How the values were lived',
      { ...overTime, timeZone: facts.period.timeZone },
      overTime.series.map(({ value, lived }) => ({ name: value.name, counts: lived })),
    );
  const isWhole = page.lines.every(
    ({ value, lived }) =>
      value === null || lived === null || overTime?.series.some(one => one.value.id === value.id),
  );
  const underChart = richText(
    section(
      plain(
        'The chart shows six values at most, and none with a step in which one to four people were thanked.',
      ),
    ),
  );
  return {
    text: asText(richTextLines([heard.top, ...heard.rest].filter(block => block.type === 'rich_text'))),
    blocks: [top, ...rest],
    ...(chart ? { richBlocks: [top, chart, ...(isWhole ? [] : [underChart]), ...rest] } : {}),
  };
}

/** @param isHeard - for the text alone, where a value's emoji would only be in the way */
function blocksOf(page: ValuesPage, facts: ValuesFacts, { isHeard }: { isHeard: boolean }) {
  const { value, period, wish } = facts;
  const { total, lines, asleep, teams } = page;
  const before = beforeWords(period);
  const what = value ? [...named(value, isHeard), plain(' is lived')] : [plain('the values are lived')];
  const isHeldBack = lines.length > 0 && lines.every(line => line.lived === null);
  const top = richText(
    section(plain('How '), ...what, plain(` here, ${periodWords(period, wish)}.`)),
    ...(isHeldBack ? [section(plain(tooFewWords(facts)))] : []),
    ...(before && lines.length > 0 && !isHeldBack ? [section(plain(`Compared with ${before}:`))] : []),
    ...(lines.length > 0 && !isHeldBack
      ? [
          {
            type: 'rich_text_list' as const,
            style: 'bullet' as const,
            elements: lines.map(line => lineOf(line, isHeard)),
          },
        ]
      : []),
    ...(total && total.shoutouts > 0
      ? [
          section(
            plain(
              `${counted(total.shoutouts, 'shout-out', 'shout-outs')} in all: people were thanked ${timesWords(total.thanks)}.`,
            ),
          ),
        ]
      : []),
    ...asleepLines(asleep, value),
  );
  const rest: KnownBlock[] = [
    ...(teams ? [richText(...teamSections(teams))] : []),
    ...(facts.buttons.length > 0 ? [buttons(...facts.buttons)] : []),
    richText(
      section(
        plain(
          `Only you see this, and it names nobody. A number stands where at least five different people were thanked${total || value || isHeldBack ? '' : '; the sum is left out, for it would tell the others'}.`,
        ),
      ),
      section(plain(otherTimes(facts.recognition, 'everyone', facts))),
    ),
  ];
  return { top, rest };
}

/** In which longer time there may be more people; null: there is none. */
function longerThan({ kind }: PeriodWish): string | null {
  switch (kind) {
    case 'all':
      return null;
    case 'today':
    case 'yesterday':
    case 'week':
      return 'month';
    case 'month':
      return 'quarter';
    // A year is often no longer than the use of the bot, or than its quarter.
    default:
      return 'all';
  }
}

function tooFewWords({ value, wish, recognition }: ValuesFacts): string {
  const longer = longerThan(wish);
  const asked = `${recognition} stats everyone ${longer}${value ? ` #${value.slug}` : ''}`;
  return `Too few people were thanked for ${value ? 'it' : 'any one value'} in that time to show numbers without names.${longer ? ` Try ${asked}.` : ''}`;
}

function named(value: KeptValue, isHeard: boolean): RichTextElement[] {
  return [...(isHeard ? [] : [emoji(value.emoji), plain(' ')]), bold(value.name)];
}

function lineOf({ value, lived, before }: LivedLine, isHeard: boolean): RichTextSection {
  const words =
    lived === null ? 'too few people to show' : `${timesWords(lived)}${changeAfter(lived, before)}`;
  return section(
    ...(value ? named(value, isHeard) : [plain('Without a value')]),
    plain(`${value?.retiredAt ? ' (retired)' : ''}: ${words}`),
  );
}

function asleepLines(asleep: KeptValue[], value: KeptValue | null): RichTextSection[] {
  if (asleep.length === 0) return [];
  const them = asleep.length === 1 ? 'it' : 'them';
  return [
    section(
      plain(
        value
          ? 'It sleeps: nobody was thanked for it.'
          : `Asleep: ${joinNames(asleep.map(one => one.name))}. Nobody was thanked for ${them}; does somebody come to mind?`,
      ),
    ),
  ];
}

function teamSections({ lines, page, pages }: TeamsPage) {
  if (lines.length === 0)
    return [
      section(plain('Which teams live which is shown for teams of five people or more; there are none.')),
    ];
  return [
    section(
      bold('Which teams live which values'),
      plain(
        ` (${pages > 1 ? `page ${page + 1} of ${pages}, by name; ` : ''}a value without a number: fewer than five people)`,
      ),
    ),
    {
      type: 'rich_text_list' as const,
      style: 'bullet' as const,
      elements: lines.map(({ team, values }) =>
        section(
          bold(team.name),
          plain(
            `: ${
              values.length === 0
                ? 'none'
                : values
                    .map(({ value, lived }) =>
                      lived === null ? value.name : `${value.name} ${timesWords(lived)}`,
                    )
                    .join(', ')
            }`,
          ),
        ),
      ),
    },
  ];
}
