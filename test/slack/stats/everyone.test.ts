// How the values are lived in the whole workspace: for everybody, without names, and nothing that few people would be known by.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOfMessageBlocks } from '../../../src/playground/limits/blocks.js';
import type { Ephemeral } from '../../../src/playground/things.js';
import { createClient } from '../../../src/slack/client.js';
import { lookUpMembers } from '../../../src/slack/lookup.js';
import { acting, ana, ben, chen, marta, missing } from '../../support/acting.js';
import { startBot, type TestBot, ways } from '../../support/start-bot.js';
import { addTeam } from '../../support/teams.js';
import { recordThanks } from '../../support/thanks.js';

const diego = 'U0DIEGO';
const eve = 'U0EVE';
const guest = 'U0GUEST';
const five = [marta, ana, ben, diego, eve];
const day = 24 * 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());
const { ask: askBot } = acting(() => bot);

const ask = (person: string, text = '') => askBot(person, `stats everyone ${text}`);

/** Chen thanks each of these people for a value, so many days ago. */
const thank = (people: string[], values: string[], daysAgo: number) =>
  recordThanks(
    bot,
    people.map(person => ({
      by: chen,
      to: [person],
      values,
      givenAt: new Date(bot.clock.now().getTime() - daysAgo * day),
    })),
  );

describe.each(ways)('the values of everyone on $name over $connection', ({ database, connection }) => {
  beforeEach(async () => {
    // 13 May: of the quarter before, the days until 12 February are compared.
    bot = await startBot({ database, connection });
    bot.slack.addPerson({ id: eve, name: 'eve' });
    const { db, workspace, config, clock } = bot;
    const client = createClient(config, config.botToken);
    await lookUpMembers({ db, client, workspace }, [...five, chen, guest], clock.now());
  });

  it('are shown from five different people on, with what changed, and those that sleep', async () => {
    await thank(five, ['craft'], 95);
    await thank(five, ['craft'], 20);
    await thank([...five, ana], ['craft'], 2);
    await thank([ana, ana, ben, diego], ['teamwork'], 3);
    await thank([ana, ben], [], 3);
    const { text } = await ask(guest);
    expect(text).toBe(
      [
        'How the values are lived here, since 1 April.',
        'Compared with 1 January to 12 February:',
        '• Teamwork: too few people to show',
        '• Craft: 11 times (6 more)',
        '• Without a value: too few people to show',
        'Asleep: Ownership and Kindness. Nobody was thanked for them; does somebody come to mind?',
        'Only you see this, and it names nobody. A number stands where at least five different people were thanked; the sum is left out, for it would tell the others.',
        'Other times: /recognition stats everyone last month, or 2026-03.',
      ].join('\n'),
    );
    expect(text).not.toMatch(/Ana|Ben|Chen|Pod/);
  });

  it('add up where nothing is held back, and do not where one number would give another away', async () => {
    await thank(five, ['craft'], 2);
    await thank([...five, ana], ['kindness'], 2);
    expect((await ask(ana)).text).toContain('11 shout-outs in all: people were thanked 11 times.');
    await thank([ana], ['teamwork'], 2);
    const { text } = await ask(ana);
    expect(text).toContain('Teamwork: too few people to show');
    expect(text).not.toMatch(/In all|12/);
  });

  it('are no numbers where all are held back, and it is said in which time there may be some', async () => {
    await thank([ana, ben], ['craft'], 2);
    await thank(five, ['teamwork'], 20);
    expect((await ask(ana, 'month')).text).toBe(
      [
        'How the values are lived here, since 1 May.',
        'Too few people were thanked for any one value in that time to show numbers without names. Try /recognition stats everyone quarter.',
        'Asleep: Teamwork, Ownership and Kindness. Nobody was thanked for them; does somebody come to mind?',
        'Only you see this, and it names nobody. A number stands where at least five different people were thanked.',
        'Other times: /recognition stats everyone last month, or 2026-03.',
      ].join('\n'),
    );
    expect((await ask(ana, 'week #craft')).text).toContain('Try /recognition stats everyone month #craft.');
    expect((await ask(ana, '#craft all')).text).toContain('to show numbers without names.\n');
  });

  it('say nothing of a change where the period before had too few people', async () => {
    await thank([ana], ['craft'], 95);
    await thank(five, ['craft'], 2);
    expect((await ask(ana)).text).toContain('• Craft: 5 times\n');
    expect((await ask(ana, 'week')).text).toContain('• Craft: 5 times (5 more)');
  });

  it('are drawn over time, without one that has a week with few people; and whole where Slack refuses to draw', async () => {
    await thank(five, ['craft', 'kindness'], 20);
    await thank([ana], ['kindness'], 13);
    await thank(five, ['craft'], 2);
    const drawn = await ask(ana);
    const chart = drawn.blocks?.find(one => one.type === 'data_visualization') ?? missing();
    expect(faultsOfMessageBlocks(drawn.blocks)).toEqual([]);
    expect(JSON.parse(JSON.stringify(chart.chart)).series).toEqual([
      { name: 'Craft', data: [5, 0, 0, 5].map(value => expect.objectContaining({ value })) },
    ]);
    const leftOut = 'none with a step in which one to four people were thanked';
    expect(JSON.stringify(drawn.blocks)).toContain(leftOut);
    expect(JSON.stringify((await ask(ana, '#craft')).blocks)).not.toContain(leftOut);
    bot.slack.trouble.fail('response_url', 'invalid_blocks');
    const plain = await ask(ana);
    expect(plain.text).toBe(drawn.text);
    expect(plain.blocks?.map(one => one.type)).toEqual(['rich_text', 'rich_text']);
    expect(plain.text).toContain('• Craft: 10 times');
    expect(plain.text).toContain('• Kindness: 6 times');
  });

  it('are those of one where it is named, also of a retired one', async () => {
    await thank(five, ['craft', 'kindness'], 2);
    await bot.db.write.companyValue.updateMany({
      where: { slug: 'kindness' },
      data: { retiredAt: bot.clock.now() },
    });
    expect((await ask(ana, '#kindness month')).text).toContain(
      'How Kindness is lived here, since 1 May.\n• Kindness (retired): 5 times\n',
    );
    expect((await ask(ana, 'ownership')).text).toContain('It sleeps: nobody was thanked for it.');
    expect((await ask(ana, '2026-03')).text).toContain('Asleep: Teamwork, Ownership and Craft.');
    expect((await ask(ana, '2030-01')).text).toBe('That time lies ahead: nothing has been given in it yet.');
  });

  it('are told by team to leads and to those who may see everyone’s numbers, and of no small team', async () => {
    await addTeam(bot, { name: 'Zebra', slug: 'zebra', members: five, leads: [diego] });
    await addTeam(bot, { name: 'Alpaca', slug: 'alpaca', members: [...five, chen], leads: [] });
    await addTeam(bot, { name: 'Small', slug: 'small', members: [ana, ben, diego, eve] });
    await thank(five, ['craft'], 2);
    await thank([ana, ben], ['kindness'], 2);
    const teams = [
      'Which teams live which values (a value without a number: fewer than five people)',
      '• Alpaca: Craft 5 times, Kindness',
      '• Zebra: Craft 5 times, Kindness',
    ].join('\n');
    const { text } = await ask(diego);
    expect(text).toContain(teams);
    expect(text).not.toContain('Small');
    expect((await ask(ana)).text).not.toMatch(/Which teams|Zebra/);
    await bot.choose({}, { viewerSlackIds: [eve] });
    expect((await ask(eve)).text).toContain(teams);
  });

  it('turn pages of 25 teams, and are asked anew who may see them', async () => {
    for (let number = 1; number <= 27; number += 1) {
      const name = `Team ${String(number).padStart(2, '0')}`;
      await addTeam(bot, { name, slug: `team-${number}`, members: five, leads: number === 1 ? [diego] : [] });
    }
    await thank(five, ['craft'], 2);
    const turned = async (shown: Ephemeral | undefined, to: 'next' | 'previous') => {
      if (!shown) throw new Error('Nothing was answered.');
      await bot.slack.as(diego).click({ ephemeral: shown }, `team_page:${to}`);
      await bot.settled();
      return bot.slack.as(diego).ephemerals().at(-1);
    };
    const teamsIn = (text: string | undefined) => text?.match(/• Team \d\d/g)?.length;
    const first = await ask(diego, '#craft month');
    expect(first.text).toContain(
      'Which teams live which values (page 1 of 2, by name; a value without a number: fewer than five people)\n• Team 01: Craft 5 times\n',
    );
    expect(teamsIn(first.text)).toBe(25);
    const second = await turned(bot.slack.as(diego).ephemerals().at(-1), 'next');
    expect(second?.text).toContain('How Craft is lived here, since 1 May.');
    expect(second?.text).toContain('• Team 26: Craft 5 times\n• Team 27: Craft 5 times');
    expect(teamsIn(second?.text)).toBe(2);
    await bot.db.write.teamLead.deleteMany({});
    const third = await turned(second, 'previous');
    expect(third?.text).toContain('How Craft is lived here');
    expect(third?.text).not.toContain('Which teams');
  });
});
