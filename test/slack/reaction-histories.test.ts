// Reactions against a small model: put on, taken off, delivered again, late, out of order and at once, with crashes,
// restarts, reasons and boosts, the database says what the people see at Slack.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/playground/local-slack.js';
import { addReason } from '../../src/recognition/shoutouts/edit.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const people = ['U0MARTA', 'U0ANA', 'U0BEN', 'U0CHEN'] as const;
type Person = (typeof people)[number];
/** Two names of one emoji, another value, the general one, and one that means nothing. */
const names = { gem: 'craft', 'gem::skin-tone-2': 'craft', bee: 'teamwork', mega: '', tada: null } as const;
type Name = keyof typeof names;

/** The same histories in every run of the suite; `REACTION_SEED` and `REACTION_RUNS` look for others. */
const seed = Number(process.env.REACTION_SEED ?? 20_261_122);

const who = fc.constantFrom(...people);
const name = fc.constantFrom(...(Object.keys(names) as Name[]));
const target = fc.nat({ max: 2 });
const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('toggle' as const),
      who,
      name,
      target,
      delivered: fc.constantFrom('now', 'later', 'both'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('redeliver' as const),
      which: fc.nat({ max: 40 }),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deliverLate' as const), inReverse: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('addWhy' as const), which: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

type Event = JsonObject & { type: string };

/**
 * The reference: which reactions stand, and what was given a reason. A shout-out stands while any name of its emoji
 * does, or when it has a reason.
 */
class Model {
  readonly reactions = new Set<string>();
  /** Keys of shout-outs that have a reason. */
  readonly reasons = new Set<string>();

  static keyOf(target: number, who: Person, value: string): string {
    return `${target} ${who} ${value}`;
  }

  standing(): Set<string> {
    const keys = new Set(this.reasons);
    for (const reaction of this.reactions) {
      const [target, who, name] = reaction.split(' ') as [string, Person, Name];
      const value = names[name];
      if (value !== null && authors[Number(target)] !== who)
        keys.add(Model.keyOf(Number(target), who, value));
    }
    return keys;
  }
}

/** Who wrote the messages that are reacted to. */
const authors: Person[] = ['U0ANA', 'U0BEN', 'U0ANA'];

describe.each(databases)('reactions in any order on $name', database => {
  let bot: TestBot;
  let announcement: { ts: string };
  let eventTime = 1_700_000_000;
  let round = 0;

  beforeAll(async () => {
    bot = await startBot({ database });
    bot.expectErrors();
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.slack.settled();
    await bot.settled();
    // Nobody's limit is what is tried here.
    await bot.db.write.settings.upsert({
      where: { workspaceId: bot.workspace.id },
      create: { workspaceId: bot.workspace.id, dailyLimit: 1_000_000, updatedAt: bot.clock.now() },
      update: { dailyLimit: 1_000_000 },
    });
    await bot.slack.as('U0MARTA').command('/shoutout', '@ana #craft for the boosts');
    await bot.settled();
    announcement = bot.said('general').at(-1) ?? { ts: '' };
  });
  afterAll(() => bot.stop());

  it('end in what stands at Slack', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12, size: 'max' }), async actions => {
        await play(actions);
      }),
      { numRuns: Number(process.env.REACTION_RUNS ?? 30), seed, endOnFailure: true },
    );
  }, 600_000);

  async function play(actions: Action[]): Promise<void> {
    round += 1;
    const model = new Model();
    // New messages for each history: what was reacted to before does not matter.
    const stamps = authors.map((_, index) => `16${String(round).padStart(8, '0')}.00000${index}`);
    const sent: Event[] = [];
    const late: Event[] = [];
    for (const one of actions) {
      if (one.kind === 'toggle') {
        const key = `${one.target} ${one.who} ${one.name}`;
        const isOn = !model.reactions.has(key);
        if (isOn) model.reactions.add(key);
        else model.reactions.delete(key);
        eventTime += 1;
        const event: Event = {
          type: isOn ? 'reaction_added' : 'reaction_removed',
          user: one.who,
          reaction: one.name,
          item_user: authors[one.target] ?? '',
          item: { type: 'message', channel: 'C0GENERAL', ts: stamps[one.target] ?? '' },
          event_ts: `${eventTime}.000100`,
        };
        if (one.delivered !== 'later') {
          sent.push(event);
          await bot.slack.emitEvent(event);
        }
        if (one.delivered !== 'now') late.push(event);
      } else if (one.kind === 'redeliver') {
        const event = sent[one.which % Math.max(1, sent.length)];
        if (event) await Promise.all(Array.from({ length: one.times }, () => bot.slack.emitEvent(event)));
      } else if (one.kind === 'deliverLate') {
        const order = one.inReverse ? late.splice(0).reverse() : late.splice(0);
        for (const event of order) await bot.slack.emitEvent(event);
        sent.push(...order);
      } else if (one.kind === 'addWhy') {
        await addWhy(one.which, stamps, model);
      } else {
        // Whoever reacted is not told: what was recorded stays.
        bot.slack.trouble.loseAnswer('chat.postEphemeral');
      }
    }
    await Promise.all(late.map(event => bot.slack.emitEvent(event)));
    await bot.settled();
    bot.slack.trouble.clear();
    await check(stamps, model);
  }

  /** Adds a reason to one that stands. */
  async function addWhy(which: number, stamps: string[], model: Model): Promise<void> {
    await bot.settled();
    const rows = await bot.db.read.shoutout.findMany({
      where: { aboutTs: { in: stamps }, withdrawnAt: null, message: '' },
      include: { giver: true, values: { include: { value: true } } },
      orderBy: { requestKey: 'asc' },
    });
    const row = rows[which % Math.max(1, rows.length)];
    if (!row) return;
    await addReason(
      bot.db,
      bot.workspace,
      { shoutoutId: row.id, memberSlackId: row.giver.slackId, message: 'for a reason', isPlaceOpen: false },
      bot.clock.now(),
    );
    const value = row.values[0]?.value.slug ?? '';
    model.reasons.add(Model.keyOf(stamps.indexOf(row.aboutTs ?? ''), row.giver.slackId as Person, value));
  }

  async function check(stamps: string[], model: Model): Promise<void> {
    const rows = await bot.db.read.shoutout.findMany({
      where: { aboutTs: { in: stamps } },
      include: {
        giver: true,
        recipients: { include: { member: true } },
        values: { include: { value: true } },
      },
    });
    const keyOf = (row: (typeof rows)[number]) =>
      Model.keyOf(
        stamps.indexOf(row.aboutTs ?? ''),
        row.giver.slackId as Person,
        row.values[0]?.value.slug ?? '',
      );
    const keys = rows.map(keyOf);
    expect(new Set(keys).size, 'one shout-out per giver, message and value').toBe(keys.length);
    const alive = rows.filter(row => row.withdrawnAt === null).map(keyOf);
    expect(alive.sort()).toEqual([...model.standing()].sort());
    for (const row of rows) {
      expect(row.recipients.map(one => one.member.slackId)).toEqual([
        authors[stamps.indexOf(row.aboutTs ?? '')],
      ]);
    }
  }

  it('on an announcement end in the boosts that stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who, name, isLate: fc.boolean() }), { minLength: 1, maxLength: 10 }),
        async toggles => {
          const on = new Set<string>();
          const late: Event[] = [];
          await bot.db.write.reaction.deleteMany({});
          for (const { who, name, isLate } of toggles) {
            const key = `${who} ${name}`;
            const isOn = !on.has(key);
            if (isOn) on.add(key);
            else on.delete(key);
            eventTime += 1;
            const event: Event = {
              type: isOn ? 'reaction_added' : 'reaction_removed',
              user: who,
              reaction: name,
              item_user: bot.slack.botUserId,
              item: { type: 'message', channel: 'C0GENERAL', ts: announcement.ts },
              event_ts: `${eventTime}.000100`,
            };
            if (isLate) late.push(event);
            else await bot.slack.emitEvent(event);
          }
          await Promise.all(late.map(event => bot.slack.emitEvent(event)));
          await bot.settled();
          const rows = await bot.db.read.reaction.findMany({
            where: { isOn: true, effect: { startsWith: 'boost:' } },
          });
          const boosters = new Set(rows.map(row => row.memberSlackId));
          const expected = new Set(
            [...on]
              .map(key => key.split(' ') as [Person, Name])
              .filter(
                ([person, emoji]) => names[emoji] !== null && person !== 'U0MARTA' && person !== 'U0ANA',
              )
              .map(([person]) => person),
          );
          expect([...boosters].sort()).toEqual([...expected].sort());
        },
      ),
      { numRuns: 15, seed, endOnFailure: true },
    );
  }, 300_000);
});
