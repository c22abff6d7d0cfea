// The weekly digest: the message in the channel, and those in its thread.
import type { RichTextBlock } from '@slack/types';
import type { DigestContents, DigestCounts, DigestCoverage } from '../../recognition/digests/digest.js';
import { actions } from '../ids.js';
import { boldNames, cutText, escapeText, plain, richText, richTextLines, section } from '../text.js';
import { dayWords } from '../time.js';
import { valuesChart } from './digest-chart.js';
import { groupBlock, reactionsBlock, type Site, shortName, valueName } from './digest-entries.js';
import { button, buttons, type Message } from './parts.js';

/** What a message's text alone holds of a long digest; `chat.update` takes 4,000. */
const longestText = 3500;

/** Of a header's 150 characters. */
const longestTeam = 80;

export interface DigestForm {
  /** Marked as one, without a chart and "Show all": it is an answer to one person, and there is nothing behind it yet. */
  preview: boolean;
  site: Site;
  /** Whose own digest it is; null: the workspace's. */
  team: string | null;
}

/** The digest, and the messages that go into its thread, in their order; those are none where all has found room. */
export function digestMessages(
  contents: DigestContents,
  { preview, site, team }: DigestForm,
): { main: Message; thread: Message[] } {
  return {
    main: mainMessage(contents, { preview, site, team }),
    thread: contents.thread.map(part => threadMessage(part, site)),
  };
}

function mainMessage(contents: DigestContents, { preview, site, team }: DigestForm): Message {
  const whose = team === null ? '' : `${cutText(team, longestTeam)}: `;
  const title = `${whose}${team === null ? 'The' : 'the'} week of ${weekWords(contents.week)} in shout-outs`;
  const before = preview
    ? [said('Preview: only you see this. So the digest would read if it were posted now; nothing is posted.')]
    : [];
  const counted =
    contents.counts.recorded > 0 && !contents.isSmall ? [said(countWords(contents.counts))] : [];
  const story = storyBlocks(contents, { preview, site });
  const chart = preview ? null : valuesChart(contents.tallies);
  const top = [
    { type: 'header' as const, text: { type: 'plain_text' as const, text: title } },
    ...before,
    ...counted,
  ];
  const row = buttons(
    button('Give a shout-out', actions.giveShoutout, 'digest', 'primary'),
    ...(contents.counts.behind > 0 && contents.digestId && !preview
      ? [button('Show all', actions.showAll, contents.digestId)]
      : []),
  );
  return {
    text: asText([escapeText(title), ...richTextLines([...before, ...counted, ...story])]),
    blocks: [...top, ...story, row],
    ...(chart ? { richBlocks: [...top, chart, ...story, row] } : {}),
  };
}

/** All that stands between the counts and the buttons. */
function storyBlocks(
  contents: DigestContents,
  { preview, site }: Pick<DigestForm, 'preview' | 'site'>,
): RichTextBlock[] {
  const { groups, reactions, moreReactionValues, firsts, coverage, quietValue, counts } = contents;
  if (counts.recorded === 0) {
    return [
      said(
        preview
          ? 'Nobody has been thanked since the last digest. In an empty week nothing is posted.'
          : 'What stood here was taken back.',
      ),
    ];
  }
  const figures = new Map(contents.tallies.map(({ value, thanks }) => [value.id, thanks]));
  const isAlone = groups.length === 1 && reactions.length === 0;
  return [
    ...groups.map(group => {
      const thanks = group.value && figures.get(group.value.id);
      return groupBlock(group, site, { isAlone, figure: thanks ? `, lived ${timesWords(thanks)}` : null });
    }),
    ...(reactions.length > 0 ? [reactionsBlock(reactions, moreReactionValues)] : []),
    ...firstsBlocks(firsts),
    ...(coverage ? [said(coverageWords(coverage))] : []),
    ...(quietValue
      ? [
          richText(
            section(
              plain('And '),
              ...valueName(quietValue),
              plain(`: does somebody come to mind?${quietValue.meaning ? ` ${quietValue.meaning}` : ''}`),
            ),
          ),
        ]
      : []),
    ...whereBlocks(counts),
  ];
}

function threadMessage(part: DigestContents['thread'][number], site: Site): Message {
  const blocks = part.map(group => groupBlock(group, site, { isAlone: part.length === 1, figure: null }));
  return { text: asText(richTextLines(blocks)), blocks };
}

/** "24 shout-outs: 14 people thanked, by 11 people." */
function countWords({ recorded, thanked, givers }: DigestCounts): string {
  return `${counted(recorded, 'shout-out')}: ${peopleWords(thanked)} thanked, by ${peopleWords(givers)}.`;
}

/** Where all of them are, so that the numbers add up; nothing where they are all in plain sight. */
function whereBlocks({ recorded, ...counts }: DigestCounts): RichTextBlock[] {
  if (counts.here === recorded) return [];
  const places: [count: number, where: string][] = [
    [counts.here, 'above'],
    [counts.inThread, 'in the thread'],
    [counts.behind, 'behind “Show all”'],
    [counts.byReaction, 'by reaction'],
    [counts.unnamed, 'in private'],
  ];
  const parts = places.filter(([count]) => count > 0);
  const [only] = parts;
  if (parts.length === 1 && only) {
    return [said(`${counted(recorded, 'shout-out')}, ${recorded === 1 ? '' : 'all '}${only[1]}.`)];
  }
  return [
    said(
      `Of ${counted(recorded, 'shout-out')}: ${parts.map(([count, where]) => `${number(count)} ${where}`).join(', ')}.`,
    ),
  ];
}

function firstsBlocks({ gave, thanked }: DigestContents['firsts']): RichTextBlock[] {
  if (gave.length + thanked.length === 0) return [];
  return [
    richText(
      section(
        plain('For the first time: '),
        ...(gave.length > 0 ? [...boldNames(gave.map(shortName)), plain(' gave a shout-out')] : []),
        ...(gave.length > 0 && thanked.length > 0 ? [plain('; ')] : []),
        ...(thanked.length > 0
          ? [
              ...boldNames(thanked.map(shortName)),
              plain(thanked.length === 1 ? ' was thanked' : ' were thanked'),
            ]
          : []),
        plain('.'),
      ),
    ),
  ];
}

function coverageWords(coverage: DigestCoverage): string {
  return coverage.kind === 'nearlyEveryone'
    ? 'Nearly everyone here was thanked in the last four weeks.'
    : `${number(coverage.thanked)} of ${number(coverage.people)} people here were thanked in the last four weeks.`;
}

/** "16 November" for `2026-11-16`. */
export function weekWords(week: string): string {
  return dayWords(new Date(week), 'UTC');
}

function timesWords(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${number(times)} times`;
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person' : `${number(count)} people`;
}

function counted(count: number, word: string): string {
  return `${number(count)} ${word}${count === 1 ? '' : 's'}`;
}

function number(count: number): string {
  return numberFormat.format(count);
}

const numberFormat = new Intl.NumberFormat('en-GB');

function said(words: string): RichTextBlock {
  return richText(section(plain(words)));
}

/** A message's text: as many whole lines, escaped ones, as fit. */
export function asText(lines: string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > longestText) return `${text}\n…`;
    text = text === '' ? line : `${text}\n${line}`;
  }
  return text;
}
