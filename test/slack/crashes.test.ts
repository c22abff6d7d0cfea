// The bot killed at the worst moments, as its own process, and started again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/playground/local-slack.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { type SpawnedBot, spawnBot } from '../support/spawn-bot.js';
import { startBot, stillClock, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const marta = 'U0MARTA';

describe.each(databases)('killed on $name', ({ create }) => {
  let slack: LocalSlack;
  let store: TestDatabase;
  let first: SpawnedBot;
  let second: TestBot | undefined;

  beforeEach(async () => {
    [slack, store] = await Promise.all([startLocalSlack(), create()]);
    first = await spawnBot(slack, store.url);
  });
  afterEach(async () => {
    await first.kill();
    await second?.stop();
    second = undefined;
    await slack.stop();
    await store.drop();
  });

  /** The bot again, a minute later: every claim of the killed one is over. */
  async function startAgain(): Promise<TestBot> {
    slack.trouble.clear();
    second = await startBot({
      database: store,
      slack,
      clock: stillClock(new Date(Date.now() + 60_000).toISOString()),
    });
    await tickUntilQuiet(second);
    return second;
  }

  async function tickUntilQuiet(bot: TestBot): Promise<void> {
    for (let ticks = 0; ticks < 4; ticks += 1) {
      await bot.tick();
      await bot.settled();
    }
  }

  const announced = () =>
    slack.channel('general').all.filter(message => message.text.includes('gave Ana Souza'));
  const questions = () =>
    slack.directMessages(marta).filter(message => message.text.includes('Slack did not say'));

  it('before the call to Slack: announced exactly once after the restart', async () => {
    slack.trouble.rateLimit('chat.postMessage', { retryAfter: 20, times: Number.POSITIVE_INFINITY });
    const answer = await slack.as(marta).command('/shoutout', '@ana for it');
    expect(answer.response?.text).toMatch(/^Recorded/);
    // Slack has refused it, and the bot has taken note: from here on nothing has been asked of Slack.
    await expect
      .poll(() => store.db.read.post.findFirst({ where: { kind: 'announcement' } }))
      .toMatchObject({ state: 'planned', attempts: 1 });
    await first.kill();
    expect(announced()).toEqual([]);

    const bot = await startAgain();
    expect(announced()).toHaveLength(1);
    expect(slack.as(ana).notifications).toHaveLength(1);
    expect(questions()).toEqual([]);
    await tickUntilQuiet(bot);
    expect(announced()).toHaveLength(1);
  });

  it('during the call to Slack: not posted again, and the giver is asked', async () => {
    const hold = slack.trouble.hold('chat.postMessage');
    await slack.as(marta).command('/shoutout', '@ana for it');
    await hold.waiting;
    await first.kill();
    hold.release();

    const bot = await startAgain();
    expect(announced().length).toBeLessThanOrEqual(1);
    const there = announced().length;
    expect(questions()).toHaveLength(1);
    bot.clock.advance(60 * 60 * 1000);
    await tickUntilQuiet(bot);
    expect(announced()).toHaveLength(there);
    expect(questions()).toHaveLength(1);
    // The direct message was never begun, so it is sent, once.
    expect(slack.as(ana).notifications).toHaveLength(1);
  });

  it('after the call, before its answer: not posted again, and the giver is asked', async () => {
    slack.trouble.loseAnswer('chat.postMessage', { times: Number.POSITIVE_INFINITY });
    const posted = slack.waitForCall(call => call.method === 'chat.postMessage' && call.tookEffect);
    await slack.as(marta).command('/shoutout', '@ana for it');
    await posted;
    await first.kill();

    const bot = await startAgain();
    expect(announced()).toHaveLength(1);
    // One about the announcement; the message to Ana was sent, or is asked about too.
    expect(questions().length).toBeGreaterThanOrEqual(1);
    const [question] = questions();
    if (!question) throw new Error('Nobody was asked.');
    await slack.as(marta).click({ message: question }, 'it_is_there');
    await bot.settled();
    await tickUntilQuiet(bot);
    expect(announced()).toHaveLength(1);
  });

  it('between recording and answering: the same words again are asked about', async () => {
    const hold = slack.trouble.hold('users.info');
    const sending = slack.as(marta).command('/shoutout', '@ana for it');
    await hold.waiting;
    hold.release();
    // Killed as soon as the row is there, most often before the answer has left.
    await expect.poll(() => store.db.read.shoutout.count(), { interval: 1 }).toBe(1);
    await first.kill();
    const answer = await sending;

    const bot = await startAgain();
    expect(announced()).toHaveLength(1);
    const again = await slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    if (answer.acknowledged) return;
    expect(again.response?.text).toContain('this very shout-out a moment ago');
    expect(await store.db.read.shoutout.count()).toBe(1);
  });
});

describe.each(databases)('killed at random moments on $name', ({ create }) => {
  it('never posts twice, never loses a recorded shout-out in silence', async () => {
    const [slack, store] = await Promise.all([startLocalSlack(), create()]);
    try {
      const acknowledged = new Set<string>();
      for (let round = 0; round < 4; round += 1) {
        const bot = await spawnBot(slack, store.url);
        const sending = Array.from({ length: 8 }, async (_, index) => {
          const words = `round ${round} number ${index}`;
          const answer = await slack.as(marta).command('/shoutout', `@ana ${words}`);
          if (answer.response?.text.startsWith('Recorded')) acknowledged.add(words);
        });
        // Somewhere between the first call to Slack and the last.
        let calls = 0;
        const deadly = 3 + ((round * 7) % 11);
        await new Promise<void>(resolve => {
          const stop = slack.onCall(() => {
            calls += 1;
            if (calls !== deadly) return;
            stop();
            void bot.kill().then(resolve);
          });
        });
        await Promise.all(sending);
      }
      const second = await startBot({
        database: store,
        slack,
        clock: stillClock(new Date(Date.now() + 120_000).toISOString()),
      });
      for (let ticks = 0; ticks < 6; ticks += 1) {
        await second.tick();
        await second.settled();
      }
      const recorded = await store.db.read.shoutout.findMany({ include: { posts: true } });
      const messages = recorded.map(row => row.message);
      for (const words of acknowledged) expect(messages).toContain(words);
      for (const row of recorded) {
        const copies = slack.channel('general').all.filter(message => message.text.endsWith(row.message));
        const announcement = row.posts.find(post => post.kind === 'announcement');
        expect(copies.length, row.message).toBeLessThanOrEqual(1);
        if (announcement?.state === 'posted') expect(copies, row.message).toHaveLength(1);
        else {
          expect(announcement?.state, row.message).toBe('uncertain');
          expect(
            row.posts.some(post => post.kind === 'question' && post.aboutPostId === announcement?.id),
          ).toBe(true);
        }
      }
      await second.stop();
    } finally {
      await slack.stop();
      await store.drop();
    }
  }, 60_000);
});
