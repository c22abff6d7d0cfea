// Replaces what a button belonged to, a message or a form, by what pressing it came to.
import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { tell } from './answer.js';
import type { Bot } from './bot.js';
import type { Message } from './messages/parts.js';
import { answerView } from './views.js';

export async function answerInPlace(
  { bot, client, body }: { bot: Bot; client: WebClient; body: BlockAction },
  message: Message,
): Promise<void> {
  if (body.view) await client.views.update({ view_id: body.view.id, view: answerView(message) });
  else
    await tell({ bot, client, responseUrl: body.response_url, memberSlackId: body.user.id }, message, {
      replace: true,
    });
}
