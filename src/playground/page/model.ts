// The state of the page: kept up to date by the playground's events, and made handy for showing.

import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { Entries, Patch, Situation, WireEntry } from '../page-types.js';
import type { Channel, Ephemeral, Message, OpenView, Person, UserGroup, View } from '../things.js';

/** What the person at this window sees. */
export interface Model {
  situation: Situation;
  me: Person;
  people: ReadonlyMap<string, Person>;
  groups: UserGroup[];
  channels: Channel[];
  /** By channel, oldest first. */
  messages: ReadonlyMap<string, Message[]>;
  ephemerals: ReadonlyMap<string, Ephemeral[]>;
  open: OpenView | undefined;
  home: View | undefined;
  wire: WireEntry[];
}

const ModelContext = createContext<Model | undefined>(undefined);

/** Gives the model to everything below. */
export const ModelProvider = ModelContext.Provider;

/** The model; only to be used where there is one. */
export function useModel(): Model {
  const model = useContext(ModelContext);
  if (model === undefined) throw new Error('there is no model here');
  return model;
}

/** Follows the playground as that person; `undefined` until the first state is there. `lost` while it does not answer. */
export function useFollowedModel(personId: string): { model: Model | undefined; lost: boolean } {
  const [entries, setEntries] = useState<Partial<Entries>>({});
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const source = new EventSource(`/events?as=${encodeURIComponent(personId)}`);
    let isFresh = true;
    source.onopen = () => {
      isFresh = true;
      setLost(false);
    };
    source.onerror = () => setLost(true);
    source.onmessage = event => {
      const patch: Patch = JSON.parse(String(event.data));
      const replaces = isFresh;
      isFresh = false;
      setEntries(before => patched(replaces ? {} : before, patch));
    };
    return () => source.close();
  }, [personId]);
  const model = useMemo(() => modelOf(entries), [entries]);
  return { model: model?.me.id === personId ? model : undefined, lost };
}

function patched(before: Partial<Entries>, { set, gone }: Patch): Partial<Entries> {
  const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !gone.includes(key)));
  return { ...kept, ...set };
}

function modelOf(entries: Partial<Entries>): Model | undefined {
  const all = <K extends keyof Entries>(prefix: K): Entries[K][] =>
    Object.entries(entries)
      .filter(([key]) => key.startsWith(prefix))
      // The key says of what kind the value is; TypeScript cannot follow it there.
      .map(([, value]) => value as Entries[K]);
  const people = new Map(all('person:').map(each => [each.id, each]));
  const me = people.get(entries.me?.id ?? '');
  const { situation } = entries;
  if (me === undefined || situation === undefined) return undefined;
  return {
    situation,
    me,
    people,
    groups: all('group:'),
    channels: all('channel:'),
    messages: byChannel(all('message:')),
    ephemerals: byChannel(all('ephemeral:')),
    open: entries.view?.open,
    home: entries.home,
    wire: all('wire:').sort((a, b) => a.n - b.n),
  };
}

function byChannel<T extends { channel: string; ts: string }>(things: T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things.sort((a, b) => (a.ts < b.ts ? -1 : 1))) {
    const there = found.get(thing.channel);
    if (there === undefined) found.set(thing.channel, [thing]);
    else there.push(thing);
  }
  return found;
}
