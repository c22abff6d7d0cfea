// The rules by which a digest chooses and orders, on weeks of all kinds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyValue } from '../../src/model.js';
import { chooseFirsts, coverageOf, mondayOf, quietValue } from '../../src/recognition/digests/around.js';
import { namedIn, standingOf } from '../../src/recognition/digests/choice.js';
import type { DigestFact } from '../../src/recognition/digests/digest.js';
import { byValue, paged, place, spread, tally } from '../../src/recognition/digests/order.js';

/** The same weeks in every run of the suite; `DIGEST_SEED` and `DIGEST_RUNS` look for others. */
const seed = Number(process.env.DIGEST_SEED ?? 20_261_122);
const numRuns = Number(process.env.DIGEST_RUNS ?? 100);

const value = (id: string): CompanyValue => ({
  id,
  slug: id,
  formerSlugs: [],
  retiredAt: null,
  name: id,
  meaning: '',
  emoji: 'gem',
});
const values = ['craft', 'kindness', 'teamwork', 'courage'].map(value);
const people = Array.from({ length: 9 }, (_, index) => `p${index}`);
const here = { channelSlackId: 'C-HOME', openChannelIds: ['C-OPEN'] };

const fact = fc.record({
  giverId: fc.constantFrom(...people),
  isPrivate: fc.boolean(),
  channelSlackId: fc.constantFrom('C-HOME', 'C-OTHER', 'C-OPEN', null),
  isPlacePrivate: fc.boolean(),
  isWordless: fc.boolean(),
  givenAt: fc.nat({ max: 400 }).map(minute => new Date(minute * 60_000)),
  recipients: fc
    .uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 4 })
    .chain(ids => fc.tuple(...ids.map(memberId => fc.boolean().map(isHidden => ({ memberId, isHidden }))))),
  valueIds: fc.subarray(values.map(one => one.id)),
  announcedIn: fc.constantFrom('C-HOME', 'C-OTHER', 'C-OPEN', 'C-CLOSED', null),
});
const week = fc
  .array(fact, { maxLength: 400, size: 'max' })
  .map(rows => rows.map((row, index): DigestFact => ({ ...row, id: String(index).padStart(5, '0') })));
const keepOut = fc.subarray(people).map(ids => new Set(ids));
const lastThanked = fc
  .array(fc.tuple(fc.constantFrom(...people), fc.nat({ max: 50 })))
  .map(pairs => new Map(pairs));

const count = (told: { facts: DigestFact[] }[]) => told.reduce((sum, one) => sum + one.facts.length, 0);

describe('a digest', () => {
  it('has every shout-out in exactly one place, and never more in one than fits', () => {
    fc.assert(
      fc.property(week, keepOut, lastThanked, (facts, out, last) => {
        const standing = (wanted: string) => facts.filter(one => standingOf(one, here, out) === wanted);
        const told = byValue(standing('told'), tally(facts, values)).map(one => ({
          ...one,
          facts: spread(one.facts, last, out),
        }));
        const { here: shown, thread, behind } = place(told);
        expect(
          count(shown) +
            count(thread.flat()) +
            behind +
            standing('byReaction').length +
            standing('unnamed').length,
        ).toBe(facts.length);
        const ids = [...shown, ...thread.flat()].flatMap(one => one.facts.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        expect(count(shown)).toBeLessThanOrEqual(20);
        expect(Math.max(0, ...shown.map(one => one.facts.length))).toBeLessThanOrEqual(5);
        expect(thread.length).toBeLessThanOrEqual(10);
        const pages = paged(told, 25);
        expect(count(pages.flat())).toBe(standing('told').length);
        expect(pages.every((page, index) => count(page) === 25 || index === pages.length - 1)).toBe(true);
      }),
      { seed, numRuns },
    );
  });

  it('tells nobody outside of a private conversation or a closed channel, and names only who wants to be named', () => {
    fc.assert(
      fc.property(week, keepOut, (facts, out) => {
        for (const one of facts.filter(each => standingOf(each, here, out) !== 'unnamed')) {
          expect(one.isPrivate).toBe(false);
          expect(one.announcedIn === 'C-CLOSED').toBe(false);
          if (one.isPlacePrivate) expect([one.channelSlackId, one.announcedIn]).toContain('C-HOME');
          if (one.announcedIn !== 'C-HOME') expect(['C-HOME', 'C-OPEN', null]).toContain(one.channelSlackId);
          const named = namedIn(one, out);
          expect(named.length).toBeGreaterThan(0);
          expect(one.recipients.some(({ memberId, isHidden }) => isHidden && named.includes(memberId))).toBe(
            false,
          );
          expect(named.some(id => out.has(id))).toBe(false);
        }
      }),
      { seed, numRuns },
    );
  });

  it('tells inside a value one for each pair of people before a pair has a second, the least recently thanked first', () => {
    fc.assert(
      fc.property(week, lastThanked, (facts, last) => {
        const none = new Set<string>();
        const told = facts.map(one => ({
          ...one,
          recipients: one.recipients.map(recipient => ({ ...recipient, isHidden: false })),
        }));
        const ordered = spread(told, last, none);
        expect(ordered.map(({ id }) => id).sort()).toEqual(told.map(({ id }) => id).sort());
        const pairsOf = (one: DigestFact) =>
          one.recipients.map(({ memberId }) => [memberId, one.giverId].sort().join());
        // Whoever comes twice comes after everybody who has come once and could come before.
        const seen = new Set<string>();
        let second = false;
        for (const one of ordered) {
          const isFirst = pairsOf(one).every(pair => !seen.has(pair));
          if (!isFirst) second = true;
          else expect(second).toBe(false);
          for (const pair of pairsOf(one)) seen.add(pair);
        }
      }),
      { seed, numRuns },
    );
  });

  it('begins with whoever has waited longest', () => {
    const one = (id: string, giverId: string, to: string, minute: number): DigestFact => ({
      id,
      giverId,
      isPrivate: false,
      channelSlackId: 'C-HOME',
      isPlacePrivate: false,
      isWordless: false,
      givenAt: new Date(minute),
      recipients: [{ memberId: to, isHidden: false }],
      valueIds: [],
      announcedIn: 'C-HOME',
    });
    const facts = [
      one('1', 'ana', 'ben', 1),
      one('2', 'ana', 'ben', 2),
      one('3', 'dee', 'ben', 3),
      one('4', 'ana', 'chen', 4),
      one('5', 'ben', 'never', 5),
    ];
    const ordered = spread(
      facts,
      new Map([
        ['ben', 10],
        ['chen', 90],
      ]),
      new Set(),
    );
    expect(ordered.map(({ id }) => id)).toEqual(['5', '1', '4', '3', '2']);
  });

  it("gives a value the sum over its shout-outs' recipients, the liveliest first", () => {
    const facts = [
      {
        recipients: people.slice(0, 3).map(memberId => ({ memberId, isHidden: true })),
        valueIds: ['courage'],
      },
      { recipients: [{ memberId: 'p1', isHidden: false }], valueIds: ['craft', 'courage'] },
      { recipients: [{ memberId: 'p1', isHidden: false }], valueIds: ['teamwork'] },
    ];
    expect(tally(facts, values).map(one => [one.value.id, one.thanks])).toEqual([
      ['courage', 4],
      ['craft', 1],
      ['teamwork', 1],
    ]);
  });

  it('lets the values take turns until the message is full', () => {
    const told = Array.from({ length: 7 }, (_, index) => ({
      valueId: `v${index}`,
      facts: Array.from({ length: 6 }, () => ({}) as DigestFact),
    }));
    expect(place(told).here.map(one => one.facts.length)).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect(place(told.slice(0, 2)).here.map(one => one.facts.length)).toEqual([5, 5]);
  });
});

describe('around the shout-outs', () => {
  it.each([
    [9, 9, null],
    [38, 12, null],
    [36, 12, { kind: 'share', thanked: 12, people: 36 }],
    [38, 31, { kind: 'share', thanked: 31, people: 38 }],
    [38, 33, { kind: 'share', thanked: 33, people: 38 }],
    [38, 34, { kind: 'nearlyEveryone' }],
    [10, 10, { kind: 'nearlyEveryone' }],
  ])('of %i people %i thanked are told as they may be', (all, thanked, told) => {
    expect(coverageOf({ people: all, thanked })).toEqual(told);
  });

  it('invites to another quiet value each week, and to none where all or none were lived', () => {
    const lived = tally([{ recipients: [{ memberId: 'p1', isHidden: false }], valueIds: ['craft'] }], values);
    const weeks = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
    expect(weeks.map(each => quietValue(values, lived, each)?.id)).toEqual([
      'kindness',
      'teamwork',
      'courage',
      'kindness',
    ]);
    expect(quietValue(values, [], '2026-11-16')).toBeNull();
    expect(quietValue([value('craft')], lived, '2026-11-16')).toBeNull();
  });

  it('names five newcomers at most, each once', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(chooseFirsts(many, ['x', 'y', 'z', 'a'])).toEqual({ gave: ['a', 'b', 'c'], thanked: ['x', 'y'] });
    expect(chooseFirsts(many, [])).toEqual({ gave: ['a', 'b', 'c', 'd', 'e'], thanked: [] });
    expect(chooseFirsts(['a'], many)).toEqual({ gave: ['a'], thanked: ['b', 'c', 'd', 'e'] });
  });

  it.each([
    ['2026-11-16', '2026-11-16'],
    ['2026-11-22', '2026-11-16'],
    ['2026-03-01', '2026-02-23'],
  ])('%s is in the week of %s', (day, monday) => expect(mondayOf(day)).toBe(monday));
});
