// Reads what stands before the sentence of a command: people, groups, teams and values.
import type { CompanyValue, Group } from '../../model.js';
import { asSlug, isCalled, slugCharacters } from '../../recognition/rules/values.js';
import { emojiName, emojiOfCharacter } from '../emoji.js';
import { cleanText } from '../text.js';

/** What values are called. */
export type ValueNames = Pick<CompanyValue, 'slug' | 'formerSlugs' | 'emoji'>[];

/** A part of a command's text. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'member'; slackId: string; label: string }
  | { kind: 'group'; slackId: string; label: string }
  | { kind: 'channel'; label: string };

/** What stands before the sentence, and where that begins. */
export interface Front {
  piecesRead: number;
  /** What is left of a piece of text that begins the sentence. */
  textLeft: string;
  recipientSlackIds: string[];
  groups: Group[];
  teams: string[];
  valueSlugs: string[];
  unknownValues: string[];
}

/** Reads what stands before the first other word; commas and "and" are passed over. */
export function readFront(pieces: Piece[], values: ValueNames): Front {
  const front: Front = {
    piecesRead: 0,
    textLeft: '',
    recipientSlackIds: [],
    groups: [],
    teams: [],
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

function continuesFront(piece: Piece | undefined, values: ValueNames): boolean {
  return (
    piece?.kind === 'member' ||
    piece?.kind === 'group' ||
    (piece?.kind === 'channel' && valueBySlug(piece.label, values) !== undefined)
  );
}

/** Reads values and teams off the front of `text` into `front`; returns what begins with another word. */
function readFrontText(text: string, values: ValueNames, front: Front): string {
  let left = text;
  for (;;) {
    left = left.replace(/^[\s,;]+/, '');
    const joined = /^(?:and|&|\+)\s+(?=#[\p{L}_]|:|team:[\p{L}\p{N}])/iu.exec(left);
    const candidate = joined ? left.slice(joined[0].length) : left;
    const taken =
      takeHash(candidate, values, front) ?? takeTeam(candidate, front) ?? takeEmoji(candidate, values, front);
    if (taken === null) return left;
    left = candidate.slice(taken);
  }
}

const hashInFront = new RegExp(`^#([${slugCharacters}]+)`, 'u');
/** Reads `#word`; a number such as `#4521` is text. Returns how many characters it took, or null. */
function takeHash(text: string, values: ValueNames, front: Front): number | null {
  const found = hashInFront.exec(text);
  const word = found?.[1];
  if (!found || !word) return null;
  const value = valueBySlug(word, values);
  if (value) front.valueSlugs.push(value.slug);
  else if (/^\d+$/.test(word)) return null;
  else front.unknownValues.push(cleanText(word).slice(0, 80).toWellFormed());
  return found[0].length;
}

const teamInFront = new RegExp(`^team:([${slugCharacters}]+)`, 'iu');
/** Each has somebody in it to thank, and a shout-out reaches no more people. */
export const mostTeams = 30;

/** Reads `team:payments`. Returns how many characters it took, or null. */
function takeTeam(text: string, front: Front): number | null {
  const found = teamInFront.exec(text);
  if (!found?.[1] || front.teams.length >= mostTeams) return null;
  front.teams.push(asTeam(found[1]));
  return found[0].length;
}

/** A word after `team:`, fit to be kept and said. */
export function asTeam(word: string): string {
  return cleanText(word).slice(0, 80).toWellFormed();
}

/** Reads a value's emoji, written `:gem:` or 💎. */
function takeEmoji(text: string, values: ValueNames, front: Front): number | null {
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

/** A group as it was mentioned. */
export function groupOf({ slackId, label }: { slackId: string; label: string }): Group {
  return { slackId, handle: label };
}

/** The value that a word names; undefined: none. */
export function valueBySlug(word: string, values: ValueNames) {
  const slug = asSlug(word);
  return values.find(value => isCalled(value, slug));
}
