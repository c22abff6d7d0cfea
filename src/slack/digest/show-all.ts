// "Show all" under a digest: everything it tells, for whoever pressed it, page by page.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { digestPage } from '../../recognition/digests/contents.js';
import { isGranted, may, rolesOf } from '../../recognition/permissions.js';
import { type Bot, workspaceOf } from '../bot.js';
import type { Press } from '../in-place.js';
import { lookUpMembers } from '../lookup.js';
import { digestGone, digestNotForYou, digestPageView } from '../messages/digest-pages.js';
import type { Message } from '../messages/parts.js';
import { openPage, turnPage } from '../pages.js';
import { type DigestContext, parseDigestContext, parsePage } from '../parse/payloads.js';
import { lookUpReaders } from './audience.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed "Show all" under the message in the channel. */
export async function onShowAll(bot: Bot, { ack, action, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const press = { bot, client, body, context };
  const about = { digestId: action.value ?? '', channelSlackId: body.channel?.id ?? '' };
  await openPage(press, await pageFor(press, about, 0), 'Show all');
}

/** Someone turned the page. */
export async function onShowPage(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const press = { bot, client, body, context };
  await turnPage(
    press,
    view => pageFor(press, parseDigestContext(view.private_metadata), parsePage(action.value ?? '').page),
    'The pages of the digest are closed. Press Show all to open them again.',
  );
}

/**
 * A page, or words on why there is none. A press comes only from somebody who sees the message, so the channel has decided
 * who may: guests in it may, for they read the message and its thread as well. The pages tell what a digest for that
 * channel may tell now, and nothing else. People of another organisation, should the channel have been shared since,
 * see no more than the message.
 */
async function pageFor(
  { bot, client, body, context }: Press,
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
