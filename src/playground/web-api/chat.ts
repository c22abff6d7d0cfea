// The chat.* methods: post, change and delete messages, and links to them.

import { readContent } from '../content.js';
import { textOf } from '../json.js';
import { messageInPayload } from '../payloads.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import type { JsonObject, Message } from '../things.js';
import { BOT, TEAM } from '../world.js';
import { channelToPost, need, needScope, visibleChannel } from './reach.js';

/** @see https://docs.slack.dev/reference/methods/chat.postMessage */
export function postMessage(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'chat:write');
  const channel = channelToPost(platform, need(args, 'channel'));
  const content = readContent(args);
  const message = platform.workspace.post(channel.id, BOT.userId, content);
  return { channel: channel.id, ts: message.ts, message: messageInPayload(message) };
}

/** @see https://docs.slack.dev/reference/methods/chat.postEphemeral */
export function postEphemeral(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'chat:write');
  const channel = visibleChannel(platform, need(args, 'channel'));
  const user = need(args, 'user');
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.includes(BOT.userId)) throw new Refusal('not_in_channel');
  if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel');
  const shown = platform.workspace.whisper(channel.id, user, readContent(args), 'chat.postEphemeral');
  return { message_ts: shown.ts };
}

/** @see https://docs.slack.dev/reference/methods/chat.update */
export function update(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'chat:write');
  const message = ownMessage(platform, args, 'cant_update_message');
  if (platform.workspace.channel(message.channel)?.archived === true) throw new Refusal('is_inactive');
  const given = readContent(args, { maxText: 4000 });
  platform.workspace.edit(message, {
    ...(args.text === undefined ? {} : { text: given.text }),
    // Blocks that are not mentioned stay; an empty list removes them.
    ...(given.blocks === undefined ? {} : { blocks: given.blocks }),
    ...(given.metadata === undefined ? {} : { metadata: given.metadata }),
  });
  return { channel: message.channel, ts: message.ts, text: message.text, message: messageInPayload(message) };
}

/** @see https://docs.slack.dev/reference/methods/chat.delete */
export function remove(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'chat:write');
  const message = ownMessage(platform, args, 'cant_delete_message');
  platform.workspace.remove(message);
  return { channel: message.channel, ts: message.ts };
}

/** @see https://docs.slack.dev/reference/methods/chat.getPermalink */
export function getPermalink(platform: Platform, args: JsonObject): JsonObject {
  const channel = visibleChannel(platform, need(args, 'channel'));
  const message = platform.workspace.message(channel.id, need(args, 'message_ts'));
  if (message === undefined) throw new Refusal('message_not_found');
  return { channel: channel.id, permalink: permalink(message) };
}

/** The link to a message, as Slack writes it. */
export function permalink(message: Message): string {
  const plain = `${TEAM.url}archives/${message.channel}/p${message.ts.replace('.', '')}`;
  const inThread = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  return inThread ? `${plain}?thread_ts=${message.thread_ts}&cid=${message.channel}` : plain;
}

function ownMessage(platform: Platform, args: JsonObject, refused: string): Message {
  // These two take the id of a conversation, not a name and not a person's id.
  const id = need(args, 'channel');
  if (platform.workspace.channel(id) === undefined) throw new Refusal('channel_not_found');
  const channel = visibleChannel(platform, id);
  const message = platform.workspace.message(channel.id, textOf(args.ts) ?? '');
  if (message === undefined) throw new Refusal('message_not_found');
  if (message.user !== BOT.userId) throw new Refusal(refused);
  return message;
}
