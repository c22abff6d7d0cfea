// Which values can be given, what they are called, and what one can be.
import { distance } from 'fastest-levenshtein';
import type { CompanyValue, KeptValue, ShoutoutRequest } from '../../model.js';
import type { Refusal } from '../refusal.js';

/** So many unknown values are named one by one. */
const mostUnknownNamed = 10;

/** Whether this is what a value is called, or was before it was renamed. */
export function isCalled(
  { slug, formerSlugs }: Pick<CompanyValue, 'slug' | 'formerSlugs'>,
  word: string,
): boolean {
  return slug === word || formerSlugs.includes(word);
}

/** The values called so, in the workspace's order. */
export function valuesCalled<V extends Pick<CompanyValue, 'slug' | 'formerSlugs'>>(
  slugs: string[],
  values: V[],
): V[] {
  return values.filter(value => slugs.some(slug => isCalled(value, slug)));
}

/** Why these values cannot be given. */
export function valueRefusals(
  request: Pick<ShoutoutRequest, 'valueSlugs' | 'unknownValues'>,
  values: CompanyValue[],
): Refusal[] {
  const unknown = [
    ...request.unknownValues,
    ...request.valueSlugs.filter(slug => !values.some(value => isCalled(value, slug))),
  ];
  const distinct = [...new Set(unknown)];
  const named = distinct.slice(0, mostUnknownNamed);
  return [
    ...named.map((typed): Refusal => ({ code: 'unknownValue', typed, nearest: nearestSlug(typed, values) })),
    ...(distinct.length > named.length
      ? [{ code: 'moreUnknownValues' as const, count: distinct.length - named.length }]
      : []),
  ];
}

/** The same reasons, where what is unknown is a retired value as such. */
export function namingRetired(reasons: Refusal[], retired: CompanyValue[]): Refusal[] {
  return reasons.map(reason => {
    const value = reason.code === 'unknownValue' && retired.find(one => isCalled(one, asSlug(reason.typed)));
    return value ? { code: 'retiredValue', name: value.name } : reason;
  });
}

/** The slug most like what was typed, or null where none is near enough to be meant. */
export function nearestSlug(typed: string, things: { slug: string }[]): string | null {
  const wanted = typed.toLowerCase();
  const ranked = things
    .map(({ slug }) => ({ slug, distance: distance(wanted, slug) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.slug.length / 2)) ? best.slug : null;
}

/** What a slug is made of, for a regular expression's brackets (flag `u`). */
export const slugCharacters = String.raw`\p{L}\p{M}\p{N}_\-`;

const between = new RegExp(`[^${slugCharacters}]+`, 'gu');

/** What a value of this name is typed as, such as `own-it` for "Own it!"; null: it has no letter to type. */
export function slugOf(name: string): string | null {
  const slug = asSlug(name)
    .replace(/['’]/g, '')
    .replace(between, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-_\p{M}]+|[-_]+$/gu, '');
  return /\p{L}/u.test(slug) ? slug : null;
}

/** A typed word as slugs are written, however a keyboard composes its letters; İ and i are one. */
export function asSlug(word: string): string {
  return word.toLowerCase().normalize('NFC').replaceAll('i\u0307', 'i');
}

/** Gives a shout-out without a value. */
export const generalEmoji = 'mega';

/** In characters, as code points. */
export const longestName = 40;
export const longestMeaning = 200;
/** Slack's menus offer no more. */
export const mostValues = 100;
/** What people remember. */
export const fewValues = 5;

/** What somebody wants a value to be. */
export interface ValueContents {
  /** One line, as it was typed. */
  name: string;
  /** One line; may be empty. */
  meaning: string;
  /** One name for all aliases and skin tones; null: what was typed is no emoji. */
  emoji: string | null;
}

/** Something that a value cannot be, which whoever asks can mend. `by` is the other value. */
export type ValueFault =
  | { code: 'noName' }
  | { code: 'nameTooLong'; length: number; limit: number }
  /** It could not be typed after `#`. */
  | { code: 'nameWithoutLetter' }
  | { code: 'nameTaken'; slug: string; by: CompanyValue }
  | { code: 'meaningTooLong'; length: number; limit: number }
  | { code: 'noEmoji' }
  | { code: 'emojiTaken'; by: CompanyValue }
  /** It gives a shout-out without a value. */
  | { code: 'emojiIsGeneral' }
  | { code: 'tooManyValues'; limit: number };

/** How emoji are compared: one name for all aliases and skin tones. */
export type Canonical = (name: string) => string;

/**
 * Every reason why a value cannot be so. Empty: it can.
 * @param own - the value as it is; null: it is new
 * @param present - all values of the workspace
 */
export function valueFaults(
  { name, meaning, emoji }: ValueContents,
  { own, present, canonical }: { own: KeptValue | null; present: KeptValue[]; canonical: Canonical },
): ValueFault[] {
  const others = present.filter(one => one.id !== own?.id);
  const slug = own?.name === name ? own.slug : slugOf(name);
  const by = slug === null ? undefined : others.find(one => isCalled(one, slug));
  const nameLength = [...name].length;
  const meaningLength = [...meaning].length;
  return [
    ...(name === '' ? [{ code: 'noName' as const }] : []),
    ...(name !== '' && slug === null ? [{ code: 'nameWithoutLetter' as const }] : []),
    ...(nameLength > longestName
      ? [{ code: 'nameTooLong' as const, length: nameLength, limit: longestName }]
      : []),
    ...(slug !== null && by ? [{ code: 'nameTaken' as const, slug, by }] : []),
    ...(meaningLength > longestMeaning
      ? [{ code: 'meaningTooLong' as const, length: meaningLength, limit: longestMeaning }]
      : []),
    ...(emoji === null ? [{ code: 'noEmoji' as const }] : []),
    // While it is retired its emoji means nothing.
    ...(emoji !== null && !own?.retiredAt ? emojiFaults(emoji, { others, canonical }) : []),
    ...(own ? [] : roomFaults(others)),
  ];
}

/** Every reason why a retired value cannot come back. */
export function returnFaults(
  own: KeptValue,
  { present, canonical }: { present: KeptValue[]; canonical: Canonical },
): ValueFault[] {
  const others = present.filter(one => one.id !== own.id);
  return [...emojiFaults(canonical(own.emoji), { others, canonical }), ...roomFaults(others)];
}

/** A reaction must mean one thing. */
function emojiFaults(
  emoji: string,
  { others, canonical }: { others: KeptValue[]; canonical: Canonical },
): ValueFault[] {
  if (emoji === generalEmoji) return [{ code: 'emojiIsGeneral' }];
  const by = others.find(one => !one.retiredAt && canonical(one.emoji) === emoji);
  return by ? [{ code: 'emojiTaken', by }] : [];
}

function roomFaults(others: KeptValue[]): ValueFault[] {
  const active = others.filter(one => !one.retiredAt);
  return active.length < mostValues ? [] : [{ code: 'tooManyValues', limit: mostValues }];
}

/** Emoji that people put on messages without meaning much by it; one name for all aliases and skin tones. */
export const casualEmoji: ReadonlySet<string> = new Set(
  (
    '+1 -1 100 blush clap confetti_ball eyes facepunch fire grin grinning hand handshake heart heart_eyes heartpulse heavy_check_mark ' +
    'heavy_plus_sign hugging_face joy laughing muscle ok ok_hand partying_face pray purple_heart raised_hands rocket ' +
    'rolling_on_the_floor_laughing saluting_face slightly_smiling_face smile smiley sparkles star star2 ' +
    'sunglasses sweat_smile tada thinking_face trophy v wave white_check_mark wink yellow_heart'
  ).split(' '),
);
