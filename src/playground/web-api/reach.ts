// What a Web API call may reach: scopes, conversations the bot can see, people it can write to, pages of a list.

import { textOf } from '../json.js';
import type { Platform } from '../platform.js';
import { explained, Refusal } from '../refusal.js';
import type { Channel, JsonObject, Person } from '../things.js';
import { BOT, TEAM } from '../world.js';

/** Throws `missing_scope` unless the manifest asks for the scope. */
export function needScope(platform: Platform, scope: string): void {
  const { botScopes } = platform.manifest;
  if (!botScopes.includes(scope)) {
    throw new Refusal('missing_scope', { needed: scope, provided: botScopes.join(',') });
  }
}

/** A string argument. Throws `invalid_arguments` when it is missing. */
export function need(args: JsonObject, name: string): string {
  const value = textOf(args[name]);
  if (value === undefined || value === '') {
    throw explained('invalid_arguments', [`missing required field: ${name}`]);
  }
  return value;
}

/** The scope that reading a conversation of that kind needs. */
export function readScope(channel: Channel): string {
  return { public: 'channels:read', private: 'groups:read', im: 'im:read' }[channel.kind];
}

/** A conversation the bot can see: public, or with the bot in it. Throws `channel_not_found`. */
export function visibleChannel(platform: Platform, idOrName: string): Channel {
  const channel = platform.workspace.findChannel(idOrName);
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.includes(BOT.userId))
    throw new Refusal('channel_not_found');
  return channel;
}

/**
 * The person for a direct message from the bot. Throws `missing` for somebody unknown, and `cannot_dm_bot`.
 */
export function personToWrite(platform: Platform, id: string, missing: string): Person {
  const person = platform.workspace.person(id);
  if (person === undefined) throw new Refusal(missing);
  if (person.isBot || person.id === 'USLACKBOT') throw new Refusal('cannot_dm_bot');
  return person;
}

/** Somebody of another organisation with whom the bot shares no channel. */
export function isStranger(platform: Platform, person: Person): boolean {
  const { channels } = platform.workspace.world;
  const shared = channels.some(({ members }) => members.includes(person.id) && members.includes(BOT.userId));
  return person.teamId !== TEAM.id && !shared;
}

/**
 * Where a message may be posted: a conversation, or a person's id for the direct message with them, which also
 * works for a deactivated person (their history still exists, as the maintainers of Slack's SDK explain).
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function channelToPost(platform: Platform, idOrName: string): Channel {
  if (/^[UW][A-Z0-9]+$/.test(idOrName)) {
    const person = personToWrite(platform, idOrName, 'channel_not_found');
    if (isStranger(platform, person)) throw new Refusal('channel_not_found');
    if (!platform.manifest.messagesTab) throw new Refusal('messages_tab_disabled');
    return platform.workspace.direct(BOT.userId, person.id);
  }
  const channel = visibleChannel(platform, idOrName);
  if (channel.archived) throw new Refusal('is_archived');
  const inside = channel.members.includes(BOT.userId);
  if (!inside && !platform.manifest.botScopes.includes('chat:write.public'))
    throw new Refusal('not_in_channel');
  return channel;
}

/** A page of a list by `limit` and `cursor`. Throws `invalid_cursor`. */
export function page<T>(
  all: readonly T[],
  args: JsonObject,
  most: number,
): { items: T[]; next_cursor: string } {
  const limit = Math.min(Number(args.limit ?? most) || most, most);
  const cursor = textOf(args.cursor) ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('offset:', ''));
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + limit;
  return {
    items: all.slice(start, end),
    next_cursor: end < all.length ? Buffer.from(`offset:${end}`).toString('base64') : '',
  };
}
