// Reads the text of a command: whom, which values, what for. Pure; never throws, whatever a person typed.
import type { Group, Team } from '../../model.js';
import { asSlug, slugCharacters } from '../../recognition/rules/values.js';
import { cleanText, unescapeText } from '../text.js';
import { asTeam, groupOf, mostTeams, type Piece, readFront, type ValueNames, valueBySlug } from './front.js';

/** What a command's text says. */
export interface ParsedText {
  recipientSlackIds: string[];
  groups: Group[];
  /** What was written after `team:`, in front; each once. */
  teams: string[];
  valueSlugs: string[];
  unknownValues: string[];
  message: string;
}

/** What the parser has to know of the workspace. */
export interface Vocabulary {
  values: ValueNames;
  /** For teams inside the sentence, which count only where there is such a team. */
  teams?: Pick<Team, 'slug'>[];
  /** Names of people by Slack id, for mentions inside the sentence. */
  names?: ReadonlyMap<string, string>;
  /** What to call channels, by Slack id; one that is missing has the name that Slack sent along. */
  channelNames?: ReadonlyMap<string, string>;
}

/** Slack's markup in a command with `should_escape`. @see https://docs.slack.dev/interactivity/implementing-slash-commands */
const markup =
  /<(?:@([UW][A-Z0-9]+)|#([CGD][A-Z0-9]+)|!subteam\^([A-Z0-9]+)|!([a-z]+)(?:\^[^|>]*)?|((?:https?|mailto):[^|>\s]+))(?:\|([^>]*))?>/gi;

/** Whether a text may name a team. */
export function mayNameTeam(text: string): boolean {
  return /team:/i.test(text);
}

/** The Slack ids of people mentioned anywhere in a command's text, each once. */
export function mentionedMembers(text: string): string[] {
  return [...new Set([...text.matchAll(markup)].flatMap(found => found[1] ?? []))];
}

/** What follows the bot's name in a message that begins with it; null: it does not begin with it. */
export function afterName(text: string, botSlackId: string): string | null {
  const name = new RegExp(`^\\s*(?:<@${botSlackId}(?:\\|[^>]*)?>[\\s,:]*)+`);
  const found = name.exec(text);
  return found ? text.slice(found[0].length) : null;
}

/** The Slack ids of channels mentioned anywhere in a command's text, each once. */
export function mentionedChannels(text: string): string[] {
  return [...new Set([...text.matchAll(markup)].flatMap(found => found[2] ?? []))];
}

/**
 * Reads a command's text. Mentions, teams (`team:payments`) and values before the first other word are recipients and
 * values; commas and "and" between them are passed over. Later mentions thank nobody, unless none stood in front; a later
 * `#word` is a value only if there is one.
 */
export function parseText(text: string, vocabulary: Vocabulary): ParsedText {
  const pieces = split(text, vocabulary);
  const front = readFront(pieces, vocabulary.values);
  const sentence: Piece[] = [{ kind: 'text', text: front.textLeft }, ...pieces.slice(front.piecesRead)];
  const nobodyInFront =
    front.recipientSlackIds.length === 0 && front.groups.length === 0 && front.teams.length === 0;
  const inSentence = sentence.flatMap(piece => valuesInSentence(piece, vocabulary.values));
  return {
    recipientSlackIds: nobodyInFront
      ? sentence.flatMap(piece => (piece.kind === 'member' ? [piece.slackId] : []))
      : front.recipientSlackIds,
    groups: uniqueGroups(
      nobodyInFront
        ? sentence.flatMap(piece => (piece.kind === 'group' ? [groupOf(piece)] : []))
        : front.groups,
    ),
    teams: [
      ...new Set(
        nobodyInFront
          ? sentence.flatMap(piece => teamsInSentence(piece, vocabulary.teams ?? [])).slice(0, mostTeams)
          : front.teams,
      ),
    ],
    valueSlugs: [...new Set([...front.valueSlugs, ...inSentence])],
    unknownValues: front.unknownValues,
    message: cleanText(sentence.map(asText).join('')),
  };
}

function split(text: string, { names, channelNames }: Vocabulary): Piece[] {
  const pieces: Piece[] = [];
  let rest = 0;
  const push = (piece: string) => {
    if (piece) pieces.push({ kind: 'text', text: unescapeText(piece) });
  };
  for (const found of text.matchAll(markup)) {
    const [whole, member, channel, group, special, url, label] = found;
    push(text.slice(rest, found.index));
    rest = found.index + whole.length;
    const words = label ? cleanText(unescapeText(label)).replace(/\s+/g, ' ') : '';
    if (member)
      pieces.push({ kind: 'member', slackId: member, label: names?.get(member) ?? (words || 'someone') });
    else if (channel)
      pieces.push({ kind: 'channel', label: channelNames?.get(channel) ?? (words || 'channel') });
    else if (group)
      pieces.push({
        kind: 'group',
        slackId: group,
        label: words.startsWith('@') ? words : `@${words || 'group'}`,
      });
    else if (special) pieces.push({ kind: 'text', text: words || `@${special}` });
    else if (url) pieces.push({ kind: 'text', text: linkAsText(unescapeText(url), words) });
  }
  push(text.slice(rest));
  return pieces;
}

/** An address never hides behind other words. */
function linkAsText(url: string, label: string): string {
  if (url.startsWith('mailto:')) return url.slice('mailto:'.length);
  const same = !label || label === url || url === `http://${label}` || url === `https://${label}`;
  return same ? url : `${label} (${url})`;
}

function uniqueGroups(groups: Group[]): Group[] {
  return groups.filter((group, index) => groups.findIndex(one => one.slackId === group.slackId) === index);
}

const teamInSentence = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}_&/#:.-])team:([${slugCharacters}]+)`,
  'giu',
);
const hashInSentence = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_&/#])#([${slugCharacters}]+)`, 'gu');

function valuesInSentence(piece: Piece, values: ValueNames): string[] {
  if (piece.kind === 'channel') return [valueBySlug(piece.label, values)?.slug ?? []].flat();
  if (piece.kind !== 'text') return [];
  return [...piece.text.matchAll(hashInSentence)].flatMap(
    found => valueBySlug(found[1] ?? '', values)?.slug ?? [],
  );
}

function teamsInSentence(piece: Piece, teams: Pick<Team, 'slug'>[]): string[] {
  if (piece.kind !== 'text') return [];
  const words = [...piece.text.matchAll(teamInSentence)].map(found => asTeam(found[1] ?? ''));
  return words.filter(word => teams.some(({ slug }) => slug === asSlug(word)));
}

function asText(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'member':
      return `@${piece.label}`;
    case 'group':
      return piece.label;
    case 'channel':
      return `#${piece.label}`;
  }
}
