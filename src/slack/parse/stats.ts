// Reads what was typed after `/recognition stats`: whom, which value, which period, in any order. Pure; never throws.
import type { KeptValue, Team } from '../../model.js';
import { asSlug, isCalled } from '../../recognition/rules/values.js';
import { monthNames, type PeriodWish, periodTyped } from '../../recognition/stats/periods.js';
import type { StatsQuestion, StatsVocabulary, Whom } from '../../recognition/stats/question.js';
import { emojiTyped } from '../emoji.js';
import { cleanText, unescapeText } from '../text.js';

/** What is wrong with a question. */
export type StatsFault =
  /** Words that mean nothing here, as they were typed. */
  | { kind: 'unknown'; typed: string }
  /** A group or a channel that no team takes its people from. */
  | { kind: 'noTeam'; typed: string }
  /** Something that looks like a person and that Slack did not make one of. */
  | { kind: 'noPerson'; typed: string }
  /** More than one of what there can be one of, as they were typed. */
  | { kind: 'several'; of: 'whom' | 'value' | 'period'; typed: string[] };

export interface TypedStats {
  question: Omit<StatsQuestion, 'wish'> & { wish: PeriodWish | null };
  /** Empty: it is understood. */
  faults: StatsFault[];
  /** What is a value's name and a team's, and was taken for the value. */
  ambiguous: { value: KeptValue; team: Team } | null;
}

type Meaning =
  | { of: 'whom'; whom: Whom }
  | { of: 'value'; value: KeptValue; team: Team | null }
  | { of: 'period'; wish: PeriodWish };

type Token = { typed: string; meaning: Meaning | StatsFault | null };

/** Slack's markup in a command with `should_escape`. @see https://docs.slack.dev/interactivity/implementing-slash-commands */
const markup =
  /<(?:@([UW][A-Z0-9]+)|#([CGD][A-Z0-9]+)|!subteam\^([A-Z0-9]+)|!(everyone|channel|here))(?:\|([^>]*))?>/gi;

/** Names have at most so many words. */
const longestPhrase = 10;
/** What joins, and means nothing. */
const fillers = new Set(['for', 'of', 'in', 'and', 'the', 'my', 'this', '&', '+', '-']);

/** Reads the text. Nobody named is `usual`; no period named is null. */
export function parseStats(text: string, vocabulary: StatsVocabulary): TypedStats {
  const tokens = joinUnknown(tokensOf(text.slice(0, 3000), vocabulary));
  const found: { typed: string; meaning: Meaning }[] = [];
  const faults: StatsFault[] = [];
  for (const { typed, meaning } of tokens) {
    if (meaning === null) faults.push({ kind: 'unknown', typed });
    else if ('kind' in meaning) faults.push(meaning);
    else found.push({ typed, meaning });
  }
  const only = (of: Meaning['of']): Meaning | undefined => {
    const those = found.filter(one => one.meaning.of === of);
    const distinct = new Map(those.map(one => [keyOf(one.meaning), one.typed]));
    if (distinct.size > 1) faults.push({ kind: 'several', of, typed: [...distinct.values()] });
    return those[0]?.meaning;
  };
  const [whom, value, period] = [only('whom'), only('value'), only('period')];
  // "My" is one's own, where it is nothing else's: "my team".
  const unnamed: Whom = /(?:^|\s)my(?:\s|$)/i.test(text) ? { kind: 'me' } : { kind: 'usual' };
  return {
    question: {
      whom: whom?.of === 'whom' ? whom.whom : unnamed,
      value: value?.of === 'value' ? value.value : null,
      wish: period?.of === 'period' ? period.wish : null,
    },
    faults,
    ambiguous: value?.of === 'value' && value.team ? { value: value.value, team: value.team } : null,
  };
}

function keyOf(meaning: Meaning): string {
  switch (meaning.of) {
    case 'whom':
      return JSON.stringify(
        meaning.whom.kind === 'team' ? { kind: 'team', id: meaning.whom.team.id } : meaning.whom,
      );
    case 'value':
      return meaning.value.id;
    case 'period':
      return JSON.stringify(meaning.wish);
  }
}

function tokensOf(text: string, vocabulary: StatsVocabulary): Token[] {
  const tokens: Token[] = [];
  let rest = 0;
  for (const found of text.matchAll(markup)) {
    const [whole, member, channel, group, special, label = ''] = found;
    tokens.push(...wordTokens(text.slice(rest, found.index), vocabulary));
    rest = found.index + whole.length;
    const name = cleanText(unescapeText(label)).replace(/^[@#]+/, '');
    if (member) tokens.push({ typed: `@${name || 'someone'}`, meaning: person(member) });
    else if (group)
      tokens.push({
        typed: `@${name || 'group'}`,
        meaning: rosterOf(group, `@${name || 'group'}`, vocabulary),
      });
    else if (channel) tokens.push(channelToken(channel, name, vocabulary));
    else if (special)
      tokens.push({ typed: `@${special}`, meaning: { of: 'whom', whom: { kind: 'everyone' } } });
  }
  tokens.push(...wordTokens(text.slice(rest), vocabulary));
  return tokens;
}

const person = (slackId: string): Meaning => ({ of: 'whom', whom: { kind: 'member', slackId } });

function rosterOf(slackId: string, typed: string, { teams }: StatsVocabulary): Meaning | StatsFault {
  const team =
    teams.find(({ roster }) => roster.kind !== 'everyone' && roster.slackId === slackId) ??
    teams.find(({ channelSlackId }) => channelSlackId === slackId);
  return team ? { of: 'whom', whom: { kind: 'team', team } } : { kind: 'noTeam', typed };
}

/** Where a channel has a value's name, Slack makes a channel of `#craft`. */
function channelToken(slackId: string, name: string, vocabulary: StatsVocabulary): Token {
  const typed = `#${name || 'channel'}`;
  const value = name && vocabulary.values.find(one => isCalled(one, asSlug(name)));
  if (value) return { typed, meaning: { of: 'value', value, team: null } };
  return { typed, meaning: rosterOf(slackId, typed, vocabulary) };
}

/** At each word the longest name that begins there, so that "Pod A" is one and "team:Pod A" too. */
function wordTokens(text: string, vocabulary: StatsVocabulary): Token[] {
  const words = cleanText(unescapeText(text))
    .split(/[\s,;]+/u)
    .filter(word => word !== '');
  const tokens: Token[] = [];
  for (let at = 0; at < words.length; ) {
    const first = words[at] ?? '';
    const token = longestAt(words, at, vocabulary);
    if (token) tokens.push(token);
    else if (!fillers.has(first.toLowerCase())) tokens.push({ typed: first, meaning: strange(first) });
    at += token ? token.words : 1;
  }
  return tokens;
}

function strange(word: string): StatsFault | null {
  return /^@./.test(word) ? { kind: 'noPerson', typed: word } : null;
}

function longestAt(
  words: string[],
  at: number,
  vocabulary: StatsVocabulary,
): (Token & { words: number }) | null {
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1) {
    const typed = words.slice(at, at + length).join(' ');
    const meaning = meaningOf(typed, vocabulary);
    if (meaning) return { typed, meaning, words: length };
  }
  return null;
}

const alone: Record<string, Whom['kind'] & ('me' | 'led' | 'everyone')> = {
  me: 'me',
  myself: 'me',
  team: 'led',
  everyone: 'everyone',
};

/** What a phrase means as a whole; null: nothing. */
function meaningOf(phrase: string, { values, teams }: StatsVocabulary): Meaning | null {
  const text = asSlug(phrase);
  const kind = Object.hasOwn(alone, text) ? alone[text] : undefined;
  if (kind) return { of: 'whom', whom: { kind } };
  const wish = periodTyped(text);
  if (wish && wish.kind !== 'latestMonth') return { of: 'period', wish };
  return namedIn(text, { values, teams }) ?? (wish && { of: 'period', wish });
}

/** A value or a team: people and teams are called April and May, too, and then they are meant. */
function namedIn(text: string, { values, teams }: StatsVocabulary): Meaning | null {
  const called = (name: string) => (one: Team) => one.slug === name || asSlug(one.name) === name;
  const marked = /^team:\s*(.+)$/s.exec(text)?.[1];
  if (marked !== undefined) {
    const team = teams.find(called(marked));
    return team ? { of: 'whom', whom: { kind: 'team', team } } : null;
  }
  const hash = text.startsWith('#') ? text.slice(1) : null;
  const named = hash ?? text;
  const emoji = hash === null ? emojiTyped(text) : null;
  const value =
    values.find(one => isCalled(one, named) || asSlug(one.name) === named) ??
    values.find(one => isEmojiOf(one, text, emoji));
  const team = hash === null ? teams.find(called(named)) : undefined;
  if (value) return { of: 'value', value, team: team ?? null };
  return team ? { of: 'whom', whom: { kind: 'team', team } } : null;
}

/** An emoji's bare name is a word like any other: it counts with colons, or as the character. */
function isEmojiOf(value: KeptValue, text: string, emoji: string | null): boolean {
  return emoji !== null && !/^[a-z0-9_'+-]+$/.test(text) && emojiTyped(value.emoji) === emoji;
}

/** Words that mean nothing and stand together are one, as they were meant. */
function joinUnknown(tokens: Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (before && before.meaning === null && token.meaning === null)
      joined[joined.length - 1] = { typed: `${before.typed} ${token.typed}`, meaning: null };
    else joined.push(token);
  }
  return joined;
}

/** What would be typed to ask the same: what a button keeps. */
export function statsTyped({ whom, value, wish }: StatsQuestion): string {
  return [whomTyped(whom), value ? `#${value.slug}` : '', wishTyped(wish)].filter(Boolean).join(' ');
}

function whomTyped(whom: Whom): string {
  switch (whom.kind) {
    case 'member':
      return `<@${whom.slackId}>`;
    case 'team':
      return `team:${whom.team.slug}`;
    case 'led':
      return 'team';
    case 'usual':
      return '';
    default:
      return whom.kind;
  }
}

function wishTyped(wish: PeriodWish): string {
  switch (wish.kind) {
    case 'last':
      return `last ${wish.of}`;
    case 'yearOf':
      return String(wish.year);
    case 'latestMonth':
      return `month:${monthNames[wish.month - 1]}`;
    case 'latestQuarter':
      return `Q${wish.quarter}`;
    case 'monthOf':
      return `${wish.year}-${String(wish.month).padStart(2, '0')}`;
    case 'quarterOf':
      return `${wish.year}-Q${wish.quarter}`;
    case 'days':
      return `${wish.first}..${wish.last}`;
    default:
      return wish.kind;
  }
}
