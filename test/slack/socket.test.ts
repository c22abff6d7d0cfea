// The link to Slack over Socket Mode: what breaks it and what does not.
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const [database] = databases;
if (!database) throw new Error('There is no database.');

let bot: TestBot;
beforeEach(async () => {
  bot = await startBot({ database });
});
afterEach(() => bot.stop());

const linksOpened = () => bot.slack.calls.filter(call => call.method === 'apps.connections.open').length;
const give = (words: string) => bot.slack.as('U0MARTA').command('/shoutout', `@ana ${words}`);

describe('the link to Slack', () => {
  it('is kept by a machine that was busy for two seconds', async () => {
    await give('for the first thing');
    const until = performance.now() + 2000;
    while (performance.now() < until);
    await turn();
    expect((await give('for the second thing')).response?.text).toContain('Recorded');
    expect(linksOpened()).toBe(1);
  });

  it.each([
    ['is lost', () => bot.slack.trouble.dropSockets()],
    ['is recycled by Slack', () => bot.slack.trouble.recycleSocket()],
  ])('that %s is opened again within a moment', async (_, lose) => {
    // The client calls a lost link an error.
    bot.expectErrors();
    const before = performance.now();
    lose();
    await expect.poll(linksOpened).toBe(2);
    await bot.slack.waitForConnection();
    expect((await give('for the second thing')).response?.text).toContain('Recorded');
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
