// "Show all" under a digest: everything it tells, for whoever pressed it, page by page.
import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { digestPage } from '../../recognition/digests/contents.js';
import { isGranted, may, rolesOf } from '../../recognition/permissions.js';
import { tell, tellInForm } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { lookUpMembers } from '../lookup.js';
import { digestGone, digestNotForYou, digestPageView } from '../messages/digest-pages.js';
import { type Message, said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { type DigestContext, parseDigestContext, parsePage } from '../parse/payloads.js';
import { answerView } from '../views.js';
import { lookUpReaders } from './audience.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Show all" under the message in the channel. */
export async function onShowAll(bot: Bot, args: ButtonArgs): Promise<void> {
  const { ack, action, body, client } = args;
  await ack();
  const person = { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id };
  const about = { digestId: action.value ?? '', channelSlackId: body.channel?.id ?? '' };
  const answer = await pageFor(bot, args, about, 0);
  if ('text' in answer) await tell(person, answer);
  else if (!(await openView(client, body.trigger_id, answer)))
    await tell(person, said('Slack took a little long. Please press Show all again.'));
}

/** Someone turned the page. */
export async function onShowPage(bot: Bot, args: ButtonArgs): Promise<void> {
  const { ack, action, body, client } = args;
  await ack();
  if (!body.view) return;
  const { page } = parsePage(action.value ?? '');
  const answer = await pageFor(bot, args, parseDigestContext(body.view.private_metadata), page);
  const person = { bot, client, memberSlackId: body.user.id, viewId: body.view.id };
  if ('text' in answer) await tellInForm(person, { view: answerView(answer), message: answer });
  else
    await tellInForm(person, {
      view: answer,
      message: said('The pages of the digest are closed. Press Show all to open them again.'),
    });
}

/**
 * A page, or words on why there is none. A press comes only from somebody who sees the message, so the channel has decided
 * who may: guests in it may, for they read the message and its thread as well. The pages tell what a digest for that
 * channel may tell now, and nothing else. People of another organisation, should the channel have been shared since,
 * see no more than the message.
 */
async function pageFor(
  bot: Bot,
  {
    client,
    context,
    body,
  }: { client: ButtonArgs['client']; context: ButtonArgs['context']; body: BlockAction },
  { digestId, channelSlackId }: DigestContext,
  page: number,
): Promise<ModalView | Message> {
  const workspace = workspaceOf(context);
  const platform = { db: bot.db, client, workspace };
  const [reader] = await lookUpMembers(platform, [body.user.id], bot.now());
  if (!isGranted(may('readDigest', rolesOf(reader ?? null)))) return digestNotForYou();
  const readers = await lookUpReaders(platform, { kind: 'digest', digestId, channelSlackId }, bot.now());
  const contents = await digestPage(bot.db, workspace, { digestId, page, ...readers }, bot.now());
  return contents
    ? digestPageView(
        contents,
        workspace,
        JSON.stringify({ digestId, channelSlackId } satisfies DigestContext),
      )
    : digestGone();
}
