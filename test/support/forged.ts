// What somebody sends who presses a button that was shown to somebody else, or to nobody.
import type { Choice, JsonObject, View } from '../../src/playground/local-slack.js';
import type { TestBot } from './start-bot.js';

/** A Home with nothing in it. */
export const blankHome: View = {
  id: 'V0HOME',
  hash: '1.a',
  type: 'home',
  callback_id: '',
  blocks: [],
  private_metadata: JSON.stringify({ page: 0 }),
  previous_view_id: null,
  root_view_id: 'V0HOME',
  external_id: '',
};

/** Presses an element in a Home that holds nothing else, and waits for what comes of it. */
export async function pressForged(
  { slack, settled }: Pick<TestBot, 'slack' | 'settled'>,
  person: string,
  element: JsonObject,
  choice: Choice = {},
): Promise<void> {
  const home = { ...blankHome, blocks: [{ type: 'actions', block_id: 'forged', elements: [element] }] };
  await slack.as(person).click({ home }, String(element.action_id), choice);
  await settled();
}

/** The same for a button. */
export function pressForgedButton(
  bot: Pick<TestBot, 'slack' | 'settled'>,
  person: string,
  { actionId, value }: { actionId: string; value: string },
): Promise<void> {
  const text = { type: 'plain_text', text: '?' };
  return pressForged(bot, person, { type: 'button', action_id: actionId, text, value });
}
