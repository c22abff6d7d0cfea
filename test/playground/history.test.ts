// The plan of the playground's history: repeatable, and possible for the people in it.

import { describe, expect, it } from 'vitest';
import { planHistory } from '../../src/playground/history-plan.js';
import { defaultWorld } from '../../src/playground/world.js';

const world = defaultWorld();
const readers = (name: string) => world.channels.find(each => each.name === name)?.members ?? [];
const handles = (id: string) => world.people.find(each => each.id === id)?.name ?? id;
const friday = new Date('2026-11-20T15:00:00Z');
const plan = (seed: number, now = friday) => planHistory(seed, now, readers, handles);

describe('the history', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan(1)).toEqual(plan(1));
    expect(plan(2)).not.toEqual(plan(1));
  });

  it.each([1, 2, 3, 4, 5])('%i spans eight weeks up to now, on working days, in order', seed => {
    const moments = plan(seed);
    const times = moments.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.max(...times)).toBeLessThan(friday.getTime());
    expect(new Set(moments.map(({ week }) => week)).size).toBe(8);
    expect(moments.filter(({ at }) => [0, 6].includes(at.getUTCDay()))).toEqual([]);
    expect(moments.filter(({ recipients }) => recipients.length > 0).length).toBeGreaterThan(40);
  });

  it.each([1, 2, 3, 4, 5])('%i lets nobody thank themselves, or speak where they are not', seed => {
    for (const { who, where, recipients, reactions, reply } of plan(seed)) {
      expect(recipients).not.toContain(handles(who));
      for (const person of [who, ...reactions.flatMap(each => each.who), ...(reply ? [reply.who] : [])]) {
        expect(readers(where), `${person} in #${where}`).toContain(person);
      }
    }
  });
});
