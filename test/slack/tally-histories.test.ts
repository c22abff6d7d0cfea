// Random histories: whatever people do, in whatever order and with two copies of the bot, the tallies say what the records
// say, every view of the statistics says what counting by hand says, and their numbers add up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCheck } from '../../src/check/run.js';
import type { Delivery, Message } from '../../src/playground/local-slack.js';
import { changeValue, retireValue } from '../../src/recognition/change-values.js';
import { findValues } from '../../src/recognition/values.js';
import { emojiName } from '../../src/slack/emoji.js';
import { countEveryone } from '../../src/store/stats/everyone.js';
import { countMember } from '../../src/store/stats/person.js';
import { countSpread, countTeamSpread } from '../../src/store/stats/spread.js';
import { countLeft, countTeam, listTeamRows } from '../../src/store/stats/team.js';
import { countWorkspace } from '../../src/store/stats/workspace.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { ByHand, type Records, readRecords, sorted } from '../support/stats-by-hand.js';
import { addTeam, setRoster } from '../support/teams.js';

/** The same histories in every run of the suite; `TALLY_SEED` and `TALLY_RUNS` look for others. */
const seed = Number(process.env.TALLY_SEED ?? 20_261_122);
const runs = Number(process.env.TALLY_RUNS ?? 6);

const everybody = ['U0MARTA', 'U0ANA', 'U0BEN', 'U0CHEN'];
/** The default world's only admin. */
const admin = 'U0MARTA';
const hourMs = 3_600_000;

const person = fc.constantFrom(...everybody);
const which = fc.nat({ max: 99 });
const some = fc.uniqueArray(person, { minLength: 1, maxLength: 3 });
const kind = <K extends string>(name: K) => fc.constant(name);
/** Whether what was begun before is over when it happens. */
const isCalm = fc.boolean();
const action = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: kind('give'),
      by: person,
      to: some,
      values: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 2 }),
      isPrivate: fc.constantFrom(true, false, false, false),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind('react'),
      by: person,
      which,
      name: fc.constantFrom('gem', 'bee', 'mega'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind('edit'),
      which,
      isCalm,
      values: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 2 }),
      add: person,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: kind('undo'), which, isCalm }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('remove'), which, isCalm }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('meToo'), which, isCalm, by: person }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('keepPrivate'), which, by: person }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('repeat'), which }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('rename'), which }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('retire'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kind('moveTeam'), which, people: fc.uniqueArray(person, { maxLength: 4 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: kind('wait'), hours: fc.integer({ min: 1, max: 80 }) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

class History {
  /** How often an action of each kind had an effect. */
  readonly effects = new Map<string, number>();
  readonly #deliveries: { by: string; delivery: Delivery }[] = [];
  #deeds = 0;

  constructor(
    private readonly bot: TestBot,
    private readonly teamIds: string[],
    /** What people wrote, to be reacted to. */
    private readonly written: Message[],
  ) {}

  #count(name: string): void {
    this.effects.set(name, (this.effects.get(name) ?? 0) + 1);
  }

  async play(one: Action): Promise<void> {
    const { slack, clock } = this.bot;
    if ('isCalm' in one && one.isCalm) await this.bot.settled();
    switch (one.kind) {
      case 'give':
        return this.#give(one);
      case 'react': {
        const { ts } = this.written[one.which % this.written.length] ?? { ts: '' };
        const has = slack.channel('general').messages.find(message => message.ts === ts)?.reactions ?? [];
        const isOn = has.some(({ name, users }) => name === one.name && users.includes(one.by));
        const actor = slack.as(one.by);
        await (isOn ? actor.unreact('general', ts, one.name) : actor.react('general', ts, one.name));
        return this.#count(isOn ? 'unreact' : 'react');
      }
      case 'edit':
        return this.#edit(one);
      case 'undo':
      case 'remove':
        return this.#withdraw(one);
      case 'meToo':
        return this.#meToo(one);
      case 'keepPrivate':
        return this.#keepPrivate(one);
      case 'repeat': {
        const known = this.#deliveries[one.which % Math.max(1, this.#deliveries.length)];
        if (!known) return;
        await slack.as(known.by).redeliver(known.delivery);
        return this.#count('repeat');
      }
      case 'rename':
      case 'retire':
        return this.#changeValue(one);
      case 'moveTeam':
        await setRoster(this.bot, this.teamIds[one.which % this.teamIds.length] ?? '', one.people);
        return this.#count('moveTeam');
      case 'wait':
        clock.advance(one.hours * hourMs);
    }
  }

  async #submit(by: string): Promise<void> {
    const actor = this.bot.slack.as(by);
    const { delivery } = await actor.submit();
    this.#deliveries.push({ by, delivery });
    await this.bot.settled();
    if (actor.view) await actor.close({ all: true });
  }

  async #slugs(places: number[]): Promise<string[]> {
    const { active } = await findValues(this.bot.db, this.bot.workspace, this.bot.clock.now());
    return [...new Set(places.flatMap(place => active[place % active.length]?.slug ?? []))];
  }

  async #give({ by, to, values, isPrivate }: Extract<Action, { kind: 'give' }>): Promise<void> {
    const recipients = to.filter(one => one !== by);
    if (recipients.length === 0) return;
    this.#deeds += 1;
    const tags = (await this.#slugs(values)).map(slug => `#${slug} `).join('');
    const words = `${recipients.map(one => `<@${one}>`).join(' ')} ${tags}`;
    const message = `for deed ${this.#deeds}`;
    const actor = this.bot.slack.as(by);
    if (!isPrivate) {
      const { delivery } = await actor.command('/shoutout', words + message, { raw: true });
      this.#deliveries.push({ by, delivery });
      return;
    }
    await actor.command('/shoutout', words, { raw: true });
    await actor.waitForView('Give a shout-out');
    actor.fill({ message: { message }, visibility: { visibility: 'private' } });
    await this.#submit(by);
  }

  /** One of the announcements, and who gave it. */
  async #announced(place: number): Promise<{ message: Message; id: string; giver: string } | null> {
    const messages = this.bot.said('general').filter(one => menuOf(one, 'undo') !== null);
    const message = messages[place % Math.max(1, messages.length)];
    const id = message && menuOf(message, 'undo')?.split(':')[1];
    if (!message || !id) return null;
    const row = await this.bot.db.read.shoutout.findUnique({ where: { id }, select: { giver: true } });
    return row && { message, id, giver: row.giver.slackId };
  }

  async #edit({ which: place, values, add }: Extract<Action, { kind: 'edit' }>): Promise<void> {
    const found = await this.#announced(place);
    if (!found) return;
    const actor = this.bot.slack.as(found.giver);
    await actor.click({ message: found.message }, 'announcement_menu', {
      value: menuOf(found.message, 'edit') ?? '',
    });
    await this.bot.settled();
    if (!actor.view) return;
    const rows = await this.bot.db.read.shoutoutRecipient.findMany({
      where: { shoutoutId: found.id },
      include: { member: true },
    });
    const recipients = [...new Set([...rows.map(row => row.member.slackId), add])].filter(
      one => one !== found.giver,
    );
    this.#deeds += 1;
    actor.fill({
      recipients: { recipients },
      values: { values: await this.#slugs(values) },
      message: { message: `for deed ${this.#deeds}` },
    });
    await this.#submit(found.giver);
    this.#count('edit');
  }

  async #withdraw({ kind: how, which: place }: Extract<Action, { kind: 'undo' | 'remove' }>): Promise<void> {
    const found = await this.#announced(place);
    if (!found) return;
    const by = how === 'undo' ? found.giver : admin;
    const actor = this.bot.slack.as(by);
    await actor.click({ message: found.message }, 'announcement_menu', {
      value: menuOf(found.message, how) ?? '',
    });
    await this.bot.settled();
    if (!actor.view) return;
    await this.#submit(by);
    this.#count(how);
  }

  async #meToo({ which: place, by }: Extract<Action, { kind: 'meToo' }>): Promise<void> {
    const found = await this.#announced(place);
    if (!found || !JSON.stringify(found.message.blocks).includes('me_too')) return;
    const actor = this.bot.slack.as(by);
    await actor.click({ message: found.message }, 'me_too');
    await this.bot.settled();
    if (!actor.view) return;
    this.#deeds += 1;
    actor.fill({ message: { message: `for deed ${this.#deeds}` } });
    await this.#submit(by);
    this.#count('meToo');
  }

  async #keepPrivate({ which: place, by }: Extract<Action, { kind: 'keepPrivate' }>): Promise<void> {
    // Their messages come after the announcement.
    await this.bot.settled();
    const messages = this.bot.slack
      .directMessages(by)
      .filter(one => /"keep_private/.test(JSON.stringify(one.blocks)));
    const message = messages[place % Math.max(1, messages.length)];
    if (!message) return;
    const inMenu = /"(keep_private:[^"]+)"/.exec(JSON.stringify(message.blocks))?.[1];
    const actor = this.bot.slack.as(by);
    if (inMenu) await actor.click({ message }, 'direct_menu', { value: inMenu });
    else await actor.click({ message }, 'keep_private');
    this.#count('keepPrivate');
  }

  async #changeValue({
    kind: how,
    which: place,
  }: Extract<Action, { kind: 'rename' | 'retire' }>): Promise<void> {
    const { db, workspace, clock } = this.bot;
    const { active } = await findValues(db, workspace, clock.now());
    const value = active[place % active.length];
    // Something is left to tag with.
    if (!value || active.length < 3) return;
    const row = await db.read.member.findFirstOrThrow({ where: { slackId: admin } });
    const request = {
      by: { ...row, preference: 'everywhere' as const },
      valueId: value.id,
      seenVersion: value.version,
    };
    const contents = { name: `Renamed ${place} ${this.#deeds}`, meaning: '', emoji: value.emoji };
    const outcome =
      how === 'retire'
        ? await retireValue(db, workspace, request, clock.now())
        : await changeValue(db, workspace, { ...request, contents, canonical: emojiName });
    if (outcome.kind === 'changed') this.#count(how);
  }

  /** Until nothing is left to send. */
  async quiet(): Promise<void> {
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await this.bot.settled();
      this.bot.clock.advance(60_000);
      await this.bot.tick();
    }
    await this.bot.settled();
  }
}

/** What an announcement's menu sends for a choice; null: it has none. */
function menuOf({ blocks }: Message, choice: string): string | null {
  return new RegExp(`"(${choice}:[^"]+)"`).exec(JSON.stringify(blocks ?? []))?.[1] ?? null;
}

/** The strokes, one by one, as the records have them; whichever of several carries what is counted once. */
async function checkStrokes(bot: TestBot, records: Records): Promise<void> {
  const kept = await bot.db.read.tally.findMany({ where: { workspaceId: bot.workspace.id } });
  const lines = (
    rows: {
      shoutoutId: string;
      recipientId: string;
      valueId: string;
      giverId: string;
      givenAt: Date;
      source: string;
    }[],
  ) =>
    rows
      .map(row =>
        [
          row.shoutoutId,
          row.recipientId,
          row.valueId,
          row.giverId,
          row.givenAt.toISOString(),
          row.source,
        ].join(' '),
      )
      .sort();
  const wanted = records.shoutouts.flatMap(one =>
    one.recipientIds.flatMap(recipientId =>
      (one.valueIds.length === 0 ? [''] : one.valueIds).map(valueId => ({
        ...one,
        shoutoutId: one.id,
        recipientId,
        valueId,
      })),
    ),
  );
  expect(lines(kept)).toEqual(lines(wanted));
  for (const one of records.shoutouts) {
    const own = kept.filter(row => row.shoutoutId === one.id);
    const sum = (rows: typeof own, what: 'shoutouts' | 'thanks' | 'tagged') =>
      rows.reduce((total, row) => total + row[what], 0);
    expect(sum(own, 'shoutouts')).toBe(1);
    for (const id of one.recipientIds)
      expect(
        sum(
          own.filter(row => row.recipientId === id),
          'thanks',
        ),
      ).toBe(1);
    for (const id of one.valueIds)
      expect(
        sum(
          own.filter(row => row.valueId === id),
          'tagged',
        ),
      ).toBe(1);
    expect(sum(own, 'tagged')).toBe(one.valueIds.length);
  }
}

/** Each view against counting by hand, and against the others. */
async function checkViews(bot: TestBot, records: Records, span: { from: Date; to: Date }, teamIds: string[]) {
  const { db, workspace } = bot;
  const byHand = new ByHand(records, span);
  const { everyoneId } = records;
  const members = await db.read.member.findMany({ where: { workspaceId: workspace.id } });
  const whole = await countWorkspace(db, workspace.id, span);
  expect({ ...whole, perValue: sorted(whole.perValue) }).toEqual(byHand.workspace());
  expect(await countSpread(db, workspace.id, { everyoneId, span })).toEqual(byHand.spread(null));

  const each = await Promise.all(
    members.map(async ({ id: memberId }) => {
      const counts = await countMember(db, workspace.id, { memberId, span });
      expect({ ...counts, perValue: sorted(counts.perValue) }).toEqual(byHand.member(memberId));
      return counts;
    }),
  );
  const total = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0);
  expect(total(each.map(one => one.received))).toBe(whole.received);
  expect(total(each.map(one => one.given))).toBe(whole.shoutouts);
  const receivedOf = (rows: { valueId: string | null; received: number }[], valueId: string | null) =>
    rows.find(row => row.valueId === valueId)?.received ?? 0;
  for (const { valueId, received } of whole.perValue)
    expect(total(each.map(one => receivedOf(one.perValue, valueId)))).toBe(received);

  const everyone = await countEveryone(db, workspace.id, { teamId: everyoneId, span });
  expect({ ...everyone, perValue: sorted(everyone.perValue) }).toEqual({
    ...byHand.team(everyoneId),
    across: null,
  });

  for (const teamId of teamIds) {
    const team = await countTeam(db, workspace.id, { teamId, span });
    expect({ ...team, perValue: sorted(team.perValue) }).toEqual(byHand.team(teamId));
    expect(await countTeamSpread(db, workspace.id, { teamId, everyoneId, span })).toEqual(
      byHand.spread(teamId),
    );
    const rows = await listTeamRows(db, workspace.id, { teamId, span }, { skip: 0, most: 100 });
    const left = await countLeft(db, workspace.id, { teamId, span });
    expect(rows.length + left.people).toBe(team.roster);
    const lines = [...rows, left];
    expect(total(lines.map(line => line.received))).toBe(team.received);
    for (const { valueId, received } of team.perValue)
      expect(total(lines.map(line => receivedOf(line.perValue, valueId)))).toBe(received);
  }
}

describe.each(databases)('tallies through any history on $name', database => {
  it('say what the records say, and add up in every view', { timeout: 3_600_000 }, async () => {
    const bot = await startBot({ database });
    const effects = new Map<string, number>();
    try {
      // On a busy machine a socket may break; what was told and recorded is what counts here.
      bot.expectErrors();
      await bot.choose({ dailyLimit: 1000 });
      await bot.another();
      bot.slack.invite('general', bot.slack.botUserId);
      const started = bot.clock.now().getTime();
      const everyone = { name: 'Everyone', slug: 'everyone', roster: { kind: 'everyone' as const } };
      const teamIds = [
        await addTeam(bot, { ...everyone, members: everybody }),
        await addTeam(bot, { name: 'Red', slug: 'red', members: ['U0ANA', 'U0BEN'] }),
        await addTeam(bot, { name: 'Blue', slug: 'blue', members: ['U0CHEN'] }),
      ];
      const written = ['U0ANA', 'U0BEN', 'U0CHEN'].map(who => bot.slack.as(who).say('general', 'Done'));
      await fc.assert(
        fc.asyncProperty(
          fc.array(action, { minLength: 20, maxLength: 30, size: 'max' }),
          fc.nat({ max: 99 }),
          async (actions, part) => {
            const history = new History(bot, teamIds.slice(1), written);
            for (const one of actions) await history.play(one);
            await history.quiet();
            for (const [name, count] of history.effects) effects.set(name, (effects.get(name) ?? 0) + count);

            const records = await readRecords(bot.db, bot.workspace.id);
            await checkStrokes(bot, records);
            const passed = bot.clock.now().getTime() + 1 - started;
            const middle = new Date(started + Math.round((passed * part) / 100));
            const end = new Date(started + passed);
            for (const span of [
              { from: new Date(0), to: end },
              { from: new Date(started), to: middle },
              { from: middle, to: end },
            ])
              await checkViews(bot, records, span, teamIds);
          },
        ),
        { numRuns: runs, seed, endOnFailure: true },
      );

      const said: string[] = [];
      const say = (words: string) => void said.push(words);
      const code = await runCheck({ args: [], env: { DATABASE_URL: bot.databaseUrl }, say, complain: say });
      expect(said.at(-1)).toBe('All is well.');
      expect(code).toBe(0);

      // A test that never does a thing proves nothing about it.
      for (const name of [
        'react',
        'unreact',
        'edit',
        'undo',
        'remove',
        'meToo',
        'keepPrivate',
        'repeat',
        'rename',
        'retire',
        'moveTeam',
      ])
        expect(effects.get(name) ?? 0, name).toBeGreaterThan(0);
      for (const how of ['undone', 'removed', 'unreacted'])
        expect(await bot.db.read.shoutout.count({ where: { withdrawnHow: how } }), how).toBeGreaterThan(0);
    } finally {
      await bot.stop();
    }
  });
});
