// What a person reads and is pinged by: the words of messages and views, and the mentions in them that notify.

import { isObject, listOf, objectOf, objectsOf, textOf } from './json.js';
import type { JsonObject } from './things.js';

/** Everything in the blocks that a person can read, in order, a line each. */
export function wordsOf(blocks: readonly JsonObject[] | undefined): string {
  return (blocks ?? []).flatMap(block => readable(block)).join('\n');
}

const READ_FIRST = [
  'title',
  'text',
  'label',
  'name',
  'caption',
  'fields',
  'accessory',
  'element',
  'elements',
  'rows',
];
const READ_THEN = [
  'hint',
  'placeholder',
  'options',
  'option_groups',
  'chart',
  'series',
  'segments',
  'data',
  'alt_text',
];

function readable(thing: unknown): string[] {
  if (Array.isArray(thing)) return thing.flatMap(readable);
  if (!isObject(thing)) return typeof thing === 'string' || typeof thing === 'number' ? [String(thing)] : [];
  if (textOf(thing.type)?.startsWith('rich_text_') === true && thing.type !== 'rich_text_list') {
    return [objectsOf(thing.elements).map(inline).join('')];
  }
  return [...READ_FIRST, ...READ_THEN].flatMap(field => readable(thing[field]));
}

/** Rich text's inline elements as mrkdwn would write them. */
function inline(element: JsonObject): string {
  if (element.type === 'user') return `<@${String(element.user_id)}>`;
  if (element.type === 'channel') return `<#${String(element.channel_id)}>`;
  if (element.type === 'usergroup') return `<!subteam^${String(element.usergroup_id)}>`;
  if (element.type === 'broadcast') return `@${String(element.range)}`;
  if (element.type === 'emoji') return `:${String(element.name)}:`;
  return textOf(element.text) ?? textOf(element.url) ?? textOf(element.fallback) ?? '';
}

/**
 * Who is pinged by a message: user ids, group ids, and `channel`, `here` or `everyone`. Mentions notify in mrkdwn,
 * in markdown and as rich text elements; plain text and rich text's own text never do.
 */
export function pingsIn(message: { text: string; blocks?: readonly JsonObject[] }): string[] {
  const pings = new Set(pingsInMrkdwn(message.text));
  const visit = (thing: unknown): void => {
    if (Array.isArray(thing)) for (const each of thing) visit(each);
    if (!isObject(thing)) return;
    if (thing.type === 'user') pings.add(String(thing.user_id));
    else if (thing.type === 'usergroup') pings.add(String(thing.usergroup_id));
    else if (thing.type === 'broadcast') pings.add(String(thing.range));
    else if (thing.type === 'mrkdwn' || thing.type === 'markdown') {
      for (const ping of pingsInMrkdwn(textOf(thing.text) ?? '')) pings.add(ping);
    } else for (const value of Object.values(thing)) visit(value);
  };
  visit(message.blocks);
  return [...pings];
}

function pingsInMrkdwn(text: string): string[] {
  const found = text.matchAll(
    /<(?:@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+)|!(channel|here|everyone))(?:\|[^>]*)?>/g,
  );
  return [...found].flatMap(([, user, group, all]) => user ?? group ?? all ?? []);
}

/** The interactive elements of blocks, each with its block. */
export function actionsIn(blocks: readonly JsonObject[]): { block: JsonObject; element: JsonObject }[] {
  return blocks.flatMap(block =>
    [...listOf(block.elements), block.accessory, block.element]
      .map(objectOf)
      .filter(element => element.type !== 'image' && typeof element.action_id === 'string')
      .map(element => ({ block, element })),
  );
}
