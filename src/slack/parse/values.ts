// Reads what admins do with values: the list, its menus, and the form.
import { z } from 'zod';
import type { ValueContents } from '../../recognition/rules/values.js';
import { emojiTyped } from '../emoji.js';
import { fields } from '../ids.js';
import { cleanText } from '../text.js';

const page = z.number().int().min(0).default(0);

const listContext = z.object({ page });

/** What the list of values has to remember. */
export type ListContext = z.infer<typeof listContext>;

/** @throws when the view is not one of ours. */
export function parseListContext(privateMetadata: string): ListContext {
  return listContext.parse(JSON.parse(privateMetadata));
}

const formContext = z.object({
  /** Null: it is a new one. */
  valueId: z.string().nullable(),
  /** The version that was seen; of a new one 0. */
  version: z.number().int(),
  /** The page of the list below. */
  page,
});

/** What the form of a value has to remember. */
export type ValueFormContext = z.infer<typeof formContext>;

/** @throws when the view is not one of ours. */
export function parseValueFormContext(privateMetadata: string): ValueFormContext {
  return formContext.parse(JSON.parse(privateMetadata));
}

/** The id of a field's block: another one for each version, or Slack would keep in it what was typed before. */
export function valueField(
  field: 'name' | 'emoji' | 'meaning',
  { valueId, version }: Pick<ValueFormContext, 'valueId' | 'version'>,
): string {
  return `${fields[field]}:${valueId === null ? 'new' : version}`;
}

const state = z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() })));

/** What the form says. `typed`: the same as it was typed. */
export function parseValueForm(
  values: unknown,
  context: ValueFormContext,
): { contents: ValueContents; typed: string[] } {
  const form = state.parse(values);
  const line = (field: 'name' | 'emoji' | 'meaning') =>
    cleanText(form[valueField(field, context)]?.[fields[field]]?.value ?? '').replace(/\s+/g, ' ');
  const [name, emoji, meaning] = [line('name'), line('emoji'), line('meaning')];
  return {
    contents: { name: name.replace(/^#+/, '').trim().normalize('NFC'), meaning, emoji: emojiTyped(emoji) },
    typed: [name, emoji, meaning].filter(one => one !== ''),
  };
}

const id = z.uuid();
const version = z.coerce.number().int();

const menuChoice = z.union([
  z.tuple([z.literal('change'), id]).transform(([kind, valueId]) => ({ kind, valueId })),
  z
    .tuple([z.enum(['retire', 'bringBack']), id, version])
    .transform(([kind, valueId, seenVersion]) => ({ kind, valueId, seenVersion })),
  z
    .tuple([z.enum(['up', 'down']), id, id])
    .transform(([kind, valueId, pastId]) => ({ kind, valueId, pastId })),
]);

/** What an admin chose in a value's menu. */
export type ValueChoice = z.infer<typeof menuChoice>;

/** @throws when the menu is not ours. */
export function parseValueMenu(value: string): ValueChoice {
  return menuChoice.parse(value.split(':'));
}

/** The page that a button turns to. */
export function parsePage(value: string | undefined): number {
  return page.catch(0).parse(Number(value));
}
