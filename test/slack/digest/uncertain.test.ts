// What becomes of a digest that Slack does not take, or does not answer for; and of one whose shout-outs change later.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ana, ben, marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';

let week: DigestBot;
afterEach(() => week.bot.stop());

const friday = '2026-05-15T14:00:00Z';

const questions = (who: string) =>
  week.bot.slack.directMessages(who).filter(({ text }) => text.startsWith('Slack did not say'));

async function answer(who: string, action: 'post_again' | 'it_is_there'): Promise<void> {
  const [message] = questions(who);
  if (!message) throw new Error(`${who} was not asked.`);
  await week.bot.slack.as(who).click({ message }, action);
  await week.bot.settled();
}

describe.each(databases)('a digest that nobody can vouch for, on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
    await week.give(marta, '@ben for one');
  });

  it('is not repeated; each keeper is asked, and "It is there" leaves it at that', async () => {
    week.bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await week.runAt(friday);
    expect(week.digests()).toHaveLength(1);
    expect(questions(marta)).toHaveLength(1);
    expect(questions(ana)).toHaveLength(1);
    await week.runAt('2026-05-15T15:00:00Z');
    expect(week.digests()).toHaveLength(1);
    await answer(ana, 'it_is_there');
    await week.run();
    expect(week.digests()).toHaveLength(1);
    expect(week.told(marta).join()).toContain('This is settled already');
    await week.runAt('2026-05-20T14:00:00Z');
    expect(week.digests()).toHaveLength(1);
    expect(questions(marta)).toHaveLength(0);
  });

  it('is posted again when a keeper says that it is not there, also in the evening', async () => {
    week.bot.slack.trouble.loseRequest('chat.postMessage', { times: 1 });
    await week.runAt(friday);
    expect(week.digests()).toEqual([]);
    week.goTo('2026-05-15T19:00:00Z');
    await answer(marta, 'post_again');
    await week.run();
    expect(week.digests()).toHaveLength(1);
  });

  it("is nobody else's to answer for", async () => {
    week.bot.slack.trouble.loseRequest('chat.postMessage', { times: 1 });
    await week.runAt(friday);
    await week.bot.choose({}, { keeperSlackIds: [marta] });
    await answer(ana, 'post_again');
    await week.run();
    expect(week.digests()).toEqual([]);
    await answer(marta, 'post_again');
    await week.run();
    expect(week.digests()).toHaveLength(1);
  });

  it('is asked of whoever chose the settings where nobody keeps the bot', async () => {
    await week.bot.db.write.keeper.deleteMany();
    await week.ask(marta, 'pause');
    await week.ask(marta, 'resume');
    week.bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await week.runAt(friday);
    expect(questions(marta)).toHaveLength(1);
    expect(questions(ana)).toHaveLength(0);
  });
});

describe.each(databases)('a digest that Slack does not take, on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
    await week.give(marta, '@ben for one');
  });

  it('is posted once Slack takes it', async () => {
    week.bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: 1 });
    await week.runAt(friday);
    expect(week.digests()).toEqual([]);
    await week.runAt('2026-05-15T14:00:40Z');
    expect(week.digests()).toHaveLength(1);
  });

  it('waits for Monday when Slack takes it only in the evening', async () => {
    week.bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: Number.POSITIVE_INFINITY });
    await week.runAt(friday);
    week.bot.slack.trouble.clear();
    await week.runAt('2026-05-15T19:00:00Z');
    await week.runAt('2026-05-17T10:00:00Z');
    await week.runAt('2026-05-18T06:30:00Z');
    expect(week.digests()).toEqual([]);
    await week.runAt('2026-05-18T08:00:00Z');
    expect(week.digests()).toHaveLength(1);
  });

  it('is told to the keepers when its channel is closed, and posted when the bot is invited', async () => {
    await week.bot.choose({ digestChannelId: 'C0SECRET' });
    await week.runAt(friday);
    expect(week.told(ana).join()).toContain("The week's digest is ready, but I cannot post in");
    week.bot.slack.invite('secret-plans', week.bot.slack.botUserId);
    await week.bot.slack.settled();
    await week.run();
    expect(
      week.bot.slack
        .channel('secret-plans')
        .messages.map(({ text }) => text)
        .join(),
    ).toContain('for one');
    expect(week.told(ana).join()).toContain('By now it is in');
  });

  it('goes to the channel that is chosen instead', async () => {
    week.bot.slack.changeChannel('craft', { archived: true });
    await week.bot.choose({ digestChannelId: 'C0CRAFT' });
    await week.runAt(friday);
    expect(week.told(ana).join()).toContain('archived');
    await week.bot.choose({ digestChannelId: 'C0GENERAL' });
    await week.runAt('2026-05-15T15:30:00Z');
    expect(week.digests()).toHaveLength(1);
  });

  it("does not hold up anybody's announcement in its channel", async () => {
    await week.bot.choose({ shoutoutChannelId: 'C0GENERAL' });
    for (let number = 0; number < 24; number += 1)
      await week.give([marta, ana, ben][number % 3] ?? '', `@diego for thing ${number}`);
    week.goTo(friday);
    await week.bot.tick();
    await week.bot.settled();
    await week.give(ana, '@chen for being quick');
    const sent = await week.bot.db.read.post.count({ where: { kind: 'digestReply', state: 'posted' } });
    expect(
      week.bot
        .said('general')
        .map(({ text }) => text)
        .join(),
    ).toContain('for being quick');
    expect(sent).toBeLessThanOrEqual(1);
  });
});

describe.each(databases)('a digest whose shout-outs change, on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
    await week.give(marta, '@ben for the first thing');
    await week.give(ana, '@ben for the second thing');
    week.goTo('2026-05-15T09:00:00Z');
  });

  const undoLast = async (who: string) => {
    const person = week.bot.slack.as(who);
    await person.command('/shoutout', 'last');
    const message = person.ephemerals().at(-1);
    if (!message) throw new Error('No answer.');
    await person.click({ ephemeral: message }, 'undo_shoutout');
    await week.bot.settled();
    await week.run();
  };

  it('shows an edit', async () => {
    await week.give(marta, '@chen for a thing to be edited');
    await week.runAt(friday);
    await week.bot.slack.as(marta).command('/shoutout', 'last');
    const last = week.bot.slack.as(marta).ephemerals().at(-1);
    if (!last) throw new Error('No answer.');
    await week.bot.slack.as(marta).click({ ephemeral: last }, 'edit_shoutout');
    await week.bot.slack.as(marta).waitForView();
    week.bot.slack.as(marta).fill({ message: { message: 'for a thing well said' } });
    await week.bot.slack.as(marta).submit();
    await week.bot.settled();
    await week.run();
    expect(week.digests()).toHaveLength(1);
    expect(week.digests()[0]).toContain('a thing well said');
    expect(week.digests()[0]).not.toContain('to be edited');
  });

  it('no longer tells what was undone, in its message and its thread, and goes when nothing is left', async () => {
    await week.bot.db.write.shoutout.deleteMany();
    for (let number = 1; number <= 5; number += 1)
      await week.give([marta, ana, ben][number % 3] ?? '', `@chen for thing ${number}`);
    await week.runAt(friday);
    const rows = await week.bot.db.read.shoutout.findMany({
      orderBy: { id: 'desc' },
      include: { giver: true },
    });
    const inSlack = () =>
      week.bot
        .said('general')
        .map(({ text }) => text)
        .join();
    for (const { giver, message } of rows) {
      expect(inSlack()).toContain(message);
      await undoLast(giver.slackId);
      expect(inSlack()).not.toContain(message);
    }
    expect(week.bot.said('general')).toEqual([]);
    expect(
      week.bot.slack
        .directMessages(ana)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('digest');
  });

  it('no longer names who keeps it private afterwards', async () => {
    const shoutout = await week.bot.db.read.shoutout.findFirstOrThrow();
    await week.runAt(friday);
    const before = week.bot.slack.calls.filter(({ method }) => method === 'chat.update').length;
    const message = week.bot.slack.directMessages(ben).find(({ text }) => text.includes('the first thing'));
    if (!message) throw new Error('Ben was not told.');
    await week.bot.slack.as(ben).click({ message }, 'keep_private', { value: shoutout.id });
    await week.bot.settled();
    await week.run();
    const updated = week.bot.slack.calls
      .filter(({ method }) => method === 'chat.update')
      .slice(before)
      .map(({ args }) => args.channel);
    expect(updated).toContain('C0GENERAL');
  });
});
