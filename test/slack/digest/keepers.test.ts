// What keepers can do with the digest, and what they hear of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ana, ben, marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';

let week: DigestBot;
afterEach(() => week.bot.stop());

const friday = '2026-05-15T14:00:00Z';
const nextFriday = '2026-05-22T14:00:00Z';

describe.each(databases)('the commands of the digest on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
  });

  it.each(['preview', 'now', 'pause', 'resume', 'skip 2026-05-15'])(
    '%s is refused, in words, for whoever neither keeps the bot nor administers the workspace',
    async typed => {
      await week.give(marta, '@ben for the release script');
      const answer = await week.ask(ben, typed);
      expect(answer).toContain('Only those who look after me here, and workspace admins');
      expect(answer).not.toContain('release script');
      await week.runAt(friday);
      expect(week.digests()).toHaveLength(1);
    },
  );

  it('preview shows a keeper alone what it would say, marked as that, and when it comes', async () => {
    await week.give(marta, '@ben for the release script');
    const answer = await week.ask(ana, 'preview');
    expect(answer).toContain('Preview: only you see this.');
    expect(answer).toContain('The next one comes on Friday 15 May at 16:00 (Europe/Zurich).');
    expect(answer).toContain('the release script');
    expect(week.digests()).toEqual([]);
    expect(await week.bot.db.read.digest.count({ where: { state: 'told' } })).toBe(0);
    await week.runAt(friday);
    expect(week.digests()).toHaveLength(1);
  });

  it('preview and now say when there is nothing to tell', async () => {
    expect(await week.ask(ana, 'preview')).toContain('There is nothing to tell yet');
    expect(await week.ask(ana, 'now')).toContain('There is nothing to tell yet');
    await week.give(marta, '@ben for the release script');
    await week.runAt(friday);
    expect(week.digests()).toHaveLength(1);
  });

  it('now posts the digest of the week, whatever the hour, and the next one comes a week later', async () => {
    await week.give(marta, '@ben for one');
    week.goTo('2026-05-13T21:30:00Z');
    const answer = await week.ask(ana, 'now');
    await week.run();
    expect(answer).toContain('on its way');
    expect(answer).toContain('The next one comes on Friday 22 May at 16:00 (Europe/Zurich).');
    expect(week.digests()).toHaveLength(1);
    await week.give(marta, '@ben for two');
    await week.runAt(friday);
    expect(week.digests()).toHaveLength(1);
    const again = await week.ask(ana, 'now');
    expect(again).toContain("That week's digest has been posted already");
    await week.runAt(nextFriday);
    expect(week.digests()).toHaveLength(2);
  });

  it('now, asked by two keepers at once, posts one', async () => {
    await week.give(marta, '@ben for one');
    const answers = await Promise.all([week.ask(ana, 'now'), week.ask(marta, 'now')]);
    await week.run();
    expect(week.digests()).toHaveLength(1);
    expect(answers.filter(answer => answer.includes('on its way'))).toHaveLength(1);
  });

  it('now posts what waits for Monday', async () => {
    await week.give(marta, '@ben for one');
    await week.runAt('2026-05-16T10:00:00Z');
    expect(week.digests()).toEqual([]);
    const answer = await week.ask(ana, 'now');
    await week.run();
    expect(answer).toContain('Friday 22 May');
    expect(week.digests()).toHaveLength(1);
    await week.runAt('2026-05-18T08:00:00Z');
    expect(week.digests()).toHaveLength(1);
  });

  it('pause posts nothing until resume, which tells everything with the next one', async () => {
    await week.give(marta, '@ben for one');
    expect(await week.ask(ana, 'pause')).toContain('The digest is paused');
    await week.runAt(friday);
    await week.give(marta, '@ben for two');
    expect(await week.ask(ana, 'resume')).toContain('The next one comes on Friday 22 May at 16:00');
    await week.run();
    expect(week.digests()).toEqual([]);
    await week.runAt(nextFriday);
    expect(week.digests()).toHaveLength(1);
    expect(week.digests()[0]).toContain('for one');
    expect(week.digests()[0]).toContain('for two');
  });

  it('pause holds back a digest that Slack has not taken yet', async () => {
    await week.give(marta, '@ben for one');
    week.bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 20, times: 1 });
    week.goTo(friday);
    await week.bot.tick();
    await week.bot.settled();
    await week.ask(ana, 'pause');
    await week.runAt('2026-05-15T14:30:00Z');
    expect(week.digests()).toEqual([]);
    await week.ask(ana, 'resume');
    await week.runAt('2026-05-15T15:45:00Z');
    expect(week.digests()).toHaveLength(1);
  });

  it('skip leaves a week out, and its shout-outs to the next one', async () => {
    await week.give(marta, '@ben for one');
    const answer = await week.ask(ana, 'skip 2026-05-12');
    expect(answer).toContain('That week has no digest.');
    expect(answer).toContain('The next one comes on Friday 22 May at 16:00 (Europe/Zurich).');
    await week.runAt(friday);
    await week.runAt('2026-05-18T08:00:00Z');
    expect(week.digests()).toEqual([]);
    await week.runAt(nextFriday);
    expect(week.digests()).toHaveLength(1);
    expect(week.digests()[0]).toContain('for one');
  });

  it('skip takes a week far ahead, and resume takes it back', async () => {
    expect(await week.ask(ana, 'skip 2026-12-25')).toContain('The next one comes on Friday 15 May');
    await week.runAt('2026-12-18T15:00:00Z');
    week.goTo('2026-12-21T10:00:00Z');
    await week.give(marta, '@ben for one');
    expect(await week.ask(ana, 'preview')).toContain('on Friday, 1 January 2027 at 16:00');
    expect(await week.ask(ana, 'resume')).toContain('on Friday 25 December at 16:00');
    await week.runAt('2026-12-25T15:00:00Z');
    expect(week.digests()).toHaveLength(1);
  });

  it.each([
    ['skip', 'I need a day, such as /recognition digest skip 2026-05-15'],
    ['skip 2026-02-30', 'I need a day'],
    ['skip friday', 'I need a day'],
    ['skip 2026-05-08', 'That week is over.'],
  ])('%s is answered with what to do', async (typed, words) => {
    const answer = await week.ask(ana, typed);
    expect(answer).toContain(words);
    expect(answer).toContain('The next one comes on Friday 15 May');
  });

  it('without a word, or with one it does not know, says what there is', async () => {
    expect(await week.ask(ben, '')).toContain('/recognition digest preview');
    expect(await week.ask(ben, 'dance')).toContain('I do not know "digest dance".');
  });

  it('the right is looked at when it is used: a keeper no more is refused', async () => {
    await week.give(marta, '@ben for one');
    await week.bot.choose({}, { keeperSlackIds: [marta] });
    expect(await week.ask(ana, 'now')).toContain('Only those who look after me');
    await week.run();
    expect(week.digests()).toEqual([]);
  });
});

describe.each(databases)('weeks without anything to tell on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
  });

  const fridays = Array.from({ length: 8 }, (_, index) =>
    new Date(new Date(friday).getTime() + index * 7 * 24 * 60 * 60 * 1000).toISOString(),
  );

  it('post nothing; keepers get an idea a week, with the third in a row a suggestion, then silence until something changes', async () => {
    const heard: number[] = [];
    for (const instant of fridays.slice(0, 6)) {
      await week.runAt(instant);
      heard.push(week.told(ana).length);
    }
    expect(week.digests()).toEqual([]);
    expect(heard).toEqual([1, 2, 3, 3, 3, 3]);
    const [first, second, last] = week.told(ana);
    expect(first).toContain('One idea:');
    expect(second).toContain('One idea:');
    expect(first).not.toBe(second);
    expect(last).toContain('A suggestion:');
    expect(week.told(marta)).toHaveLength(3);

    await week.give(marta, '@ben for one');
    await week.runAt(fridays[6] ?? '');
    expect(week.digests()).toHaveLength(1);
    await week.runAt(fridays[7] ?? '');
    expect(week.told(ana)).toHaveLength(4);
  });

  it('begin to be counted anew when the settings change', async () => {
    for (const instant of fridays.slice(0, 5)) await week.runAt(instant);
    await week.bot.choose({ digestChannelId: 'C0CRAFT' });
    await week.runAt(fridays[5] ?? '');
    expect(week.told(ana)).toHaveLength(4);
    expect(week.told(ana).at(-1)).toContain('One idea:');
  });

  it('are those whose shout-outs were all taken back', async () => {
    await week.give(ben, '@ana for one');
    const shoutout = await week.bot.db.read.shoutout.findFirstOrThrow();
    const [answer] = week.bot.slack.as(ben).ephemerals();
    if (!answer) throw new Error('No answer.');
    await week.bot.slack.as(ben).click({ ephemeral: answer }, 'undo_shoutout', { value: shoutout.id });
    await week.bot.settled();
    await week.runAt(friday);
    expect(week.digests()).toEqual([]);
    expect(week.told(ana)).toHaveLength(1);
  });
});

describe.each(databases)('the invitation on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database }, {});
  });

  const asked = () => week.bot.said('general').filter(message => message.text.startsWith("It's Shout-out"));

  it('asks the channel once, in the morning of the day of the digest', async () => {
    await week.runAt('2026-05-15T07:59:00Z');
    expect(asked()).toEqual([]);
    await week.runAt('2026-05-15T08:00:00Z');
    expect(asked().map(({ text }) => text)).toEqual(["It's Shout-out Friday. Who made your week easier?"]);
    await week.runAt('2026-05-15T08:30:00Z');
    await week.runAt(friday);
    expect(asked()).toHaveLength(1);
    await week.runAt('2026-05-22T08:00:00Z');
    expect(asked()).toHaveLength(2);
  });

  it('has a button that opens the form', async () => {
    await week.runAt('2026-05-15T08:00:00Z');
    const [message] = asked();
    if (!message) throw new Error('Nobody was asked.');
    const chen = week.bot.slack.as('U0CHEN');
    await chen.click({ message }, 'give_shoutout');
    await chen.waitForView('Give a shout-out');
  });

  it('is not made up for after noon, and not asked by two copies of the bot', async () => {
    await week.runAt('2026-05-15T10:00:00Z');
    expect(asked()).toEqual([]);
    await week.bot.another();
    week.goTo('2026-05-22T09:30:00Z');
    await Promise.all([week.bot.tick(), week.bot.tick()]);
    await week.run();
    expect(asked()).toHaveLength(1);
  });

  it('is not repeated when Slack does not say whether it is there', async () => {
    week.bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await week.runAt('2026-05-15T08:00:00Z');
    await week.runAt('2026-05-15T08:10:00Z');
    expect(asked()).toHaveLength(1);
    expect(week.told(ana)).toEqual([]);
  });

  it.each([
    ['it is switched off', () => week.bot.choose({ isInvitationOn: false })],
    ['the digest is paused', () => week.ask(ana, 'pause')],
    ['the week is skipped', () => week.ask(ana, 'skip 2026-05-15')],
    ['the digest comes before', () => week.bot.choose({ digestHour: 9 })],
  ])('is not asked when %s', async (_, change) => {
    await change();
    await week.runAt('2026-05-15T08:00:00Z');
    expect(asked()).toEqual([]);
  });
});
