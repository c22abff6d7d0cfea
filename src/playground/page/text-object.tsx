// A text object of Block Kit: plain text or mrkdwn.

import { objectOf, textOf } from '../json.js';
import { Mrkdwn, Plain } from './mrkdwn.js';

/** Shows a text object; nothing where there is none. */
export function TextObject({ text }: { text: unknown }) {
  const given = objectOf(text);
  const words = textOf(given.text) ?? '';
  return given.type === 'mrkdwn' ? <Mrkdwn text={words} /> : <Plain text={words} />;
}

/** A text object's words, for labels. */
export function wordsOf(text: unknown): string {
  return textOf(objectOf(text).text) ?? '';
}
