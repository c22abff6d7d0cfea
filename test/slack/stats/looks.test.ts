// Looks: each way to somebody else's numbers leaves one, and none goes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTeams } from '../../../src/store/change-teams.js';
import { acting, ana, ben, marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { pressForgedButton } from '../../support/forged.js';
import { startBot, stillClock, type TestBot } from '../../support/start-bot.js';
import { addTeam } from '../../support/teams.js';

const day = 24 * 60 * 60 * 1000;
let bot: TestBot;
afterEach(() => bot.stop());
const { give, ask } = acting(() => bot);
const looks = () => bot.db.read.look.count();

describe.each(databases)('looks on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database, clock: stillClock('2026-05-13T10:00:00Z') });
  });

  it('"Show all" on a page opened weeks ago shows what is new, and is a look', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    // One more than the page quotes.
    for (let thing = 1; thing <= 11; thing += 1) await give(`@ana for thing number ${thing}`, ben);
    const old = await ask(marta, 'stats @ana');
    expect(await looks()).toBe(1);
    bot.clock.advance(20 * day);
    await give('@ana for something quite new', ben);
    await bot.slack.as(marta).click({ ephemeral: old }, 'show_thanks');
    await bot.settled();
    expect(JSON.stringify(bot.slack.as(marta).view?.view.blocks)).toContain('something quite new');
    expect((await ask(ana, 'privacy')).text).toContain('2 June');
    expect(await looks()).toBe(2);
  });

  it('a press of Show all that was never on a page (a form kept open, a forged value) is a look', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    await give('@ana for the first thing', ben);
    await pressForgedButton(bot, marta, { actionId: 'show_thanks', value: `<@${ana}> all` });
    expect(JSON.stringify(bot.slack.as(marta).view?.view.blocks ?? '')).toContain('first thing');
    expect(await looks()).toBe(1);
  });

  it('of a team that is deleted afterwards are still told', async () => {
    const teamId = await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana, ben], leads: [marta] });
    await give('@ana for the first thing', ben);
    await ask(marta, 'stats team:pod-a');
    expect((await ask(ana, 'privacy')).text).toContain('Marta');
    await bot.db.transaction(async tx => {
      await writeTeams(tx, bot.workspace.id, [{ kind: 'delete', id: teamId }], bot.clock.now());
    });
    for (const person of [ana, ben])
      expect((await ask(person, 'privacy')).text).toContain('Marta Keller looked at the table of your team');
  });

  it('at a time that lies ahead are none: nothing was shown', async () => {
    await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ana], leads: [marta] });
    await give('@ana for the first thing', ben);
    expect((await ask(marta, 'stats @ana 2030-01')).text).toContain('lies ahead');
    expect(await looks()).toBe(0);
  });
});
