// Plain text on its way in and out: cleaned, cut, escaped, and laid out as rich text that cannot ping or disguise a link.
import type { RichTextBlock, RichTextElement, RichTextQuote, RichTextSection } from '@slack/types';
import type { CompanyValue } from '../model.js';
import { isStandardEmoji } from './emoji.js';

/**
 * Text as the database may keep it and people may see it: no lone surrogates, no control characters except line
 * breaks and tabs, and none that change the direction of writing, which could make a name or an address read otherwise.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(forbidden, character => (character === '\n' || character === '\t' ? character : ''))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Control characters, those that change the direction of writing, and those that show nothing. */
const forbidden = /\p{Cc}|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu;

/** Escapes what Slack would read as its own markup. @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A name in bold, in Slack's own markup. What Slack would read as bold ends the bold, so that such a name stays plain. */
export function boldMarkup(name: string): string {
  return /[*_~`]/.test(name) ? escapeText(name) : `*${escapeText(name)}*`;
}

/** Undoes Slack's escaping of what a person typed. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The text, or as many whole sentences (else words, else characters) as fit into `limit` characters with an ellipsis. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - 2);
  const sentence = Math.max(...['. ', '! ', '? ', '\n', '。'].map(end => room.lastIndexOf(end)));
  if (sentence >= limit / 3) return `${room.slice(0, sentence + 1).trimEnd()} …`.toWellFormed();
  const word = room.lastIndexOf(' ');
  return `${(word >= limit / 3 ? room.slice(0, word) : room.replace(/[\uD800-\uDBFF]$/, '')).trimEnd()} …`;
}

/** A value's emoji and name for a button or a menu, in 75 characters; without the emoji where its name leaves no room. */
export function valueLabel({ emoji, name }: Pick<CompanyValue, 'emoji' | 'name'>): string {
  const whole = `:${emoji}: ${name}`;
  return whole.length <= 75 ? whole : cutText(name, 75);
}

/** With a capital at the start, for a sentence or a line of its own. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Ana", "Ana and Ben", "Ana, Ben and Chen". */
export function joinNames(names: string[]): string {
  return listFormat.format(names);
}

const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export const plain = (text: string): RichTextElement => ({ type: 'text', text });
export const bold = (text: string): RichTextElement => ({ type: 'text', text, style: { bold: true } });
export const emoji = (name: string): RichTextElement => ({ type: 'emoji', name });
export const channel = (slackId: string): RichTextElement => ({ type: 'channel', channel_id: slackId });
export const link = (url: string, label: string): RichTextElement => ({ type: 'link', url, text: label });

/** Names in bold, joined as people join them. */
export function boldNames(names: string[]): RichTextElement[] {
  return listFormat
    .formatToParts(names)
    .map(part => (part.type === 'element' ? bold(part.value) : plain(part.value)));
}

export const section = (...elements: RichTextElement[]): RichTextSection => ({
  type: 'rich_text_section',
  elements,
});

export const richText = (...elements: RichTextBlock['elements']): RichTextBlock => ({
  type: 'rich_text',
  elements,
});

/** What a person wrote, as a quote with its lines. An address becomes a link that shows nothing but itself. */
export function quote(message: string): RichTextQuote {
  return { type: 'rich_text_quote', elements: typed(message) };
}

/** What a person wrote as rich text: its addresses and emoji work, and nothing else does. */
export function typed(text: string): RichTextElement[] {
  const elements: RichTextElement[] = [];
  let rest = 0;
  for (const found of text.matchAll(
    /https?:\/\/[^\s<>"'`|]+[^\s<>"'`|.,;:!?)\]}]|:([a-z0-9_'+-]+(?:::skin-tone-[2-6])?):/gi,
  )) {
    const name = found[1]?.toLowerCase();
    if (name !== undefined && !isStandardEmoji(name)) continue;
    if (name === undefined && !URL.canParse(found[0])) continue;
    if (found.index > rest) elements.push(plain(text.slice(rest, found.index)));
    elements.push(name === undefined ? { type: 'link', url: found[0] } : emoji(name));
    rest = found.index + found[0].length;
  }
  if (rest < text.length) elements.push(plain(text.slice(rest)));
  return elements;
}

/** Rich text as a message's plain text, a line each; escaped. Links to messages of ours are left out. */
export function richTextLines(blocks: RichTextBlock[]): string[] {
  return blocks
    .flatMap(block => block.elements)
    .flatMap(part =>
      part.type === 'rich_text_list'
        ? part.elements.map(item => `• ${escapeText(lineOf(item.elements))}`)
        : [escapeText(lineOf(part.elements))],
    );
}

function lineOf(elements: RichTextElement[]): string {
  return elements
    .map(element => {
      if (element.type === 'text') return element.text;
      if (element.type === 'emoji') return `:${element.name}:`;
      return element.type === 'link' && !element.text ? element.url : '';
    })
    .join('')
    .trimEnd();
}

/** Lines as a message's text: as many whole ones as fit, then an ellipsis. `chat.update` takes 4,000 characters. */
export function fitLines(lines: string[], longest = 3500): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > longest) return `${text}\n…`;
    text = text === '' ? line : `${text}\n${line}`;
  }
  return text;
}
