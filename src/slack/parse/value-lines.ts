// Values as lines of text: an emoji, a name, and after a dash what it means.
import { createHash } from 'node:crypto';
import type { CompanyValue } from '../../model.js';
import { emojiName, emojiOfCharacter, emojiTyped } from '../emoji.js';

/** A value as somebody wrote it. */
export type ValueLine = Pick<CompanyValue, 'name' | 'emoji' | 'meaning'>;

export function valueLine({ emoji, name, meaning }: ValueLine): string {
  return `:${emoji}: ${name}${meaning ? ` – ${meaning}` : ''}`;
}

/** Values that read the same have the same; a form remembers by it what it showed. */
export function fingerprint(values: ValueLine[]): string {
  return createHash('sha256').update(values.map(valueLine).join('\n')).digest('base64url');
}

const written = /^(\S+)\s+(\S.*?)(?:\s+[–—-]\s+(.*))?$/;

/**
 * The values, or the first line that is none. Empty lines are passed over.
 * @param shown - the values whose lines were there before: a line that nobody touched is that value, dashes and all
 */
export function parseValueLines(
  text: string,
  shown: ValueLine[],
): { values: ValueLine[] } | { wrongLine: string } {
  const values: ValueLine[] = [];
  const untouched = new Map(shown.map(value => [valueLine(value).trim(), value]));
  for (const line of text.split('\n').map(one => one.trim())) {
    if (line === '') continue;
    const same = untouched.get(line);
    if (same) {
      values.push({ ...same, emoji: emojiName(same.emoji) });
      continue;
    }
    const [, symbol = '', name = '', meaning = ''] = written.exec(line) ?? [];
    const emoji = /^:.+:$/.test(symbol) ? emojiTyped(symbol) : emojiOfCharacter(symbol);
    if (!emoji || name === '') return { wrongLine: line };
    const plainName = name.replace(/^#+/, '').trim().normalize('NFC');
    values.push({ emoji, name: plainName, meaning: meaning.trim() });
  }
  return { values };
}
