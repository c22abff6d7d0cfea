// What a giver may write.
import type { ShoutoutRequest } from '../../model.js';
import type { Refusal } from '../refusal.js';

/** Characters as people count them, in a message. */
const messageLimit = 2000;
/** The same in what changed because of it. */
const impactLimit = 500;

/** What is too long in a giver's words. */
export function messageRefusals(request: Pick<ShoutoutRequest, 'message' | 'impact'>): Refusal[] {
  const length = messageLength(request.message);
  const impactLength = messageLength(request.impact);
  return [
    ...(length > messageLimit ? [{ code: 'messageTooLong' as const, length, limit: messageLimit }] : []),
    ...(impactLength > impactLimit
      ? [{ code: 'impactTooLong' as const, length: impactLength, limit: impactLimit }]
      : []),
  ];
}

/** How long a message is, in characters as people count them: an emoji of several code points is one. */
function messageLength(message: string): number {
  let length = 0;
  for (const _ of graphemes.segment(message)) length += 1;
  return length;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whether a message says so little that its giver may be asked for more: fewer than five words. */
export function isShort(message: string): boolean {
  let words = 0;
  for (const { isWordLike } of wordsOf.segment(message)) if (isWordLike) words += 1;
  return words < sentenceWords;
}

const sentenceWords = 5;
const wordsOf = new Intl.Segmenter('en', { granularity: 'word' });

/** The text, where these people are "a colleague" instead of their names. */
export function withoutNames(text: string, names: string[]): string {
  // The longest first: of "Ana Souza" nothing is to be left where an Ana is hidden too.
  const longestFirst = names.filter(name => name !== '').sort((a, b) => b.length - a.length);
  return longestFirst.reduce((words, name) => {
    const escaped = name.normalize('NFC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return words.replace(
      new RegExp(`@?(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu'),
      'a colleague',
    );
  }, text.normalize('NFC'));
}
