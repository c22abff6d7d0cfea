// Values as lines of text: an emoji, a name, and after a dash what it means.
import { createHash } from 'node:crypto';
import type { CompanyValue } from '../../model.js';
import { emojiOfCharacter, emojiTyped } from '../emoji.js';

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

/** The values, or the first line that is none. Empty lines are passed over. */
export function parseValueLines(text: string): { values: ValueLine[] } | { wrongLine: string } {
  const values: ValueLine[] = [];
  for (const line of text.split('\n').map(one => one.trim())) {
    if (line === '') continue;
    const [, symbol = '', name = '', meaning = ''] = written.exec(line) ?? [];
    const emoji = /^:.+:$/.test(symbol) ? emojiTyped(symbol) : emojiOfCharacter(symbol);
    if (!emoji || name === '') return { wrongLine: line };
    values.push({ emoji, name: name.trim().normalize('NFC'), meaning: meaning.trim() });
  }
  return { values };
}
