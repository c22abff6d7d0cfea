// The forms, as pure values.
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { CompanyValue, Settings } from '../model.js';
import { isCalled } from '../recognition/rules/values.js';
import { callbacks, fields } from './ids.js';
import type { Message } from './messages/parts.js';
import type { ChangeContext } from './parse/payloads.js';
import { cutText, plain, richText, section, valueLabel } from './text.js';

/** Slack's most for a text field. @see https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const longestInput = 3000;
/** Beyond that a menu that can be searched by typing. */
const mostCheckboxes = 5;
const mostOptions = 100;

/** What the workspace asks of each shout-out. */
export type Needs = Pick<Settings, 'isValueRequired' | 'isMessageRequired'>;

/** What an edit can change. */
export interface EditContents {
  recipientSlackIds: string[];
  valueSlugs: string[];
  message: string;
  impact: string;
}

/** The form that edits one: people may be added, the rest changes. */
export function editForm(
  contents: EditContents,
  values: CompanyValue[],
  context: ChangeContext,
  needs: Needs,
  hint: string | null = null,
): ModalView {
  return form({ callbackId: callbacks.edit, title: 'Edit a shout-out', submit: 'Save', context }, [
    ...hintBlocks(hint),
    {
      ...recipientsField(contents.recipientSlackIds),
      // Everyone in it may have left since.
      optional: true,
      hint: { type: 'plain_text', text: 'You can add people, not take them away.' },
    },
    ...valuesField(contents.valueSlugs, values, needs),
    ...wordsFields(contents, needs),
  ]);
}

/** Asks before something that cannot be taken back. */
export function confirmForm(
  callbackId: string,
  context: ChangeContext,
  { title, submit, text }: { title: string; submit: string; text: string },
): ModalView {
  return form({ callbackId, title, submit, context }, [richText(section(plain(text)))]);
}

/** Asks for the reason of a shout-out by reaction. */
export function whyForm(context: ChangeContext, names: string): ModalView {
  return sentenceForm(
    { callbackId: callbacks.why, title: 'Add why', submit: 'Add it', context },
    { names, hint: 'One sentence is enough. It is then announced like any other.' },
  );
}

/** Asks somebody who joins in for a sentence of their own. */
export function meTooForm(context: ChangeContext, names: string): ModalView {
  return sentenceForm(
    { callbackId: callbacks.meToo, title: 'Me too', submit: 'Give it', context },
    { names, hint: 'A sentence of your own. It is a shout-out of yours, in the thread of this one.' },
  );
}

function sentenceForm(
  head: Parameters<typeof form>[0],
  { names, hint }: { names: string; hint: string },
): ModalView {
  return form(head, [
    {
      type: 'input',
      block_id: fields.message,
      label: { type: 'plain_text', text: cutText(`What did ${names} do?`, 150) },
      hint: { type: 'plain_text', text: hint },
      element: {
        type: 'plain_text_input',
        action_id: fields.message,
        multiline: true,
        max_length: longestInput,
        focus_on_load: true,
      },
    },
  ]);
}

export function reportForm(context: ChangeContext): ModalView {
  return form({ callbackId: callbacks.report, title: 'Report a shout-out', submit: 'Report', context }, [
    richText(
      section(
        plain(
          'Those who look after Shoutout here get a link to it, your name and what you write. Its giver hears nothing.',
        ),
      ),
    ),
    {
      type: 'input',
      block_id: fields.reason,
      optional: true,
      label: { type: 'plain_text', text: 'What is not all right?' },
      element: {
        type: 'plain_text_input',
        action_id: fields.reason,
        multiline: true,
        max_length: longestReason,
        focus_on_load: true,
      },
    },
  ]);
}

const longestReason = 500;

/** A form with Cancel. @param head - `context`: what it has to remember until it is submitted */
export function form(
  {
    callbackId,
    title,
    submit,
    context,
  }: { callbackId: string; title: string; submit: string; context: object },
  blocks: KnownBlock[],
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: { type: 'plain_text', text: title },
    submit: { type: 'plain_text', text: submit },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(context),
    blocks,
  };
}

/** A sentence above the fields, where there is one. */
export function hintBlocks(hint: string | null): KnownBlock[] {
  return hint ? [richText(section(plain(hint)))] : [];
}

export function recipientsField(slackIds: string[]): InputBlock {
  return {
    type: 'input',
    block_id: fields.recipients,
    label: { type: 'plain_text', text: 'Who do you want to thank?' },
    element: {
      type: 'multi_users_select',
      action_id: fields.recipients,
      placeholder: { type: 'plain_text', text: 'One or more people' },
      ...(slackIds.length > 0 ? { initial_users: slackIds } : { focus_on_load: true }),
    },
  };
}

export function wordsFields(
  { recipientSlackIds, message, impact }: EditContents,
  needs: Needs,
): InputBlock[] {
  return [
    {
      type: 'input',
      block_id: fields.message,
      optional: !needs.isMessageRequired,
      label: { type: 'plain_text', text: 'What for?' },
      hint: { type: 'plain_text', text: 'What did they do?' },
      element: {
        type: 'plain_text_input',
        action_id: fields.message,
        multiline: true,
        max_length: longestInput,
        ...initialText(message),
        ...(recipientSlackIds.length > 0 ? { focus_on_load: true } : {}),
      },
    },
    {
      type: 'input',
      block_id: fields.impact,
      optional: true,
      label: { type: 'plain_text', text: 'What changed because of it? (a number helps)' },
      element: {
        type: 'plain_text_input',
        action_id: fields.impact,
        max_length: longestInput,
        ...initialText(impact),
      },
    },
  ];
}

/** As much as fits, never half a character. */
function initialText(text: string) {
  if (!text) return {};
  return { initial_value: text.length <= longestInput ? text : text.slice(0, longestInput).toWellFormed() };
}

export function valuesField(
  chosen: string[],
  values: CompanyValue[],
  { isValueRequired }: Needs,
): InputBlock[] {
  const offered = values.slice(0, mostOptions);
  const options = offered.map(
    (value): PlainTextOption => ({
      text: { type: 'plain_text', text: valueLabel(value), emoji: true },
      value: value.slug,
    }),
  );
  if (options.length === 0) return [];
  // What was chosen may have been renamed since.
  const initial = options.filter((_, index) => {
    const value = offered[index];
    return value && chosen.some(slug => isCalled(value, slug));
  });
  const preset = initial.length > 0 ? { initial_options: initial } : {};
  return [
    {
      type: 'input',
      block_id: fields.values,
      optional: !isValueRequired,
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
