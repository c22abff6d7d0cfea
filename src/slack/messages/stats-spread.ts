// How thanks are spread, in sentences that need nothing else to be understood.
import type { RichTextSection } from '@slack/types';
import type { Period } from '../../model.js';
import type { PeriodWish } from '../../recognition/stats/periods.js';
import { fewestPeople, type SpreadFound } from '../../recognition/stats/spread.js';
import { beforeWords, counted, number, periodWords } from '../stats/words.js';
import { bold, plain, richText, richTextLines, section } from '../text.js';
import { type Message, said } from './parts.js';

type Shown = Extract<SpreadFound, { kind: 'spread' }>;
type Spread = Shown['now'];

/** Whose thanks, over what. */
export interface SpreadFacts {
  /** A team's name, or what the workspace is called here. */
  name: string;
  /** Of a team; else of the whole workspace. */
  isTeam: boolean;
  period: Period;
  wish: PeriodWish;
}

export function spreadMessage(found: SpreadFound, facts: SpreadFacts): Message {
  const { name, period, wish } = facts;
  if (found.kind === 'tooFew')
    return said(
      `How thanks are spread is shown for ${fewestPeople} people or more, and ${name} had ${number(found.people)} in that time: of fewer, it would tell of one person.`,
    );
  const { now, before } = found;
  const compared = before && beforeWords(period);
  const title = section(
    bold(`How thanks are spread: ${name}`),
    plain(`, ${periodWords(period, wish)}${compared ? `, compared with ${compared}` : ''}`),
  );
  const parts =
    now.received === 0 ? [section(plain('Nobody was thanked in that time.'))] : lines(found, facts);
  const block = richText(
    title,
    ...(now.received === 0
      ? parts
      : [{ type: 'rich_text_list' as const, style: 'bullet' as const, elements: parts }]),
    section(plain('Only you see this. None of it says how well somebody works.')),
  );
  return { text: richTextLines([block]).join('\n'), blocks: [block] };
}

function lines({ now, before, hasTeams }: Shown, { isTeam }: SpreadFacts): RichTextSection[] {
  const line = (name: string, words: string) => section(bold(`${name}:`), plain(` ${words}`));
  /** "30% (before: 20%)". */
  const compared = (share: (of: Spread) => number | null) => {
    const was = before && share(before);
    return `${percent(share(now))}${was === null ? '' : ` (before: ${percent(was)})`}`;
  };
  const { people } = now.mostThanked;
  const most =
    people === 1
      ? 'the person who was thanked most'
      : `the ${number(people)} people who were thanked most, a tenth of all,`;
  return [
    line(
      'Coverage',
      `${number(now.thanked)} of ${counted(now.roster, 'person', 'people')} were thanked at least once, ${compared(covered)}.`,
    ),
    line(
      'Concentration',
      `${most} received ${compared(concentrated)} of all thanks, where ${percent(people / now.roster)} would be an even share.`,
    ),
    line(
      'Reciprocity',
      `of ${counted(now.pairs, 'time', 'times')} that one person thanked another (counted once, however often), ${number(now.returned)} ${now.returned === 1 ? 'was' : 'were'} returned: ${compared(returned)}.`,
    ),
    ...(hasTeams
      ? [
          line(
            'Across teams',
            `${compared(across)} of all thanks ${isTeam ? 'to its people ' : ''}came from somebody who was in no team with the person they thanked.`,
          ),
        ]
      : []),
  ];
}

const covered = ({ thanked, roster }: Spread) => shareOf(thanked, roster);
const concentrated = ({ mostThanked, received }: Spread) => shareOf(mostThanked.received, received);
const returned = ({ returned: both, pairs }: Spread) => shareOf(both, pairs);
const across = (of: Spread) => shareOf(of.across, of.received);

function shareOf(some: number, all: number): number | null {
  return all === 0 ? null : some / all;
}

function percent(share: number | null): string {
  return `${Math.round((share ?? 0) * 100)}%`;
}
