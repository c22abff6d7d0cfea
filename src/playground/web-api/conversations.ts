// The conversations.*, reactions.*, emoji.* and team.* methods.

import { isTrue, textOf } from '../json.js';
import { messageInPayload } from '../payloads.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import type { Channel, JsonObject } from '../things.js';
import { BOT, TEAM } from '../world.js';
import { permalink } from './chat.js';
import { isStranger, need, needScope, page, personToWrite, readScope, visibleChannel } from './reach.js';

/** @see https://docs.slack.dev/reference/methods/conversations.info */
export function info(platform: Platform, args: JsonObject): JsonObject {
  const channel = readable(platform, args);
  const members = isTrue(args.include_num_members) ? { num_members: channel.members.length } : {};
  return { channel: { ...channelObject(channel), ...members } };
}

/** @see https://docs.slack.dev/reference/methods/conversations.members */
export function members(platform: Platform, args: JsonObject): JsonObject {
  const { items, next_cursor } = page(readable(platform, args).members, args, 1000);
  return { members: items, response_metadata: { next_cursor } };
}

const KINDS: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

/** @see https://docs.slack.dev/reference/methods/conversations.list */
export function list(platform: Platform, args: JsonObject): JsonObject {
  const types = (textOf(args.types) ?? 'public_channel').split(',').map(type => type.trim());
  const kinds = types.map(type => {
    if (type === 'mpim') return needScope(platform, 'mpim:read');
    const kind = KINDS[type];
    if (kind === undefined) throw new Refusal('invalid_types');
    needScope(platform, { public: 'channels:read', private: 'groups:read', im: 'im:read' }[kind]);
    return kind;
  });
  const found = platform.workspace.world.channels.filter(
    channel =>
      kinds.includes(channel.kind) &&
      (channel.kind === 'public' || channel.members.includes(BOT.userId)) &&
      !(isTrue(args.exclude_archived) && channel.archived),
  );
  const { items, next_cursor } = page(found, args, 1000);
  return { channels: items.map(channelObject), response_metadata: { next_cursor } };
}

/** @see https://docs.slack.dev/reference/methods/conversations.open */
export function open(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'im:write');
  const users = (textOf(args.users) ?? '').split(',').filter(id => id !== '');
  const id = textOf(args.channel);
  if (id !== undefined) {
    const channel = visibleChannel(platform, id);
    if (channel.kind !== 'im') throw new Refusal('method_not_supported_for_channel_type');
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  }
  const [user] = users;
  if (user === undefined) throw new Refusal('users_list_not_supplied');
  if (users.length > 8) throw new Refusal('too_many_users');
  if (users.length > 1) needScope(platform, 'mpim:write');
  const person = personToWrite(platform, user, 'user_not_found');
  if (person.deactivated) throw new Refusal('user_disabled');
  if (isStranger(platform, person)) throw new Refusal('user_not_visible');
  const before = platform.workspace.directWithBot(person.id);
  const channel = platform.workspace.direct(BOT.userId, person.id);
  return {
    ...(before === undefined ? {} : { no_op: true, already_open: true }),
    channel: isTrue(args.return_im) ? channelObject(channel) : { id: channel.id },
  };
}

/** @see https://docs.slack.dev/reference/methods/reactions.get */
export function reactionsOf(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'reactions:read');
  const id = textOf(args.channel);
  const timestamp = textOf(args.timestamp);
  if (id === undefined || timestamp === undefined) throw new Refusal('no_item_specified');
  const channel = visibleChannel(platform, id);
  if (!channel.members.includes(BOT.userId)) throw new Refusal('channel_not_found');
  if (!/^\d+\.\d{6}$/.test(timestamp)) throw new Refusal('bad_timestamp');
  const message = platform.workspace.message(channel.id, timestamp);
  if (message === undefined) throw new Refusal('message_not_found');
  // Without `full` a list of users may be cut; here it always is after the first, so that nobody relies on it.
  const cut = message.reactions.map(({ name, users }) => ({
    name,
    users: isTrue(args.full) ? users : users.slice(0, 1),
    count: users.length,
  }));
  const shown = messageInPayload(message);
  return {
    type: 'message',
    channel: channel.id,
    message: { ...shown, ...(cut.length === 0 ? {} : { reactions: cut }), permalink: permalink(message) },
  };
}

/** @see https://docs.slack.dev/reference/methods/emoji.list */
export function emoji(platform: Platform): JsonObject {
  needScope(platform, 'emoji:read');
  return { emoji: platform.workspace.world.emoji, cache_ts: platform.workspace.nextTs() };
}

/** @see https://docs.slack.dev/reference/methods/team.info */
export function team(platform: Platform): JsonObject {
  needScope(platform, 'team:read');
  return { team: { ...TEAM, email_domain: '', icon: { image_default: true } } };
}

function readable(platform: Platform, args: JsonObject): Channel {
  const id = need(args, 'channel');
  if (platform.workspace.channel(id) === undefined) throw new Refusal('channel_not_found');
  const channel = visibleChannel(platform, id);
  needScope(platform, readScope(channel));
  return channel;
}

/** @see https://docs.slack.dev/reference/objects/conversation-object */
function channelObject(channel: Channel): JsonObject {
  if (channel.kind === 'im') {
    const user = channel.members.find(id => id !== BOT.userId);
    return {
      id: channel.id,
      created: 1_700_000_000,
      is_im: true,
      is_archived: false,
      is_org_shared: false,
      user,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_general: channel.id === 'C0GENERAL',
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    is_org_shared: false,
    is_member: channel.members.includes(BOT.userId),
    created: 1_700_000_000,
    creator: 'U0MARTA',
    context_team_id: TEAM.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
