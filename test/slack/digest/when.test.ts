// When the weekly digest is posted: once, at its hour, and what becomes of one that comes late.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ben, marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';
import { recordPeople, recordShoutouts } from '../../support/week.js';

let week: DigestBot;
afterEach(() => week.bot.stop());

const friday = '2026-05-15T14:00:00Z';

describe.each(databases)('the digest on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
  });

  it('is posted at its hour in the zone of the workspace, once', async () => {
    await week.give(marta, '@ben for the release script');
    await week.runAt('2026-05-15T13:59:59Z');
    expect(week.digests()).toEqual([]);
    await week.runAt(friday);
    expect(week.digests()).toHaveLength(1);
    expect(week.digests()[0]).toContain('the release script');
    await week.runAt('2026-05-15T14:01:00Z');
    await week.runAt('2026-05-21T10:00:00Z');
    expect(week.digests()).toHaveLength(1);
  });

  it('tells each shout-out in one digest: what comes after it is told the next time', async () => {
    await week.give(marta, '@ben for one');
    await week.runAt(friday);
    await week.give(ben, '@chen for two');
    await week.runAt('2026-05-22T14:00:00Z');
    expect(week.digests()).toHaveLength(2);
    expect(week.digests()[0]).toContain('for one');
    expect(week.digests()[1]).toContain('for two');
    expect(week.digests()[1]).not.toContain('for one');
  });

  it('is posted once by three copies of the bot that wake at the same moment', async () => {
    await week.give(marta, '@ben for one');
    await week.bot.another();
    week.goTo(friday);
    await Promise.all([week.bot.tick(), week.bot.tick(), week.bot.tick()]);
    await week.run();
    expect(week.digests()).toHaveLength(1);
  });

  it.each([
    ['two hours later', '2026-05-15T16:00:00Z'],
    ['on Monday at half past eight', '2026-05-18T06:30:00Z'],
    ['on Thursday', '2026-05-21T10:00:00Z'],
  ])('makes up for its hour when the bot comes back %s, naming its week', async (_, instant) => {
    await week.give(marta, '@ben for one');
    await week.runAt(instant);
    expect(week.digests()).toHaveLength(1);
    expect(await week.bot.db.read.digest.findMany()).toMatchObject([{ week: '2026-05-11', state: 'told' }]);
  });

  it.each([
    ['in the evening', '2026-05-15T18:00:00Z'],
    ['at the weekend', '2026-05-16T10:00:00Z'],
    ['early on Monday', '2026-05-18T05:00:00Z'],
  ])('waits for Monday at ten when the bot comes back %s', async (_, instant) => {
    await week.give(marta, '@ben for one');
    await week.runAt(instant);
    await week.runAt('2026-05-18T05:59:00Z');
    await week.runAt('2026-05-18T07:59:00Z');
    expect(week.digests()).toEqual([]);
    await week.runAt('2026-05-18T08:00:00Z');
    expect(week.digests()).toHaveLength(1);
    await week.give(marta, '@ben for two');
    await week.runAt('2026-05-22T14:00:00Z');
    expect(week.digests()).toHaveLength(2);
  });

  it('comes in the evening where that is the hour chosen, but not when it is late', async () => {
    await week.bot.choose({ digestHour: 21 });
    await week.give(marta, '@ben for one');
    await week.runAt('2026-05-15T19:00:00Z');
    expect(week.digests()).toHaveLength(1);
    await week.give(marta, '@ben for two');
    await week.runAt('2026-05-22T20:01:00Z');
    expect(week.digests()).toHaveLength(1);
    await week.runAt('2026-05-25T08:00:00Z');
    expect(week.digests()).toHaveLength(2);
  });

  it('is told once when the hour, the zone or the day changes after it', async () => {
    await week.give(marta, '@ben for one');
    await week.runAt(friday);
    await week.give(marta, '@ben for two');
    await week.bot.choose({ digestHour: 18, timeZone: 'America/Los_Angeles', digestWeekday: 7 });
    await week.runAt('2026-05-18T20:00:00Z');
    expect(week.digests()).toHaveLength(1);
    // Sunday at 18:00 in Los Angeles.
    await week.runAt('2026-05-25T01:00:00Z');
    expect(week.digests()).toHaveLength(2);
  });

  it('is told at once when it is moved to an hour that has passed', async () => {
    await week.give(marta, '@ben for one');
    await week.runAt('2026-05-15T13:30:00Z');
    await week.bot.choose({ digestHour: 14 });
    await week.run();
    expect(week.digests()).toHaveLength(1);
  });

  it('is told once when the clock of the machine steps back', async () => {
    await week.give(marta, '@ben for one');
    await week.runAt(friday);
    await week.give(marta, '@ben for two');
    await week.runAt('2026-05-15T12:00:00Z');
    await week.runAt(friday);
    await week.runAt('2026-05-15T14:30:00Z');
    expect(week.digests()).toHaveLength(1);
    await week.runAt('2026-05-22T14:00:00Z');
    expect(week.digests()).toHaveLength(2);
  });

  it('goes on at the right weeks after the clock ran months ahead for a while', async () => {
    await week.give(marta, '@ben for one');
    await week.runAt('2026-12-18T15:00:00Z');
    expect(week.digests()).toHaveLength(1);
    week.goTo('2026-05-14T10:00:00Z');
    await week.give(marta, '@ben for two');
    await week.runAt(friday);
    expect(week.digests()).toHaveLength(2);
  });

  it('needs a channel, and makes up for nothing from before it had one', async () => {
    await week.bot.choose({ digestChannelId: null, shoutoutChannelId: null });
    await week.give(marta, '@ben for one');
    const before = week.digests().length;
    await week.runAt('2026-05-15T14:30:00Z');
    await week.bot.choose({ digestChannelId: 'C0GENERAL' });
    await week.run();
    expect(week.digests()).toHaveLength(before);
    await week.runAt('2026-05-22T14:00:00Z');
    expect(week.digests()).toHaveLength(before + 1);
  });

  it('has its thread below it in order, one message after the other', async () => {
    const { db, workspace, clock } = week.bot;
    const names = ['Ada', 'Bea', 'Cem', 'Dan', 'Eva', 'Fay', 'Gil', 'Hal', 'Ida', 'Jon', 'Kim', 'Lea'];
    await recordPeople(
      db,
      workspace.id,
      names.map(name => ({ name })),
    );
    await recordShoutouts(
      db,
      workspace.id,
      Array.from({ length: 120 }, (_, number) => ({
        by: names[number % 12] ?? '',
        to: [names[(number + 1 + Math.floor(number / 12)) % 12] ?? ''],
        message: `for thing number ${number}`,
        channel: 'C0GENERAL',
        givenAt: clock.now(),
      })),
    );
    await week.runAt(friday);
    const [digest] = week.bot.said('general').filter(message => message.thread_ts === undefined);
    const thread = week.bot.said('general').filter(message => message.thread_ts === digest?.ts);
    expect(thread.length).toBeGreaterThan(3);
    const posts = await week.bot.db.read.post.findMany({
      where: { kind: 'digestReply' },
      orderBy: { postedTs: 'asc' },
    });
    expect(posts.map(({ key }) => key)).toEqual(thread.map((_, index) => `reply:${index + 1}`));
  });
});
