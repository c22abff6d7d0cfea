// What one person sees of the local Slack, as entries by key, and the patches that keep a page up to date.

import type { Entries, Patch, Situation } from './page-types.js';
import type { Stage } from './stage.js';
import type { Channel, Person } from './things.js';
import type { Wire } from './wire.js';
import { TEAM } from './world.js';

/** Everything that this person sees now. */
export function entriesFor(stage: Stage, wire: Wire, personId: string, situation: Situation): Entries {
  const { slack } = stage;
  const person = slack.world.people.find(({ id }) => id === personId);
  if (person === undefined) throw new Error(`there is nobody with the id ${personId}`);
  const actor = slack.as(personId);
  const entries: Partial<Entries> = {};
  for (const each of slack.world.people) entries[`person:${each.id}`] = each;
  for (const each of slack.world.groups) entries[`group:${each.id}`] = each;
  if (!person.deactivated) {
    for (const { id } of slack.world.channels.filter(each => isVisible(each, person))) {
      const { messages, all: _, ...channel } = slack.channel(id);
      entries[`channel:${id}`] = channel;
      for (const message of messages) entries[`message:${id}:${message.ts}`] = message;
    }
    for (const each of actor.ephemerals()) entries[`ephemeral:${each.channel}:${each.ts}`] = each;
    if (actor.view !== undefined) entries.view = { open: actor.view, depth: 1 };
    if (actor.home !== undefined) entries.home = actor.home;
  }
  for (const each of wire.entries()) entries[`wire:${each.n}`] = each;
  return { ...entries, situation, me: { id: personId } } as Entries;
}

/** Guests and people of other organisations see only where they are. */
function isVisible(channel: Channel, person: Person): boolean {
  if (channel.members.includes(person.id)) return true;
  return channel.kind === 'public' && !person.isRestricted && person.teamId === TEAM.id;
}

/** Remembers what a page was told, and makes the difference to what there is now. */
export class Difference {
  private told = new Map<string, string>();

  /** The patch that brings the page up to date; `undefined` when it is. */
  to(entries: Entries): Patch | undefined {
    const now = new Map(Object.entries(entries).map(([key, value]) => [key, JSON.stringify(value)]));
    const changed = [...now].filter(([key, json]) => this.told.get(key) !== json).map(([key]) => key);
    const gone = [...this.told.keys()].filter(key => !now.has(key));
    this.told = now;
    if (changed.length === 0 && gone.length === 0) return undefined;
    const set = Object.fromEntries(Object.entries(entries).filter(([key]) => changed.includes(key)));
    return { set, gone };
  }
}
