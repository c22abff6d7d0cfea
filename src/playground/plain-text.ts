// Messages and forms as plain lines of text: what a terminal can show, and a screen reader can read aloud.

import { emojiOf } from './emoji.js';
import { isObject, listOf, objectOf, objectsOf, textOf } from './json.js';
import type { JsonObject, OpenView, World } from './things.js';

/** A message's lines: its blocks, or its text when it has none. */
export function messageLines(
  message: { text: string; blocks?: readonly JsonObject[] },
  world: World,
): string[] {
  const blocks = message.blocks ?? [];
  return blocks.length === 0
    ? mrkdwn(message.text, world).split('\n')
    : blocks.flatMap(block => blockLines(block, world));
}

/** An open form's lines: title, fields with what is filled in and what is wrong with it, buttons. */
export function formLines({ view, values, errors }: OpenView, world: World): string[] {
  const lines = view.blocks.flatMap(block => {
    if (block.type !== 'input') return blockLines(block, world);
    const id = String(block.block_id);
    const element = objectOf(block.element);
    const held = objectOf(objectOf(values[id])[String(element.action_id)]);
    const optional = block.optional === true ? ' (optional)' : '';
    const wrong = errors[id];
    return [
      `${plain(block.label, world)}${optional}`,
      ...fieldLines(element, held, world).map(line => `  ${line}`),
      ...(wrong === undefined ? [] : [`  ! ${wrong}`]),
    ];
  });
  const buttons = [view.close, view.submit].filter(isObject).map(each => `[${plain(each, world)}]`);
  return [`Form "${view.title?.text ?? ''}"`, ...lines, ...(buttons.length > 0 ? [buttons.join(' ')] : [])];
}

function fieldLines(element: JsonObject, held: JsonObject, world: World): string[] {
  if (element.type === 'checkboxes' || element.type === 'radio_buttons') {
    const chosen = [...objectsOf(held.selected_options), objectOf(held.selected_option)].map(
      each => each.value,
    );
    return boxLines(element, chosen, world);
  }
  const shown = Object.entries(held).flatMap(([name, value]) => {
    if (name === 'type' || value === null) return [];
    return [value].flat().map(each => {
      if (isObject(each)) return plain(each.text, world);
      return name === 'value' ? String(each) : nameOf(String(each), world);
    });
  });
  return shown.length === 0 ? ['(empty)'] : shown.join(', ').split('\n');
}

function boxLines(element: JsonObject, chosen: unknown[], world: World): string[] {
  return [
    objectsOf(element.options)
      .map(option => `${chosen.includes(option.value) ? '[x]' : '[ ]'} ${plain(option.text, world)}`)
      .join('  '),
  ];
}

function blockLines(block: JsonObject, world: World): string[] {
  switch (block.type) {
    case 'rich_text':
      return objectsOf(block.elements).flatMap(part => richLines(part, world));
    case 'section':
      return [block.text, ...objectsOf(block.fields), block.accessory].flatMap(part =>
        partLines(part, world),
      );
    case 'actions':
      return [
        objectsOf(block.elements)
          .map(each => partLines(each, world).join(' '))
          .join(' '),
      ];
    case 'divider':
      return ['---'];
    case 'table':
      return listOf(block.rows).map(row => `| ${objectsOf(row).map(cellText).join(' | ')} |`);
    case 'data_visualization':
      return chartLines(block);
    default:
      return [block.title, block.text, ...objectsOf(block.elements)].flatMap(part => partLines(part, world));
  }
}

function cellText(cell: JsonObject): string {
  return textOf(cell.text) ?? (typeof cell.value === 'number' ? String(cell.value) : '');
}

/** A chart's title and, in brackets, what it draws. */
function chartLines({ title, chart }: JsonObject): string[] {
  const { series, segments } = objectOf(chart);
  const points = (data: unknown) =>
    objectsOf(data)
      .map(point => `${String(point.label)} ${String(point.value)}`)
      .join(', ');
  const drawn = objectsOf(series).map(one => `  ${String(one.name)}: ${points(one.data)}`);
  return [`(chart) ${String(title)}`, ...drawn, ...(segments === undefined ? [] : [`  ${points(segments)}`])];
}

function partLines(part: unknown, world: World): string[] {
  if (!isObject(part)) return [];
  if (part.type === 'button') return [`[${plain(part.text, world)}]`];
  if (part.type === 'radio_buttons' || part.type === 'checkboxes') {
    const chosen = [...objectsOf(part.initial_options), objectOf(part.initial_option)].map(
      each => each.value,
    );
    return boxLines(part, chosen, world);
  }
  if (part.type === 'image') return [`(picture: ${String(part.alt_text)})`];
  if (part.type === 'mrkdwn' || part.type === 'plain_text') return plain(part, world).split('\n');
  return [`[${plain(part.placeholder, world) || 'menu'}]`];
}

function richLines(part: JsonObject, world: World): string[] {
  if (part.type === 'rich_text_list') {
    return objectsOf(part.elements).map(each => `• ${inlineText(each, world)}`);
  }
  const lines = inlineText(part, world).split('\n');
  return part.type === 'rich_text_quote' ? lines.map(line => `> ${line}`) : lines;
}

function inlineText(part: JsonObject, world: World): string {
  return objectsOf(part.elements)
    .map(each => {
      if (each.type === 'user') return `@${nameOf(String(each.user_id), world)}`;
      if (each.type === 'channel') return nameOf(String(each.channel_id), world);
      if (each.type === 'emoji') return emojiOf(String(each.name));
      return textOf(each.text) ?? textOf(each.url) ?? textOf(each.fallback) ?? '';
    })
    .join('');
}

/** A text object's words. */
function plain(text: unknown, world: World): string {
  const words = textOf(objectOf(text).text) ?? '';
  return objectOf(text).type === 'mrkdwn' ? mrkdwn(words, world) : withEmoji(words);
}

function mrkdwn(text: string, world: World): string {
  const named = text.replace(
    /<([@#!]?)([^>|]*)(?:\|([^>]*))?>/g,
    (_, kind: string, what: string, label?: string) => {
      if (kind === '@' || kind === '#') return kind === '@' ? `@${nameOf(what, world)}` : nameOf(what, world);
      return label ?? what;
    },
  );
  return withEmoji(named).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+'-]+):/g, (_, name: string) => emojiOf(name));
}

/** A person's name or a channel's, by id. */
function nameOf(id: string, world: World): string {
  const channel = world.channels.find(each => each.id === id);
  return (
    world.people.find(each => each.id === id)?.realName ?? (channel === undefined ? id : `#${channel.name}`)
  );
}
