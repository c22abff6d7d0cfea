// What workspace admins choose, in one form, and how everything obeys it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const guest = 'U0GUEST';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

const direct = (person: string) => bot.slack.directMessages(person).map(message => message.text);
const give = async (text: string, giver = ben) => {
  const answer = await bot.slack.as(giver).command('/shoutout', text);
  await bot.settled();
  return answer.response?.text ?? '';
};
const react = async (person: string, author: string, emoji: string, channel = 'general') => {
  const message = bot.slack.as(author).say(channel, 'It works again.');
  await bot.slack.as(person).react(channel, message.ts, emoji);
  await bot.settled();
};
const shoutouts = () => bot.db.read.shoutout.count({ where: { withdrawnAt: null } });
const open = async (person = marta) => {
  const actor = bot.slack.as(person);
  await actor.command('/recognition', 'settings');
  await actor.waitForView('Settings');
  return actor;
};
const save = async (actor: Awaited<ReturnType<typeof open>>) => {
  const saved = await actor.submit();
  await bot.settled();
  return saved;
};
const shown = (saved: { updated?: unknown }) => JSON.stringify(saved.updated);

describe.each(databases)('the settings on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('show what holds, and save all of it', async () => {
    const actor = await open();
    expect(actor.view?.values.daily_limit?.daily_limit?.value).toBe('20');
    expect(actor.view?.values.digest_hour?.digest_hour?.selected_option).toMatchObject({ value: '16' });
    actor.fill({
      shoutout_channel: { shoutout_channel: 'C0SHOUT' },
      time_zone: { time_zone: 'Asia/Kathmandu' },
      digest_weekday: { digest_weekday: '4' },
      digest_hour: { digest_hour: '9' },
      digest_channel: { digest_channel: 'C0GENERAL' },
      required: { required: ['value'] },
      daily_limit: { daily_limit: '3' },
      guests: { guests: ['receive'] },
      uncounted_emoji: { uncounted_emoji: ['gem'] },
      uncounted_channels: { uncounted_channels: ['C0PODA'] },
      keepers: { keepers: [marta, ben] },
      viewers: { viewers: [ana] },
    });
    const saved = await save(actor);
    expect(shown(saved)).toContain('Saved. From now on:');
    expect(shown(saved)).toContain('on Thursdays at 09:00');
    const again = await open();
    const value = (field: string) => again.view?.values[field]?.[field];
    expect(value('shoutout_channel')?.selected_conversation).toBe('C0SHOUT');
    expect(value('time_zone')?.selected_option).toMatchObject({ value: 'Asia/Kathmandu' });
    expect(value('digest_channel')?.selected_conversation).toBe('C0GENERAL');
    expect(value('daily_limit')?.value).toBe('3');
    expect(value('guests')?.selected_options).toMatchObject([{ value: 'receive' }]);
    expect(value('required')?.selected_options).toMatchObject([{ value: 'value' }]);
    expect(value('uncounted_emoji')?.selected_options).toMatchObject([{ value: 'gem' }]);
    expect(value('uncounted_channels')?.selected_conversations).toEqual(['C0PODA']);
    expect(new Set([value('keepers')?.selected_users].flat())).toEqual(new Set([marta, ben]));
    expect(value('viewers')?.selected_users).toEqual([ana]);
  });

  it('are changed by workspace admins only, also when the right was taken away a minute ago', async () => {
    const stranger = bot.slack.as(ben);
    await stranger.command('/recognition', 'settings');
    expect((await stranger.waitForEphemeral('Only workspace admins')).text).toContain('Home shows');
    expect(stranger.view).toBeUndefined();

    const actor = await open();
    bot.slack.changePerson(marta, { isAdmin: false });
    actor.fill({ daily_limit: { daily_limit: '1' } });
    expect(shown(await save(actor))).toContain('Only workspace admins');
    expect((await bot.db.read.settings.findFirst())?.dailyLimit).toBeNull();
  });

  it('mark the field of what cannot be, and save nothing', async () => {
    bot.slack.addChannel({ id: 'C0CLOSED', name: 'closed', kind: 'private', members: [marta] });
    const actor = await open();
    actor.fill({
      shoutout_channel: { shoutout_channel: 'C0CLOSED' },
      daily_limit: { daily_limit: '0' },
      keepers: { keepers: ['U0SAM', 'U0FINN'] },
      viewers: { viewers: ['U0BUILD'] },
    });
    const { errors } = await save(actor);
    expect(errors?.shoutout_channel).toContain('I am not in that private channel');
    expect(errors?.daily_limit).toContain('from 1 to 1000');
    expect(errors?.keepers).toContain('choose people of this workspace who are active');
    expect(errors?.viewers).toContain('cannot be named');
    expect((await bot.db.read.settings.findFirst())?.version).toBe(1);
  });

  it('refuse the second of two admins, and show them what the first one saved', async () => {
    bot.slack.changePerson(ana, { isAdmin: true });
    const first = await open(marta);
    const second = await open(ana);
    first.fill({ daily_limit: { daily_limit: '5' } });
    await save(first);
    second.fill({ daily_limit: { daily_limit: '50' }, required: { required: ['message'] } });
    const refused = await save(second);
    expect(shown(refused)).toContain('Marta Keller changed the settings after you opened this form');
    expect(await bot.db.read.settings.findFirst()).toMatchObject({ dailyLimit: 5, isMessageRequired: false });
    // What is in the form now can be saved.
    expect(second.view?.values['daily_limit:1']?.daily_limit?.value).toBe('5');
    expect(second.view?.values['required:1']?.required?.selected_options).toEqual([]);
    second.fill({ 'daily_limit:1': { daily_limit: '50' } });
    expect(shown(await save(second))).toContain('Saved');
    expect((await bot.db.read.settings.findFirst())?.dailyLimit).toBe(50);
  });

  it("tell whoever may see everyone's statistics, log it, and show it in everyone's Home", async () => {
    const actor = await open();
    actor.fill({ viewers: { viewers: [ana, marta] }, keepers: { keepers: [marta] } });
    await save(actor);
    await bot.slack.as(ana).waitForDirectMessage('Marta Keller named you');
    expect(direct(marta)).toEqual([]);
    expect(bot.logged.find(line => line.msg.startsWith('Who may see'))).toMatchObject({
      by: marta,
      added: { length: 2 },
    });
    await bot.slack.as(ben).openHome();
    await bot.settled();
    expect(JSON.stringify(bot.slack.as(ben).home)).toContain("may see everyone's statistics.");
  });

  it('open with more emoji that do not count than a menu takes', async () => {
    await bot.choose({ uncountedEmoji: Array.from({ length: 150 }, (_, at) => `emoji-${at}`) });
    const actor = await open();
    const kept = actor.view?.values.uncounted_emoji?.uncounted_emoji?.selected_options;
    expect(kept).toHaveLength(100);
  });

  it('can ask for a value and for a sentence', async () => {
    await bot.choose({ isValueRequired: true, isMessageRequired: true });
    expect(await give('@ana for it')).toContain('Here every shout-out names a value');
    expect(await give('@ana #craft for it')).toContain('Recorded');
    const person = bot.slack.as(ben);
    await person.command('/shoutout', '');
    await person.waitForView('Give a shout-out');
    person.fill({ recipients: { recipients: [ana] } });
    const { errors } = await person.submit();
    // Slack's own client asks for both.
    expect(errors).toMatchObject({
      values: expect.stringContaining('required'),
      message: expect.stringContaining('required'),
    });
    await person.close();
    bot.slack.invite('general', bot.slack.botUserId);
    await react(ben, ana, 'gem');
    expect(await shoutouts()).toBe(1);
    const nudge = await person.waitForEphemeral('here every shout-out says what for. Open the form');
    await person.click({ ephemeral: nudge }, 'open_form');
    await person.waitForView('Give a shout-out');
    person.fill({ message: { message: 'for saying so' } });
    await person.submit();
    await bot.settled();
    expect(await shoutouts()).toBe(2);
    expect(bot.said('general').at(-1)?.text).toContain('gave Ana Souza a shout-out for Craft: for saying so');
  });

  it('where a sentence is required, a reaction on each message is told to be not recorded, once', async () => {
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.choose({ isMessageRequired: true });
    const hints = () => bot.slack.as(ben).ephemerals('general').length;
    for (const told of [1, 2]) {
      const { ts } = bot.slack.as(ana).say('general', 'It works.');
      for (const emoji of ['gem', 'gem::skin-tone-2']) {
        await bot.slack.as(ben).react('general', ts, emoji);
        await bot.settled();
        expect(hints()).toBe(told);
      }
    }
  });

  it('can leave reactions alone: some emoji, and some channels', async () => {
    await bot.choose({ uncountedEmoji: ['gem'], uncountedChannelIds: ['C0PODA'] });
    for (const channel of ['general', 'pod-a']) bot.slack.invite(channel, bot.slack.botUserId);
    await react(ben, ana, 'gem');
    await react(ben, ana, 'bee', 'pod-a');
    expect(await shoutouts()).toBe(0);
    await react(ben, ana, 'bee');
    expect(await shoutouts()).toBe(1);
  });

  it('can let guests neither give nor receive', async () => {
    await bot.choose({ mayGuestsGive: false, mayGuestsReceive: false });
    bot.slack.invite('general', bot.slack.botUserId);
    expect(await give('@ana #craft for it', guest)).toContain('Guests do not give shout-outs here');
    expect(await give('@gwen for it')).toContain('guests do not receive');
    await react(ben, guest, 'gem');
    await react(guest, ana, 'gem');
    expect(await shoutouts()).toBe(0);
  });
});

describe.each(databases)('a shout-out channel on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
    await bot.choose({ shoutoutChannelId: 'C0SHOUT' });
  });

  it('that is shared with another organisation by now gets no shout-out: its giver chooses another', async () => {
    bot.slack.changeChannel('C0SHOUT', { shared: true });
    await give('@ana #craft for the night shift');
    const asked = await bot.slack.as(ben).waitForView('Give a shout-out');
    expect(JSON.stringify(asked.view)).toContain('That channel is shared with another organisation');
    expect(bot.said('shoutouts')).toEqual([]);
    expect(await shoutouts()).toBe(0);
  });

  it('that becomes shared before Slack took the announcement gets none, and the giver hears why', async () => {
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 700, times: 1 });
    await give('@ana #craft for the night shift');
    bot.slack.changeChannel('C0SHOUT', { shared: true });
    for (let minute = 0; minute < 15; minute += 1) {
      bot.clock.advance(60_000);
      await bot.tick();
      await bot.settled();
    }
    expect(bot.said('shoutouts')).toEqual([]);
    expect(direct(ben).join()).toContain('shared with another organisation');
  });
});

describe.each(databases)('people who wish to be left out on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.slack.as(ana).openHome();
    await bot.settled();
    await bot.slack
      .as(ana)
      .click({ home: bot.slack.as(ana).home ?? never() }, 'preference', { value: 'leaveMeOut' });
    await bot.settled();
  });

  it('cannot be thanked, by any way in, and the giver is told why', async () => {
    expect(await give('@ana #craft for it')).toContain('does not receive shout-outs, by their own choice');
    await react(ben, ana, 'gem');
    expect(await shoutouts()).toBe(0);
    const answer = await give('@pod-a #craft for it');
    expect(answer).toContain('Ana Souza cannot receive shout-outs and is left out.');
  });
});

function never(): never {
  throw new Error('It is not there.');
}
