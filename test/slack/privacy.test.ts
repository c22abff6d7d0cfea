// `/recognition privacy`: who looked at one's numbers and when, and who could; and that there is no ranking.
import { afterEach, describe, expect, it } from 'vitest';
import { recordLook } from '../../src/recognition/stats/rights.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { addTeam, setRoster } from '../support/teams.js';

let bot: TestBot | undefined;
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
});

const hour = 60 * 60 * 1000;
const day = 24 * hour;

const memberOf = async ({ db }: TestBot, slackId: string) => {
  const found = await db.read.member.findFirst({ where: { slackId } });
  if (!found) throw new Error(`Nobody knows ${slackId}.`);
  return found;
};

const privacyOf = async ({ slack }: TestBot, person: string) =>
  (await slack.as(person).command('/recognition', 'privacy')).response?.text ?? '';

describe.each(databases)('who looked, on $name', database => {
  it('is told to each person: at their page, and at their team while they were in it', async () => {
    bot = await startBot({ database });
    const { db, workspace, clock } = bot;
    const teamId = await addTeam(bot, {
      name: 'Payments',
      slug: 'payments',
      members: ['U0ANA', 'U0BEN'],
      leads: ['U0DIEGO'],
    });
    const [ana, diego] = [await memberOf(bot, 'U0ANA'), await memberOf(bot, 'U0DIEGO')];
    await recordLook(db, workspace, { by: diego, what: 'table', teamId }, clock.now());
    clock.advance(2 * hour);
    await recordLook(db, workspace, { by: diego, what: 'page', aboutId: ana.id }, clock.now());
    clock.advance(day);
    await setRoster(bot, teamId, ['U0ANA']);
    clock.advance(hour);
    await recordLook(db, workspace, { by: diego, what: 'names', teamId }, clock.now());

    expect(await privacyOf(bot, 'U0ANA')).toBe(
      [
        'Who looked at your numbers – only you see this.',
        '• Thursday 14 May at 10:00: Diego Ruiz looked at who in Payments was not thanked lately',
        '• Wednesday 13 May at 09:00: Diego Ruiz looked at your page',
        '• Wednesday 13 May at 07:00: Diego Ruiz looked at the table of Payments',
        'The times are those of America/Sao_Paulo.',
        'Who could look: your leads, Diego Ruiz (Payments). Whenever they do, it stands above.',
        'On Thursdays leads are told who in their team was thanked in public, and for what. That is not a look.',
        'Others never see the words of a private shout-out (it counts in numbers only), a ranking, or this list. Colleagues see no numbers of yours, and being a workspace admin shows nobody any.',
      ].join('\n'),
    );
    const bens = await privacyOf(bot, 'U0BEN');
    expect(bens).toContain('the table of Payments');
    expect(bens).not.toContain('not thanked lately');
    expect(bens).not.toContain('your page');
    expect(bens).toContain('Who could look: nobody. Nobody else leads a team that you are in');
  });

  it('names those who may see everyone, and leaves out looks of one’s own', async () => {
    bot = await startBot({ database });
    const { db, workspace, clock } = bot;
    await bot.choose({}, { viewerSlackIds: ['U0CHEN', 'U0ANA'] });
    const teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: ['U0ANA', 'U0BEN'] });
    await recordLook(db, workspace, { by: await memberOf(bot, 'U0ANA'), what: 'table', teamId }, clock.now());
    const anas = await privacyOf(bot, 'U0ANA');
    expect(anas).toContain('Nobody has, neither at your page nor at a table or a list of names');
    expect(anas).toContain("Who could look: Chen Wei, who may see everyone's numbers. Whenever");
    expect(await privacyOf(bot, 'U0BEN')).toContain('Ana Souza looked at the table of Payments');
  });

  it('folds looks within an hour, and turns pages', async () => {
    bot = await startBot({ database });
    const { db, workspace, clock, slack } = bot;
    await privacyOf(bot, 'U0ANA');
    await privacyOf(bot, 'U0DIEGO');
    const [ana, diego] = [await memberOf(bot, 'U0ANA'), await memberOf(bot, 'U0DIEGO')];
    for (let index = 0; index < 50; index += 1) {
      await recordLook(db, workspace, { by: diego, what: 'page', aboutId: ana.id }, clock.now());
      clock.advance(hour / 2);
    }
    expect((await privacyOf(bot, 'U0ANA')).split('\n').filter(line => line.startsWith('•'))).toHaveLength(20);
    const first = slack.as('U0ANA').ephemerals().at(-1);
    if (!first) throw new Error('Nothing was answered.');
    expect(first.text).toContain('Page 1 of 2, the latest first.');
    await slack.as('U0ANA').click({ ephemeral: first }, 'looks_page:next');
    await bot.settled();
    const second = slack.as('U0ANA').ephemerals().at(-1);
    expect(second?.text).toContain('Page 2 of 2, the latest first.');
    expect(second?.text.split('\n').filter(line => line.startsWith('•'))).toHaveLength(5);
    expect(second?.text).toContain('Wednesday 13 May at 07:00');
  });
});

describe('a ranking', () => {
  it.each(['top', 'leaderboard', 'ranking', ' TOP ', 'stats top', 'top 10', 'top team'])(
    'is not there (%s), and it is said why',
    async word => {
      bot = await startBot({ database: databases[0] ?? missing() });
      const answer = await bot.slack.as('U0ANA').command('/recognition', word);
      expect(answer.response?.text).toBe(
        'There is no ranking here: studies found that rankings make people feel less appreciated. Try `/recognition stats team`. Or, for everybody: `/recognition stats everyone`.',
      );
    },
  );
});

function missing(): never {
  throw new Error('There is no database.');
}
