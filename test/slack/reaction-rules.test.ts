// Shout-outs by reaction obey what all shout-outs obey, and whatever fails on the way comes again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type TestBot, ways } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const diego = 'U0DIEGO';
const finn = 'U0FINN';
const marta = 'U0MARTA';
const hour = 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());

const stats = async (person: string) =>
  (await bot.slack.as(person).command('/recognition', 'stats')).response?.text ?? '';
const texts = (channel: string) => bot.slack.channel(channel).messages.map(message => message.text);
const announced = () => texts('general').filter(text => text.includes(' gave '));
const direct = (person: string) => bot.slack.directMessages(person).map(message => message.text);
const rows = () => bot.db.read.shoutout.findMany({ orderBy: { id: 'asc' } });
const asked = (person: string, channel = 'general') => bot.slack.as(person).ephemerals(channel);
const post = (person: string, channel = 'general') =>
  bot.slack.as(person).say(channel, 'The release script is untangled').ts;
const react = async (person: string, ts: string, name: string, channel = 'general') => {
  await bot.slack.as(person).react(channel, ts, name);
  await bot.settled();
};
const unreact = async (person: string, ts: string, name: string) => {
  await bot.slack.as(person).unreact('general', ts, name);
  await bot.settled();
};
const press = async (person: string, words: string, action: string, channel = 'general') => {
  const ephemeral = asked(person, channel).findLast(one => one.text.includes(words));
  if (!ephemeral) throw new Error(`Nobody was told: ${words}`);
  await bot.slack.as(person).click({ ephemeral }, action);
  await bot.settled();
};
const addWhy = async (reason: string, channel = 'general') => {
  const person = bot.slack.as(marta);
  await press(marta, 'Add why?', 'add_why', channel);
  person.fill({ message: { message: reason } });
  await person.submit();
  await bot.settled();
  await person.close({ all: true });
};
const choose = async (person: string, choice: string) => {
  const message = bot.slack.channel('general').messages.find(one => one.text.includes(' gave '));
  const value = new RegExp(`"(${choice}:[^"]+)"`).exec(JSON.stringify(message?.blocks))?.[1];
  if (!message || !value) throw new Error('There is no announcement with a menu.');
  await bot.slack.as(person).click({ message }, 'announcement_menu', { value });
  await bot.settled();
};

describe.each(ways)('a shout-out by reaction on $name over $connection', way => {
  beforeEach(async () => {
    bot = await startBot(way);
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.slack.settled();
    await bot.settled();
  });

  it('to a message of a webhook, whose author Slack does not name, is none, and that is said once', async () => {
    for (const second of [10, 20]) {
      await bot.slack.emitEvent({
        type: 'reaction_added',
        user: marta,
        reaction: 'gem',
        item: { type: 'message', channel: 'C0GENERAL', ts: `1700000000.0000${second}` },
        event_ts: `17000000${second}.000100`,
      });
    }
    await bot.settled();
    expect(await rows()).toEqual([]);
    expect(asked(marta).map(one => one.text)).toEqual([
      expect.stringContaining('the message is from an app'),
    ]);
  });

  it('to somebody of another organisation is none, and that is said once', async () => {
    bot.slack.invite('with-partner', bot.slack.botUserId);
    await bot.slack.settled();
    await react(marta, post(finn, 'with-partner'), 'gem', 'with-partner');
    await react(marta, post(finn, 'with-partner'), 'bee', 'with-partner');
    expect(await rows()).toEqual([]);
    expect(asked(marta, 'with-partner').map(one => one.text)).toEqual([
      expect.stringContaining('its author belongs to another organisation'),
    ]);
  });

  it('to somebody who has left is none, and that is said', async () => {
    const ts = post(diego);
    bot.slack.changePerson(diego, { deactivated: true });
    await react(marta, ts, 'gem');
    expect(await rows()).toEqual([]);
    expect(asked(marta).map(one => one.text)).toEqual([expect.stringContaining('account is deactivated')]);
  });

  it('by somebody of another organisation is none', async () => {
    bot.slack.invite('with-partner', bot.slack.botUserId);
    await bot.slack.settled();
    await react(finn, post(ana, 'with-partner'), 'gem', 'with-partner');
    expect(await rows()).toEqual([]);
    expect(asked(finn, 'with-partner')).toEqual([]);
  });

  it('is not explained to somebody who takes off a reaction that gave nothing', async () => {
    const ts = post(marta);
    await react(marta, ts, 'gem');
    bot.clock.advance(8 * 24 * hour);
    await unreact(marta, ts, 'gem');
    expect(asked(marta)).toHaveLength(1);
  });

  it('whose event failed comes again, and is recorded once', async () => {
    bot.expectErrors();
    bot.slack.trouble.fail('users.info', 'fatal_error');
    await react(marta, post(ana), 'gem');
    await bot.slack.settled();
    const events = bot.slack.deliveries.filter(one => JSON.stringify(one.payload).includes('reaction_added'));
    expect(events.flatMap(one => one.attempts.map(attempt => attempt.outcome === 'acknowledged'))).toEqual([
      false,
      true,
    ]);
    expect(await rows()).toHaveLength(1);
    expect(await stats(ana)).toContain('1 received');
  });

  it('is told to its author with a link to the message', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    bot.clock.advance(hour);
    await bot.tick();
    expect(JSON.stringify(bot.slack.directMessages(ana)[0]?.blocks)).toContain(
      `archives/C0GENERAL/p${ts.replace('.', '')}`,
    );
  });

  it('stays when its giver says so after taking the reaction back', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await addWhy('for untangling the release script');
    await unreact(marta, ts, 'gem');
    await press(marta, 'You took your reaction back', 'keep_shoutout');
    expect(await stats(ana)).toContain('1 received');
    expect(announced()).toHaveLength(1);
  });

  it('is undone in `/shoutout last` like any other', async () => {
    await react(marta, post(ana), 'gem');
    const answer = (await bot.slack.as(marta).command('/shoutout', 'last')).response;
    if (!answer) throw new Error('There was no answer.');
    await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
    await bot.settled();
    expect(await stats(ana)).toContain('0 received');
    bot.clock.advance(2 * hour);
    await bot.tick();
    expect(direct(ana)).toEqual([]);
  });

  it('that was undone and given again, with a reason both times, is announced each time', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await addWhy('for the first reason');
    await unreact(marta, ts, 'gem');
    await press(marta, 'You took your reaction back', 'undo_shoutout');
    expect(announced()).toEqual([]);
    expect(direct(ana)).toEqual([]);
    await react(marta, ts, 'gem');
    expect(await stats(ana)).toContain('1 received');
    expect(announced()).toEqual([]);
    await press(marta, 'Add why?', 'add_why');
    const person = bot.slack.as(marta);
    person.fill({ message: { message: 'for the second reason' } });
    await person.submit();
    await bot.settled();
    expect(announced()).toEqual(['Marta Keller gave Ana Souza a shout-out for Craft: for the second reason']);
    expect(direct(ana)).toEqual([expect.stringContaining('for the second reason')]);
    bot.clock.advance(2 * hour);
    await bot.tick();
    expect(direct(ana)).toHaveLength(1);
  });

  it('that was undone and given again without a reason is not announced, even where the announcement is still to go', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await addWhy('for the first reason');
    await unreact(marta, ts, 'gem');
    bot.slack.trouble.rateLimit('chat.delete', { retryAfter: 30, times: 2 });
    await press(marta, 'You took your reaction back', 'undo_shoutout');
    await react(marta, ts, 'gem');
    bot.clock.advance(60_000);
    await bot.tick();
    await bot.settled();
    expect(await stats(ana)).toContain('1 received');
    expect(announced()).toEqual([]);
  });

  it('that was told gathered, gets a reason and is undone, is told of nowhere any more', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await react(ben, ts, 'bee');
    bot.clock.advance(hour);
    await bot.tick();
    await addWhy('for untangling the release script');
    await choose(marta, 'undo');
    await bot.slack.as(marta).submit();
    await bot.settled();
    await bot.tick();
    await bot.settled();
    expect(announced()).toEqual([]);
    expect(direct(ana)).toEqual(['A colleague gave you a shout-out by reaction:\n• Ben Okafor for Teamwork']);
  });

  it('that was told gathered shows there the value that it gets', async () => {
    await react(marta, post(ana), 'mega');
    bot.clock.advance(hour);
    await bot.tick();
    await press(marta, 'Which value does it show', 'add_value:craft');
    await bot.tick();
    await bot.settled();
    expect(direct(ana)).toEqual(['A colleague gave you a shout-out by reaction:\n• Marta Keller for Craft']);
  });

  it('with a reason is removed by an admin, and does not come back with the reaction', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await addWhy('for untangling the release script');
    await choose(ben, 'remove');
    expect(asked(ben).at(-1)?.text).toContain('Only a workspace admin');
    await choose(marta, 'remove');
    await bot.slack.as(marta).submit();
    await bot.settled();
    await unreact(marta, ts, 'gem');
    await react(marta, ts, 'gem');
    expect(await stats(ana)).toContain('0 received');
    expect(announced()).toEqual([]);
  });

  it('with a reason is not announced to the name of somebody who keeps it private', async () => {
    await bot.slack.as(ben).command('/shoutout', '@ana for the first');
    await bot.settled();
    const [message] = bot.slack.directMessages(ana);
    if (!message) throw new Error('There is no message.');
    await bot.slack.as(ana).click({ message }, 'keep_all_private');
    await bot.settled();
    await react(marta, post(ana), 'gem');
    await addWhy('for untangling the release script');
    expect(announced()).toEqual([]);
    expect(direct(ana).at(-1)).toContain('for untangling the release script');
    expect(await stats(ana)).toContain('2 received');
  });

  it('in a private channel leads nobody else there', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.slack.settled();
    const ts = post(ana, 'secret-plans');
    await react(marta, ts, 'gem', 'secret-plans');
    await addWhy('for untangling the release script', 'secret-plans');
    expect(texts('shoutouts')).toEqual([expect.stringContaining('for untangling the release script')]);
    expect(JSON.stringify(bot.slack.channel('shoutouts').messages)).not.toContain('C0SECRET');
    expect(JSON.stringify(bot.slack.directMessages(ana))).toContain(`C0SECRET/p${ts.replace('.', '')}`);
  });
});
