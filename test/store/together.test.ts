// Those that wait together are served together.
import { describe, expect, it } from 'vitest';
import { togetherIn } from '../../src/store/together.js';

describe('those that wait together', () => {
  it('are served in one go, each with its own result', async () => {
    const batches: number[][] = [];
    const double = togetherIn(async (_db: object, items: number[]) => {
      batches.push(items);
      return items.map(item => item * 2);
    });
    const db = {};
    expect(await Promise.all([1, 2, 3].map(item => double(db, item)))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
    expect(await double(db, 4)).toBe(8);
  });

  it('are not spoiled by one that fails', async () => {
    const serve = togetherIn(async (_db: object, items: number[]) => {
      if (items.includes(2)) throw new Error('two');
      return items;
    });
    const db = {};
    const results = await Promise.allSettled([1, 2, 3].map(item => serve(db, item)));
    expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('are kept apart by database', async () => {
    const seen: [object, number[]][] = [];
    const serve = togetherIn(async (db: object, items: number[]) => {
      seen.push([db, items]);
      return items;
    });
    const [one, two] = [{}, {}];
    await Promise.all([serve(one, 1), serve(two, 2)]);
    expect(seen).toEqual([
      [one, [1]],
      [two, [2]],
    ]);
  });
});
