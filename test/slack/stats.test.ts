// `/recognition stats`: a person's own tallies this calendar quarter.
import { afterEach, describe, expect, it } from 'vitest';
import { dayStart } from '../../src/recognition/calendar.js';
import { periodOf } from '../../src/recognition/stats/periods.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot | undefined;
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
});

describe.each(databases)('statistics on $name', database => {
  it('count what was received and given, per value and in total, for the caller alone', async () => {
    bot = await startBot({ database });
    const { slack } = bot;
    await slack.as('U0MARTA').command('/shoutout', '@ana @ben #craft #teamwork for one');
    await slack.as('U0MARTA').command('/shoutout', '@ana for two');
    await slack.as('U0ANA').command('/shoutout', '@marta #craft for three');
    await bot.settled();

    const anas = await slack.as('U0ANA').command('/recognition', 'stats');
    expect(anas.response?.text).toBe(
      [
        'Your shout-outs since 1 April: 2 received, 1 given.',
        '• Teamwork: 1 received, 0 given',
        '• Ownership: 0 received, 0 given',
        '• Craft: 1 received, 1 given',
        '• Kindness: 0 received, 0 given',
        '• Without a value: 1 received, 0 given',
        'Received: 2 in words, 0 by reaction, from 1 person.',
        'Given: 1 in words, 0 by reaction.',
        'What for',
        '• 13 May, from Marta Keller: for two',
        '• 13 May, from Marta Keller for Teamwork and Craft: for one',
        'Only you see this. A shout-out with two values counts under both, and once in the total. /recognition privacy shows who looked at your numbers.',
        'Other times: /recognition stats me last month, or 2026-03.',
      ].join('\n'),
    );
    const martas = await slack.as('U0MARTA').command('/recognition', 'stats');
    expect(martas.response?.text).toContain('1 received, 2 given');
    expect(martas.response?.text).toContain('• Craft: 1 received, 1 given');
    expect(slack.channel('general').messages.filter(message => message.text.includes('received'))).toEqual(
      [],
    );
  });

  it('begin anew with each quarter', async () => {
    bot = await startBot({ database });
    await bot.slack.as('U0MARTA').command('/shoutout', '@ana for one');
    await bot.settled();
    bot.clock.advance(60 * 24 * 60 * 60 * 1000);
    const answer = await bot.slack.as('U0ANA').command('/recognition', 'stats');
    expect(answer.response?.text).toContain('since 1 July: 0 received');
  });

  it('are told in UTC, like all else, where no day can be counted in the zone that is kept', async () => {
    bot = await startBot({ database });
    const { slack } = bot;
    slack.changePerson('U0BEN', { tz: 'IST' });
    expect((await slack.as('U0MARTA').command('/shoutout', '@ana for one')).response?.text).toContain('Rec');
    await bot.db.write.member.updateMany({ data: { timeZone: 'PST' } });
    await bot.db.write.settings.updateMany({ data: { timeZone: 'IST' } });
    const stats = await slack.as('U0ANA').command('/recognition', 'stats');
    expect(stats.response?.text).toContain('since 1 April: 1 received');
    const preview = await slack.as('U0MARTA').command('/recognition', 'digest preview');
    await bot.settled();
    expect(preview.response?.text).not.toContain('Something went wrong');
    await slack.as('U0ANA').openHome();
    await bot.settled();
    expect(JSON.stringify(slack.as('U0ANA').home)).toContain('Since 1 April');
    const given = await slack.as('U0ANA').command('/shoutout', '@ben for two');
    expect(given.response?.text).toContain('Rec');
    expect((await bot.db.read.member.findFirst({ where: { slackId: 'U0BEN' } }))?.timeZone).toBeNull();
  });

  it('answer somebody nobody has heard of', async () => {
    bot = await startBot({ database });
    const answer = await bot.slack.as('U0DIEGO').command('/recognition', 'stats');
    expect(answer.response?.text).toContain('0 received, 0 given');
  });
});

describe('a calendar quarter', () => {
  it.each([
    ['2026-05-13T10:00:00Z', 'UTC', '2026-04-01T00:00:00.000Z'],
    ['2026-03-31T22:30:00Z', 'Europe/Zurich', '2026-03-31T22:00:00.000Z'],
    ['2026-03-31T21:30:00Z', 'Europe/Zurich', '2025-12-31T23:00:00.000Z'],
    ['2026-12-31T12:00:00Z', 'Pacific/Auckland', '2026-12-31T11:00:00.000Z'],
    ['2026-10-01T00:00:00Z', 'America/Los_Angeles', '2026-07-01T07:00:00.000Z'],
    ['2026-02-10T00:00:00Z', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
  ])('at %s in %s began at %s', (now, zone, start) => {
    const { from } = periodOf({ kind: 'quarter' }, new Date(now), zone);
    expect(from.toISOString()).toBe(start);
  });
});

describe('a day', () => {
  it.each([
    ['2026-05-13T18:10:00Z', 'Asia/Kathmandu', '2026-05-12T18:15:00.000Z'],
    ['2026-03-29T10:00:00Z', 'Europe/Zurich', '2026-03-28T23:00:00.000Z'],
    ['2026-10-04T02:00:00Z', 'Australia/Lord_Howe', '2026-10-03T13:30:00.000Z'],
  ])('at %s in %s began at %s', (now, zone, start) => {
    expect(dayStart(new Date(now), zone).toISOString()).toBe(start);
  });
});
