// `/recognition stats …` in words: whose numbers are meant, and what is said where nothing is understood.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, chen, marta } from '../../support/acting.js';
import { startBot, type TestBot, ways } from '../../support/start-bot.js';
import { addTeam } from '../../support/teams.js';

const diego = 'U0DIEGO';

let bot: TestBot;
afterEach(() => bot.stop());
const { shownTo, ask: askBot } = acting(() => bot);

const ask = async (person: string, text = '', raw = false) =>
  (await askBot(person, `stats ${text}`, { raw })).text;
const own = 'Your shout-outs since 1 April';

describe.each(ways)('asking for numbers on $name over $connection', ({ database, connection }) => {
  beforeEach(async () => {
    bot = await startBot({ database, connection });
    const roster = { kind: 'group' as const, slackId: 'S0PODA' };
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', roster, members: [ana, ben, chen], leads: [marta] });
  });

  it('shows a lead their team where they name nobody, by its group and by its name; others their own', async () => {
    for (const text of ['', 'team', 'pod a', 'team:pod-a', '@pod-a', 'month team:Pod A #craft'])
      expect(await ask(marta, text), text).toContain('Pod A');
    expect(await ask(marta, 'me')).toContain(own);
    expect(await ask(ana)).toContain(own);
    expect(await ask(ana, 'team')).toBe(
      "A team's numbers are for those who lead it, and you lead none. /recognition stats me shows your own, /recognition stats everyone how the values are lived here.",
    );
    expect(await ask(ana, 'pod-a')).not.toMatch(/received|Pod A: /);
  });

  it('asks who leads several, with a button for each, and keeps what was asked of them', async () => {
    await addTeam(bot, { name: 'Pod B', slug: 'pod-b', members: [diego], leads: [marta] });
    expect(await ask(marta, 'month #craft')).toBe(
      'You lead Pod A and Pod B. Which one? Type its name, such as stats team:pod-a, or press.',
    );
    await bot.slack.as(marta).click({ ephemeral: shownTo(marta) }, 'ask_stats:1');
    await bot.settled();
    expect(shownTo(marta).text).toContain('Pod B');
    expect(shownTo(marta).text).toContain('Craft');
    expect(shownTo(marta).text).toContain('since 1 May');
    await bot.choose({}, { viewerSlackIds: [diego] });
    expect(await ask(diego, 'team')).toContain('You may see the numbers of Pod A');
    expect(await ask(diego)).toContain(own);
  });

  it('says what it did not understand, the nearest it would, and what there is', async () => {
    const text = await ask(ana, 'pod b quater #krafts');
    expect(text).toContain(
      'I do not know "pod b quater #krafts". Did you mean team:pod-a, quarter or #craft?',
    );
    expect(text).toContain('/recognition stats #craft month');
    expect(await ask(ana, 'quater')).toContain('I do not know "quater". Did you mean quarter?');
    expect(await ask(ana, '#krafts month')).toContain('I do not know "#krafts". Did you mean #craft?');
    expect(await ask(ana, 'last moth')).toContain('Did you mean last month?');
    expect(await ask(ana, 'me everyone')).toContain(
      'One person or team at a time, please: I found me and everyone.',
    );
    expect(await ask(ana, '<!subteam^S0NONE|@design>', true)).toContain(
      'No team here takes its people from @design. There is team:pod-a.',
    );
    expect(await ask(ana, '@nobody')).toContain('Slack does not tell me who @nobody is');
    expect(await ask(ana, '@pod b', true)).toContain('Slack does not tell me who @pod is');
    expect(await ask(ana, '@Pod-A', true)).toMatch(/^Did you mean team:pod-a\?/);
    expect(await ask(ana, 'help')).toContain('Numbers, for your eyes only.');
  });

  it('says who may be meant by a name that is not picked from the list, where it is one person', async () => {
    for (const typed of ['Ben', 'ben okafor', 'BEN month'])
      expect(await ask(ana, typed), typed).toMatch(
        /^I do not know "[^"]+"\. Did you mean @Ben Okafor\? Pick the name from Slack's list\./,
      );
    expect(await ask('U0GUEST', 'ben')).toMatch(/^I do not know "ben"\. Numbers/);
    bot.slack.addPerson({ id: 'U0BEN2', name: 'Ben Other' });
    await bot.slack.as('U0BEN2').command('/recognition', 'stats me');
    await bot.settled();
    for (const typed of ['ben', 'zebra', '%', 'b'])
      expect(await ask(ana, typed), typed).toMatch(/^I do not know "[^"]+"\. Numbers/);
  });

  it('takes a word beside the command for the nearest that there is', async () => {
    for (const [typed, meant] of [
      ['statss me', 'stats'],
      ['value', 'values'],
      ['setting', 'settings'],
    ]) {
      const { response } = await bot.slack.as(ana).command('/recognition', `${typed}`);
      expect(response?.text).toContain(`I do not know "${typed}". Did you mean /recognition ${meant}?`);
    }
    const { response } = await bot.slack.as(ana).command('/recognition', 'team');
    expect(response?.text).toContain('Your teams: Pod A');
  });

  it('understands the time as people name it', async () => {
    for (const [text, words] of [
      ['last month', 'from 1 to 30 April 2026'],
      ['last quarter', 'from 1 January to 31 March 2026'],
      ['march', 'from 1 to 31 March 2026'],
      ['2025', 'from 1 January to 31 December 2025'],
      ['yesterday', 'on 12 May 2026'],
      ['today', 'since 13 May'],
    ] as const)
      expect(await ask(ana, text), text).toContain(`Your shout-outs ${words}`);
    expect(await ask(ana, 'help')).toContain('/recognition stats last month');
  });

  it('names a lead, who asks for a ranking, their team alone', async () => {
    await bot.slack.as(marta).command('/recognition', 'top');
    await bot.settled();
    expect(shownTo(marta).text).toMatch(/Try `\/recognition stats team`\.$/);
  });

  it('says which it took of a value and a team of the same name', async () => {
    await addTeam(bot, { name: 'Craft', slug: 'craft', members: [diego], leads: [] });
    const text = await ask(ana, 'craft');
    expect(text).toContain('I took “Craft” for the value; the team is team:craft.');
    expect(text).toContain('Your shout-outs for Craft since 1 April: 0 received, 0 given.');
    expect(await ask(ana, '#craft')).not.toContain('I took');
  });

  it('shows one’s own also while Slack does not say who asks, and nobody else’s', async () => {
    bot.slack.addPerson({ id: 'U0NEW', name: 'new' });
    bot.slack.trouble.fail('users.info', 'internal_error', { times: 6 });
    expect(await ask('U0NEW')).toContain(`${own}: 0 received, 0 given.`);
    expect(await ask('U0NEW', '@ana')).toBe(
      'Slack does not tell me who you are at the moment. Please try again in a minute.',
    );
    bot.slack.trouble.clear();
  });

  it('counts what people give in Home as well', async () => {
    await bot.slack.as(ben).command('/shoutout', '@ana #craft for the release script');
    await bot.settled();
    await bot.slack.as(ana).openHome();
    await bot.settled();
    expect(JSON.stringify(bot.slack.as(ana).home?.blocks)).toContain('1 received, 0 given');
  });
});
