// A team's own channel: what its members give each other is announced there.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { addTeam, setRoster } from '../support/teams.js';

const marta = 'U0MARTA';
const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';

let bot: TestBot;
let podA = '';
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);

async function give(text: string, how: { from?: string; channel?: string } = {}): Promise<string> {
  const { from = marta, channel = 'general' } = how;
  const answer = await bot.slack.as(from).command('/shoutout', text, { channel });
  await bot.settled();
  return answer.response?.text ?? '';
}

describe.each(databases)("a team's own channel on $name", database => {
  beforeEach(async () => {
    bot = await startBot({ database, slack: { acknowledgeWithinMs: 20_000 } });
    await bot.setShoutoutChannel('C0SHOUT');
    podA = await addTeam(bot, {
      name: 'Pod A',
      slug: 'pod-a',
      channelSlackId: 'C0PODA',
      members: [marta, ana, ben],
    });
  });

  it('gets what its members give each other instead of the shout-out channel, and the giver is told', async () => {
    expect(await give('@ana @ben for the release')).toContain("It goes to your team's channel <#C0PODA>");
    await give('team:pod-a for all of it', { from: ana });
    expect(texts('pod-a')).toEqual([
      'Marta Keller gave Ana Souza and Ben Okafor a shout-out: for the release',
      'Ana Souza gave Ben Okafor and Marta Keller (team Pod A) a shout-out: for all of it',
    ]);
    expect(texts('shoutouts')).toEqual([]);
  });

  it('does not get what reaches beyond the team, comes from outside, or is private', async () => {
    await give('@ana @chen for one');
    await give('@ana for two', { from: chen });
    expect(texts('shoutouts')).toHaveLength(2);
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana');
    await person.waitForView('Give a shout-out');
    person.fill({ message: { message: 'for three' }, visibility: { visibility: 'private' } });
    await person.submit();
    await bot.settled();
    expect(texts('pod-a')).toEqual([]);
    expect(bot.slack.as(ana).notifications).toHaveLength(3);
  });

  it('counts who is in it now', async () => {
    await setRoster(bot, podA, [marta, ben]);
    await give('@ana for one');
    await setRoster(bot, podA, [marta, ana]);
    await give('@ana for two');
    expect(texts('shoutouts')).toEqual(['Marta Keller gave Ana Souza a shout-out: for one']);
    expect(texts('pod-a')).toEqual(['Marta Keller gave Ana Souza a shout-out: for two']);
  });

  it('does not ask where they are who keep it private', async () => {
    await give('@chen for one', { from: ana });
    await bot.db.write.member.updateMany({
      where: { slackId: chen },
      data: { preference: 'onlyPrivately' },
    });
    await give('@ana @chen for two');
    expect(texts('pod-a')).toEqual(['Marta Keller gave Ana Souza a shout-out: for two']);
  });

  it('of the smallest team gets it, where all of them are in several', async () => {
    await addTeam(bot, {
      name: 'Everyone',
      slug: 'everyone',
      roster: { kind: 'everyone' },
      channelSlackId: 'C0GENERAL',
      members: [marta, ana],
    });
    await addTeam(bot, { name: 'Two', slug: 'two', channelSlackId: 'C0CRAFT', members: [marta, ana] });
    await give('@ana for one');
    await give('@ben for two');
    expect(texts('craft')).toEqual(['Marta Keller gave Ana Souza a shout-out: for one']);
    expect(texts('pod-a')).toEqual(['Marta Keller gave Ben Okafor a shout-out: for two']);
  });

  it('gets nothing that is given in a channel while no shout-out channel is chosen, but what has no place', async () => {
    await bot.setShoutoutChannel(null);
    await give('@ana for one');
    expect(texts('general')).toHaveLength(1);
    const person = bot.slack.as(marta);
    await person.globalShortcut('shoutout_anywhere');
    await person.waitForView('Give a shout-out');
    person.fill({ recipients: { recipients: [ana] }, message: { message: 'for two' } });
    await person.submit();
    await bot.settled();
    expect(texts('pod-a')).toEqual(['Marta Keller gave Ana Souza a shout-out: for two']);
  });

  it('is not filled into the form, which says what an empty field means; a chosen channel holds', async () => {
    const person = bot.slack.as(marta);
    const open = async () => {
      await person.command('/shoutout', '@ana');
      const form = await person.waitForView('Give a shout-out');
      expect(form.values.channel?.channel?.selected_conversation).toBeNull();
      const field = form.view.blocks.find(block => block.block_id === 'channel');
      expect(JSON.stringify(field)).toContain("your team's own channel when all of you are in one team");
      return person;
    };
    (await open()).fill({ message: { message: 'for one' } });
    await person.submit();
    await bot.settled();
    (await open()).fill({ message: { message: 'for two' }, channel: { channel: 'C0SHOUT' } });
    await person.submit();
    await bot.settled();
    expect(texts('pod-a')).toEqual(['Marta Keller gave Ana Souza a shout-out: for one']);
    expect(texts('shoutouts')).toEqual(['Marta Keller gave Ana Souza a shout-out: for two']);
    await bot.slack.as(chen).command('/shoutout', '@ana');
    const others = await bot.slack.as(chen).waitForView('Give a shout-out');
    expect(others.values.channel?.channel?.selected_conversation).toBe('C0SHOUT');
  });

  it('waits for an invitation where the bot is not in it, and the giver is told what to do', async () => {
    await bot.db.write.team.updateMany({ where: { id: podA }, data: { channelSlackId: 'C0SECRET' } });
    await give('@ana for the release');
    expect(JSON.stringify(bot.slack.directMessages(marta))).toContain('C0SECRET');
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.slack.settled();
    await bot.settled();
    expect(texts('secret-plans')).toEqual(['Marta Keller gave Ana Souza a shout-out: for the release']);
  });

  it('that is shared with another organisation gets nothing: the form asks where', async () => {
    await bot.db.write.team.updateMany({ where: { id: podA }, data: { channelSlackId: 'C0SHARED' } });
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana for the release');
    const form = await person.waitForView('Give a shout-out');
    expect(JSON.stringify(form.view.blocks)).toContain('That channel is shared with another organisation.');
    expect((await person.submit()).errors?.channel).toContain('shared with another organisation');
    person.fill({ channel: { channel: 'C0SHOUT' } });
    await person.submit();
    await bot.settled();
    expect(texts('shoutouts')).toHaveLength(1);
  });

  it('gets the reason of a reaction, when it is added', async () => {
    bot.slack.invite('general', bot.slack.botUserId);
    const message = bot.slack.as(ana).say('general', 'The release script is untangled');
    bot.slack.as(marta).react('general', message.ts, 'gem');
    await bot.slack.settled();
    await bot.settled();
    const asked = bot.slack.as(marta).ephemerals().at(-1);
    if (!asked) throw new Error('Nobody was asked why.');
    await bot.slack.as(marta).click({ ephemeral: asked }, 'add_why');
    await bot.slack.as(marta).waitForView('Add why');
    bot.slack.as(marta).fill({ message: { message: 'for untangling it' } });
    await bot.slack.as(marta).submit();
    await bot.settled();
    expect(texts('pod-a').at(-1)).toContain('for untangling it');
    expect(texts('shoutouts')).toEqual([]);
  });
});
