// Events: which ones the app is sent, by its manifest and by where the bot is.

import { randomBytes } from 'node:crypto';
import type { Outcome } from './local-slack.js';
import { eventCallback } from './payloads.js';
import type { Platform } from './platform.js';
import type { Channel, JsonObject, Message } from './things.js';
import { BOT, TEAM } from './world.js';

/** Sends an event, with Slack's retries. */
export function sendEvent(platform: Platform, event: JsonObject & { type: string }): Promise<Outcome> {
  const id = `Ev0${randomBytes(5).toString('hex').toUpperCase()}`;
  return platform.courier.sendEvent(eventCallback(event, id, platform.now()));
}

/** Sends an event if the manifest subscribes to it under that name; else nothing happens, as at Slack. */
export function sendIfSubscribed(
  platform: Platform,
  event: JsonObject & { type: string },
  subscription: string = event.type,
): Promise<Outcome> | undefined {
  return platform.manifest.events.has(subscription) ? sendEvent(platform, event) : undefined;
}

/** @see https://docs.slack.dev/reference/events/member_joined_channel */
export function memberEvent(
  platform: Platform,
  type: 'member_joined_channel' | 'member_left_channel',
  channel: Channel,
  user: string,
): void {
  // Apps hear of the channels they are in, and of their own coming and going.
  if (user !== BOT.userId && !channel.members.includes(BOT.userId)) return;
  const event = {
    type,
    user,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: TEAM.id,
    ...(type === 'member_joined_channel'
      ? { inviter: platform.workspace.world.people.find(({ isAdmin }) => isAdmin)?.id }
      : {}),
    event_ts: platform.workspace.nextTs(),
  };
  void sendIfSubscribed(platform, event);
}

const MESSAGE_EVENTS = { public: 'message.channels', private: 'message.groups', im: 'message.im' } as const;
const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im' } as const;

/**
 * A person's message: to apps that subscribe to messages, and as `app_mention` where it names the bot.
 * @see https://docs.slack.dev/reference/events/message
 * @see https://docs.slack.dev/reference/events/app_mention
 */
export function messageEvents(platform: Platform, channel: Channel, message: Message): void {
  const common = {
    user: message.user,
    ts: message.ts,
    client_msg_id: randomBytes(8).toString('hex'),
    text: message.text,
    team: TEAM.id,
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    channel: channel.id,
    event_ts: message.ts,
  };
  if (channel.members.includes(BOT.userId)) {
    const event = { type: 'message', ...common, channel_type: CHANNEL_TYPES[channel.kind] };
    void sendIfSubscribed(platform, event, MESSAGE_EVENTS[channel.kind]);
  }
  const named = message.text.includes(`<@${BOT.userId}`);
  if (named && channel.kind !== 'im' && channel.members.includes(BOT.userId)) {
    void sendIfSubscribed(platform, { type: 'app_mention', ...common });
  }
}

/** @see https://docs.slack.dev/reference/events/reaction_added */
export function reactionEvent(
  platform: Platform,
  type: 'reaction_added' | 'reaction_removed',
  given: { channel: Channel; message: Message; user: string; reaction: string },
): Promise<Outcome> | undefined {
  if (!given.channel.members.includes(BOT.userId)) return undefined;
  return sendIfSubscribed(platform, {
    type,
    user: given.user,
    reaction: given.reaction,
    item_user: given.message.user,
    item: { type: 'message', channel: given.channel.id, ts: given.message.ts },
    event_ts: platform.workspace.nextTs(),
  });
}
