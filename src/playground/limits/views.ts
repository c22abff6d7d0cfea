// Limits of modals and home tabs.

import { isObject, objectsOf } from '../json.js';
import { checkBlocks } from './blocks.js';
import { Faults } from './faults.js';
import { checkText } from './texts.js';

/** A view over this many bytes is refused with `view_too_large`. */
export const VIEW_BYTES = 250_000;

/**
 * What is wrong with a view of the expected type; empty when nothing is.
 * @see https://docs.slack.dev/reference/views
 */
export function faultsOfView(view: unknown, expected: 'modal' | 'home'): string[] {
  const faults = new Faults();
  if (!isObject(view)) {
    faults.add('/view', 'must be an object');
    return faults.list;
  }
  const both = 'type! blocks! private_metadata callback_id external_id';
  const modal = 'title! submit close clear_on_close notify_on_close submit_disabled';
  faults.fields(view, '/view', expected === 'modal' ? `${both} ${modal}` : both);
  faults.oneOf(view.type, '/view/type', [expected]);
  for (const name of ['title', 'submit', 'close']) {
    checkText(view[name], `/view/${name}`, faults, { max: 24, kind: 'plain' });
  }
  faults.string(view.private_metadata, '/view/private_metadata', 3000, 0);
  faults.string(view.callback_id, '/view/callback_id', 255, 0);
  faults.string(view.external_id, '/view/external_id', 255, 0);
  faults.flag(view.clear_on_close, '/view/clear_on_close');
  faults.flag(view.notify_on_close, '/view/notify_on_close');
  checkBlocks(view.blocks, '/view/blocks', faults, expected);
  const hasInput = objectsOf(view.blocks).some(block => block.type === 'input');
  if (expected === 'modal' && hasInput && view.submit === undefined) {
    faults.add('/view', 'missing required field: submit (a view with an input block needs it)');
  }
  return faults.list;
}
