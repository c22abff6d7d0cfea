// How many shout-outs a person may give on one of their days.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, stillClock, type TestBot } from '../support/start-bot.js';

const marta = 'U0MARTA';
const chen = 'U0CHEN';

let bot: TestBot;
afterEach(() => bot.stop());

describe.each(databases)('the daily limit on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  /** Everything this person was answered, also what came after "Checking…". */
  const answersTo = (person: string) =>
    bot.slack
      .as(person)
      .ephemerals('general')
      .map(one => one.text);

  const giveMany = (person: string, count: number, words: string) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        bot.slack.as(person).command('/shoutout', `@ana for ${words} ${index}`),
      ),
    );

  it('lets forty at the same instant record exactly twenty', async () => {
    await giveMany(marta, 40, 'a burst');
    await bot.settled();
    const texts = answersTo(marta);
    expect(texts.filter(text => text.startsWith('Recorded'))).toHaveLength(20);
    expect(texts.filter(text => text.includes('You have given 20 shout-outs today'))).toHaveLength(20);
    expect(await bot.db.read.shoutout.count()).toBe(20);
  });

  it('is the same for two copies of the bot', async () => {
    await bot.another();
    await giveMany(marta, 40, 'two copies');
    await bot.settled();
    expect(await bot.db.read.shoutout.count()).toBe(20);
  });

  it('says how many are left from the last three on', async () => {
    await giveMany(marta, 17, 'a start');
    await bot.settled();
    const last = [];
    for (const words of ['18', '19', '20']) {
      last.push((await bot.slack.as(marta).command('/shoutout', `@ana for ${words}`)).response?.text);
    }
    expect(last[0]).toContain('2 left today.');
    expect(last[1]).toContain('1 left today.');
    expect(last[2]).toContain('That was your last one for today.');
    await bot.settled();
  });

  it('gives the words back', async () => {
    await giveMany(marta, 20, 'a start');
    await bot.settled();
    const answer = await bot.slack.as(marta).command('/shoutout', '@ben for something lovely');
    expect(answer.response?.text).toContain('Not sent: You have given 20 shout-outs today');
    expect(answer.response?.text).toContain('for something lovely');
    await bot.settled();
  });

  it('does not count what was undone, nor what others gave', async () => {
    await giveMany(marta, 20, 'a start');
    await bot.settled();
    const last = await bot.slack.as(marta).command('/shoutout', 'last');
    if (!last.response) throw new Error('There is no last shout-out.');
    await bot.slack.as(marta).click({ ephemeral: last.response }, 'undo_shoutout');
    const again = await bot.slack.as(marta).command('/shoutout', '@ben for one more');
    expect(again.response?.text).toMatch(/^Recorded/);
    const other = await bot.slack.as(chen).command('/shoutout', '@ben for me too');
    expect(other.response?.text).toMatch(/^Recorded/);
    await bot.settled();
  });

  it('recognises a redelivery before it looks at the limit', async () => {
    const answers = await giveMany(marta, 20, 'a start');
    await bot.settled();
    const [first] = answers;
    if (!first) throw new Error('Nothing was sent.');
    const again = await bot.slack.as(marta).redeliver(first.delivery);
    expect(again.response?.text).toMatch(/^Recorded/);
    await bot.settled();
    expect(await bot.db.read.shoutout.count()).toBe(20);
  });
});

describe('a day', () => {
  const [sqlite] = databases;

  it("is the giver's own", async () => {
    if (!sqlite) return;
    // 18:10 UTC: five to midnight in Kathmandu, and still afternoon for Marta in Zurich.
    bot = await startBot({ database: sqlite, clock: stillClock('2026-05-13T18:10:00Z') });
    const give = async (person: string, words: string) =>
      (await bot.slack.as(person).command('/shoutout', `@ana for ${words}`)).response?.text ?? '';
    for (let index = 0; index < 20; index += 1) {
      await give(chen, `late ${index}`);
      await give(marta, `early ${index}`);
    }
    expect(await give(chen, 'too many')).toContain('Not sent');
    bot.clock.advance(6 * 60 * 1000);
    expect(await give(chen, 'a new day')).toContain('Recorded');
    expect(await give(marta, 'the same day')).toContain('Not sent');
    await bot.settled();
  });
});
