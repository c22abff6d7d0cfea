// Replaces what a button belonged to, a message or a form, by what pressing it came to.
import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { tell, tellInForm } from './answer.js';
import type { Bot } from './bot.js';
import type { Message } from './messages/parts.js';
import { answerView } from './views.js';

export async function answerInPlace(
  { bot, client, body }: { bot: Bot; client: WebClient; body: BlockAction },
  message: Message,
): Promise<void> {
  const person = { bot, client, memberSlackId: body.user.id };
  if (body.view)
    await tellInForm({ ...person, viewId: body.view.id }, { view: answerView(message), message });
  else await tell({ ...person, responseUrl: body.response_url }, message, { replace: true });
}
