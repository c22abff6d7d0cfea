// The fields that forms are made of: one block each, whose action id is its block id.
import type { InputBlock, PlainTextOption } from '@slack/types';

/** How a field is labelled. */
export interface Field {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

export interface Option {
  text: string;
  value: string;
  description?: string;
}

/** @see https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function input({ id, label, hint, optional }: Field, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: { type: 'plain_text', text: label },
    element,
    ...(hint ? { hint: { type: 'plain_text' as const, text: hint } } : {}),
    ...(optional ? { optional } : {}),
  };
}

function option({ text, value, description }: Option): PlainTextOption {
  return {
    text: { type: 'plain_text', text: text.slice(0, 75), emoji: true },
    value,
    ...(description ? { description: { type: 'plain_text', text: description } } : {}),
  };
}

/** Boxes to tick, at most ten. None need be ticked. */
export function boxesField(field: Field, options: Option[], ticked: string[]): InputBlock {
  const initial = options.filter(one => ticked.includes(one.value)).map(option);
  return input(
    { ...field, optional: true },
    {
      type: 'checkboxes',
      action_id: field.id,
      options: options.map(option),
      ...(initial.length > 0 ? { initial_options: initial } : {}),
    },
  );
}

/** One of at most 100. */
export function choiceField(field: Field, options: Option[], chosen: string): InputBlock {
  const initial = options.find(one => one.value === chosen);
  return input(field, {
    type: 'static_select',
    action_id: field.id,
    options: options.map(option),
    ...(initial ? { initial_option: option(initial) } : {}),
  });
}

/** One of many, in groups of at most 100. */
export function groupedChoiceField(
  field: Field,
  groups: { label: string; options: Option[] }[],
  chosen: string | null,
): InputBlock {
  const initial = groups.flatMap(group => group.options).find(one => one.value === chosen);
  return input(field, {
    type: 'static_select',
    action_id: field.id,
    option_groups: groups.map(group => ({
      label: { type: 'plain_text', text: group.label },
      options: group.options.map(option),
    })),
    ...(initial ? { initial_option: option(initial) } : {}),
  });
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element */
const mostOptions = 100;

/** Any of at most 100; none need be chosen. */
export function someField(
  field: Field,
  options: Option[],
  chosen: string[],
  placeholder: string,
): InputBlock {
  // Those that are chosen first, for Slack takes no more than 100.
  const first = options.filter(one => chosen.includes(one.value));
  const offered = [...first, ...options.filter(one => !first.includes(one))].slice(0, mostOptions);
  const initial = first.slice(0, mostOptions).map(option);
  return input(
    { ...field, optional: true },
    {
      type: 'multi_static_select',
      action_id: field.id,
      placeholder: { type: 'plain_text', text: placeholder },
      options: offered.map(option),
      ...(initial.length > 0 ? { initial_options: initial } : {}),
    },
  );
}

/** Any of many; none need be chosen. Beyond 100 they are in groups, each called after its first and its last. */
export function groupedSomeField(
  field: Field,
  options: Option[],
  chosen: string[],
  placeholder: string,
): InputBlock {
  if (options.length <= mostOptions) return someField(field, options, chosen, placeholder);
  const groups = Array.from({ length: Math.ceil(options.length / mostOptions) }, (_, index) =>
    options.slice(index * mostOptions, (index + 1) * mostOptions),
  ).slice(0, mostOptions);
  const initial = groups.flat().filter(one => chosen.includes(one.value));
  return input(
    { ...field, optional: true },
    {
      type: 'multi_static_select',
      action_id: field.id,
      placeholder: { type: 'plain_text', text: placeholder },
      option_groups: groups.map(group => ({
        label: { type: 'plain_text', text: rangeOf(group) },
        options: group.map(option),
      })),
      ...(initial.length > 0 ? { initial_options: initial.map(option) } : {}),
    },
  );
}

/** "Apps – Billing", in the 75 characters that a label has. */
function rangeOf(group: Option[]): string {
  const short = (text = '') => [...text].slice(0, 30).join('');
  return `${short(group[0]?.text)} – ${short(group.at(-1)?.text)}`;
}

/** People. */
export function peopleField(field: Field, slackIds: string[], placeholder: string): InputBlock {
  return input(field, {
    type: 'multi_users_select',
    action_id: field.id,
    placeholder: { type: 'plain_text', text: placeholder },
    ...(slackIds.length > 0 ? { initial_users: slackIds } : {}),
  });
}

const channels = {
  include: ['public', 'private'] as ('public' | 'private')[],
  exclude_external_shared_channels: true,
  exclude_bot_users: true,
};

/** One channel of this organisation, or none. */
export function channelField(field: Field, slackId: string | null, placeholder: string): InputBlock {
  return input(
    { ...field, optional: true },
    {
      type: 'conversations_select',
      action_id: field.id,
      placeholder: { type: 'plain_text', text: placeholder },
      filter: channels,
      ...(slackId ? { initial_conversation: slackId } : {}),
    },
  );
}

/** Any channels of this organisation, or none. */
export function channelsField(field: Field, slackIds: string[], placeholder: string): InputBlock {
  return input(
    { ...field, optional: true },
    {
      type: 'multi_conversations_select',
      action_id: field.id,
      placeholder: { type: 'plain_text', text: placeholder },
      filter: { ...channels, exclude_external_shared_channels: false },
      ...(slackIds.length > 0 ? { initial_conversations: slackIds } : {}),
    },
  );
}

/** A whole number. */
export function numberField(
  field: Field,
  number: number,
  range: { least: number; most: number },
): InputBlock {
  return input(field, {
    type: 'number_input',
    action_id: field.id,
    is_decimal_allowed: false,
    initial_value: String(number),
    min_value: String(range.least),
    max_value: String(range.most),
  });
}
