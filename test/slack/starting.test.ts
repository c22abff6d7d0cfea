// The ways in besides the command: shortcuts, naming the bot in a conversation, and the form that they open.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const marta = 'U0MARTA';
const finn = 'U0FINN';

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);
const shoutouts = () => bot.db.read.shoutout.findMany();
const post = (user: string, channel: string, text: string) => bot.slack.as(user).say(channel, text);

describe.each(databases)('the message shortcut on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('opens the form with the author filled in, and the shout-out links to the message', async () => {
    const said = post(ana, 'general', 'The release script is untangled. secret-word');
    const person = bot.slack.as(marta);
    await person.messageShortcut('shoutout_for_message', 'general', said.ts);
    const form = await person.waitForView('Give a shout-out');
    expect(form.values.recipients?.recipients?.selected_users).toEqual([ana]);
    expect(form.values.channel?.channel?.selected_conversation).toBe('C0GENERAL');
    person.fill({ message: { message: 'for untangling the release script' }, values: { values: ['craft'] } });
    await person.submit();
    await bot.settled();
    const link = `https://sunflower-works.slack.com/archives/C0GENERAL/p${said.ts.replace('.', '')}`;
    const announced = bot.slack.channel('general').messages.at(-1);
    expect(announced?.text).toBe(
      'Marta Keller gave Ana Souza a shout-out for Craft: for untangling the release script',
    );
    expect(JSON.stringify(announced?.blocks)).toContain(link);
    expect(JSON.stringify(bot.slack.directMessages(ana))).toContain(link);
    expect(person.ephemerals('general').at(-1)?.text).toContain('Recorded: your shout-out to Ana Souza');
  });

  it('drops the text of the message where it arrives', async () => {
    const said = post(ana, 'general', 'the word is xyzzy-42');
    const person = bot.slack.as(marta);
    await person.messageShortcut('shoutout_for_message', 'general', said.ts);
    await person.waitForView('Give a shout-out');
    await person.submit();
    await bot.settled();
    expect(await shoutouts()).toHaveLength(1);
    const sent = bot.slack.calls.filter(call => JSON.stringify(call).includes('xyzzy'));
    expect(sent).toEqual([]);
    expect(JSON.stringify(bot.logged)).not.toContain('xyzzy');
    expect(JSON.stringify([await shoutouts(), await bot.db.read.draft.findMany()])).not.toContain('xyzzy');
  });

  it("on a bot's message, one's own, or somebody's of another organisation asks whom to thank", async () => {
    const ofApp = await bot.slack.as('U0BUILD').say('general', 'Build 42 is green');
    const own = post(marta, 'general', 'done');
    const foreign = post(finn, 'with-partner', 'done');
    const person = bot.slack.as(marta);
    const said = async (channel: string, ts: string) => {
      await person.messageShortcut('shoutout_for_message', channel, ts);
      const form = await person.waitForView('Give a shout-out');
      const words = JSON.stringify(form.view.blocks[0]);
      expect(form.values.recipients?.recipients?.selected_users ?? []).toEqual([]);
      await person.close();
      return words;
    };
    expect(await said('general', ofApp.ts)).toMatch(/from an app or a workflow|cannot receive/);
    expect(await said('general', own.ts)).toContain('That message is your own');
    expect(await said('with-partner', foreign.ts)).toContain('Finn Foreign cannot receive shout-outs');
  });

  it('in a private channel leads nobody else to the message', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    const said = post(ana, 'secret-plans', 'done');
    const person = bot.slack.as(marta);
    await person.messageShortcut('shoutout_for_message', 'secret-plans', said.ts);
    await person.waitForView('Give a shout-out');
    person.fill({ message: { message: 'for the plan that nobody may know' } });
    await person.submit();
    await bot.settled();
    expect(texts('shoutouts')).toHaveLength(1);
    expect(JSON.stringify(bot.slack.channel('shoutouts').messages)).not.toMatch(/C0SECRET|secret-plans/);
    expect(JSON.stringify(bot.slack.directMessages(ana))).toContain('C0SECRET');
  });

  it('in a direct message asks where, and stays between them unless told otherwise', async () => {
    const said = bot.slack.as('U0BEN').say('@ana', 'thank you');
    const person = bot.slack.as(ana);
    await person.messageShortcut('shoutout_for_message', 'D0ANABEN', said.ts);
    const form = await person.waitForView('Give a shout-out');
    expect(form.values.visibility?.visibility?.selected_option).toMatchObject({ value: 'private' });
    person.fill({ visibility: { visibility: 'public' }, channel: { channel: '' } });
    const refused = await person.submit();
    expect(refused.errors?.channel).toContain('Choose where it appears');
    person.fill({ channel: { channel: 'C0GENERAL' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')).toHaveLength(1);
    expect(JSON.stringify(bot.slack.channel('general').messages)).not.toContain('D0ANABEN');
    expect(JSON.stringify(bot.slack.directMessages('U0BEN'))).toContain('D0ANABEN');
  });
});

describe.each(databases)('the global shortcut on $name', database => {
  it('opens the form empty, and says in it what became of it', async () => {
    bot = await startBot({ database });
    const person = bot.slack.as(marta);
    await person.globalShortcut('shoutout_anywhere');
    await person.waitForView('Give a shout-out');
    person.fill({ recipients: { recipients: [ana] }, message: { message: 'for the night shift' } });
    const first = await person.submit();
    expect(first.errors?.channel).toContain('Choose where it appears');
    person.fill({ channel: { channel: 'C0SHOUT' } });
    const second = await person.submit();
    await bot.settled();
    expect(JSON.stringify(second.updated)).toContain('Recorded');
    expect(texts('shoutouts')).toEqual(['Marta Keller gave Ana Souza a shout-out: for the night shift']);
  });
});

describe.each(databases)('naming the bot on $name', database => {
  describe.each(['socket', 'http'] as const)('over %s', connection => {
    beforeEach(async () => {
      bot = await startBot({ database, connection });
      bot.slack.invite('general', bot.slack.botUserId);
    });

    it('in a thread works like the command: a private answer, and an announcement that links there', async () => {
      const root = post(ana, 'general', 'Who broke the build?');
      const person = bot.slack.as(marta);
      const said = person.say('general', '@shoutout @ana #craft for mending the build again', {
        thread_ts: root.ts,
      });
      const announced = await bot.slack.waitForMessage('general', 'Marta Keller gave Ana Souza');
      await bot.settled();
      expect(announced.text).toBe(
        'Marta Keller gave Ana Souza a shout-out for Craft: for mending the build again',
      );
      expect(JSON.stringify(announced.blocks)).toContain(
        `p${said.ts.replace('.', '')}?thread_ts=${root.ts}&cid=C0GENERAL`,
      );
      const answer = await person.waitForEphemeral('Recorded: your shout-out to Ana Souza for Craft');
      expect(answer.thread_ts).toBe(root.ts);
      expect(bot.slack.directMessages(ana)).toHaveLength(1);
    });

    it('is recorded once, however often Slack delivers it', async () => {
      bot.slack.as(marta).say('general', '@shoutout @ana for the night shift');
      await bot.slack.waitForMessage('general', 'Marta Keller gave Ana Souza');
      await bot.settled();
      const delivery = bot.slack.deliveries.find(one => JSON.stringify(one.payload).includes('app_mention'));
      if (!delivery) throw new Error('no delivery');
      await Promise.all([bot.slack.as(marta).redeliver(delivery), bot.slack.as(marta).redeliver(delivery)]);
      await bot.settled();
      expect(await shoutouts()).toHaveLength(1);
      expect(texts('general').filter(text => text.includes('a shout-out'))).toHaveLength(1);
    });
  });

  beforeEach(async () => {
    bot = await startBot({ database });
    bot.slack.invite('general', bot.slack.botUserId);
  });

  it('without people or words offers the form', async () => {
    const person = bot.slack.as(marta);
    person.say('general', '@shoutout @ana');
    const answer = await person.waitForEphemeral('Say what for, too. Open the form');
    await person.click({ ephemeral: answer }, 'open_form');
    const form = await person.waitForView('Give a shout-out');
    expect(form.values.recipients?.recipients?.selected_users).toEqual([ana]);
  });

  it('in the middle of a sentence records nothing', async () => {
    const person = bot.slack.as(marta);
    person.say('general', 'thanks to @shoutout we saw what @ana did');
    await person.waitForEphemeral('start your message with my name');
    person.say('general', 'I like @shoutout');
    await bot.slack.settled();
    await bot.settled();
    expect(await shoutouts()).toEqual([]);
    expect(person.ephemerals('general')).toHaveLength(1);
  });

  it('refuses in private, and gives the words back', async () => {
    const person = bot.slack.as(marta);
    person.say('general', '@shoutout @sam for everything he did here');
    const answer = await person.waitForEphemeral('Not sent');
    await bot.settled();
    expect(answer.text).toContain("Sam Silva's account is deactivated.");
    expect(answer.text).toContain('for everything he did here');
    expect(texts('general').filter(text => text.includes('a shout-out'))).toEqual([]);
  });

  it('answers help and last', async () => {
    const person = bot.slack.as(marta);
    person.say('general', '@shoutout help');
    await person.waitForEphemeral('Thank people for what they did');
    person.say('general', '@shoutout last');
    await person.waitForEphemeral('There is none');
    await bot.settled();
  });

  it('in a private channel with a shout-out channel set leads nobody there', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    bot.slack.as(marta).say('secret-plans', '@shoutout @ana for the plan of the year');
    await bot.slack.waitForMessage('shoutouts', 'Marta Keller gave Ana Souza');
    await bot.settled();
    expect(JSON.stringify(bot.slack.channel('shoutouts').messages)).not.toContain('C0SECRET');
    expect(JSON.stringify(bot.slack.directMessages(ana))).toContain('C0SECRET');
  });

  it('that fails is said at once, comes again, and is recorded once', async () => {
    bot.expectErrors();
    const person = bot.slack.as(marta);
    bot.slack.trouble.fail('users.info', 'fatal_error');
    person.say('general', '@shoutout @ana for the night shift');
    await person.waitForEphemeral('I try again within six minutes');
    await person.waitForEphemeral('Recorded: your shout-out to Ana Souza');
    await bot.settled();
    expect(await shoutouts()).toHaveLength(1);
  });
});
