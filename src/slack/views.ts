// The forms, as pure values.
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { CompanyValue } from '../model.js';
import { callbacks, fields } from './ids.js';
import type { Message } from './messages/parts.js';
import type { FormContext } from './parse/payloads.js';
import { plain, richText, section } from './text.js';

/** Slack's most for a text field. @see https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const longestInput = 3000;
/** Slack's most for checkboxes; beyond that a menu. @see https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
const mostCheckboxes = 10;
const mostOptions = 100;

export interface FormContents {
  recipientSlackIds: string[];
  valueSlugs: string[];
  message: string;
}

/** The form that gives a shout-out, filled in with what was already typed. `hint` says what could not be filled in. */
export function giveForm(
  contents: FormContents,
  values: CompanyValue[],
  context: FormContext,
  hint: string | null = null,
): ModalView {
  const fits = [...contents.message].length <= longestInput && contents.message.length <= longestInput;
  const blocks: KnownBlock[] = [
    ...(hint ? [richText(section(plain(hint)))] : []),
    {
      type: 'input',
      block_id: fields.recipients,
      label: { type: 'plain_text', text: 'Who do you want to thank?' },
      element: {
        type: 'multi_users_select',
        action_id: fields.recipients,
        placeholder: { type: 'plain_text', text: 'One or more people' },
        ...(contents.recipientSlackIds.length > 0
          ? { initial_users: contents.recipientSlackIds }
          : { focus_on_load: true }),
      },
    },
    ...valuesField(contents.valueSlugs, values),
    {
      type: 'input',
      block_id: fields.message,
      optional: true,
      label: { type: 'plain_text', text: 'What for?' },
      hint: { type: 'plain_text', text: 'What did they do, and what did it change?' },
      element: {
        type: 'plain_text_input',
        action_id: fields.message,
        multiline: true,
        max_length: longestInput,
        ...(contents.message
          ? {
              initial_value: fits ? contents.message : contents.message.slice(0, longestInput).toWellFormed(),
            }
          : {}),
        ...(contents.recipientSlackIds.length > 0 ? { focus_on_load: true } : {}),
      },
    },
  ];
  return {
    type: 'modal',
    callback_id: callbacks.give,
    title: { type: 'plain_text', text: 'Give a shout-out' },
    submit: { type: 'plain_text', text: 'Give it' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(context),
    blocks,
  };
}

function valuesField(chosen: string[], values: CompanyValue[]): InputBlock[] {
  const options = values.slice(0, mostOptions).map(
    (value): PlainTextOption => ({
      text: { type: 'plain_text', text: `:${value.emoji}: ${value.name}`.slice(0, 75), emoji: true },
      value: value.slug,
    }),
  );
  if (options.length === 0) return [];
  const initial = options.filter(option => option.value && chosen.includes(option.value));
  const preset = initial.length > 0 ? { initial_options: initial } : {};
  return [
    {
      type: 'input',
      block_id: fields.values,
      optional: true,
      label: { type: 'plain_text', text: 'Which values does it show?' },
      element:
        options.length <= mostCheckboxes
          ? { type: 'checkboxes', action_id: fields.values, options, ...preset }
          : {
              type: 'multi_static_select',
              action_id: fields.values,
              placeholder: { type: 'plain_text', text: 'None, or one or more' },
              options,
              ...preset,
            },
    },
  ];
}

/** A form that only says something; its blocks' buttons work. */
export function answerView({ blocks }: Message): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Shout-out' },
    close: { type: 'plain_text', text: 'Close' },
    blocks,
  };
}
