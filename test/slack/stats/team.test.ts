// A team's numbers: the table, coverage, within and across, each value and the chart, for those who lead it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOfMessageBlocks } from '../../../src/playground/limits/blocks.js';
import { messageLines } from '../../../src/playground/plain-text.js';
import { databases } from '../../support/databases.js';
import { pressForgedButton } from '../../support/forged.js';
import { startBot, type TestBot } from '../../support/start-bot.js';
import { addTeam, setRoster } from '../../support/teams.js';
import { recordThanks } from '../../support/thanks.js';
import { recordPeople } from '../../support/week.js';

let bot: TestBot;
let teamId: string;
afterEach(() => bot.stop());

const lead = 'U0DIEGO';
const people = ['U0ANA', 'U0BEN', 'U0CHEN', 'U0GUEST'];
const refusal = "A team's numbers are for those who lead it, and for those who may see everyone's numbers.";

/** What somebody reads who asks, line by line; Slack takes it. */
const ask = async (of: TestBot, person: string, words: string) => {
  const { response } = await of.slack.as(person).command('/recognition', words);
  await of.settled();
  const shown = of.slack.as(person).ephemerals().at(-1);
  return {
    shown,
    lines: response?.text ? [response.text] : shown ? messageLines(shown, of.slack.world) : [],
  };
};

const looks = ({ db }: TestBot) => db.read.look.findMany({ select: { what: true, teamId: true } });

/** A quarter with something in it, and the beginning of the next. */
const begin = async (database: (typeof databases)[number]) => {
  bot = await startBot({ database });
  teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: people, leads: [lead] });
  // Whoever opens their Home is known from then on.
  await bot.slack.as('U0MARTA').openHome();
  await bot.settled();
  const [marta, ana, ben, chen] = ['U0MARTA', 'U0ANA', 'U0BEN', 'U0CHEN'] as const;
  const givenAt = bot.clock.now();
  await recordThanks(bot, [
    { by: marta, to: [ana], values: ['craft'], givenAt: new Date('2026-02-10T10:00:00Z') },
    { by: ben, to: [ana, chen], values: ['craft'], givenAt },
    { by: marta, to: [ben], values: ['kindness', 'craft'], givenAt },
    { by: marta, to: [ana], givenAt },
    { by: ana, to: [marta], values: ['teamwork'], givenAt },
  ]);
  bot.clock.advance(60_000);
  await setRoster(bot, teamId, [ana, ben, 'U0GUEST']);
  bot.clock.advance(60_000);
  await recordThanks(bot, [{ by: marta, to: [chen], values: ['craft'], givenAt: bot.clock.now() }]);
};

describe.each(databases)("a team's numbers on $name", database => {
  beforeEach(() => begin(database));

  it('are a table of everybody by name, and what it comes to', async () => {
    const { shown, lines } = await ask(bot, lead, 'stats team');
    expect(lines).toEqual([
      'Payments, since 1 April, compared with 1 January to 12 February:',
      '• 3 of 4 people were thanked (before: 1 of 4).',
      '• Thanked 4 times (3 more): within the team twice (2 more), by others twice (1 more).',
      '• Thanked people outside the team once (1 more).',
      '• 🐝 Teamwork: 0 times',
      '• 🧭 Ownership: 0 times',
      '• 💎 Craft: 3 times (2 more)',
      '• 🌻 Kindness: once (1 more)',
      '• Without a value: once (1 more)',
      '| Name | Thanked | Teamwork | Ownership | Craft | Kindness |',
      '| Ana Souza | 2 | 0 | 0 | 1 | 0 |',
      '| Ben Okafor | 1 | 0 | 0 | 1 | 1 |',
      '| Gwen Guest | 0 | 0 | 0 | 0 | 0 |',
      '| 1 person who has left | 1 | 0 | 0 | 1 | 0 |',
      'The table has everybody who is in the team now and was then, by name, with what they received while they were in it. A shout-out with two values counts under both, and once as thanked.',
      '[Names not thanked]',
      'Only you see this. The people of Payments can see that you looked.',
      'Your own: /recognition stats me. Other times: /recognition stats team:payments last month, or 2026-03.',
    ]);
    expect(shown?.blocks?.some(block => block.type === 'data_table')).toBe(false);
    expect(await looks(bot)).toEqual([{ what: 'table', teamId }]);
    const privacy = await ask(bot, 'U0BEN', 'privacy');
    expect(privacy.lines.join('\n')).toContain('Diego Ruiz looked at the table of Payments');
  });

  it('narrow to a value, and to another time', async () => {
    const craft = await ask(bot, lead, 'stats #craft year');
    expect(craft.lines).toEqual([
      'Payments, 💎 Craft, since 1 January:',
      '• 3 of 4 people were thanked for it.',
      '• 💎 Craft: 4 times',
      '| Name | Craft |',
      '| Ana Souza | 2 |',
      '| Ben Okafor | 1 |',
      '| Gwen Guest | 0 |',
      '| 1 person who has left | 1 |',
      'The table has everybody who is in the team now and was then, by name, with what they received while they were in it.',
      '(chart) Payments: Craft',
      expect.stringMatching(/^ {2}Craft: .*9 Feb 1.*11 May 3$/),
      '[Names not thanked]',
      'Only you see this. The people of Payments can see that you looked.',
      'Your own: /recognition stats me. Other times: /recognition stats team:payments #craft last month, or 2026-03.',
    ]);
    const ahead = await ask(bot, lead, 'stats team 2027-01');
    expect(ahead.lines).toEqual(['That time lies ahead: nothing has been given in it yet.']);
  });

  it('are lists where Slack refuses table and chart, and whole in the text alone', async () => {
    const { slack } = bot;
    slack.trouble.fail('response_url', 'invalid_blocks', { times: 1 });
    const { shown, lines } = await ask(bot, lead, 'stats team year');
    expect(shown?.blocks?.map(block => block.type)).not.toContain('table');
    expect(shown?.blocks?.map(block => block.type)).not.toContain('data_visualization');
    expect(lines).toContain('• Ana Souza: thanked 3 times (Craft 2)');
    expect(lines).toContain('• Ben Okafor: thanked once (Craft 1, Kindness 1)');
    expect(lines).toContain('• 1 person who has left: thanked once (Craft 1)');
    expect(lines).toContain('• Gwen Guest: thanked 0 times');
    for (const line of ['• Gwen Guest: thanked 0 times', 'Payments, since 1 January', 'Only you see this.'])
      expect(shown?.text).toContain(line);
  });

  it('turn pages of 98 people, each a look that is checked anew', async () => {
    const { db, workspace, slack } = bot;
    const crowd = Array.from({ length: 150 }, (_, index) => ({
      name: `Person ${String(index).padStart(3, '0')} with a name that is rather long`,
    }));
    await recordPeople(db, workspace.id, crowd);
    const known = await db.read.member.findMany({ where: { name: { startsWith: 'Person' } } });
    await db.write.teamMember.createMany({
      data: known.map(one => ({
        teamId,
        memberId: one.id,
        workspaceId: workspace.id,
        joinedAt: new Date(0),
      })),
    });
    const first = await ask(bot, lead, 'stats team');
    expect(faultsOfMessageBlocks(first.shown?.blocks)).toEqual([]);
    expect(first.lines.filter(line => line.startsWith('|'))).toHaveLength(99);
    expect(first.lines).toContain('Page 1 of 2, by name.');
    expect(first.shown?.text.length).toBeLessThan(4000);
    if (!first.shown) throw new Error('Nothing was answered.');
    await slack.as(lead).click({ ephemeral: first.shown }, 'team_page:next');
    await bot.settled();
    const second = slack.as(lead).ephemerals().at(-1);
    const lines = second ? messageLines(second, slack.world) : [];
    expect(lines).toContain('Page 2 of 2, by name.');
    expect(lines.filter(line => line.startsWith('|'))).toHaveLength(1 + 153 - 98 + 1);
    expect(await looks(bot)).toHaveLength(2);
    await db.write.teamLead.deleteMany({});
    if (!second) throw new Error('Nothing was answered.');
    await slack.as(lead).click({ ephemeral: second }, 'team_page:previous');
    await bot.settled();
    expect(slack.as(lead).ephemerals().at(-1)?.text).toBe(refusal);
    expect(await looks(bot)).toHaveLength(2);
  });

  it('are for leads of that team and for viewers, and not for guests who were named before', async () => {
    const { slack } = bot;
    await addTeam(bot, { name: 'Web', slug: 'web', members: [], leads: ['U0CHEN'] });
    await bot.choose({}, { viewerSlackIds: ['U0BEN'] });
    for (const person of ['U0ANA', 'U0MARTA', 'U0CHEN', 'U0GUEST']) {
      expect((await ask(bot, person, 'stats team:payments')).lines).toEqual([refusal]);
      const value = JSON.stringify({ teamId, typed: '', page: 0 });
      await pressForgedButton(bot, person, { actionId: 'team_page:next', value });
      expect(JSON.stringify(slack.as(person).home)).toContain(refusal);
    }
    expect((await ask(bot, 'U0BEN', 'stats team:payments')).lines[1]).toContain('3 of 4 people');
    expect(await looks(bot)).toHaveLength(1);
    await bot.db.write.member.updateMany({ where: { slackId: 'U0BEN' }, data: { isGuest: true } });
    expect((await ask(bot, 'U0BEN', 'stats team:payments')).lines).toEqual([refusal]);
    expect(await looks(bot)).toHaveLength(1);
  });
});
