// A person's page: the numbers, the chart, and what they were thanked for.
import type { KnownBlock, ModalView, RichTextElement, RichTextSection } from '@slack/types';
import type { KeptValue, Period, Workspace } from '../../model.js';
import type { MemberPage, MemberTallies, Thanks, ThanksPage } from '../../recognition/stats/member.js';
import type { PeriodWish } from '../../recognition/stats/periods.js';
import { actions } from '../ids.js';
import { aboutUrl, messageUrl } from '../links.js';
import {
  beforeWords,
  changeWords,
  counted,
  isAhead,
  nothingYet,
  number,
  otherTimes,
  periodWords,
  timesWords,
} from '../stats/words.js';
import {
  bold,
  cutText,
  emoji,
  link,
  plain,
  quote,
  richText,
  richTextLines,
  section,
  typed,
} from '../text.js';
import { asText } from './digest.js';
import { shortWords } from './digest-entries.js';

import { button, buttons, forRichValues, forValues, type Message, turnButtons } from './parts.js';

import { overTimeChart } from './stats-chart.js';

/** Whose page it is, and of what. */
export interface PageFacts {
  /** Null: whoever reads it. */
  name: string | null;
  value: KeptValue | null;
  period: Period;
  wish: PeriodWish;
  /** What would be typed to ask the same: what "Show all" keeps. */
  typed: string;
  site: Pick<Workspace, 'url'>;
  /** The last line: who sees this. */
  closing: string;
  /** What that command is called here. */
  recognition: string;
}

export function memberPageMessage(page: MemberPage, facts: PageFacts): Message {
  const { name, value, period } = facts;
  if (isAhead(period)) return nothingYet();
  const { top, rest } = pageBlocks(page, facts, { isHeard: false });
  const heard = pageBlocks(page, facts, { isHeard: true });
  const { overTime } = page;
  const chart =
    overTime &&
    overTimeChart(
      `${name === null ? 'Your' : `${name}'s`} shout-outs${value ? ` for ${value.name}` : ''}`,
      { ...overTime, timeZone: period.timeZone },
      [
        { name: 'Received', counts: overTime.received },
        { name: 'Given', counts: overTime.given },
      ],
    );
  return {
    text: asText(richTextLines([heard.top, ...heard.rest].filter(block => block.type === 'rich_text'))),
    blocks: [top, ...rest],
    ...(chart ? { richBlocks: [top, chart, ...rest] } : {}),
  };
}

/** @param isHeard - for the text alone, where a value's emoji would only be in the way */
function pageBlocks(page: MemberPage, facts: PageFacts, { isHeard }: { isHeard: boolean }) {
  const { name, value, period, wish, closing, recognition } = facts;
  const { now } = page;
  const details = detailLines(page, name);
  const top = richText(
    section(
      plain(`${name === null ? 'Your' : `${name}'s`} shout-outs `),
      ...(value ? [plain('for '), ...marked(value, isHeard), bold(value.name), plain(' ')] : []),
      plain(`${periodWords(period, wish)}: `),
      bold(`${number(now.received)} received, ${number(now.given)} given`),
      plain('.'),
    ),
    ...comparedWith(page, period),
    ...valueList(page, value, isHeard),
  );
  const rest: KnownBlock[] = [
    ...(details.length > 0 ? [richText(...details.map(line => section(plain(line))))] : []),
    ...latestBlocks(page, facts, isHeard),
    ...(isMoreToShow(page) ? [buttons(button('Show all', actions.showThanks, facts.typed))] : []),
    richText(
      section(plain(closing)),
      section(plain(otherTimes(recognition, name === null ? 'me' : `@${name}`, facts))),
    ),
  ];
  return { top, rest };
}

/** Sentences that are not there, or not whole. */
function isMoreToShow({ latest, seen }: MemberPage): boolean {
  return seen > latest.length || latest.some(({ words }) => words !== null && shortWords(words) !== words);
}

function marked(value: Pick<KeptValue, 'emoji'>, isHeard: boolean): RichTextElement[] {
  return isHeard ? [] : [emoji(value.emoji), plain(' ')];
}

function comparedWith({ now, before }: MemberPage, period: Period): RichTextSection[] {
  const span = beforeWords(period);
  if (!before || span === null || now.received + now.given + before.received + before.given === 0) return [];
  const changes = `${changeWords(now.received, before.received)} received, ${changeWords(now.given, before.given)} given`;
  return [section(plain(`Compared with ${span}: ${changes}.`))];
}

/** Each value a line, with what has changed; of one value alone the first line says it. */
function valueList({ now, before }: MemberPage, value: KeptValue | null, isHeard: boolean) {
  if (value || now.perValue.length === 0) return [];
  const lines = now.perValue.map(({ value: one, ...counts }) =>
    section(
      ...marked(one, isHeard),
      plain(
        `${one.name}${one.retiredAt ? ' (retired)' : ''}${countWords(counts, before && tallyOf(before, one.id))}`,
      ),
    ),
  );
  const { without } = now;
  const plainly =
    without.received + without.given > 0
      ? [section(plain(`Without a value${countWords(without, before?.without)}`))]
      : [];
  return [{ type: 'rich_text_list' as const, style: 'bullet' as const, elements: [...lines, ...plainly] }];
}

function tallyOf({ perValue }: MemberTallies, valueId: string) {
  return perValue.find(one => one.value.id === valueId) ?? { received: 0, given: 0 };
}

interface Counts {
  received: number;
  given: number;
}

/** ": 3 received, 1 given (2 more received)". */
function countWords(now: Counts, before: Counts | null | undefined): string {
  const changes = before
    ? [
        ...(now.received === before.received
          ? []
          : [`${changeWords(now.received, before.received)} received`]),
        ...(now.given === before.given ? [] : [`${changeWords(now.given, before.given)} given`]),
      ]
    : [];
  const change = changes.length > 0 ? ` (${changes.join(', ')})` : '';
  return `: ${number(now.received)} received, ${number(now.given)} given${change}`;
}

function detailLines({ now, boosts }: MemberPage, name: string | null): string[] {
  const who = name ?? 'you';
  const ways = (all: number, byReaction: number) =>
    `${number(all - byReaction)} in words, ${number(byReaction)} by reaction`;
  const teams =
    now.giverTeams > 0
      ? now.givers === 1
        ? `, who is in ${counted(now.giverTeams, 'team', 'teams')}`
        : `, with ${counted(now.giverTeams, 'team', 'teams')} between them`
      : '';
  return [
    ...(now.received > 0
      ? [
          `Received: ${ways(now.received, now.receivedByReaction)}, from ${counted(now.givers, 'person', 'people')}${teams}.`,
        ]
      : []),
    ...(now.given > 0 ? [`Given: ${ways(now.given, now.givenByReaction)}.`] : []),
    ...(boosts > 0 ? [`What ${who} received was boosted ${timesWords(boosts)}.`] : []),
  ];
}

function latestBlocks({ latest, seen, now }: MemberPage, facts: PageFacts, isHeard: boolean): KnownBlock[] {
  const unseen = now.received - seen;
  const notShown =
    unseen > 0
      ? [
          section(
            plain(
              `${seen > 0 ? `${number(unseen)} more` : number(unseen)} ${unseen === 1 ? 'is' : 'are'} counted and not shown: private, or said where not everybody reads.`,
            ),
          ),
        ]
      : [];
  if (latest.length === 0) return notShown.length > 0 ? [richText(...notShown)] : [];
  return [
    richText(
      section(bold(seen > latest.length ? `The last ${latest.length} received` : 'What for')),
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: latest.map(one =>
          section(
            ...headOf(one, facts, isHeard),
            ...(one.words ? [plain(': '), ...typed(shortWords(one.words))] : []),
            ...linkOf(one, facts),
          ),
        ),
      },
      ...notShown,
    ),
  ];
}

/** "12 May, from Ben for :gem: Craft". */
function headOf(
  { shoutout, words }: Thanks,
  { period }: Pick<PageFacts, 'period'>,
  isHeard: boolean,
): RichTextElement[] {
  const day = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(yearOf(shoutout.givenAt, period) === yearOf(period.to, period) ? {} : { year: 'numeric' }),
    timeZone: period.timeZone,
  }).format(shoutout.givenAt);
  const how = [
    ...(shoutout.source === 'reaction' && !words ? [', by reaction'] : []),
    ...(shoutout.visibility === 'private' ? [', in private'] : []),
  ].join('');
  return [
    plain(`${day}, from `),
    bold(cutText(shoutout.giver.name, 40)),
    ...(isHeard ? [plain(forValues(shoutout.values))] : forRichValues(shoutout.values)),
    ...(how ? [plain(how)] : []),
  ];
}

function yearOf(instant: Date, { timeZone }: Pick<Period, 'timeZone'>): string {
  return new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(instant);
}

/** To the announcement, else to the message it is about, where whoever reads may follow. */
function linkOf({ shoutout, announcement, isHidden }: Thanks, { name, site }: PageFacts): RichTextElement[] {
  const stands = announcement && !isHidden ? messageUrl(site, announcement) : null;
  const url = stands ?? aboutUrl(site, shoutout, name === null ? null : 'elsewhere');
  return url ? [plain(' '), link(url, 'see it')] : [];
}

/** As much of a sentence as a page of them shows. */
const longestSentence = 1000;

/** All that somebody was thanked for, a page of it. @param context - what the form has to remember */
export function thanksView(list: ThanksPage, facts: PageFacts, context: string): ModalView {
  const { page, pages, thanks } = list;
  const ofValue = facts.value ? ` for ${facts.value.name}` : '';
  const whose = facts.name === null ? 'Thanks to you' : `Thanks to ${facts.name}`;
  return {
    type: 'modal',
    title: { type: 'plain_text', text: cutText(whose, 24) },
    close: { type: 'plain_text', text: 'Close' },
    private_metadata: context,
    blocks: [
      richText(
        section(
          plain(
            `${counted(list.seen, 'shout-out', 'shout-outs')}${ofValue} ${periodWords(facts.period, facts.wish)}.${pages > 1 ? ` Page ${page + 1} of ${pages}.` : ''} ${facts.closing}`,
          ),
        ),
      ),
      ...thanks.map(one =>
        richText(
          section(...headOf(one, facts, false), ...linkOf(one, facts)),
          ...(one.words ? [quote(cutText(one.words, longestSentence))] : []),
        ),
      ),
      ...turnButtons(actions.thanksPage, list, String),
    ],
  };
}
