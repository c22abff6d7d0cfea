// The shout-outs of a digest, line by line.
import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { CompanyValue } from '../../model.js';
import type { DigestEntry, DigestGroup, DigestReactions } from '../../recognition/digests/digest.js';
import { messageUrl } from '../links.js';
import { bold, cutText, emoji, link, plain, richText, section, typed } from '../text.js';

/** As much of a message as a digest shows: whole sentences where they fit. */
const longestWords = 200;
const longestName = 40;
const mostOtherValues = 3;

/** Where links start. */
export interface Site {
  url: string;
}

/** A value's shout-outs under its name. @param figure - what is said after the name; null: nothing */
export function groupBlock(
  { value, entries }: DigestGroup,
  site: Site,
  { isAlone, figure }: { isAlone: boolean; figure: string | null },
): RichTextBlock {
  return richText(
    ...(value
      ? [section(...valueName(value), ...(figure ? [plain(figure)] : []))]
      : isAlone
        ? []
        : [section(bold('More thanks'))]),
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: entries.map(entry => section(...entryLine(entry, site))),
    },
  );
}

/** "Ana to Ben and Chen: what for (see it)". */
function entryLine(
  { giver, recipients, others, words, otherValues, announcement }: DigestEntry,
  site: Site,
): RichTextElement[] {
  return [
    ...(giver === null ? [plain('A colleague')] : [bold(shortName(giver))]),
    plain(' to '),
    ...recipients.flatMap((name, index) => [
      ...(index === 0 ? [] : [plain(index === recipients.length - 1 && others === 0 ? ' and ' : ', ')]),
      bold(shortName(name)),
    ]),
    ...(others > 0 ? [plain(` and ${andOthers(others)}`)] : []),
    ...otherValues.slice(0, mostOtherValues).flatMap(value => [plain(' '), emoji(value.emoji)]),
    ...(words ? [plain(': '), ...typed(shortWords(words))] : []),
    ...(announcement ? [plain(' '), link(messageUrl(site, announcement), 'see it')] : []),
  ];
}

/** ":gem: Craft by reaction: Ben, Ana, Chen", each value a line. */
export function reactionsBlock(reactions: DigestReactions[], moreValues: number): RichTextBlock {
  return richText(
    ...reactions.map(({ value, names, others }) =>
      section(
        ...(value ? [...valueName(value), plain(' by reaction: ')] : [plain('By reaction: ')]),
        plain(`${names.map(shortName).join(', ')}${others > 0 ? ` and ${andOthers(others)}` : ''}`),
      ),
    ),
    ...(moreValues > 0
      ? [section(plain(`And by reaction for ${moreValues} more ${moreValues === 1 ? 'value' : 'values'}.`))]
      : []),
  );
}

export function valueName({ emoji: name, name: words }: CompanyValue): RichTextElement[] {
  return [emoji(name), plain(' '), bold(shortName(words))];
}

export function shortName(name: string): string {
  return cutText(name, longestName);
}

function andOthers(count: number): string {
  return count === 1 ? '1 other' : `${count} others`;
}

/** On one line. An address that would have to be cut is left out, for it would lead elsewhere. */
export function shortWords(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  const cut = cutText(line, longestWords);
  if (cut === line) return line;
  const kept = cut.slice(0, -2);
  return line[kept.length]?.trim() ? `${kept.replace(/https?:\/\/\S*$/i, '').trimEnd()} …` : cut;
}
