// A person's page: their own, and somebody else's for whom it is to see.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOfMessageBlocks } from '../../../src/playground/limits/blocks.js';
import { writeLeads } from '../../../src/store/teams.js';
import { acting, ana, ben, chen, marta, missing } from '../../support/acting.js';
import { startBot, stillClock, type TestBot, ways } from '../../support/start-bot.js';
import { addTeam, setRoster } from '../../support/teams.js';
import { recordThanks } from '../../support/thanks.js';

const diego = 'U0DIEGO';
const day = 24 * 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());
const { give, told, shownTo, ask: askBot } = acting(() => bot);

/** What somebody is shown who types `/recognition stats …`. */
const ask = (person: string, text = '', raw = false) => askBot(person, `stats ${text}`, { raw });
const looks = () =>
  bot.db.read.look.findMany({
    select: { what: true, memberId: true, aboutId: true, lookedAt: true },
  });
const memberId = async (slackId: string) =>
  (await bot.db.read.member.findFirst({ where: { slackId } }))?.id ?? missing();
const press = async (person: string, actionId: string) => {
  await bot.slack.as(person).click({ ephemeral: shownTo(person) }, actionId);
  await bot.settled();
};
const turn = async (person: string, actionId: string) => {
  await bot.slack.as(person).click({ view: bot.slack.as(person).view ?? missing() }, actionId);
  await bot.settled();
};
const viewOf = (person: string) => JSON.stringify(bot.slack.as(person).view?.view.blocks ?? missing());

/** Thanks to Ana for Craft, a minute apart, the last of them now. */
const recordThings = (count: number) =>
  recordThanks(
    bot,
    Array.from({ length: count }, (_, index) => ({
      by: ben,
      to: [ana],
      values: ['craft'],
      message: `for thing number ${index + 1}`,
      givenAt: new Date(bot.clock.now().getTime() - (count - 1 - index) * 60_000),
    })),
  );

describe.each(ways)('a person’s page on $name over $connection', ({ database, connection }) => {
  beforeEach(async () => {
    // Of the quarter before there are days as well.
    bot = await startBot({ database, connection, clock: stillClock('2026-02-10T10:00:00Z') });
  });

  /** One in the quarter before, then three in two weeks of this one. */
  const story = async () => {
    await give('@ana #craft for the release script', ben);
    bot.clock.advance(84 * day);
    await give('@ana #craft #teamwork for the night shift', ben);
    await give('@ben for the review', ana);
    bot.clock.advance(8 * day);
    await give('@ana for staying late', chen);
  };

  it('says what one received and gave, and what changed, whole without its chart', async () => {
    await story();
    const page = await ask(ana);
    expect(page.text).toBe(
      [
        'Your shout-outs since 1 April: 2 received, 1 given.',
        'Compared with 1 January to 12 February: 1 more received, 1 more given.',
        '• Teamwork: 1 received, 0 given (1 more received)',
        '• Ownership: 0 received, 0 given',
        '• Craft: 1 received, 0 given',
        '• Kindness: 0 received, 0 given',
        '• Without a value: 1 received, 1 given (1 more received, 1 more given)',
        'Received: 2 in words, 0 by reaction, from 2 people.',
        'Given: 1 in words, 0 by reaction.',
        'What for',
        '• 13 May, from Chen Wei: for staying late',
        '• 5 May, from Ben Okafor for Teamwork and Craft: for the night shift',
        'Only you see this. A shout-out with two values counts under both, and once in the total. /recognition privacy shows who looked at your numbers.',
        'Other times: /recognition stats me last month, or 2026-03.',
      ].join('\n'),
    );
    expect(await looks()).toEqual([]);
  });

  it('draws received and given over time, where Slack draws it', async () => {
    await story();
    const page = await ask(ana);
    expect(page.blocks).toContainEqual(
      expect.objectContaining({
        type: 'data_visualization',
        title: 'Your shout-outs',
        chart: expect.objectContaining({
          type: 'bar',
          axis_config: {
            categories: ['1 Apr', '6 Apr', '13 Apr', '20 Apr', '27 Apr', '4 May', '11 May'],
            x_label: 'Week of',
          },
          series: [
            expect.objectContaining({
              name: 'Received',
              data: [0, 0, 0, 0, 0, 1, 1].map(value => expect.objectContaining({ value })),
            }),
            expect.objectContaining({
              name: 'Given',
              data: [0, 0, 0, 0, 0, 1, 0].map(value => expect.objectContaining({ value })),
            }),
          ],
        }),
      }),
    );
    expect(faultsOfMessageBlocks(page.blocks)).toEqual([]);
  });

  it('is the same without the chart where Slack refuses it', async () => {
    await story();
    const drawn = await ask(ana);
    bot.slack.trouble.fail('response_url', 'invalid_blocks');
    const page = await ask(ana);
    expect(page.text).toBe(drawn.text);
    const types = (message: typeof page) => message.blocks?.map(one => one.type);
    expect(types(drawn)).toEqual(['rich_text', 'data_visualization', 'rich_text', 'rich_text', 'rich_text']);
    expect(types(page)).toEqual(['rich_text', 'rich_text', 'rich_text', 'rich_text']);
  });

  it('is about one value where one is named, and about the period that is', async () => {
    await story();
    expect((await ask(ana, '#teamwork')).text).toContain(
      'Your shout-outs for Teamwork since 1 April: 1 received, 0 given.',
    );
    expect(shownTo(ana).text).not.toContain('staying late');
    expect((await ask(ana, '2026-02 craft')).text).toContain(
      'Your shout-outs for Craft from 1 to 28 February 2026: 1 received, 0 given.',
    );
    expect((await ask(ana, 'all')).text).toContain('since the beginning: 3 received, 1 given.');
    expect((await ask(ana, 'all')).text).not.toContain('Compared');
    expect((await ask(ana, '2027-01')).text).toBe('That time lies ahead: nothing has been given in it yet.');
  });

  it('counts reactions, boosts, and the people and teams it came from', async () => {
    await addTeam(bot, { name: 'Pod B', slug: 'pod-b', members: [ben, chen] });
    await addTeam(bot, { name: 'Pod C', slug: 'pod-c', members: [chen] });
    const { slack } = bot;
    slack.invite('general', slack.botUserId);
    await bot.settled();
    const message = slack.as(ana).say('general', 'The build is green again.');
    await slack.as(ben).react('general', message.ts, 'gem');
    await bot.settled();
    await give('@ana for it', chen);
    const announced = slack.channel('general').messages.at(-1) ?? missing();
    await slack.as(ben).react('general', announced.ts, 'gem');
    await slack.as(ben).react('general', announced.ts, 'mega');
    await slack.as(diego).react('general', announced.ts, 'mega');
    await bot.settled();
    const { text } = await ask(ana);
    expect(text).toContain('Received: 1 in words, 1 by reaction, from 2 people, with 2 teams between them.');
    expect(text).toContain('What you received was boosted twice.');
    expect(text).toContain('• 10 February, from Ben Okafor for Craft, by reaction');
    expect((await ask(ben)).text).toContain('Given: 0 in words, 1 by reaction.');
  });

  it('is the same to a lead, without what is private; and they are told that it is seen', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana, ben, chen], leads: [marta] });
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await give('@ana #craft for the release script', ben);
    await bot.slack.as(chen).command('/shoutout', '@ana for what nobody need know', { channel: '@shoutout' });
    await bot.settled();
    await bot.slack.as(marta).command('/shoutout', '@ana for the secret plan', { channel: 'secret-plans' });
    await bot.settled();
    await give('@ana @ben for pairing with Ben Okafor', diego);
    const id = await bot.db.read.shoutout.findFirst({ where: { message: { contains: 'pairing' } } });
    await bot.db.write.shoutoutRecipient.updateMany({
      where: { shoutoutId: id?.id ?? missing(), memberId: await memberId(ben) },
      data: { isHidden: true },
    });
    const { text, blocks } = await ask(marta, '@ana');
    expect(text).toContain("Ana Souza's shout-outs since 1 January: 4 received, 0 given.");
    expect(text).toContain('from Ben Okafor for Craft: for the release script');
    expect(text).toContain('for pairing with a colleague');
    expect(text).toContain('2 more are counted and not shown: private, or said where not everybody reads.');
    expect(text).toContain('Only you see this, and Ana Souza can see that you looked.');
    expect(JSON.stringify([text, blocks])).not.toMatch(/nobody need know|secret plan|Ben Okafor for pairing/);
    expect(JSON.stringify(blocks)).toContain('/archives/C0GENERAL/p');
    expect(await looks()).toEqual([
      {
        what: 'page',
        memberId: await memberId(marta),
        aboutId: await memberId(ana),
        lookedAt: bot.clock.now(),
      },
    ]);
    const own = await ask(ana);
    expect(own.text).toContain('for what nobody need know');
    expect(own.text).toContain('for the secret plan');
    const bens = await ask(marta, '@ben');
    expect(bens.text).toContain('1 is counted and not shown');
    expect(bens.text).not.toContain('pairing');
  });

  it('does not lead others to a channel that has become private', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    bot.slack.addChannel({ id: 'C0TEMP', name: 'temp', members: [ben] });
    await bot.slack.as(ben).command('/shoutout', '@ana for the vault', { channel: 'temp' });
    await bot.settled();
    bot.clock.advance(day);
    const temp = bot.slack.world.channels.find(one => one.id === 'C0TEMP') ?? missing();
    temp.kind = 'private';
    const { text } = await ask(marta, '@ana');
    expect(text).toContain('1 received');
    expect(text).not.toContain('vault');
  });

  it('is for those who may see everyone’s numbers too', async () => {
    await give('@ana #craft for the release script', ben);
    await bot.choose({}, { viewerSlackIds: [diego] });
    expect((await ask(diego, '@ana')).text).toContain("Ana Souza's shout-outs since 1 January: 1 received");
    expect(await looks()).toHaveLength(1);
  });

  it('pages through all sentences, in the period and of the value that were asked', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    await give('@ana #teamwork for another thing', ben);
    await recordThings(25);
    for (const [person, whom, title] of [
      [ana, 'me', 'Thanks to you'],
      [marta, '@ana', 'Thanks to Ana Souza'],
    ] as const) {
      const page = await ask(person, `${whom} #craft 2026-02`);
      expect(page.text).toContain('The last 10 received');
      expect(page.text).toContain('thing number 25');
      expect(page.text).not.toContain('thing number 15');
      await press(person, 'show_thanks');
      expect(bot.slack.as(person).view?.view.title?.text).toBe(title);
      expect(viewOf(person)).toContain('25 shout-outs for Craft since 1 February. Page 1 of 2.');
      expect(viewOf(person)).toContain('thing number 6');
      await turn(person, 'thanks_page:next');
      expect(viewOf(person)).toContain('Page 2 of 2.');
      expect(viewOf(person)).toContain('thing number 5');
      expect(viewOf(person)).not.toMatch(/thing number 6|another thing/);
      await turn(person, 'thanks_page:previous');
      expect(viewOf(person)).toContain('thing number 25');
    }
    expect(await looks()).toHaveLength(1);
  });

  it('has no Show all where all of it stands there', async () => {
    const isOffered = async () => JSON.stringify((await ask(ana, 'me')).blocks).includes('Show all');
    await give('@ana for a short thing', ben);
    expect(await isOffered()).toBe(false);
    await give(`@ana for ${'a long thing and '.repeat(40)}`, chen);
    expect(await isOffered()).toBe(true);
  });

  it('asks again with each press whether it is theirs to see', async () => {
    const teamId = await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    await give('@ana for a thing', ben);
    await recordThings(25);
    await ask(marta, '@ana');
    await press(marta, 'show_thanks');
    await setRoster(bot, teamId, [ben]);
    await turn(marta, 'thanks_page:next');
    expect(viewOf(marta)).toContain('Only Ana Souza');
    expect(viewOf(marta)).not.toContain('thing number');
    await bot.slack.as(marta).close({ all: true });
    await press(marta, 'show_thanks');
    expect(bot.slack.as(marta).view).toBeUndefined();
    expect(told(marta)).toContain('You lead Pod A, and Ana Souza is not in it now.');
  });

  it('is refused in words that tell nothing of the numbers', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    const teamB = await addTeam(bot, { name: 'Pod B', slug: 'pod-b', members: [ben, diego], leads: [marta] });
    await give('@chen @ben for the release script', ana);
    await give('@ana for the review', chen);
    await setRoster(bot, teamB, [diego]);
    const own = 'sees their own with /recognition stats me, and can show them to you.';
    const only = (name: string) =>
      `Only ${name}'s leads, and those who may see everyone's numbers, see this.`;
    expect((await ask(marta, '@chen')).text).toBe(
      `${only('Chen Wei')} You lead Pod A and Pod B, and Chen Wei is not in them now. Chen Wei ${own}`,
    );
    // Of former members none.
    expect((await ask(marta, '@ben all')).text).toBe(
      `${only('Ben Okafor')} You lead Pod A and Pod B, and Ben Okafor is not in them now. Ben Okafor ${own}`,
    );
    expect((await ask(ben, '@ana')).text).toBe(`${only('Ana Souza')} You lead no team. Ana Souza ${own}`);
    expect((await ask(marta, '@sam')).text).toBe(
      "Sam Silva's account is deactivated. Numbers of people who have left are shown to nobody.",
    );
    expect((await ask(marta, '@buildbot')).text).toBe('Build bot is a bot, and numbers are of people.');
    expect((await ask(marta, '@finn')).text).toBe(
      'Finn Foreign belongs to another organisation, and shout-outs stay in this one.',
    );
    expect((await ask(marta, '<@U0NOBODY>', true)).text).toBe(
      'Slack does not know that person, or does not show them to me. Is it the one you meant?',
    );
    bot.slack.trouble.fail('users.info', 'internal_error', { times: 1 });
    expect((await ask(marta, '<@U0STRANGER>', true)).text).toBe(
      'Slack does not tell me who that is at the moment. Please try again in a minute.',
    );
    expect(await looks()).toEqual([]);
  });

  it('is no longer for a lead who became a guest, or is a lead no more', async () => {
    const teamId = await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [diego] });
    await give('@ana for the review', chen);
    expect((await ask(diego, '@ana')).text).toContain('1 received');
    bot.slack.changePerson(diego, { isRestricted: true });
    bot.clock.advance(day);
    expect((await ask(diego, '@ana')).text).toContain('Only Ana Souza');
    bot.slack.changePerson(diego, { isRestricted: false });
    bot.clock.advance(day);
    expect((await ask(diego, '@ana')).text).toContain('1 received');
    await bot.db.transaction(tx =>
      writeLeads(tx, bot.workspace.id, { teamId, leadIds: [] }, bot.clock.now()),
    );
    expect((await ask(diego, '@ana')).text).toContain('You lead no team.');
    expect(await looks()).toHaveLength(2);
  });

  it('is one’s own also where one is named, and nobody is written down', async () => {
    await give('@ana for the review', chen);
    expect((await ask(ana, '@ana')).text).toContain('Your shout-outs since 1 January: 1 received');
    expect(await looks()).toEqual([]);
  });
});
