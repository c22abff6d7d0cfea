// People who join and change, and groups: each with the events that Slack sends of it.

import { sendIfSubscribed } from './events.js';
import type { Outcome } from './local-slack.js';
import type { Platform } from './platform.js';
import type { Person, UserGroup } from './things.js';
import { groupObject, userObject } from './web-api/people.js';

/** Resolves when the app has answered the events, or has been given up; at once where it subscribes to none. */
export interface Membership {
  /** Somebody new: `team_join` goes out. */
  join(person: Partial<Person> & { id: string; name: string }): Promise<void>;
  /**
   * Changes a person, or only their status (`{}`): `user_profile_changed` goes out.
   * @param how - `inPart`: the event shows their names only, as in Slack's reference
   */
  changeProfile(
    id: string,
    change: Partial<Omit<Person, 'id'>>,
    how?: { inPart?: boolean },
  ): Promise<Outcome | undefined>;
  /** A new group: `subteam_created` goes out. */
  addGroup(group: UserGroup): Promise<void>;
  /** Changes a group: `subteam_updated` goes out, and `subteam_members_changed` where its members changed. */
  changeGroup(id: string, change: Partial<Omit<UserGroup, 'id'>>): Promise<void>;
}

/** So many members of a group are in an event. @see https://docs.slack.dev/reference/events/subteam_updated */
const MOST_USERS = 500;

export function membershipOf(platform: Platform): Membership {
  const { workspace } = platform;
  const stamp = () => ({ event_ts: workspace.nextTs() });
  const cacheTs = () => ({ cache_ts: Math.floor(platform.now().getTime() / 1000) });
  const subteam = (group: UserGroup) => ({
    subteam: { ...groupObject(group), is_subteam: true, users: group.members.slice(0, MOST_USERS) },
  });
  return {
    async join(given) {
      const person = workspace.addPerson(given);
      const user = userObject(platform, person);
      await sendIfSubscribed(platform, { type: 'team_join', user, ...cacheTs(), ...stamp() });
    },
    async changeProfile(id, change, { inPart = false } = {}) {
      const person = workspace.person(id);
      if (person === undefined) throw new Error(`there is nobody with the id ${id}`);
      Object.assign(person, change);
      workspace.changed();
      const { team_id, name, profile, updated, ...more } = userObject(platform, person);
      const user = { team_id, name, profile, updated, ...(inPart ? { id } : more) };
      return sendIfSubscribed(platform, { type: 'user_profile_changed', user, ...cacheTs(), ...stamp() });
    },
    async addGroup(group) {
      workspace.world.groups.push(group);
      workspace.changed();
      await sendIfSubscribed(platform, { type: 'subteam_created', ...subteam(group), ...stamp() });
    },
    async changeGroup(id, change) {
      const group = workspace.world.groups.find(each => each.id === id);
      if (group === undefined) throw new Error(`there is no group ${id}`);
      const before = group.members;
      Object.assign(group, change);
      workspace.changed();
      const added_users = group.members.filter(user => !before.includes(user));
      const removed_users = before.filter(user => !group.members.includes(user));
      const delta = {
        type: 'subteam_members_changed',
        subteam_id: id,
        added_users,
        added_users_count: added_users.length,
        removed_users,
        removed_users_count: removed_users.length,
      };
      await Promise.all([
        sendIfSubscribed(platform, { type: 'subteam_updated', ...subteam(group), ...stamp() }),
        added_users.length + removed_users.length > 0
          ? sendIfSubscribed(platform, { ...delta, ...stamp() })
          : undefined,
      ]);
    },
  };
}
