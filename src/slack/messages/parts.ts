// What messages are made of.
//
// How we write: short, warm, plain. What happened, then what to do next. Names are bold and never ping. What a person
// typed only ever goes through `quote` (blocks) or `escapeText` (text).
import type { ActionsBlock, Block, Button, KnownBlock, RichTextElement } from '@slack/types';
import type { CompanyValue, Group, Shoutout } from '../../model.js';
import { actions } from '../ids.js';
import {
  boldNames,
  cutText,
  emoji,
  escapeText,
  joinNames,
  plain,
  quote,
  richText,
  section,
} from '../text.js';

export interface Message {
  /** For notifications and screen readers; escaped. */
  text: string;
  blocks: KnownBlock[];
  /** The same with what Slack may refuse to show, such as a chart: posted in their stead where it does not. */
  richBlocks?: Block[];
}

/** As much of what a person wrote as a fallback text shows. Escaping can make it five times as long; 4,000 is what `chat.update` takes. */
const fallbackLimit = 600;

/** One plain sentence or two. */
export function said(text: string): Message {
  return { text: escapeText(text), blocks: [richText(section(plain(text)))] };
}

export function quoted(message: string) {
  return message ? [quote(message)] : [];
}

/** What a shout-out says: the message, and what changed because of it. */
export function quotedWords({ message, impact }: Pick<Shoutout, 'message' | 'impact'>) {
  return [
    ...quoted(message),
    ...(impact ? [section(plain('What changed because of it:')), quote(impact)] : []),
  ];
}

/** The same after a sentence, as text. */
export function sayingWords({ message, impact }: Pick<Shoutout, 'message' | 'impact'>): string {
  return `${saying(message)}${impact ? ` – what changed because of it: ${escapeText(cutText(impact, fallbackLimit))}` : ''}`;
}

function saying(message: string): string {
  return message ? `: ${escapeText(cutText(message, fallbackLimit))}` : '';
}

/** The giver's own words given back, after a full stop. */
export function wrote(message: string): string {
  return message ? ` You wrote: ${escapeText(cutText(message, fallbackLimit))}` : '';
}

export function forValues(values: CompanyValue[]): string {
  return values.length > 0 ? ` for ${joinNames(values.map(value => value.name))}` : '';
}

export function forRichValues(values: CompanyValue[]): RichTextElement[] {
  if (values.length === 0) return [];
  const byName = new Map(values.map(value => [value.name, value]));
  return [
    plain(' for '),
    ...boldNames(values.map(value => value.name)).flatMap(element => {
      const value = element.type === 'text' ? byName.get(element.text) : undefined;
      return value && element.type === 'text' && element.style?.bold
        ? [emoji(value.emoji), plain(' '), element]
        : [element];
    }),
  ];
}

/** Which groups are credited. Plain text: it pings nobody. */
export function asGroups(groups: Group[]): string {
  return groups.length > 0 ? ` (${joinNames(groups.map(group => group.handle))})` : '';
}

/** The recipients' names for somebody who is neither of them nor the giver: not of those who keep it private. */
export function namesForOthers({ recipients }: Pick<Shoutout, 'recipients'>): string {
  const names = recipients.filter(one => !one.isHidden).map(one => one.name);
  return names.length > 0 ? joinNames(names) : 'somebody who keeps it private';
}

/** What its giver can do with it for a day. */
export function changeButtons({ id }: Shoutout): Button[] {
  return [button('Edit', actions.edit, id), button('Undo', actions.undo, id)];
}

/** Before a shout-out is taken back. @param names - whom it thanks */
export function undoQuestion(names: string): string {
  return `Take back your shout-out to ${names}? ${whatGoes}`;
}

/** What an undo or a removal does. */
export const whatGoes = 'It no longer counts, its words are erased, and every message about it goes.';

/** A menu behind three dots, after buttons. @param value - names what was chosen, and for what; at most 150 characters */
export function overflow(
  actionId: string,
  options: { text: string; value: string }[],
  ...before: Button[]
): ActionsBlock {
  return {
    type: 'actions',
    elements: [
      ...before,
      {
        type: 'overflow',
        action_id: actionId,
        options: options.map(({ text, value }) => ({ text: { type: 'plain_text', text }, value })),
      },
    ],
  };
}

export function button(text: string, actionId: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text },
    value,
    ...(style ? { style } : {}),
  };
}

/** Buttons to the pages beside this one. @param carried - what the button to a page says */
export function pageButtons(
  actionId: string,
  { page, pages }: { page: number; pages: number },
  carried: (page: number) => string,
  [before, after]: [before: string, after: string] = ['Previous', 'Next'],
): Button[] {
  return [
    ...(page > 0 ? [button(before, `${actionId}previous`, carried(page - 1))] : []),
    ...(page < pages - 1 ? [button(after, `${actionId}next`, carried(page + 1))] : []),
  ];
}

/** The same as a row of their own; none where there are none. */
export function turnButtons(...shown: Parameters<typeof pageButtons>): ActionsBlock[] {
  const turns = pageButtons(...shown);
  return turns.length > 0 ? [buttons(...turns)] : [];
}

export function buttons(...elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}
