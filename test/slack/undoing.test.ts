// Taking a shout-out back, and asking before the same words are recorded twice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const marta = 'U0MARTA';
const hour = 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());

describe.each(databases)('undo on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  async function statsOf(person: string): Promise<string> {
    const answer = await bot.slack.as(person).command('/recognition', 'stats');
    return answer.response?.text ?? '';
  }

  it('deletes every copy, and the tallies follow', async () => {
    const person = bot.slack.as(marta);
    const answer = await person.command('/shoutout', '@ana @ben #craft for it');
    await bot.settled();
    expect(await statsOf(ana)).toContain('1 received');
    await person.click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();

    expect(bot.slack.channel('general').messages).toEqual([]);
    expect(bot.slack.directMessages(ana)).toEqual([]);
    expect(bot.slack.directMessages(ben)).toEqual([]);
    expect(await statsOf(ana)).toContain('0 received');
    expect(await statsOf(marta)).toContain('0 given');
    expect(
      person
        .ephemerals('general')
        .some(one => one.text.startsWith('Undone: your shout-out to Ana Souza and Ben Okafor')),
    ).toBe(true);
    expect(await bot.db.read.post.findMany({ where: { state: { not: 'gone' } } })).toEqual([]);
  });

  it('is offered by /shoutout last for 24 hours', async () => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana for one');
    await person.command('/shoutout', '@ben for two');
    await bot.settled();
    bot.clock.advance(23 * hour);
    const last = await person.command('/shoutout', 'last');
    expect(last.response?.text).toContain('23 hours ago, to Ben Okafor');
    await person.click({ ephemeral: last.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    expect(bot.slack.channel('general').messages).toHaveLength(1);

    const before = await person.command('/shoutout', 'last');
    expect(before.response?.text).toContain('to Ana Souza');
    bot.clock.advance(hour);
    const late = await person.command('/shoutout', 'last');
    expect(late.response?.text).toContain('no longer be changed or undone');
    expect(JSON.stringify(late.response?.blocks)).not.toContain('undo_shoutout');
    await person.click({ ephemeral: before.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    expect(person.ephemerals('general').at(-1)?.text).toContain('24 hours, and they have passed');
    expect(bot.slack.channel('general').messages).toHaveLength(1);
  });

  it("is its giver's alone, whoever presses the button", async () => {
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    const mine = await bot.slack.as(ben).command('/shoutout', '@chen for that');
    await bot.settled();
    const [first] = await bot.db.read.shoutout.findMany({ orderBy: { id: 'asc' } });
    const stolen = { ...(mine.response ?? missing()) };
    const blocks = JSON.parse(
      JSON.stringify(stolen.blocks).replace(
        /("action_id":"undo_shoutout"[^}]*\},"value":")[^"]+/,
        `$1${first?.id}`,
      ),
    );
    // A forged press: Ben's own message, with the id of Marta's shout-out in it.
    Object.assign(mine.response ?? missing(), { blocks });
    await bot.slack.as(ben).click({ ephemeral: mine.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    expect(bot.slack.as(ben).ephemerals('general').at(-1)?.text).toContain(
      'Only its giver can undo a shout-out.',
    );
    expect(await bot.db.read.shoutout.count({ where: { withdrawnAt: { not: null } } })).toBe(0);
  });

  it('pressed twice is undone once', async () => {
    const person = bot.slack.as(marta);
    const answer = await person.command('/shoutout', '@ana for it');
    await bot.settled();
    const ephemeral = answer.response ?? missing();
    await Promise.all([
      person.click({ ephemeral }, 'undo_shoutout'),
      person.click({ ephemeral }, 'undo_shoutout'),
    ]);
    await bot.settled();
    expect(
      bot.slack.calls.filter(call => call.method === 'chat.delete' && call.phase === 'answered'),
    ).toHaveLength(2);
    expect(await bot.db.read.post.findMany({ where: { wantedRevision: { gt: 2 } } })).toEqual([]);
  });

  it('where the bot has lost the channel says so, and deletes when it is invited again', async () => {
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    const person = bot.slack.as(marta);
    const answer = await person.command('/shoutout', '@ana for it', { channel: 'secret-plans' });
    await bot.settled();
    bot.slack.kick('secret-plans', bot.slack.botUserId);
    await person.click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    await bot.tick();
    const told = await person.waitForDirectMessage('I cannot delete its message');
    expect(told.text).toContain('Type /invite @');
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await expect.poll(() => bot.said('secret-plans')).toEqual([]);
    await bot.settled();
  });

  it('deletes also what was put right after the bot was invited', async () => {
    const person = bot.slack.as(marta);
    await bot.setShoutoutChannel('C0SECRET');
    const answer = await person.command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.tick();
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.slack.waitForMessage('secret-plans', 'Marta Keller gave Ana Souza');
    await bot.settled();
    await bot.tick();
    expect(JSON.stringify(bot.slack.directMessages(ana))).toContain('see it there');
    await person.click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    await bot.tick();
    expect(bot.said('secret-plans')).toEqual([]);
    expect(bot.slack.directMessages(ana)).toEqual([]);
    expect(bot.slack.directMessages(marta).map(message => message.text)).toEqual([]);
  });

  it('erases the words', async () => {
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for a secret');
    await bot.settled();
    await bot.slack.as(marta).click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ message: '' });
  });

  it('before it was announced leaves nothing behind', async () => {
    const person = bot.slack.as(marta);
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: 2 });
    const answer = await person.command('/shoutout', '@ana for it');
    await bot.settled();
    await person.click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    bot.clock.advance(60_000);
    await bot.tick();
    expect(bot.slack.channel('general').all).toEqual([]);
    expect(bot.slack.as(ana).notifications).toEqual([]);
  });

  it('waits out a 429 and then deletes', async () => {
    const person = bot.slack.as(marta);
    const answer = await person.command('/shoutout', '@ana for it');
    await bot.settled();
    bot.slack.trouble.rateLimit('chat.delete', { retryAfter: 10, times: 2 });
    await person.click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    expect(bot.slack.channel('general').messages).toHaveLength(1);
    bot.clock.advance(10_000);
    await bot.tick();
    expect(bot.slack.channel('general').messages).toEqual([]);
    expect(bot.slack.directMessages(ana)).toEqual([]);
  });
});

describe.each(databases)('the same words again on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database, slack: { acknowledgeWithinMs: 3000 } });
  });

  it('are recorded again when the first answer arrived', async () => {
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    expect(await bot.db.read.shoutout.count()).toBe(2);
  });

  describe('after Slack reported a failure', () => {
    beforeEach(async () => {
      await bot.slack.as(marta).command('/shoutout', '@ana #craft for it');
      await bot.settled();
      // As a bot leaves it that was killed between recording and answering.
      await bot.db.write.shoutout.updateMany({ data: { answeredAt: null } });
    });

    it('are asked about, and recorded only when the giver says so, once', async () => {
      const person = bot.slack.as(marta);
      const asked = await person.command('/shoutout', '@ana #craft for it');
      expect(asked.response?.text).toContain('this very shout-out a moment ago');
      expect(await bot.db.read.shoutout.count()).toBe(1);
      const ephemeral = asked.response ?? missing();
      await Promise.all([
        person.click({ ephemeral }, 'record_again'),
        person.click({ ephemeral }, 'record_again'),
      ]);
      await bot.settled();
      expect(await bot.db.read.shoutout.count()).toBe(2);
      expect(bot.slack.channel('general').messages).toHaveLength(2);
    });

    it('stay recorded once when the giver says so', async () => {
      const person = bot.slack.as(marta);
      const asked = await person.command('/shoutout', '@ana #craft for it');
      await person.click({ ephemeral: asked.response ?? missing() }, 'drop_draft');
      await bot.settled();
      expect(person.ephemerals('general').at(-1)?.text).toContain('recorded once');
      expect(await bot.db.read.shoutout.count()).toBe(1);
    });

    it('are recorded without a question two minutes later', async () => {
      bot.clock.advance(2 * 60_000 + 1);
      await bot.slack.as(marta).command('/shoutout', '@ana #craft for it');
      await bot.settled();
      expect(await bot.db.read.shoutout.count()).toBe(2);
    });

    it('are recorded when anything in them differs', async () => {
      await bot.slack.as(marta).command('/shoutout', '@ana for it');
      await bot.slack.as(marta).command('/shoutout', '@ben #craft for it');
      await bot.slack.as(ben).command('/shoutout', '@ana #craft for it');
      await bot.settled();
      expect(await bot.db.read.shoutout.count()).toBe(4);
    });
  });
});

function missing(): never {
  throw new Error('There is no such thing.');
}
