// Answers a pressed button where it was pressed: in a message, a form or somebody's Home.
import type { BlockAction, Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { tell, tellInForm } from './answer.js';
import { type Bot, workspaceOf } from './bot.js';
import { publishHome } from './home/open.js';
import type { Message } from './messages/parts.js';
import { answerView } from './views.js';

/** A pressed button. */
export interface Press {
  bot: Bot;
  client: WebClient;
  body: BlockAction;
  context: Context;
}

/** Replaces what the button belonged to by what pressing it came to. In Home it stands above everything else. */
export async function answerInPlace({ bot, client, body, context }: Press, message: Message): Promise<void> {
  const person = { bot, client, memberSlackId: body.user.id };
  if (body.view?.type === 'home') await publishHome({ ...person, workspace: workspaceOf(context) }, message);
  else if (body.view)
    await tellInForm({ ...person, viewId: body.view.id }, { view: answerView(message), message });
  else await tell({ ...person, responseUrl: body.response_url }, message, { replace: true });
}

/** Answers beside what the button belongs to, which stays. */
export async function answerBeside(press: Press, message: Message): Promise<void> {
  const { bot, client, body } = press;
  if (body.view?.type === 'home') await answerInPlace(press, message);
  else await tell({ bot, client, responseUrl: body.response_url, memberSlackId: body.user.id }, message);
}
