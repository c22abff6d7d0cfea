// Random histories of values: whatever admins do, in whatever order and at once, each slug stays with its value, the
// order stays an order, and what was given is counted for the same value.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Member } from '../../src/model.js';
import {
  bringBackValue,
  changeValue,
  createValue,
  moveValue,
  retireValue,
  type ValueOutcome,
} from '../../src/recognition/change-values.js';
import { findValues } from '../../src/recognition/values.js';
import { emojiName } from '../../src/slack/emoji.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

/** The same histories in every run of the suite; `VALUES_SEED` and `VALUES_RUNS` look for others. */
const seed = Number(process.env.VALUES_SEED ?? 20_261_122);

/** Few, so that they meet; some are the same slug. */
const name = fc.constantFrom(
  'Teamwork',
  'team work',
  'Craft',
  'CRAFT!',
  'Focus',
  'Überblick',
  '24',
  '日本語',
);
const emoji = fc.constantFrom('bee', 'gem', 'lion_face', 'mega', 'dart', 'heart', null);
const which = fc.nat({ max: 11 });
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), name, emoji }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      which,
      name,
      emoji,
      meaning: fc.constantFrom('', 'So it is.'),
      isFresh: fc.constantFrom(true, true, true, false),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retire' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('bringBack' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      which,
      direction: fc.constantFrom('up' as const, 'down' as const),
    }),
  },
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('alone' as const), change }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('atOnce' as const),
      changes: fc.array(change, { minLength: 2, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      which,
      /** Counted from the oldest name. */
      slug: which,
      to: fc.constantFrom('<@U0ANA|ana>', '<@U0ANA|ana> <@U0BEN|ben>'),
    }),
  },
);

describe.each(databases)('values through any history on $name', database => {
  let bot: TestBot;
  let by: Member;
  let round = 0;

  beforeAll(async () => {
    bot = await startBot({ database });
    await bot.choose({ dailyLimit: 1000 });
    await bot.slack.as('U0MARTA').command('/recognition', 'stats');
    await bot.settled();
    by = await bot.db.read.member
      .findFirstOrThrow({ where: { slackId: 'U0MARTA' } })
      .then(row => ({ ...row, preference: 'everywhere' as const }));
  });
  afterAll(() => bot.stop());

  it('take one emoji once, and places of their own, however many are added at once', async () => {
    const emoji = 'first-come';
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        createValue(bot.db, bot.workspace, {
          by,
          key: `at once ${index}`,
          contents: { name: `Value ${index}`, meaning: '', emoji: index % 2 ? emoji : `own-${index}` },
          canonical: emojiName,
        }),
      ),
    );
    expect(outcomes.filter(one => one.kind === 'changed')).toHaveLength(7);
    await check(new Map(), new Map());
  });

  it('keep their slugs, their order and their history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20, size: 'max' }), async steps => {
        await play(steps);
      }),
      { numRuns: Number(process.env.VALUES_RUNS ?? 20), seed, endOnFailure: true },
    );
  }, 600_000);

  /** The same in this history. */
  const named = (each: string) => each.replace('*', `${round}`);
  const now = () => findValues(bot.db, bot.workspace, bot.clock.now());
  const all = async () => {
    const { active, retired } = await now();
    return [...active, ...retired].sort((a, b) => b.position - a.position);
  };

  async function play(steps: (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): Promise<void> {
    round += 1;
    /** Whose each slug is, from its first day on. */
    const owners = new Map<string, string>();
    const lived = new Map((await all()).map(value => [value.id, value.lived]));
    for (const [index, one] of steps.entries()) {
      const before = await all();
      const orderBefore = (await now()).active.map(value => value.id);
      if (one.kind === 'give') {
        const value = before[one.which % before.length];
        const slugs = value ? [...value.formerSlugs, value.slug] : [];
        const text = `${one.to} #${slugs[one.slug % slugs.length]} for ${round} ${index}`;
        // Typed, Slack would take one of the slugs for the channel of that name.
        const answer = await bot.slack.as('U0CHEN').command('/shoutout', text, { raw: true });
        await bot.settled();
        if (!value || value.retiredAt) expect(answer.response?.text).not.toContain('Recorded');
        else {
          expect(answer.response?.text).toContain(`for ${value.name}`);
          lived.set(value.id, (lived.get(value.id) ?? 0) + one.to.split(' ').length);
        }
      } else if (one.kind === 'alone') {
        const outcome = await carryOut(one.change, before, `${round}:${index}`);
        const order = (await now()).active.map(value => value.id);
        const isMoved = one.change.kind === 'move' && outcome?.kind === 'changed';
        const stays = orderBefore.filter(id => order.includes(id));
        if (!isMoved) expect(order.filter(id => orderBefore.includes(id))).toEqual(stays);
        if (outcome?.kind !== 'changed') expect(await all()).toEqual(before);
      } else {
        await Promise.all(
          one.changes.map((each, place) => carryOut(each, before, `${round}:${index}:${place}`)),
        );
      }
      await check(owners, lived);
    }
  }

  /** As somebody does it who sees `seen`. */
  async function carryOut(
    one: Change,
    seen: Awaited<ReturnType<typeof all>>,
    key: string,
  ): Promise<ValueOutcome | null> {
    const { db, workspace, clock } = bot;
    if (one.kind === 'add') {
      const contents = { name: named(one.name), meaning: '', emoji: one.emoji && named(one.emoji) };
      return createValue(db, workspace, { by, key, contents, canonical: emojiName });
    }
    const value = seen[one.which % seen.length];
    if (!value) return null;
    const request = { by, valueId: value.id, seenVersion: value.version };
    switch (one.kind) {
      case 'change': {
        const contents = {
          name: named(one.name),
          meaning: one.meaning,
          emoji: one.emoji && named(one.emoji),
        };
        const seenVersion = one.isFresh ? value.version : value.version - 1;
        const outcome = await changeValue(db, workspace, {
          ...request,
          seenVersion,
          contents,
          canonical: emojiName,
        });
        if (!one.isFresh && outcome.kind === 'changed') expect(outcome.value).toEqual(outcome.before);
        return outcome;
      }
      case 'retire':
        return retireValue(db, workspace, request, clock.now());
      case 'bringBack':
        return bringBackValue(db, workspace, { ...request, canonical: emojiName });
      case 'move': {
        const active = seen.filter(each => !each.retiredAt).sort((a, b) => a.position - b.position);
        const at = active.findIndex(each => each.id === value.id);
        const past = active[one.direction === 'up' ? at - 1 : at + 1];
        if (at < 0 || !past) return null;
        return moveValue(db, workspace, { ...request, pastId: past.id, direction: one.direction });
      }
    }
  }

  async function check(owners: Map<string, string>, lived: Map<string, number>): Promise<void> {
    const values = await all();
    const slugs = values.flatMap(({ slug, formerSlugs }) => [slug, ...formerSlugs]);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const slug of slugs) expect(slug).toMatch(/\p{L}/u);
    for (const value of values)
      for (const slug of [value.slug, ...value.formerSlugs])
        if (!owners.has(slug)) owners.set(slug, value.id);
    for (const [slug, id] of owners) {
      const owner = values.find(value => value.slug === slug || value.formerSlugs.includes(slug));
      expect(owner?.id).toBe(id);
    }
    expect(values.map(value => value.position).sort((a, b) => a - b)).toEqual(
      values.map((_, index) => index),
    );
    const emoji = values.filter(value => !value.retiredAt).map(value => value.emoji);
    expect(new Set(emoji).size).toBe(emoji.length);
    expect(emoji).not.toContain('mega');
    for (const value of values) expect(value.lived).toBe(lived.get(value.id) ?? 0);
  }
});
