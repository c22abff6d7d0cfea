// Reads the text of a command: whom, which values, what for. Pure; never throws, whatever a person typed.
import type { CompanyValue, Group } from '../../model.js';
import { asSlug, isCalled, slugCharacters } from '../../recognition/rules/values.js';
import { emojiName, emojiOfCharacter } from '../emoji.js';
import { cleanText, unescapeText } from '../text.js';

/** What a command's text says. */
export interface ParsedText {
  recipientSlackIds: string[];
  groups: Group[];
  valueSlugs: string[];
  unknownValues: string[];
  message: string;
}

/** What the parser has to know of the workspace. */
export interface Vocabulary {
  values: Pick<CompanyValue, 'slug' | 'formerSlugs' | 'emoji'>[];
  /** Names of people by Slack id, for mentions inside the sentence. */
  names?: ReadonlyMap<string, string>;
  /** What to call channels, by Slack id; one that is missing has the name that Slack sent along. */
  channelNames?: ReadonlyMap<string, string>;
}

/** Slack's markup in a command with `should_escape`. @see https://docs.slack.dev/interactivity/implementing-slash-commands */
const markup =
  /<(?:@([UW][A-Z0-9]+)|#([CGD][A-Z0-9]+)|!subteam\^([A-Z0-9]+)|!([a-z]+)(?:\^[^|>]*)?|((?:https?|mailto):[^|>\s]+))(?:\|([^>]*))?>/gi;

type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'member'; slackId: string; label: string }
  | { kind: 'group'; slackId: string; label: string }
  | { kind: 'channel'; label: string };

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
 * Reads a command's text. Mentions and values before the first other word are recipients and values; commas and "and"
 * between them are passed over. Later mentions thank nobody, unless none stood in front; a later `#word` is a value only
 * if there is one.
 */
export function parseText(text: string, vocabulary: Vocabulary): ParsedText {
  const pieces = split(text, vocabulary);
  const front = readFront(pieces, vocabulary.values);
  const sentence: Piece[] = [{ kind: 'text', text: front.textLeft }, ...pieces.slice(front.piecesRead)];
  const nobodyInFront = front.recipientSlackIds.length === 0 && front.groups.length === 0;
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

function groupOf({ slackId, label }: { slackId: string; label: string }): Group {
  return { slackId, handle: label };
}

function uniqueGroups(groups: Group[]): Group[] {
  return groups.filter((group, index) => groups.findIndex(one => one.slackId === group.slackId) === index);
}

interface Front {
  piecesRead: number;
  /** What is left of a piece of text that begins the sentence. */
  textLeft: string;
  recipientSlackIds: string[];
  groups: Group[];
  valueSlugs: string[];
  unknownValues: string[];
}

function readFront(pieces: Piece[], values: Vocabulary['values']): Front {
  const front: Front = {
    piecesRead: 0,
    textLeft: '',
    recipientSlackIds: [],
    groups: [],
    valueSlugs: [],
    unknownValues: [],
  };
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'member') front.recipientSlackIds.push(piece.slackId);
    else if (piece.kind === 'group') front.groups.push(groupOf(piece));
    else if (piece.kind === 'channel') {
      const value = valueBySlug(piece.label, values);
      if (!value) break;
      front.valueSlugs.push(value.slug);
    } else {
      const left = readFrontText(piece.text, values, front);
      // "and" joins only where something to join follows.
      if (left !== '' && !(/^(and|&|\+)\s*$/i.test(left) && continuesFront(pieces[index + 1], values))) {
        front.piecesRead = index + 1;
        front.textLeft = left;
        return front;
      }
    }
    front.piecesRead = index + 1;
  }
  return front;
}

function continuesFront(piece: Piece | undefined, values: Vocabulary['values']): boolean {
  return (
    piece?.kind === 'member' ||
    piece?.kind === 'group' ||
    (piece?.kind === 'channel' && valueBySlug(piece.label, values) !== undefined)
  );
}

/** Reads values off the front of `text` into `front`; returns what begins with another word. */
function readFrontText(text: string, values: Vocabulary['values'], front: Front): string {
  let left = text;
  for (;;) {
    left = left.replace(/^[\s,;]+/, '');
    const joined = /^(?:and|&|\+)\s+(?=#[\p{L}_]|:)/iu.exec(left);
    const candidate = joined ? left.slice(joined[0].length) : left;
    const taken = takeHash(candidate, values, front) ?? takeEmoji(candidate, values, front);
    if (taken === null) return left;
    left = candidate.slice(taken);
  }
}

const hashInFront = new RegExp(`^#([${slugCharacters}]+)`, 'u');
const hashInSentence = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_&/#])#([${slugCharacters}]+)`, 'gu');

/** Reads `#word`; a number such as `#4521` is text. Returns how many characters it took, or null. */
function takeHash(text: string, values: Vocabulary['values'], front: Front): number | null {
  const found = hashInFront.exec(text);
  const word = found?.[1];
  if (!found || !word) return null;
  const value = valueBySlug(word, values);
  if (value) front.valueSlugs.push(value.slug);
  else if (/^\d+$/.test(word)) return null;
  else front.unknownValues.push(cleanText(word).slice(0, 80).toWellFormed());
  return found[0].length;
}

/** Reads a value's emoji, written `:gem:` or 💎. */
function takeEmoji(text: string, values: Vocabulary['values'], front: Front): number | null {
  const written = /^:([a-z0-9_'+-]+(?:::skin-tone-[2-6])?):/i.exec(text);
  const character = written ? null : firstCharacter(text);
  const name = written?.[1] ? emojiName(written[1]) : character && emojiOfCharacter(character);
  const value = name ? values.find(one => emojiName(one.emoji) === name) : undefined;
  if (!value) return null;
  front.valueSlugs.push(value.slug);
  return written ? written[0].length : (character?.length ?? 0);
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

function firstCharacter(text: string): string | null {
  // No emoji is longer; a whole message need not be segmented for its first character.
  for (const { segment } of characters.segment(text.slice(0, 40))) return segment;
  return null;
}

function valuesInSentence(piece: Piece, values: Vocabulary['values']): string[] {
  if (piece.kind === 'channel') return [valueBySlug(piece.label, values)?.slug ?? []].flat();
  if (piece.kind !== 'text') return [];
  return [...piece.text.matchAll(hashInSentence)].flatMap(
    found => valueBySlug(found[1] ?? '', values)?.slug ?? [],
  );
}

function valueBySlug(word: string, values: Vocabulary['values']) {
  const slug = asSlug(word);
  return values.find(value => isCalled(value, slug));
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
