// Values as lines of text: an emoji, a name, and after a dash what it means.
import type { CompanyValue } from '../../model.js';
import { emojiName, emojiOfCharacter } from '../emoji.js';

/** A value as somebody wrote it. */
export type ValueLine = Pick<CompanyValue, 'name' | 'emoji' | 'meaning'>;

export function valueLine({ emoji, name, meaning }: ValueLine): string {
  return `:${emoji}: ${name}${meaning ? ` – ${meaning}` : ''}`;
}

const written = /^(\S+)\s+(\S.*?)(?:\s+[–—-]\s+(.*))?$/;

/** The values, or the first line that is none. Empty lines are passed over. */
export function parseValueLines(text: string): { values: ValueLine[] } | { wrongLine: string } {
  const values: ValueLine[] = [];
  for (const line of text.split('\n').map(one => one.trim())) {
    if (line === '') continue;
    const [, symbol = '', name = '', meaning = ''] = written.exec(line) ?? [];
    const typed = /^:([^\s:]+(?:::skin-tone-[2-6])?):$/.exec(symbol)?.[1];
    const emoji = typed ? emojiName(typed) : emojiOfCharacter(symbol);
    if (!emoji || name === '') return { wrongLine: line };
    values.push({ emoji, name: name.trim(), meaning: meaning.trim() });
  }
  return { values };
}
