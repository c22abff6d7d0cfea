// "Give a shout-out" as a shortcut, on somebody's message and from anywhere, and as a button in a channel.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  GlobalShortcut,
  MessageShortcut,
  SlackActionMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import { type Bot, workspaceOf } from '../bot.js';
import { blankRequest, parseMessageShortcut, placeOf, requestKey } from '../parse/payloads.js';
import type { Desk } from './desk.js';
import { openForm } from './form.js';

type MessageArgs = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;
type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
type GlobalArgs = SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs;

/** Someone used the shortcut on a message: the form, with its author and a link to it. Of its text nothing is read. */
export async function onMessageShortcut(
  bot: Bot,
  { ack, body, client, context }: MessageArgs,
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const { place, about, authorSlackId } = parseMessageShortcut(body);
  const isOwn = authorSlackId === body.user.id;
  const request = {
    ...blankRequest({
      requestKey: requestKey.view(body.trigger_id),
      teamSlackId: body.team?.id ?? desk.workspace.slackId,
      giverSlackId: body.user.id,
      place,
      source: 'modal',
    }),
    about,
    recipientSlackIds: authorSlackId && !isOwn ? [authorSlackId] : [],
  };
  const hints = [
    ...(isOwn ? ['That message is your own: choose whom to thank.'] : []),
    ...(authorSlackId ? [] : ['That message is from an app or a workflow: choose whom to thank.']),
  ];
  await openForm(desk, request, { triggerId: body.trigger_id, responseUrl: body.response_url, hints });
}

/** Someone used the shortcut from anywhere: the empty form. */
export async function onGlobalShortcut(bot: Bot, { ack, body, client, context }: GlobalArgs): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const blank = blankRequest({
    requestKey: requestKey.view(body.trigger_id),
    teamSlackId: body.team?.id ?? desk.workspace.slackId,
    giverSlackId: body.user.id,
    place: { kind: 'direct' },
    source: 'modal',
  });
  await openForm(
    desk,
    { ...blank, visibility: 'public' },
    { triggerId: body.trigger_id, responseUrl: undefined },
  );
}

/** Someone pressed the button in their Home, under a digest or a question to everyone: the empty form. */
export function onGiveButton(bot: Bot, args: ButtonArgs): Promise<void> {
  return openBlankForm(bot, args, []);
}

/** Someone pressed the button beside a name: the form with that person, over the list that they read. */
export function onGiveTo(bot: Bot, args: ButtonArgs): Promise<void> {
  return openBlankForm(bot, args, args.action.value ? [args.action.value] : []);
}

async function openBlankForm(
  bot: Bot,
  { ack, body, client, context }: ButtonArgs,
  recipientSlackIds: string[],
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const request = blankRequest({
    requestKey: requestKey.view(body.trigger_id),
    teamSlackId: body.team?.id ?? desk.workspace.slackId,
    giverSlackId: body.user.id,
    place: body.channel ? placeOf(body.channel) : { kind: 'direct' },
    source: 'modal',
  });
  const over = body.view?.type === 'modal';
  await openForm(
    desk,
    { ...request, recipientSlackIds, visibility: 'public' },
    { triggerId: body.trigger_id, responseUrl: body.response_url, over },
  );
}
