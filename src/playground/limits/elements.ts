// Limits of block elements: buttons, menus, inputs.

import { isDeepStrictEqual } from 'node:util';
import { listOf, objectOf, objectsOf } from '../json.js';
import type { JsonObject } from '../things.js';
import type { Faults } from './faults.js';
import { checkConfirm, checkOption, checkText, type OptionUse } from './texts.js';

/** Which element types a block takes. @see https://docs.slack.dev/reference/block-kit/block-elements */
export const ELEMENTS_OF = {
  actions: words(
    'button checkboxes datepicker datetimepicker overflow radio_buttons timepicker workflow_button rich_text_input ' +
      'static_select external_select users_select conversations_select channels_select multi_static_select ' +
      'multi_external_select multi_users_select multi_conversations_select multi_channels_select',
  ),
  section: words(
    'button checkboxes datepicker image overflow radio_buttons timepicker workflow_button ' +
      'static_select external_select users_select conversations_select channels_select multi_static_select ' +
      'multi_external_select multi_users_select multi_conversations_select multi_channels_select',
  ),
  input: words(
    'checkboxes datepicker datetimepicker email_text_input file_input number_input plain_text_input radio_buttons ' +
      'rich_text_input timepicker url_text_input static_select external_select users_select conversations_select ' +
      'channels_select multi_static_select multi_external_select multi_users_select multi_conversations_select ' +
      'multi_channels_select',
  ),
} as const;

const COMMON = 'type! action_id';

/** One interactive element (or a section's image) of one of the given types. */
export function checkElement(
  value: unknown,
  pointer: string,
  faults: Faults,
  types: readonly string[],
): void {
  const element = faults.object(value, pointer);
  if (element === undefined) return;
  const { type } = element;
  if (typeof type !== 'string' || !types.includes(type)) {
    faults.add(`${pointer}/type`, `unsupported type: ${String(type)}`);
    return;
  }
  faults.string(element.action_id, `${pointer}/action_id`, 255);
  checkText(element.placeholder, `${pointer}/placeholder`, faults, { max: 150, kind: 'plain' });
  checkConfirm(element.confirm, `${pointer}/confirm`, faults);
  faults.flag(element.focus_on_load, `${pointer}/focus_on_load`);
  if (type === 'image') checkImage(element, pointer, faults);
  else if (type === 'button' || type === 'workflow_button') checkButton(element, pointer, faults);
  else if (type === 'overflow') checkOverflow(element, pointer, faults);
  else if (type === 'checkboxes' || type === 'radio_buttons') checkBoxes(element, pointer, faults);
  else if (type.endsWith('static_select')) checkStaticMenu(element, pointer, faults);
  else if (type.endsWith('_select')) checkMenu(element, pointer, faults, type);
  else if (type.endsWith('picker')) checkPicker(element, pointer, faults, type);
  else checkTyped(element, pointer, faults, type);
}

/** An image block's or element's address and words. */
export function checkImage(image: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(image, pointer, 'type! image_url slack_file alt_text! title block_id');
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    faults.add(pointer, 'must have either image_url or slack_file');
  }
  faults.address(image.image_url, `${pointer}/image_url`);
  faults.object(image.slack_file, `${pointer}/slack_file`);
  faults.string(image.alt_text, `${pointer}/alt_text`, 2000);
  checkText(image.title, `${pointer}/title`, faults, { max: 2000, kind: 'plain' });
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/button-element */
function checkButton(element: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(element, pointer, `${COMMON} text! value url style confirm accessibility_label workflow`);
  checkText(element.text, `${pointer}/text`, faults, { max: 75, kind: 'plain' });
  faults.string(element.value, `${pointer}/value`, 2000);
  faults.address(element.url, `${pointer}/url`);
  faults.oneOf(element.style, `${pointer}/style`, ['primary', 'danger']);
  faults.string(element.accessibility_label, `${pointer}/accessibility_label`, 75);
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
function checkOverflow(element: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(element, pointer, `${COMMON} options! confirm`);
  checkOptions(element.options, `${pointer}/options`, faults, 5, 'overflow');
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
function checkBoxes(element: JsonObject, pointer: string, faults: Faults): void {
  const initial = element.type === 'checkboxes' ? 'initial_options' : 'initial_option';
  faults.fields(element, pointer, `${COMMON} options! ${initial} confirm focus_on_load`);
  checkOptions(element.options, `${pointer}/options`, faults, 10, 'boxes');
  checkInitial(element, objectsOf(element.options), pointer, faults);
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
function checkStaticMenu(element: JsonObject, pointer: string, faults: Faults): void {
  const multi = element.type === 'multi_static_select';
  const own = multi ? 'initial_options max_selected_items' : 'initial_option';
  faults.fields(element, pointer, `${COMMON} options option_groups placeholder confirm focus_on_load ${own}`);
  if ((element.options === undefined) === (element.option_groups === undefined)) {
    faults.add(pointer, 'must have either options or option_groups');
  }
  checkOptions(element.options, `${pointer}/options`, faults, 100, 'menu');
  const groups = faults.items(element.option_groups, `${pointer}/option_groups`, 100);
  groups.forEach((group, index) => {
    const at = `${pointer}/option_groups/${index}`;
    const { label, options } = faults.object(group, at) ?? {};
    checkText(label, `${at}/label`, faults, { max: 75, kind: 'plain' });
    checkOptions(options, `${at}/options`, faults, 100, 'menu');
  });
  faults.whole(element.max_selected_items, `${pointer}/max_selected_items`, 1, 100);
  const offered = [
    ...objectsOf(element.options),
    ...groups.flatMap(group => objectsOf(objectOf(group).options)),
  ];
  checkInitial(element, offered, pointer, faults);
}

/** Menus that Slack fills itself, or the app on demand. */
function checkMenu(element: JsonObject, pointer: string, faults: Faults, type: string): void {
  const multi = type.startsWith('multi_');
  const what = type.replace('multi_', '').replace('s_select', '').replace('_select', '');
  const initial =
    what === 'external'
      ? multi
        ? 'initial_options'
        : 'initial_option'
      : `initial_${what}${multi ? 's' : ''}`;
  const own =
    what === 'external'
      ? 'min_query_length'
      : what === 'conversation'
        ? 'default_to_current_conversation filter'
        : '';
  const more = `${multi ? ' max_selected_items' : ''}${multi || what === 'user' ? '' : ' response_url_enabled'}`;
  faults.fields(
    element,
    pointer,
    `${COMMON} placeholder confirm focus_on_load ${initial} ${own}${more}`.replace('  ', ' '),
  );
  faults.whole(element.max_selected_items, `${pointer}/max_selected_items`, 1, 100);
  if (what === 'external') return;
  const given = multi ? faults.items(element[initial], `${pointer}/${initial}`, 100, 0) : [element[initial]];
  const pattern = what === 'user' ? /^[UW][A-Z0-9]+$/ : /^[CGDUW][A-Z0-9]+$/;
  given.forEach((id, index) => {
    const at = multi ? `${pointer}/${initial}/${index}` : `${pointer}/${initial}`;
    if (faults.string(id, at, 255) && !pattern.test(id)) faults.add(at, `invalid ${what}: ${id}`);
  });
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element */
function checkPicker(element: JsonObject, pointer: string, faults: Faults, type: string): void {
  const [initial, pattern] =
    type === 'datepicker'
      ? ['initial_date', /^\d{4}-\d{2}-\d{2}$/]
      : type === 'timepicker'
        ? ['initial_time', /^([01]\d|2[0-3]):[0-5]\d$/]
        : ['initial_date_time', /^\d{10}$/];
  faults.fields(element, pointer, `${COMMON} placeholder confirm focus_on_load timezone ${initial}`);
  const value = element[String(initial)];
  if (value !== undefined && !(pattern instanceof RegExp && pattern.test(String(value)))) {
    faults.add(`${pointer}/${initial}`, 'invalid format');
  }
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
function checkTyped(element: JsonObject, pointer: string, faults: Faults, type: string): void {
  const dispatch = 'dispatch_action_config focus_on_load placeholder';
  if (type === 'plain_text_input') {
    faults.fields(element, pointer, `${COMMON} initial_value multiline min_length max_length ${dispatch}`);
    faults.flag(element.multiline, `${pointer}/multiline`);
    faults.whole(element.min_length, `${pointer}/min_length`, 0, 3000);
    faults.whole(element.max_length, `${pointer}/max_length`, 1, 3000);
    const max = typeof element.max_length === 'number' ? element.max_length : 3000;
    faults.string(element.initial_value, `${pointer}/initial_value`, max, 0);
  } else if (type === 'number_input') {
    const own = 'is_decimal_allowed! initial_value min_value max_value';
    faults.fields(element, pointer, `${COMMON} ${own} ${dispatch}`);
    faults.flag(element.is_decimal_allowed, `${pointer}/is_decimal_allowed`);
  } else if (type === 'file_input') {
    faults.fields(element, pointer, `${COMMON} filetypes max_files`);
    faults.whole(element.max_files, `${pointer}/max_files`, 1, 10);
  } else {
    faults.fields(element, pointer, `${COMMON} initial_value min_lines max_lines ${dispatch}`);
    if (type !== 'rich_text_input') faults.string(element.initial_value, `${pointer}/initial_value`, 3000, 0);
  }
}

function checkOptions(value: unknown, pointer: string, faults: Faults, max: number, use: OptionUse): void {
  faults.items(value, pointer, max).forEach((option, index) => {
    checkOption(option, `${pointer}/${index}`, faults, use);
  });
}

/** What is chosen at first must be offered, word for word. */
function checkInitial(element: JsonObject, offered: JsonObject[], pointer: string, faults: Faults): void {
  const chosen =
    element.initial_option === undefined ? listOf(element.initial_options) : [element.initial_option];
  if (element.initial_options !== undefined)
    faults.items(element.initial_options, `${pointer}/initial_options`, 100);
  for (const option of chosen) {
    if (!offered.some(each => isDeepStrictEqual(each, option))) {
      faults.add(pointer, 'initial option must exactly match one of the options');
    }
  }
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
