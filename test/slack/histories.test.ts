// Random histories: whatever people do with shout-outs, in whatever order, with repetitions and trouble at Slack, the
// tallies equal a recount, every copy shows the present text or is gone, and nobody outside sees a private one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Delivery,
  type Ephemeral,
  type Message,
  startLocalSlack,
} from '../../src/playground/local-slack.js';
import type { Db } from '../../src/store/db.js';
import { databases } from '../support/databases.js';
import { spawnBot } from '../support/spawn-bot.js';
import { startBot, stillClock, type TestBot } from '../support/start-bot.js';

const people = {
  U0MARTA: 'Marta Keller',
  U0ANA: 'Ana Souza',
  U0BEN: 'Ben Okafor',
  U0CHEN: 'Chen Wei',
} as const;
type Person = keyof typeof people;
const everyone = Object.keys(people) as Person[];
/** The default world's only admin. */
const admin: Person = 'U0MARTA';
const values = { teamwork: 'Teamwork', craft: 'Craft' } as const;
type Value = keyof typeof values;

/** The same histories in every run of the suite; `HISTORY_SEED` and `HISTORY_RUNS` look for others. */
const seed = Number(process.env.HISTORY_SEED ?? 20_261_122);

const person = fc.constantFrom(...everyone);
const value = fc.option(fc.constantFrom<Value>('teamwork', 'craft'), { nil: null });
const which = fc.nat({ max: 9 });
/** Whether what was begun before is over when it happens. */
const isCalm = fc.boolean();
/** Whether it is somebody who may; otherwise whoever it may be. */
const isRightful = fc.oneof(fc.constant(true), fc.constant(true), fc.boolean());
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      by: person,
      to: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
      value,
      isPrivate: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      which,
      isCalm,
      isRightful,
      by: person,
      value,
      add: person,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('undo' as const), which, isCalm, isRightful, by: person }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), which, isCalm, isRightful, by: person }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('keepPrivate' as const),
      which,
      isCalm,
      isRightful,
      by: person,
      always: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('repeat' as const), which: fc.nat({ max: 99 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      method: fc.constantFrom('chat.postMessage', 'chat.update', 'chat.delete'),
      how: fc.constantFrom('slow down', 'unavailable', 'lost'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** What should be true of one shout-out. */
interface Expected {
  /** Unique in the history, and in every version of its words. */
  token: string;
  giver: Person;
  recipients: Person[];
  values: Value[];
  message: string;
  isPrivate: boolean;
  isAlive: boolean;
  hidden: Set<Person>;
  answer: Ephemeral | null;
}

/** Somebody who may do it. */
function rightful({ giver, recipients }: Expected, kind: 'edit' | 'undo' | 'remove' | 'keepPrivate'): Person {
  if (kind === 'remove') return admin;
  return kind === 'keepPrivate' ? (recipients[0] ?? giver) : giver;
}

class History {
  shoutouts: Expected[] = [];
  /** Tokens of those of which Slack never said whether a copy is there: a person was asked. */
  readonly unknowable = new Set<string>();
  readonly #deliveries: { by: Person; delivery: Delivery }[] = [];
  /** How many actions of each kind had an effect. */
  readonly effects = new Map<Action['kind'], number>();
  readonly #preferPrivate = new Set<Person>();

  constructor(private readonly bot: Pick<TestBot, 'slack' | 'settled' | 'another' | 'clock' | 'tick'>) {}

  async play(one: Action): Promise<void> {
    switch (one.kind) {
      case 'give':
        return this.#give(one);
      case 'repeat': {
        const known = this.#deliveries[one.which % Math.max(1, this.#deliveries.length)];
        if (known) await this.bot.slack.as(known.by).redeliver(known.delivery);
        return;
      }
      case 'trouble':
        return this.#trouble(one.method, one.how);
      case 'restart':
        await this.bot.another();
        return;
      default: {
        const shoutout = this.shoutouts[one.which % Math.max(1, this.shoutouts.length)];
        if (!shoutout) return;
        if (one.isCalm) await this.bot.settled();
        const by = one.isRightful ? rightful(shoutout, one.kind) : one.by;
        if (one.kind === 'edit') await this.#edit(shoutout, { ...one, by });
        else if (one.kind === 'undo') await this.#undo(shoutout, by);
        else if (one.kind === 'remove') await this.#remove(shoutout, by);
        else await this.#keepPrivate(shoutout, by, one.always);
      }
    }
  }

  async #give({ by, to, value, isPrivate }: Extract<Action, { kind: 'give' }>): Promise<void> {
    const recipients = to.filter(one => one !== by);
    if (recipients.length === 0) return;
    const token = `deed-${this.shoutouts.length}.`;
    const message = `for ${token}`;
    const actor = this.bot.slack.as(by);
    const mentions = recipients.map(one => `<@${one}>`).join(' ');
    const tag = value ? `#${value} ` : '';
    let answer: Ephemeral | null = null;
    if (isPrivate) {
      await actor.command('/shoutout', `${mentions} ${tag}`, { raw: true });
      await actor.waitForView('Give a shout-out');
      actor.fill({ message: { message }, visibility: { visibility: 'private' } });
      const submitted = await actor.submit();
      this.#deliveries.push({ by, delivery: submitted.delivery });
    } else {
      const result = await actor.command('/shoutout', `${mentions} ${tag}${message}`, { raw: true });
      answer = result.response ?? null;
      this.#deliveries.push({ by, delivery: result.delivery });
    }
    this.shoutouts.push({
      token,
      giver: by,
      recipients,
      values: value ? [value] : [],
      message,
      isPrivate,
      isAlive: true,
      hidden: new Set(recipients.filter(one => this.#preferPrivate.has(one))),
      answer,
    });
  }

  /** The announcement as it stands now. */
  #announced({ token }: Expected): Message | undefined {
    return this.bot.slack.channel('general').messages.find(message => message.text.includes(token));
  }

  /** Chooses in the menu of the announcement; false: there is none. */
  async #choose(shoutout: Expected, by: Person, choice: string): Promise<boolean> {
    const message = this.#announced(shoutout);
    if (!message) return false;
    const value = new RegExp(`"(${choice}:[^"]+)"`).exec(JSON.stringify(message.blocks))?.[1];
    if (!value) throw new Error('The announcement has no menu.');
    await this.bot.slack.as(by).click({ message }, 'announcement_menu', { value });
    await this.bot.settled();
    return true;
  }

  async #edit(shoutout: Expected, { by, value, add }: { by: Person; value: Value | null; add: Person }) {
    if (!(await this.#choose(shoutout, by, 'edit'))) return;
    const actor = this.bot.slack.as(by);
    if (!actor.view) return;
    expect(by, 'only the giver sees the form').toBe(shoutout.giver);
    const message = `for ${shoutout.token} said ${shoutout.message.length} times`;
    const isNew = add !== by && !shoutout.recipients.includes(add);
    const recipients = isNew ? [...shoutout.recipients, add] : shoutout.recipients;
    actor.fill({
      recipients: { recipients },
      values: { values: value ? [value] : [] },
      message: { message },
    });
    const submitted = await actor.submit();
    this.#deliveries.push({ by, delivery: submitted.delivery });
    await actor.close({ all: true });
    shoutout.message = message;
    shoutout.values = value ? [value] : [];
    if (isNew && this.#preferPrivate.has(add)) shoutout.hidden.add(add);
    shoutout.recipients = recipients;
    this.#count('edit');
  }

  async #undo(shoutout: Expected, by: Person): Promise<void> {
    if (!(await this.#choose(shoutout, by, 'undo'))) return;
    const actor = this.bot.slack.as(by);
    if (!actor.view) return;
    expect(by, 'only the giver sees the form').toBe(shoutout.giver);
    await this.#confirm(by);
    shoutout.isAlive = false;
    this.#count('undo');
  }

  async #remove(shoutout: Expected, by: Person): Promise<void> {
    if (!(await this.#choose(shoutout, by, 'remove'))) return;
    if (!this.bot.slack.as(by).view) return;
    expect(by, 'only an admin sees the form').toBe(admin);
    await this.#confirm(by);
    shoutout.isAlive = false;
    this.#count('remove');
  }

  #count(kind: Action['kind']): void {
    this.effects.set(kind, (this.effects.get(kind) ?? 0) + 1);
  }

  async #confirm(by: Person): Promise<void> {
    const actor = this.bot.slack.as(by);
    const submitted = await actor.submit();
    this.#deliveries.push({ by, delivery: submitted.delivery });
    await actor.close({ all: true });
  }

  async #keepPrivate(shoutout: Expected, by: Person, always: boolean): Promise<void> {
    const message = this.bot.slack.directMessages(by).find(one => one.text.includes(shoutout.token));
    const words = JSON.stringify(message?.blocks ?? []);
    const id = always ? 'keep_all_private' : 'keep_private';
    if (!message || !words.includes(id)) return;
    const inMenu = new RegExp(`"(${id}:[^"]+)"`).exec(words)?.[1];
    const actor = this.bot.slack.as(by);
    if (inMenu) await actor.click({ message }, 'direct_menu', { value: inMenu });
    else await actor.click({ message }, id);
    // Only what was said to be private is.
    if (always) await this.bot.settled();
    if (always) this.#preferPrivate.add(by);
    // The message may be one that was withdrawn a moment ago, and not deleted yet.
    if (shoutout.isAlive) shoutout.hidden.add(by);
    this.#count('keepPrivate');
  }

  #trouble(method: string, how: 'slow down' | 'unavailable' | 'lost'): void {
    const { trouble } = this.bot.slack;
    if (how === 'slow down') trouble.rateLimit(method, { retryAfter: 5 });
    else if (how === 'unavailable') trouble.serverError(method, { status: 503 });
    // A lost answer to a posting is a question to the giver: another test's story.
    else if (method !== 'chat.postMessage') trouble.loseAnswer(method);
  }

  /** Until nothing is left to send. */
  async quiet(): Promise<void> {
    this.bot.slack.trouble.clear();
    for (let rounds = 0; rounds < 6; rounds += 1) {
      await this.bot.settled();
      this.bot.clock.advance(60_000);
      await this.bot.tick();
    }
    await this.bot.settled();
  }

  async check(): Promise<void> {
    this.#checkChannel();
    for (const one of everyone) {
      this.#checkDirect(one);
      await this.#checkStats(one);
    }
    this.#checkSecrets();
  }

  #checkChannel(): void {
    const expected = this.shoutouts
      .filter(one => one.isAlive && !one.isPrivate && one.recipients.some(name => !one.hidden.has(name)))
      .map(one => {
        const names = one.recipients.filter(name => !one.hidden.has(name)).map(name => people[name]);
        return `${people[one.giver]} gave ${joined(names)} a shout-out${tagged(one)}: ${one.message}`;
      });
    const shown = this.bot.slack.channel('general').messages.map(message => message.text);
    expect(this.#knowable(shown)).toEqual(this.#knowable(expected));
  }

  #knowable(texts: string[]): string[] {
    return texts.filter(text => ![...this.unknowable].some(token => text.includes(token))).sort();
  }

  #checkDirect(reader: Person): void {
    const expected = this.shoutouts
      .filter(one => one.isAlive && one.recipients.includes(reader))
      .map(one => {
        const others = one.recipients.filter(name => name !== reader).map(name => people[name]);
        return `${people[one.giver]} gave ${joined(['you', ...others])} a shout-out${tagged(one)}: ${one.message}`;
      });
    const shown = this.bot.slack
      .directMessages(reader)
      .map(message => message.text.replace(/ \((?:It is|Only|You keep)[^)]*\)$/, ''))
      .filter(text => text.includes(' gave you'));
    expect(this.#knowable(shown), `what ${people[reader]} reads`).toEqual(this.#knowable(expected));
  }

  async #checkStats(reader: Person): Promise<void> {
    const answer = await this.bot.slack.as(reader).command('/recognition', 'stats');
    const alive = this.shoutouts.filter(one => one.isAlive);
    const counts = (some: Expected[]) =>
      `${some.filter(one => one.recipients.includes(reader)).length} received, ${some.filter(one => one.giver === reader).length} given`;
    expect(answer.response?.text).toContain(`: ${counts(alive)}.`);
    for (const value of Object.keys(values) as Value[]) {
      expect(answer.response?.text).toContain(
        `${values[value]}: ${counts(alive.filter(one => one.values.includes(value)))}`,
      );
    }
  }

  /** Nobody but giver and recipients ever sees a private one, also not for a moment. */
  #checkSecrets(): void {
    for (const one of this.shoutouts.filter(shoutout => shoutout.isPrivate)) {
      for (const { name } of this.bot.slack.world.channels.filter(channel => channel.kind !== 'im')) {
        const all = JSON.stringify(this.bot.slack.channel(name).all);
        expect(all, `${one.token} in ${name}`).not.toContain(one.token);
      }
      for (const outsider of everyone.filter(name => name !== one.giver && !one.recipients.includes(name))) {
        const seen = [this.bot.slack.directMessages(outsider), this.bot.slack.as(outsider).ephemerals()];
        expect(JSON.stringify(seen), `${one.token} seen by ${people[outsider]}`).not.toContain(one.token);
      }
    }
  }
}

const joined = (names: string[]) => new Intl.ListFormat('en-GB').format(names);
const tagged = (one: Expected) =>
  one.values.length > 0 ? ` for ${joined(one.values.map(slug => values[slug]))}` : '';

describe.each(databases)('a random history on $name', database => {
  it('ends in the truth', async () => {
    const effects = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 15, maxLength: 30, size: 'max' }), async actions => {
        const bot = await startBot({ database });
        bot.expectErrors();
        try {
          const history = new History(bot);
          for (const one of actions) await history.play(one);
          await history.quiet();
          await history.check();
          for (const [kind, count] of history.effects) effects.set(kind, (effects.get(kind) ?? 0) + count);
        } finally {
          await bot.stop();
        }
      }),
      { numRuns: Number(process.env.HISTORY_RUNS ?? 15), seed, endOnFailure: true },
    );
    // A test that never does a thing proves nothing about it.
    for (const kind of ['edit', 'undo', 'remove', 'keepPrivate']) {
      expect(effects.get(kind) ?? 0, kind).toBeGreaterThan(0);
    }
  }, 600_000);
});

describe.each(databases)('a random history with kills on $name', ({ create }) => {
  it('ends in what the database says', async () => {
    const [slack, store] = await Promise.all([startLocalSlack({ acknowledgeWithinMs: 500 }), create()]);
    try {
      const clock = stillClock(new Date(Date.now() + 120_000).toISOString());
      const driver = {
        slack,
        clock,
        settled: () => slack.settled(),
        another: () => Promise.reject(new Error('There is no other copy.')),
        tick: async () => undefined,
      };
      const history = new History(driver);
      const lists = fc.sample(fc.array(action, { minLength: 12, maxLength: 12, size: 'max' }), {
        numRuns: 3,
        seed,
      });
      for (const [round, actions] of lists.entries()) {
        const process = await spawnBot(slack, store.url);
        let calls = 0;
        const killed = new Promise<void>(resolve => {
          const stop = slack.onCall(() => {
            calls += 1;
            if (calls !== 25 + 17 * round) return;
            stop();
            void process.kill().then(resolve);
          });
        });
        // What is begun when the bot dies fails; what it came to is in the database.
        for (const one of actions) await history.play(one).catch(() => undefined);
        for (const name of everyone)
          await slack
            .as(name)
            .close({ all: true })
            .catch(() => undefined);
        await Promise.race([killed, process.kill()]);
      }
      const bot = await startBot({ database: store, slack, clock });
      bot.expectErrors();
      const after = new History(bot);
      await after.quiet();
      after.shoutouts = await recorded(store.db, after.unknowable);
      // Of a withdrawn one the words are erased; its copy of which Slack never said anything is known by elimination.
      const isLost = (token: string) => !after.shoutouts.some(one => one.token === token);
      if ([...after.unknowable].some(token => token.startsWith('withdrawn')))
        for (const { token } of history.shoutouts) if (isLost(token)) after.unknowable.add(token);
      expect(after.shoutouts.length).toBeGreaterThan(0);
      await after.check();
      await bot.stop();
    } finally {
      await slack.stop();
      await store.drop();
    }
  }, 120_000);
});

/** What the database says of every shout-out. */
async function recorded(db: Db, unknowable: Set<string>): Promise<Expected[]> {
  const rows = await db.read.shoutout.findMany({
    orderBy: { id: 'asc' },
    include: {
      giver: true,
      recipients: { include: { member: true }, orderBy: { position: 'asc' } },
      values: { include: { value: true }, orderBy: { value: { position: 'asc' } } },
      posts: true,
    },
  });
  return rows.map((row): Expected => {
    const token = /deed-\d+\./.exec(row.message)?.[0] ?? `withdrawn ${row.id}`;
    const isCopy = ({ kind }: { kind: string }) => kind === 'announcement' || kind === 'direct';
    const unconfirmed = row.posts.filter(
      post => isCopy(post) && (post.state === 'uncertain' || (post.state === 'posted' && !post.postedTs)),
    );
    for (const copy of unconfirmed) {
      const isAsked = row.posts.some(post => post.aboutPostId === copy.id);
      expect(isAsked, 'somebody was asked or told').toBe(true);
      unknowable.add(token);
    }
    return {
      token,
      giver: row.giver.slackId as Person,
      recipients: row.recipients.map(one => one.member.slackId as Person),
      values: row.values.map(one => one.value.slug as Value),
      message: row.message,
      isPrivate: row.visibility === 'private',
      isAlive: row.withdrawnAt === null,
      hidden: new Set(row.recipients.filter(one => one.isHidden).map(one => one.member.slackId as Person)),
      answer: null,
    };
  });
}
