// The users.* and usergroups.* methods, and who somebody is.

import { isTrue } from '../json.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import type { JsonObject, Person } from '../things.js';
import { BOT, TEAM } from '../world.js';
import { isStranger, need, needScope, page } from './reach.js';

/** @see https://docs.slack.dev/reference/methods/users.info */
export function info(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'users:read');
  const person = platform.workspace.person(need(args, 'user'));
  if (person === undefined) throw new Refusal('user_not_found');
  return { user: userObject(platform, person) };
}

/** Everybody of the team; strangers are not in it. @see https://docs.slack.dev/reference/methods/users.list */
export function list(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'users:read');
  const own = platform.workspace.world.people.filter(person => person.teamId === TEAM.id);
  const { items, next_cursor } = page(own, args, 1000);
  return {
    members: items.map(person => userObject(platform, person)),
    cache_ts: Math.floor(platform.now().getTime() / 1000),
    response_metadata: { next_cursor },
  };
}

/** @see https://docs.slack.dev/reference/methods/usergroups.list */
export function listGroups(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'usergroups:read');
  refuseOnFreePlan(platform);
  return {
    usergroups: platform.workspace.world.groups.map(group => ({
      id: group.id,
      team_id: TEAM.id,
      is_usergroup: true,
      name: group.name,
      description: '',
      handle: group.handle,
      is_external: false,
      date_create: 1_700_000_000,
      date_delete: 0,
      user_count: group.members.length,
      ...(isTrue(args.include_users) ? { users: group.members } : {}),
    })),
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

function offsetSeconds(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours, minutes] =
    /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(p => p.type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}
