// Limits of text, option and confirmation objects.

import type { Faults } from './faults.js';

/**
 * A text object. `plain` allows only `plain_text`.
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
export function checkText(
  value: unknown,
  pointer: string,
  faults: Faults,
  { max, kind = 'any', min = 1 }: { max: number; kind?: 'any' | 'plain'; min?: number },
): void {
  const text = faults.object(value, pointer);
  if (text === undefined) return;
  if (text.type === 'plain_text') {
    faults.fields(text, pointer, 'type! text! emoji');
    faults.flag(text.emoji, `${pointer}/emoji`);
  } else if (text.type === 'mrkdwn' && kind === 'any') {
    faults.fields(text, pointer, 'type! text! verbatim');
    faults.flag(text.verbatim, `${pointer}/verbatim`);
  } else {
    faults.add(`${pointer}/type`, kind === 'plain' ? 'must be plain_text' : 'must be plain_text or mrkdwn');
  }
  faults.string(text.text, `${pointer}/text`, max, min);
}

/** Where options are shown: mrkdwn only beside boxes and radios, addresses only in overflow menus. */
export type OptionUse = 'menu' | 'boxes' | 'overflow';

/**
 * One option.
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/option-object
 */
export function checkOption(value: unknown, pointer: string, faults: Faults, use: OptionUse): void {
  const option = faults.object(value, pointer);
  if (option === undefined) return;
  faults.fields(option, pointer, `text! value! description${use === 'overflow' ? ' url' : ''}`);
  const kind = use === 'boxes' ? 'any' : 'plain';
  checkText(option.text, `${pointer}/text`, faults, { max: 75, kind });
  checkText(option.description, `${pointer}/description`, faults, { max: 75, kind });
  faults.string(option.value, `${pointer}/value`, 150);
  faults.address(option.url, `${pointer}/url`);
}

/**
 * A confirmation dialog.
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
 */
export function checkConfirm(value: unknown, pointer: string, faults: Faults): void {
  const confirm = faults.object(value, pointer);
  if (confirm === undefined) return;
  faults.fields(confirm, pointer, 'title! text! confirm! deny! style');
  checkText(confirm.title, `${pointer}/title`, faults, { max: 100, kind: 'plain' });
  checkText(confirm.text, `${pointer}/text`, faults, { max: 300 });
  checkText(confirm.confirm, `${pointer}/confirm`, faults, { max: 30, kind: 'plain' });
  checkText(confirm.deny, `${pointer}/deny`, faults, { max: 30, kind: 'plain' });
  faults.oneOf(confirm.style, `${pointer}/style`, ['primary', 'danger']);
}
