// When people were last thanked before a digest: read backwards from it, no further than somebody asks.
import type { Db } from '../../store/db.js';
import type { DigestScope } from '../../store/digest-facts.js';
import { listThanked, listThankedAmong } from '../../store/digest-people.js';
import type { LastThanked } from './order.js';

/** A few days at a time, so that no query is a long one. */
const stepMilliseconds = 2 * 24 * 60 * 60 * 1000;
/** So few are asked about by name: everybody's weeks would be read for them. */
const fewPeople = 100;

export interface LookBack {
  /** By shout-outs beside the digest's; of those who were asked about, and of others as it happens. */
  lastThanked: LastThanked;
  /** Goes back until all of them are found, but no further than `milliseconds` before the digest. */
  find(memberIds: Iterable<string>, milliseconds: number): Promise<void>;
}

/** @param at - the digest's instant: what was given from then on is not looked at */
export function lookBackFrom(db: Db, scope: DigestScope, at: Date): LookBack {
  const lastThanked = new Map<string, number>();
  let readFrom = at.getTime();
  const add = (found: Map<string, number>) => {
    for (const [id, when] of found) if (!lastThanked.has(id)) lastThanked.set(id, when);
  };
  return {
    lastThanked,
    find: async (memberIds, milliseconds) => {
      const start = at.getTime() - milliseconds;
      let missing = [...memberIds].filter(id => !lastThanked.has(id));
      while (missing.length > fewPeople && readFrom > start) {
        const from = readFrom - stepMilliseconds;
        add(await listThanked(db, scope, { from: new Date(from), to: new Date(readFrom) }));
        readFrom = from;
        missing = missing.filter(id => !lastThanked.has(id));
      }
      if (readFrom <= start) return;
      const rest = { from: new Date(start), to: new Date(readFrom), memberIds: missing };
      add(await listThankedAmong(db, scope, rest));
    },
  };
}
