// Forms that are only read, page by page: a button opens one, buttons in it turn the page.
import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { tell, tellInForm } from './answer.js';
import type { Press } from './in-place.js';
import { type Message, said } from './messages/parts.js';
import { openView } from './open-view.js';
import { answerView } from './views.js';

/**
 * Opens a page, or says privately why there is none.
 * @param pressed - what to press again where Slack did not wait for the page, such as "Show all"
 * @throws {GiveFailure} when Slack does not open it for another reason
 */
export async function openPage(
  { bot, client, body }: Press,
  page: ModalView | Message,
  pressed: string,
): Promise<void> {
  const person = { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id };
  if ('text' in page) await tell(person, page);
  else if (!(await openView(client, body.trigger_id, page)))
    await tell(person, said(`Slack took a little long. Please press ${pressed} again.`));
}

/**
 * Shows another page in the form that is open, or there why there is none.
 * @param pageFor - asked only where something was pressed in a form
 * @param closed - what is said to whoever has closed it meanwhile
 */
export async function turnPage(
  { bot, client, body }: Press,
  pageFor: (view: NonNullable<BlockAction['view']>) => Promise<ModalView | Message>,
  closed: string,
): Promise<void> {
  if (!body.view) return;
  const page = await pageFor(body.view);
  await tellInForm(
    { bot, client, memberSlackId: body.user.id, viewId: body.view.id },
    'text' in page ? { view: answerView(page), message: page } : { view: page, message: said(closed) },
  );
}
