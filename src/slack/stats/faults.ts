// What is said where a question about numbers is not understood: what it was, and what would be.
import type { Commands } from '../../config.js';
import type { Member } from '../../model.js';
import { asSlug } from '../../recognition/rules/values.js';
import { nearestMeant } from '../../recognition/stats/nearest.js';
import type { StatsVocabulary } from '../../recognition/stats/question.js';
import { statsHelp } from '../messages/help.js';
import { type Message, said } from '../messages/parts.js';
import type { StatsFault, TypedStats } from '../parse/stats.js';
import { cutText, joinNames } from '../text.js';

/** So many of them are named one by one. */
export const mostFaults = 5;
const longestTyped = 60;

interface Known {
  commands: Commands;
  /** Such as `2026-05-13`. */
  today: string;
  /** Who is called as what was typed, where one person is. */
  called: ReadonlyMap<string, Pick<Member, 'name'>>;
}

/** Every fault, with the nearest thing that would be understood, and what there is. */
export function notUnderstood(faults: StatsFault[], vocabulary: StatsVocabulary, known: Known): Message {
  const words = faults
    .slice(0, mostFaults)
    .map(fault => faultWords(fault, vocabulary, known))
    .join(' ');
  const sorry = said(words);
  const help = statsHelp(known.commands);
  return { text: `${sorry.text} ${help.text}`, blocks: [...sorry.blocks, ...help.blocks] };
}

function faultWords(
  fault: StatsFault,
  vocabulary: StatsVocabulary,
  { commands, today, called }: Known,
): string {
  switch (fault.kind) {
    case 'unknown': {
      const nearest = nearestOf(fault.typed, vocabulary, today);
      return `I do not know "${short(fault.typed)}".${meantWords(nearest, called.get(fault.typed))}`;
    }
    case 'noTeam':
      return `No team here takes its people from ${short(fault.typed)}. ${teamsWords(vocabulary, commands)}`;
    case 'noPerson': {
      const name = asSlug(fault.typed.slice(1));
      const team = vocabulary.teams.find(one => one.slug === name || asSlug(one.name) === name);
      if (team) return `Did you mean team:${team.slug}?`;
      return `Slack does not tell me who ${short(fault.typed)} is: choose the name from the list that opens as you type it.`;
    }
    case 'several':
      return `${severalWords[fault.of]} at a time, please: I found ${joinNames(fault.typed.map(short))}.`;
  }
}

/** A person stands behind what there is to ask for: their name may be like it by chance. */
function meantWords(nearest: string | null, person: Pick<Member, 'name'> | undefined): string {
  if (nearest) return ` Did you mean ${nearest}?`;
  return person ? ` Did you mean @${person.name}? Pick the name from Slack's list.` : '';
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
  return `There ${named.length === 1 ? 'is' : 'are'} ${joinNames([...shown, ...(more > 0 ? [`${more} more`] : [])])}.`;
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
