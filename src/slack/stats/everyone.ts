// How the values are lived in the whole workspace, without names.
import { type Message, said } from '../messages/parts.js';
import type { Asked } from './asked.js';

/** How the values are lived, for everybody. */
export async function everyoneMessage({ bot }: Asked): Promise<Message> {
  return said(`${bot.commands.recognition} values shows how often each value was lived lately.`);
}
