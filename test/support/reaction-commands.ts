// What can happen to reactions, as commands for a model-based test: what people do, what Slack does, and how the bot dies.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { EventDelay, LocalSlack, Outcome } from '../../src/playground/local-slack.js';
import type { Db } from '../../src/store/db.js';

/** A bot on a database that outlives it, and how it ends. */
export interface MortalBot {
  slack: LocalSlack;
  db: Db;
  /** It is killed, and another one started. */
  crash(): Promise<void>;
  /** It is stopped in order, and another one started. */
  restart(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const people = ['U0MARTA', 'U0ANA', 'U0BEN', 'U0CHEN'] as const;
type Person = (typeof people)[number];
/** Two names of one emoji, another value, the general one, and one that means nothing. */
const names = { gem: 'craft', 'gem::skin-tone-2': 'craft', bee: 'teamwork', mega: '', tada: null } as const;
type Name = keyof typeof names;
/** Who wrote the messages that are reacted to; after them comes an announcement, of a shout-out by Marta to Ana. */
const authors: Person[] = ['U0ANA', 'U0BEN', 'U0ANA'];
const announcement = authors.length;
const announced: readonly string[] = ['U0MARTA', 'U0ANA'];

/** Who has which reaction on which message, written as one key. */
interface Put {
  target: number;
  who: Person;
  name: Name;
}
const keyOf = ({ target, who, name }: Put) => `${target} ${who} ${name}`;
const putOf = (key: string): Put => {
  const [target, who, name] = key.split(' ');
  return { target: Number(target), who: who as Person, name: name as Name };
};

/** The reference: which reactions there are, and which shout-outs have a reason. */
export class Model {
  readonly reactions = new Set<string>();
  /** `<message> <giver> <value>`. */
  readonly reasons = new Set<string>();
}

/** Those that give a shout-out or stand behind a reason, and those that boost. */
function meaningOf(reactions: Iterable<string>, reasons: Iterable<string>) {
  const shoutouts = new Set(reasons);
  const boosts = new Set<string>();
  for (const { target, who, name } of [...reactions].map(putOf)) {
    const value = names[name];
    if (value === null) continue;
    if (target !== announcement) {
      if (authors[target] !== who) shoutouts.add(`${target} ${who} ${value}`);
    } else if (!announced.includes(who)) boosts.add(who);
  }
  return { shoutouts: [...shoutouts].sort(), boosts: [...boosts].sort() };
}

/** How often a command of each kind did something. */
export type Effects = Map<string, number>;

/** One history: messages of its own, and what is on its way. */
export class History {
  delay: EventDelay | null = null;
  readonly #sent: Promise<Outcome | undefined>[] = [];
  readonly #firstDelivery: number;

  private constructor(
    readonly bot: MortalBot,
    readonly stamps: string[],
    readonly effects: Effects,
  ) {
    this.#firstDelivery = bot.slack.deliveries.length;
  }

  static async begin(bot: MortalBot, effects: Effects): Promise<History> {
    const { slack, db } = bot;
    slack.forgetEphemerals();
    // Each history may ask its givers why.
    await db.write.member.updateMany({ data: { askedWhyOn: null, askedWhyCount: 0 } });
    const words = `for round ${slack.deliveries.length}`;
    // On a busy machine a socket may break, and Slack does not repeat a command.
    const give = () => slack.as('U0MARTA').command('/shoutout', `<@U0ANA> ${words}`, { raw: true });
    while (!(await give()).delivered) await slack.waitForConnection();
    const { ts } = await slack.waitForMessage('general', words);
    await bot.settled();
    const stamps = [...authors.map(author => slack.as(author).say('general', 'Done').ts), ts];
    return new History(bot, stamps, effects);
  }

  count(kind: string): void {
    this.effects.set(kind, (this.effects.get(kind) ?? 0) + 1);
  }

  toggle({ target, who, name }: Put, isOn: boolean): Promise<Outcome | undefined> {
    const actor = this.bot.slack.as(who);
    const ts = this.stamps[target] ?? '';
    return this.sending(isOn ? actor.react('general', ts, name) : actor.unreact('general', ts, name));
  }

  /** One of the events of this history. */
  delivery(which: number) {
    const all = this.bot.slack.deliveries
      .slice(this.#firstDelivery)
      .filter(({ kind, payload }) => kind === 'events_api' && 'reaction' in Object(payload.event));
    return all[which % Math.max(1, all.length)];
  }

  sending<T extends Outcome | undefined>(outcome: Promise<T>): Promise<T> {
    this.#sent.push(outcome);
    return outcome;
  }

  /** Until nothing is on its way but what is delayed. */
  async quiet(): Promise<void> {
    await this.bot.slack.settled();
    await this.bot.settled();
  }

  async rows() {
    const rows = await this.bot.db.read.shoutout.findMany({
      where: { aboutTs: { in: this.stamps } },
      include: {
        giver: true,
        recipients: { include: { member: true } },
        values: { include: { value: true } },
      },
      orderBy: { requestKey: 'asc' },
    });
    return rows.map(({ id, message, withdrawnAt, aboutTs, giver, recipients, values }) => {
      const target = this.stamps.indexOf(aboutTs ?? '');
      return {
        id,
        message,
        isAlive: withdrawnAt === null,
        target,
        giver: giver.slackId,
        key: `${target} ${giver.slackId} ${values.map(one => one.value.slug).join()}`,
        recipients: recipients.map(one => one.member.slackId),
      };
    });
  }

  /** Lets everything arrive, and compares the database with the model and with what is on the messages at Slack. */
  async check(model: Model): Promise<void> {
    const { slack, db } = this.bot;
    this.delay?.release();
    this.delay = null;
    slack.trouble.clear();
    for (const outcome of await Promise.all(this.#sent)) expect(outcome?.acknowledged).toBe(true);
    await this.bot.settled();
    const atSlack = this.stamps.flatMap((stamp, target) => {
      const message = slack.channel('general').messages.find(one => one.ts === stamp);
      return (message?.reactions ?? []).flatMap(({ name, users }) =>
        users.map(who => keyOf({ target, who: who as Person, name: name as Name })),
      );
    });
    expect(atSlack.sort()).toEqual([...model.reactions].sort());
    const expected = meaningOf(atSlack, model.reasons);

    const rows = await this.rows();
    expect(new Set(rows.map(row => row.key)).size, 'once per giver, message and value').toBe(rows.length);
    const alive = rows.filter(row => row.isAlive);
    if (alive.length < rows.length) this.count('withdraw');
    expect(alive.map(row => row.key).sort()).toEqual(expected.shoutouts);
    for (const row of rows) expect(row.recipients).toEqual([authors[row.target]]);
    expect(
      alive
        .filter(row => row.message !== '')
        .map(row => row.key)
        .sort(),
    ).toEqual([...model.reasons].sort());
    const kept = await db.read.reaction.findMany({ where: { messageTs: { in: this.stamps }, isOn: true } });
    const boosters = kept.filter(row => row.effect.startsWith('boost:')).map(row => row.memberSlackId);
    expect([...new Set(boosters)].sort()).toEqual(expected.boosts);
  }
}

type Command = fc.AsyncCommand<Model, History>;

/** A reaction is put on; `isAwaited`: until the bot has acknowledged it. */
class React implements Command {
  constructor(
    readonly put: Put,
    readonly isAwaited: boolean,
  ) {}
  get kind() {
    return this.put.target === announcement ? 'boost' : 'react';
  }
  check = (model: Model) => !model.reactions.has(keyOf(this.put));
  async run(model: Model, real: History) {
    model.reactions.add(keyOf(this.put));
    real.count(this.kind);
    const sent = real.toggle(this.put, true);
    if (this.isAwaited && !real.delay) await sent;
  }
  toString = () => `${this.kind}(${keyOf(this.put)}${this.isAwaited ? '' : ', at once'})`;
}

class Unreact implements Command {
  constructor(
    readonly which: number,
    readonly isAwaited: boolean,
  ) {}
  check = (model: Model) => model.reactions.size > 0;
  async run(model: Model, real: History) {
    const key = [...model.reactions].sort()[this.which % model.reactions.size] ?? '';
    model.reactions.delete(key);
    real.count('unreact');
    const sent = real.toggle(putOf(key), false);
    if (this.isAwaited && !real.delay) await sent;
  }
  toString = () => `unreact(${this.which}${this.isAwaited ? '' : ', at once'})`;
}

/** Slack delivers an event again, several times at once; `isRenamed`: under other event ids. */
class Redeliver implements Command {
  constructor(
    readonly which: number,
    readonly times: number,
    readonly isRenamed: boolean,
  ) {}
  check = () => true;
  async run(_model: Model, real: History) {
    const { slack } = real.bot;
    const delivery = real.delivery(this.which);
    if (!delivery) return;
    real.count('redeliver');
    const event = { type: '', ...Object(delivery.payload.event) };
    for (let times = 0; times < this.times; times += 1) {
      void real.sending(this.isRenamed ? slack.emitEvent(event) : slack.as('U0ANA').redeliver(delivery));
    }
  }
  toString = () => `redeliver(${this.which}, ${this.times} times${this.isRenamed ? ', renamed' : ''})`;
}

/** Events wait from now on; or those that waited arrive. */
class Reorder implements Command {
  constructor(readonly order: 'asTheyCame' | 'reversed') {}
  check = () => true;
  async run(_model: Model, real: History) {
    if (real.delay) real.count('reorder');
    real.delay?.release(this.order);
    real.delay = real.delay ? null : real.bot.slack.trouble.delayEvents();
  }
  toString = () => `reorder(${this.order})`;
}

/** A giver presses "Add why", where they were asked, and says it. */
class AddWhy implements Command {
  constructor(readonly which: number) {}
  check = () => true;
  async run(model: Model, real: History) {
    await real.quiet();
    const asked = (await real.rows()).flatMap(row => {
      const ephemeral = real.bot.slack
        .as(row.giver)
        .ephemerals('general')
        .find(one =>
          ['add_why', row.id].every(part => JSON.stringify(one.blocks ?? []).includes(`"${part}"`)),
        );
      return row.isAlive && row.message === '' && ephemeral ? [{ row, ephemeral }] : [];
    });
    const one = asked[this.which % Math.max(1, asked.length)];
    if (!one) return;
    real.count('addWhy');
    const actor = real.bot.slack.as(one.row.giver);
    const clicked = await actor.click({ ephemeral: one.ephemeral }, 'add_why');
    if (!clicked.delivered) return;
    await actor.waitForView('Add why');
    actor.fill({ message: { message: 'for a reason' } });
    const { acknowledged } = await actor.submit();
    await real.bot.settled();
    await actor.close({ all: true });
    // Slack tells the giver that it failed when the answer came late; what it came to is in the database.
    const isKept = (await real.rows()).some(row => row.id === one.row.id && row.message !== '');
    if (acknowledged || isKept) model.reasons.add(one.row.key);
  }
  toString = () => `addWhy(${this.which})`;
}

/** Somebody puts a reaction on, or takes it off, and the bot dies so many milliseconds later: in the middle of it. */
class Crash implements Command {
  constructor(
    readonly put: Put,
    readonly afterMilliseconds: number,
  ) {}
  check = () => true;
  async run(model: Model, real: History) {
    const key = keyOf(this.put);
    const isOn = !model.reactions.delete(key);
    if (isOn) model.reactions.add(key);
    void real.toggle(this.put, isOn);
    await new Promise(resolve => setTimeout(resolve, this.afterMilliseconds));
    real.count('crash');
    await real.bot.crash();
  }
  toString = () => `crash(${keyOf(this.put)}, ${this.afterMilliseconds})`;
}

class Restart implements Command {
  check = () => true;
  async run(_model: Model, real: History) {
    real.count('restart');
    await real.bot.restart();
  }
  toString = () => 'restart';
}

/** What was asked for a reason is lost on its way: what was recorded stays. */
class LoseQuestion implements Command {
  check = () => true;
  async run(_model: Model, real: History) {
    real.bot.slack.trouble.loseAnswer('chat.postEphemeral');
  }
  toString = () => 'loseQuestion';
}

const put = (target: fc.Arbitrary<number>) =>
  fc.record({
    target,
    who: fc.constantFrom(...people),
    name: fc.constantFrom(...(Object.keys(names) as Name[])),
  });
const react = fc.tuple(put(fc.nat({ max: announcement - 1 })), fc.boolean()).map(all => new React(...all));
const boost = fc.tuple(put(fc.constant(announcement)), fc.boolean()).map(all => new React(...all));
const unreact = fc.tuple(fc.nat({ max: 20 }), fc.boolean()).map(all => new Unreact(...all));
const redeliver = fc
  .tuple(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 11 }), fc.boolean())
  .map(all => new Redeliver(...all));
const reorder = fc.constantFrom('asTheyCame' as const, 'reversed' as const).map(order => new Reorder(order));
const addWhy = fc.nat({ max: 9 }).map(which => new AddWhy(which));
const crash = fc
  .tuple(put(fc.nat({ max: announcement })), fc.integer({ min: 0, max: 9 }))
  .map(all => new Crash(...all));

/** Histories of up to so many commands; `crashes`: the bot dies often. A kind that stands twice happens twice as often. */
export function histories(maxCommands: number, { crashes }: { crashes: boolean } = { crashes: false }) {
  const living: fc.Arbitrary<Command>[] = [
    ...[react, react, react, react, unreact, unreact, unreact, boost, redeliver, redeliver],
    ...[reorder, reorder, addWhy, fc.constant(new LoseQuestion())],
  ];
  const dying: fc.Arbitrary<Command>[] = [crash, fc.constant(new Restart())];
  // Starting a bot takes as long as twenty of the others.
  const all = crashes ? [...living, ...dying, crash, crash, crash] : [living, living, living, dying].flat();
  return fc.commands(all, { maxCommands, size: 'max' });
}

/** Plays a history against the bot and the model, and compares them at its end. */
export async function play(commands: Iterable<Command>, bot: MortalBot, effects: Effects): Promise<void> {
  const model = new Model();
  const history = await History.begin(bot, effects);
  await fc.asyncModelRun(() => ({ model, real: history }), commands);
  await history.check(model);
}
