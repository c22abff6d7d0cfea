// What is said where a question about numbers is not understood: what it was, and what would be.
import type { Commands } from '../../config.js';
import { nearestMeant } from '../../recognition/stats/nearest.js';
import type { StatsVocabulary } from '../../recognition/stats/question.js';
import { statsHelp } from '../messages/help.js';
import { type Message, said } from '../messages/parts.js';
import type { StatsFault, TypedStats } from '../parse/stats.js';
import { cutText, joinNames } from '../text.js';

/** So many of them are named one by one. */
const mostFaults = 5;
const longestTyped = 60;

/** Every fault, with the nearest thing that would be understood, and what there is. @param today - such as `2026-05-13` */
export function notUnderstood(
  faults: StatsFault[],
  vocabulary: StatsVocabulary,
  { commands, today }: { commands: Commands; today: string },
): Message {
  const words = faults
    .slice(0, mostFaults)
    .map(fault => faultWords(fault, vocabulary, { commands, today }))
    .join(' ');
  const sorry = said(words);
  const help = statsHelp(commands);
  return { text: `${sorry.text} ${help.text}`, blocks: [...sorry.blocks, ...help.blocks] };
}

function faultWords(
  fault: StatsFault,
  vocabulary: StatsVocabulary,
  { commands, today }: { commands: Commands; today: string },
): string {
  switch (fault.kind) {
    case 'unknown': {
      const nearest = nearestOf(fault.typed, vocabulary, today);
      return `I do not know "${short(fault.typed)}".${nearest ? ` Did you mean ${nearest}?` : ''}`;
    }
    case 'noTeam':
      return `No team here takes its people from ${short(fault.typed)}. ${teamsWords(vocabulary, commands)}`;
    case 'noPerson':
      return `Slack does not tell me who ${short(fault.typed)} is: choose the name from the list that opens as you type it.`;
    case 'several':
      return `${severalWords[fault.of]} at a time, please: I found ${joinNames(fault.typed.map(short))}.`;
  }
}

/** What the words meant together, else what each of them did. */
function nearestOf(typed: string, vocabulary: StatsVocabulary, today: string): string | null {
  const whole = nearestMeant(typed, vocabulary, today);
  if (whole !== null) return whole;
  const each = typed.split(' ').flatMap(word => nearestMeant(word, vocabulary, today) ?? []);
  return each.length > 0 ? alternatives.format([...new Set(each)].slice(0, mostFaults)) : null;
}

const alternatives = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const severalWords: Record<Extract<StatsFault, { kind: 'several' }>['of'], string> = {
  whom: 'One person or team',
  value: 'One value',
  period: 'One period',
};

const mostTeams = 10;

/** Which teams there are to name. */
export function teamsWords({ teams }: Pick<StatsVocabulary, 'teams'>, { recognition }: Commands): string {
  const named = teams.filter(one => one.roster.kind !== 'everyone');
  if (named.length === 0) return `There are no teams yet; workspace admins make them: ${recognition} teams.`;
  const shown = named.slice(0, mostTeams).map(one => `team:${one.slug}`);
  const more = named.length - shown.length;
  return `There are ${joinNames([...shown, ...(more > 0 ? [`${more} more`] : [])])}.`;
}

/** What was taken, where a word could have been two things; null: none could. */
export function takenWords({ ambiguous }: Pick<TypedStats, 'ambiguous'>): string | null {
  if (!ambiguous) return null;
  const { value, team } = ambiguous;
  return `I took “${value.name}” for the value; the team is team:${team.slug}.`;
}

function short(typed: string): string {
  return cutText(typed, longestTyped);
}
