// The users.* and usergroups.* methods, and who somebody is.

import { isTrue, textOf } from '../json.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import type { JsonObject, Person, UserGroup } from '../things.js';
import { BOT, TEAM } from '../world.js';
import { isStranger, need, needScope } from './reach.js';

/** @see https://docs.slack.dev/reference/methods/users.info */
export function info(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'users:read');
  const person = platform.workspace.person(need(args, 'user'));
  if (person === undefined) throw new Refusal('user_not_found');
  return { user: userObject(platform, person) };
}

/**
 * Everybody of the team; strangers are not in it. A cursor names the person whom the next page begins with, as Slack's
 * do, so nobody is listed twice or missed when others come and go; without that person it is no longer valid.
 * @see https://docs.slack.dev/reference/methods/users.list
 */
export function list(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'users:read');
  const own = platform.workspace.world.people.filter(person => person.teamId === TEAM.id);
  const cursor = Buffer.from(textOf(args.cursor) ?? '', 'base64').toString();
  const start = cursor === '' ? 0 : own.findIndex(({ id }) => `user:${id}` === cursor);
  if (start < 0) throw new Refusal('invalid_cursor');
  const end = start + Math.min(Number(args.limit ?? 1000) || 1000, 1000);
  const next = own[end];
  return {
    members: own.slice(start, end).map(person => userObject(platform, person)),
    cache_ts: Math.floor(platform.now().getTime() / 1000),
    response_metadata: { next_cursor: next ? Buffer.from(`user:${next.id}`).toString('base64') : '' },
  };
}

/** @see https://docs.slack.dev/reference/methods/usergroups.list */
export function listGroups(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'usergroups:read');
  refuseOnFreePlan(platform);
  const groups = platform.workspace.world.groups.filter(
    group => group.disabled !== true || isTrue(args.include_disabled),
  );
  return {
    usergroups: groups.map(group => ({
      ...groupObject(group),
      ...(isTrue(args.include_users) ? { users: group.members } : {}),
    })),
  };
}

/** A user group without its members. @see https://docs.slack.dev/reference/objects/usergroup-object */
export function groupObject(group: UserGroup): JsonObject {
  return {
    id: group.id,
    team_id: TEAM.id,
    is_usergroup: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: 1_700_000_000,
    date_delete: group.disabled === true ? 1_700_000_001 : 0,
    user_count: group.members.length,
  };
}

/** @see https://docs.slack.dev/reference/methods/usergroups.users.list */
export function listGroupMembers(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'usergroups:read');
  refuseOnFreePlan(platform);
  const id = need(args, 'usergroup');
  const group = platform.workspace.world.groups.find(each => each.id === id);
  if (group === undefined) throw new Refusal('no_such_subteam');
  return { users: group.members };
}

function refuseOnFreePlan(platform: Platform): void {
  if (platform.options.plan === 'free') throw new Refusal('plan_upgrade_required');
}

/**
 * A user as Slack shows it. Deactivated people have lost their time zone; Slackbot does not say that it is a bot;
 * somebody of another organisation is a stranger unless a shared channel has both them and the bot in it.
 * @see https://docs.slack.dev/reference/objects/user-object
 */
export function userObject(platform: Platform, person: Person): JsonObject {
  const name = person.realName;
  const active = {
    real_name: name,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: offsetSeconds(person.tz, platform.now()),
    is_admin: person.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isRestricted,
    is_ultra_restricted: false,
  };
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deactivated,
    color: '9f69e7',
    profile: {
      real_name: name,
      real_name_normalized: name,
      // Most people never choose one; Slack then shows the real name.
      display_name: '',
      display_name_normalized: '',
      team: person.teamId,
      ...(person.botId === undefined ? {} : { bot_id: person.botId, api_app_id: BOT.appId }),
    },
    ...(person.deactivated ? {} : active),
    is_bot: person.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
    ...(person.teamId === TEAM.id ? {} : { is_stranger: isStranger(platform, person) }),
  };
}

/** Making one takes longer than all the rest of a user. */
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

function offsetSeconds(timeZone: string, at: Date): number {
  const format =
    offsetFormats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  offsetFormats.set(timeZone, format);
  const name = format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}
