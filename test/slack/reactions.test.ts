// Shout-outs by reaction.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type TestBot, ways } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';
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
const asked = (person: string) => bot.slack.as(person).ephemerals('general');
const post = (person: string, text = 'The release script is untangled') =>
  bot.slack.as(person).say('general', text).ts;
const react = async (person: string, ts: string, name: string) => {
  await bot.slack.as(person).react('general', ts, name);
  await bot.settled();
};
const unreact = async (person: string, ts: string, name: string) => {
  await bot.slack.as(person).unreact('general', ts, name);
  await bot.settled();
};

describe.each(ways)('a reaction on $name over $connection', way => {
  beforeEach(async () => {
    bot = await startBot(way);
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.slack.settled();
    await bot.settled();
  });

  it('with the emoji of a value gives its author a shout-out, and asks the giver alone why', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    expect(await stats(ana)).toContain('Craft: 1 received');
    expect(await stats(marta)).toContain('1 given');
    expect(announced()).toEqual([]);
    expect(direct(ana)).toEqual([]);
    expect(asked(marta).map(one => one.text)).toContain('You gave Ana Souza a shout-out for Craft. Add why?');
    expect([...asked(ana), ...asked(ben)].map(one => one.text)).not.toContainEqual(
      expect.stringContaining('Add why?'),
    );
    expect(await rows()).toMatchObject([
      { source: 'reaction', channelSlackId: 'C0GENERAL', aboutTs: ts, isPlacePrivate: false },
    ]);
  });

  it('where the bot is not is only a reaction', async () => {
    const { ts } = bot.slack.as(ana).say('craft', 'The release script is untangled');
    await bot.slack.as(marta).react('craft', ts, 'gem');
    await bot.settled();
    expect(await rows()).toEqual([]);
    expect(asked(marta)).toEqual([]);
  });

  it('is once per giver, message and value, with its first date, however often it is toggled', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    const [first] = await rows();
    bot.clock.advance(hour);
    await unreact(marta, ts, 'gem');
    expect(await stats(ana)).toContain('0 received');
    await react(marta, ts, 'gem');
    await react(ben, ts, 'gem');
    await react(marta, ts, 'bee');
    expect(await stats(ana)).toContain('3 received');
    expect((await rows())[0]).toMatchObject({ id: first?.id, givenAt: first?.givenAt, withdrawnAt: null });
    expect(asked(marta).filter(one => one.text.includes('Add why?'))).toHaveLength(2);
  });

  it('counts once for all skin tones and aliases, until the last of them is taken back', async () => {
    await bot.db.write.companyValue.updateMany({ where: { slug: 'craft' }, data: { emoji: '+1' } });
    const ts = post(ana);
    await react(marta, ts, 'thumbsup');
    await react(marta, ts, '+1::skin-tone-3');
    expect(await stats(ana)).toContain('1 received');
    await unreact(marta, ts, 'thumbsup');
    expect(await stats(ana)).toContain('1 received');
    await unreact(marta, ts, '+1::skin-tone-3');
    expect(await stats(ana)).toContain('0 received');
  });

  it('delivered again and again, hours late and out of order, is what happened last', async () => {
    const ts = post(ana);
    const event = (type: string, second: number) => ({
      type,
      user: marta,
      reaction: 'gem',
      item_user: ana,
      item: { type: 'message', channel: 'C0GENERAL', ts },
      event_ts: `17000000${second}.000100`,
    });
    await bot.slack.emitEvent(event('reaction_removed', 30));
    for (let times = 0; times < 11; times += 1) await bot.slack.emitEvent(event('reaction_added', 10));
    await bot.settled();
    expect(await stats(ana)).toContain('0 received');
    bot.clock.advance(5 * hour);
    await Promise.all(Array.from({ length: 11 }, () => bot.slack.emitEvent(event('reaction_added', 50))));
    await bot.slack.emitEvent(event('reaction_removed', 40));
    await bot.settled();
    expect(await stats(ana)).toContain('1 received');
    expect(await rows()).toHaveLength(1);
  });

  it.each([
    ['a bot', async () => post('U0BUILD'), 'the message is from an app'],
    ['oneself', async () => post(marta), 'the message is your own'],
  ])('to %s records nothing, and says why once a week', async (_who, message, why) => {
    const first = await message();
    await react(marta, first, 'gem');
    await react(marta, await message(), 'bee');
    expect(await rows()).toEqual([]);
    expect(asked(marta).map(one => one.text)).toEqual([expect.stringContaining(why)]);
    bot.clock.advance(8 * 24 * hour);
    await react(marta, await message(), 'gem');
    expect(asked(marta)).toHaveLength(2);
  });

  it('with any other emoji is only a reaction', async () => {
    await react(marta, post(ana), 'tada');
    expect(await rows()).toEqual([]);
    expect(await bot.db.read.reaction.count()).toBe(0);
    expect(asked(marta)).toEqual([]);
  });

  it('with the general emoji gives a shout-out without a value, and offers the values', async () => {
    await react(marta, post(ana), 'mega');
    expect(await stats(ana)).toContain('1 received');
    expect(await stats(ana)).not.toContain('Craft: 1');
    const [question] = asked(marta);
    if (!question) throw new Error('Nobody was asked.');
    expect(question.text).toContain('Which value does it show, and why?');
    await bot.slack.as(marta).click({ ephemeral: question }, 'add_value:craft');
    await bot.settled();
    expect(await stats(ana)).toContain('Craft: 1 received');
    expect(announced()).toEqual([]);
  });

  it('with a reason is announced like any other, and is not taken back without a word', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    const [question] = asked(marta);
    if (!question) throw new Error('Nobody was asked.');
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: question }, 'add_why');
    await person.waitForView('What did Ana Souza do?');
    person.fill({ message: { message: 'for untangling the release script' } });
    await person.submit();
    await bot.settled();
    expect(announced()).toEqual([
      'Marta Keller gave Ana Souza a shout-out for Craft: for untangling the release script',
    ]);
    expect(JSON.stringify(bot.slack.channel('general').messages.at(-1)?.blocks)).toContain(
      `p${ts.replace('.', '')}`,
    );
    expect(direct(ana)[0]).toContain('Marta Keller gave you a shout-out for Craft: for untangling');
    bot.clock.advance(2 * hour);
    await bot.tick();
    expect(direct(ana)).toHaveLength(1);

    await unreact(marta, ts, 'gem');
    expect(await stats(ana)).toContain('1 received');
    const choice = asked(marta).find(one => one.text.includes('You took your reaction back'));
    if (!choice) throw new Error('Nobody was asked.');
    await person.click({ ephemeral: choice }, 'undo_shoutout');
    await bot.settled();
    expect(await stats(ana)).toContain('0 received');
    expect(announced()).toEqual([]);
  });

  it('asks why three times a day at most, and never again when told so', async () => {
    const why = () => asked(marta).filter(one => one.text.includes('Add why?'));
    for (let count = 0; count < 5; count += 1) await react(marta, post(ana, `number ${count}`), 'gem');
    expect(why()).toHaveLength(3);
    bot.clock.advance(24 * hour);
    await react(marta, post(ana, 'tomorrow'), 'gem');
    const last = why().at(-1);
    if (why().length !== 4 || !last) throw new Error('Not asked on the next day.');
    await bot.slack.as(marta).click({ ephemeral: last }, 'stop_asking');
    await react(marta, post(ana, 'later'), 'gem');
    expect(why().length).toBeLessThanOrEqual(4);
    expect(await stats(ana)).toContain('7 received');
  });

  it('is told to its author an hour after the first, all at once, and only what is still alive', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await react(ben, ts, 'gem');
    await react(chen, ts, 'bee');
    await unreact(ben, ts, 'gem');
    bot.clock.advance(hour - 1000);
    await bot.tick();
    expect(direct(ana)).toEqual([]);
    bot.clock.advance(1000);
    await bot.tick();
    expect(direct(ana)).toEqual([
      'Colleagues gave you 2 shout-outs by reaction:\n• Marta Keller for Craft\n• Chen Wei for Teamwork',
    ]);
    await react(ben, ts, 'gem');
    bot.clock.advance(hour);
    await bot.tick();
    expect(direct(ana)).toHaveLength(2);
    expect(direct(ana)[1]).toBe('A colleague gave you a shout-out by reaction:\n• Ben Okafor for Craft');
    await unreact(marta, ts, 'gem');
    await bot.tick();
    expect(direct(ana)[0]).toBe('A colleague gave you a shout-out by reaction:\n• Chen Wei for Teamwork');
  });

  it('taken back within the hour is told to nobody', async () => {
    const ts = post(ana);
    await react(marta, ts, 'gem');
    await unreact(marta, ts, 'gem');
    bot.clock.advance(2 * hour);
    await bot.tick();
    expect(direct(ana)).toEqual([]);
  });

  it('obeys the limit of a day', async () => {
    const [first] = [post(ana, 'first')];
    for (let count = 0; count < 20; count += 1)
      await bot.slack.as(marta).command('/shoutout', `@ben for ${count}`);
    await react(marta, first ?? '', 'gem');
    expect(await stats(ana)).toContain('0 received');
    expect(
      asked(marta)
        .map(one => one.text)
        .join(),
    ).toContain('as many shout-outs today as a day allows');
  });

  it('on an announcement is a boost, once per person, not by giver and recipients, and gives nothing', async () => {
    await bot.slack.as(marta).command('/shoutout', '@ana #craft for it');
    await bot.settled();
    const ts = bot.slack.channel('general').messages.at(-1)?.ts ?? '';
    const boosts = () =>
      bot.db.read.reaction.count({ where: { isOn: true, effect: { startsWith: 'boost:' } } });
    for (const person of [marta, ana, ben]) await react(person, ts, 'gem');
    await react(ben, ts, 'bee');
    await react(chen, ts, 'mega');
    expect(await boosts()).toBe(3);
    expect(await bot.db.read.shoutout.count()).toBe(1);
    await unreact(ben, ts, 'bee');
    await unreact(chen, ts, 'mega');
    expect(await boosts()).toBe(1);
    expect([...asked(ana), ...asked(ben), ...asked(chen)]).toEqual([]);
  });

  it('of words, "Me too", is a shout-out of its author in the thread, once, and not for giver and recipients', async () => {
    await bot.slack.as(marta).command('/shoutout', '@ana #craft for it');
    await bot.settled();
    const message = bot.slack.channel('general').messages.at(-1);
    if (!message) throw new Error('There is no announcement.');
    const join = async (words: string) => {
      const person = bot.slack.as(ben);
      await person.click({ message }, 'me_too');
      await person.waitForView('What did Ana Souza do?');
      person.fill({ message: { message: words } });
      await person.submit();
      await bot.settled();
      await person.close({ all: true });
    };
    await join('She stayed until it worked');
    await join('Once more');
    const replies = bot.slack
      .channel('general')
      .messages.filter(one => one.thread_ts === message.ts && one.ts !== message.ts);
    expect(replies.map(one => one.text)).toEqual([
      'Ben Okafor gave Ana Souza a shout-out for Craft: She stayed until it worked',
    ]);
    expect(await stats(ana)).toContain('2 received');
    expect(await stats(ben)).toContain('1 given');
    expect(direct(ana)).toHaveLength(2);
    for (const person of [marta, ana]) {
      await bot.slack.as(person).click({ message }, 'me_too');
      await bot.settled();
      expect(asked(person).at(-1)?.text).toContain('It is yours already');
    }
  });

  it('reaches the giver by direct message where they are not in the channel, once a minute', async () => {
    bot.slack.invite('craft', bot.slack.botUserId);
    await bot.slack.settled();
    const said = bot.slack.as(ana).say('craft', 'one');
    const again = bot.slack.as(ana).say('craft', 'two');
    await bot.slack.as(chen).react('craft', said.ts, 'gem');
    await bot.slack.as(chen).react('craft', again.ts, 'gem');
    await bot.settled();
    expect(direct(chen)).toEqual(['You gave Ana Souza a shout-out for Craft. Add why?']);
  });

  it('by two hundred people in a moment is two hundred shout-outs', async () => {
    // On a busy machine the socket may break meanwhile; what was not acknowledged then comes again.
    bot.expectErrors();
    for (let index = 0; index < 200; index += 1) bot.slack.addPerson({ id: `U9${index}`, name: `p${index}` });
    const ts = post(ana);
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        bot.slack.emitEvent({
          type: 'reaction_added',
          user: `U9${index}`,
          reaction: 'gem',
          item_user: ana,
          item: { type: 'message', channel: 'C0GENERAL', ts },
          event_ts: `1700000000.${String(index).padStart(6, '0')}`,
        }),
      ),
    );
    await bot.settled();
    expect(await stats(ana)).toContain('200 received');
    bot.clock.advance(hour);
    await bot.tick();
    expect(direct(ana)).toEqual([expect.stringContaining('Colleagues gave you 200 shout-outs by reaction')]);
  }, 60_000);
});

describe.each(ways)('joining a channel on $name over $connection', way => {
  it('the bot says once what it does', async () => {
    bot = await startBot(way);
    bot.slack.invite('craft', bot.slack.botUserId);
    await bot.slack.waitForMessage('craft', "I'm here now");
    await bot.settled();
    expect(texts('craft')).toEqual([
      "I'm here now. Reacting with :bee: :compass: :gem: :sunflower: :mega: to a colleague's message gives them a shout-out. I don't read messages.",
    ]);
    bot.slack.kick('craft', bot.slack.botUserId);
    bot.slack.invite('craft', bot.slack.botUserId);
    await bot.slack.settled();
    await bot.settled();
    expect(texts('craft')).toHaveLength(1);
  });
});
