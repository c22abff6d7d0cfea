// Who counts in a team, and since when.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, chen, marta, missing } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { startBot, stillClock, type TestBot } from '../../support/start-bot.js';
import { addTeam, setRoster } from '../../support/teams.js';

const diego = 'U0DIEGO';
const zoe = 'U0ZOE';
const day = 24 * 60 * 60 * 1000;
let bot: TestBot;
afterEach(() => bot.stop());
const { give, ask } = acting(() => bot);
const synced = async () => {
  for (let second = 0; second < 30; second += 1) {
    await bot.syncs.step();
    bot.clock.advance(1_000);
  }
};

describe.each(databases)('numbers on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database, clock: stillClock('2026-05-13T10:00:00Z') });
    for (const person of [marta, ana, ben, chen, diego]) await bot.slack.as(person).openHome();
    await bot.settled();
  });

  it("somebody thanked on the day they arrive is in Everyone's table: the sum over people is the value's figure", async () => {
    await synced();
    await bot.choose({}, { viewerSlackIds: [diego] });
    await bot.slack.join({ id: zoe, name: 'zoe' });
    await bot.settled();
    for (const person of ['ana', 'ben', 'chen', 'marta'])
      await give(`@${person} #craft for a thing`, person === 'ana' ? ben : ana);
    await give('@zoe #craft for a first day', ana);
    bot.clock.advance(60_000);
    await synced();
    bot.clock.advance(day);
    await synced();
    expect((await ask(diego, 'stats everyone #craft')).text).toContain('Craft: 5 times');
    const { text: table } = await ask(diego, 'stats team:everyone #craft');
    // Under the head stands a line for each person, and one for the value itself.
    const rows = [...table.matchAll(/^• (.*): (once|twice|\d+ times)$/gm)].filter(
      ([, name]) => name !== ':gem: Craft',
    );
    const times = (words = '') => ({ once: 1, twice: 2 })[words] ?? Number.parseInt(words, 10);
    const sum = rows.reduce((all, [, , words]) => all + times(words), 0);
    expect(table).toMatch(/zoe: once/i);
    expect(sum).toBe(5);
  });

  it('somebody who was in the team for a day a year ago and is back since yesterday is a newcomer', async () => {
    const pod = await addTeam(bot, { name: 'Pod', slug: 'pod', members: [ana, ben, chen], leads: [marta] });
    await give('@ana @ben for a thing', diego);
    bot.clock.advance(day);
    await setRoster(bot, pod, [ana, ben]);
    bot.clock.advance(300 * day);
    const chens = (await bot.db.read.member.findFirst({ where: { slackId: chen } }))?.id ?? missing();
    // One day only, so that they had been there for hardly any time.
    await bot.db.write.teamMember.updateMany({
      where: { memberId: chens, teamId: pod },
      data: { joinedAt: new Date(bot.clock.now().getTime() - 301 * day) },
    });
    await setRoster(bot, pod, [ana, ben, chen]);
    bot.clock.advance(day);
    await bot.slack.as(marta).click({ ephemeral: await ask(marta, 'stats team:pod') }, 'unthanked');
    await bot.settled();
    const view = JSON.stringify(bot.slack.as(marta).view?.view.blocks ?? '');
    expect(view).toContain('Ben');
    expect(view).not.toContain('Chen');
  });
});
