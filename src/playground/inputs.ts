// What is filled into a view's elements: from their initial values, from a person, and as it goes into `state.values`.

import { isObject, listOf, objectOf, objectsOf, textOf } from './json.js';
import { interactives } from './limits/blocks.js';
import type { JsonObject } from './things.js';

/** `state.values`: block id, action id, value. @see https://docs.slack.dev/reference/views#state */
export type Values = Record<string, Record<string, JsonObject>>;

const STATELESS = ['button', 'overflow', 'workflow_button', 'image', 'feedback_buttons', 'icon_button'];

/**
 * The values of all stateful elements: what was there before where block, action and type are the same (Slack keeps
 * what was entered over an update), else the initial value.
 */
export function valuesOf(blocks: readonly JsonObject[], before: Values = {}): Values {
  const values: Values = {};
  for (const block of blocks) {
    for (const element of interactives(block)) {
      const type = String(element.type);
      if (STATELESS.includes(type)) continue;
      const blockId = String(block.block_id);
      const actionId = String(element.action_id);
      const kept = before[blockId]?.[actionId];
      values[blockId] = {
        ...values[blockId],
        [actionId]: kept?.type === type ? kept : { type, ...initialValue(element, type) },
      };
    }
  }
  return values;
}

function initialValue(element: JsonObject, type: string): JsonObject {
  if (type === 'static_select' || type === 'external_select' || type === 'radio_buttons') {
    return { selected_option: element.initial_option ?? null };
  }
  if (type === 'multi_static_select' || type === 'multi_external_select' || type === 'checkboxes') {
    return { selected_options: element.initial_options ?? [] };
  }
  for (const what of ['user', 'conversation', 'channel']) {
    if (type === `${what}s_select`) return { [`selected_${what}`]: element[`initial_${what}`] ?? null };
    if (type === `multi_${what}s_select`) return { [`selected_${what}s`]: element[`initial_${what}s`] ?? [] };
  }
  if (type === 'datepicker') return { selected_date: element.initial_date ?? null };
  if (type === 'timepicker') return { selected_time: element.initial_time ?? null };
  if (type === 'datetimepicker') return { selected_date_time: element.initial_date_time ?? null };
  if (type === 'rich_text_input') return { rich_text_value: element.initial_value ?? null };
  // An empty text field is null, also when its initial value was the empty string.
  return { value: element.initial_value === '' ? null : (element.initial_value ?? null) };
}

/**
 * The value of an element after a person chose or typed something. Throws what the client would not let happen: an
 * option that is not offered, a text that is too long, too many choices.
 */
export function chosenValue(element: JsonObject, given: string | string[]): JsonObject {
  const type = String(element.type);
  const many = Array.isArray(given) ? given : given === '' ? [] : [given];
  const one = many[0];
  const multi = type.startsWith('multi_') || type === 'checkboxes';
  if (!multi && many.length > 1) throw new Error(`${type} takes one value, not ${many.length}`);
  if (typeof element.max_selected_items === 'number' && many.length > element.max_selected_items) {
    throw new Error(`no more than ${element.max_selected_items} may be chosen`);
  }
  if (['static_select', 'radio_buttons', 'multi_static_select', 'checkboxes'].includes(type)) {
    const options = many.map(value => offeredOption(element, value));
    return multi ? { type, selected_options: options } : { type, selected_option: options[0] ?? null };
  }
  for (const what of ['user', 'conversation', 'channel']) {
    if (type === `${what}s_select`) return { type, [`selected_${what}`]: one ?? null };
    if (type === `multi_${what}s_select`) return { type, [`selected_${what}s`]: many };
  }
  if (type === 'datepicker') return { type, selected_date: one ?? null };
  if (type === 'timepicker') return { type, selected_time: one ?? null };
  if (type === 'datetimepicker') return { type, selected_date_time: one === undefined ? null : Number(one) };
  const max = typeof element.max_length === 'number' ? element.max_length : 3000;
  if (one !== undefined && one.length > max)
    throw new Error(`the field takes ${max} characters, not ${one.length}`);
  return { type, value: one ?? null };
}

/** The option with that value; throws when it is not offered. */
export function offeredOption(element: JsonObject, value: string): JsonObject {
  const grouped = objectsOf(element.option_groups).flatMap(group => objectsOf(group.options));
  const options = [...objectsOf(element.options), ...grouped];
  const found = options.find(option => option.value === value);
  if (found === undefined) {
    throw new Error(
      `"${value}" is not offered; there are: ${options.map(each => String(each.value)).join(', ')}`,
    );
  }
  return found;
}

/** The fields that the client itself refuses to submit: required and empty, or too short. Words by block id. */
export function unfilled(blocks: readonly JsonObject[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const element = objectOf(block.element);
    const value = values[String(block.block_id)]?.[String(element.action_id)] ?? {};
    const { type: _, ...held } = value;
    const empty = Object.values(held).every(
      each => each === null || each === '' || (!isObject(each) && isEmpty(each)),
    );
    if (empty && block.optional !== true)
      errors[String(block.block_id)] = 'Please complete this required field.';
    const typed = textOf(value.value);
    if (typeof element.min_length === 'number' && typed !== undefined && typed.length < element.min_length) {
      errors[String(block.block_id)] = `Please enter at least ${element.min_length} characters.`;
    }
  }
  return errors;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && listOf(value).length === 0;
}
