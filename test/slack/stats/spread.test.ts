// How thanks are spread, in a team for its leads, and in the whole workspace for those who may see everyone's numbers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageLines } from '../../../src/playground/plain-text.js';
import { databases } from '../../support/databases.js';
import { pressForgedButton } from '../../support/forged.js';
import { startBot, type TestBot } from '../../support/start-bot.js';
import { addTeam, setRoster } from '../../support/teams.js';
import { recordThanks } from '../../support/thanks.js';

let bot: TestBot;
let teamId: string;
afterEach(() => bot.stop());

const lead = 'U0DIEGO';
const people = ['U0ANA', 'U0BEN', 'U0CHEN', 'U0GUEST', 'U0DIEGO'];
const day = 24 * 60 * 60 * 1000;

const begin = async (database: (typeof databases)[number]) => {
  bot = await startBot({ database });
  teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: people, leads: [lead] });
  await addTeam(bot, {
    name: 'Everyone',
    slug: 'everyone',
    roster: { kind: 'everyone' },
    members: ['U0MARTA', ...people],
  });
  const givenAt = bot.clock.now();
  await recordThanks(bot, [
    { by: 'U0BEN', to: ['U0ANA'], givenAt: new Date('2026-02-10T10:00:00Z') },
    { by: 'U0BEN', to: ['U0ANA', 'U0CHEN'], givenAt },
    { by: 'U0ANA', to: ['U0BEN'], givenAt },
    { by: 'U0MARTA', to: ['U0ANA'], givenAt },
  ]);
};

/** What somebody reads who presses the button under an answer to them. */
const pressUnder = async (of: TestBot, person: string, typed: string) => {
  const actor = of.slack.as(person);
  await actor.command('/recognition', typed);
  await of.settled();
  const shown = actor.ephemerals().at(-1);
  if (!shown) throw new Error('Nothing was answered.');
  await actor.click({ ephemeral: shown }, 'spread');
  await of.settled();
  const answer = actor.ephemerals().at(-1);
  return answer ? messageLines(answer, of.slack.world) : [];
};

describe.each(databases)('the spread of thanks on $name', database => {
  beforeEach(() => begin(database));

  it("is four sentences for a team's lead, each against the time before", async () => {
    expect(await pressUnder(bot, lead, 'stats team')).toEqual([
      'How thanks are spread: Payments, since 1 April, compared with 1 January to 12 February',
      '• Coverage: 3 of 5 people were thanked at least once, 60% (before: 20%).',
      '• Concentration: the person who was thanked most received 50% (before: 100%) of all thanks, where 20% would be an even share.',
      '• Reciprocity: of 4 times that one person thanked another (counted once, however often), 2 were returned: 50% (before: 0%).',
      '• Across teams: 25% (before: 0%) of all thanks to its people came from somebody who was in no team with the person they thanked.',
      'Only you see this. None of it says how well somebody works.',
    ]);
    expect(await bot.db.read.look.count()).toBe(1);
  });

  it('says why there is none for fewer than five people, and offers it to nobody there', async () => {
    await setRoster(bot, teamId, people.slice(0, 4));
    bot.clock.advance(100 * day);
    await bot.slack.as(lead).command('/recognition', 'stats team');
    await bot.settled();
    expect(JSON.stringify(bot.slack.as(lead).ephemerals().at(-1)?.blocks)).not.toContain('"spread"');
    await pressForgedButton(bot, lead, { actionId: 'spread', value: JSON.stringify({ teamId }) });
    expect(JSON.stringify(bot.slack.as(lead).home)).toContain(
      'How thanks are spread is shown for 5 people or more, and Payments had 4 in that time: of fewer, it would tell of one person.',
    );
  });

  it('is told of a time in which nobody was thanked, too', async () => {
    expect((await pressUnder(bot, lead, 'stats team 2025-Q1'))[1]).toBe('Nobody was thanked in that time.');
  });

  it('is that of the whole workspace for viewers, and for nobody else', async () => {
    await bot.choose({}, { viewerSlackIds: ['U0CHEN'] });
    expect((await pressUnder(bot, 'U0CHEN', 'stats everyone')).slice(0, 2)).toEqual([
      'How thanks are spread: Sunflower Works, since 1 April, compared with 1 January to 12 February',
      '• Coverage: 3 of 6 people were thanked at least once, 50% (before: 17%).',
    ]);
    await bot.slack.as('U0MARTA').command('/recognition', 'stats everyone');
    await bot.settled();
    expect(JSON.stringify(bot.slack.as('U0MARTA').ephemerals().at(-1)?.blocks)).not.toContain('"spread"');
    const value = JSON.stringify({ teamId: null, typed: 'quarter' });
    const homeOf = (person: string) => JSON.stringify(bot.slack.as(person).home);
    await pressForgedButton(bot, 'U0CHEN', { actionId: 'spread', value });
    expect(homeOf('U0CHEN')).toContain('How thanks are spread: Sunflower Works');
    expect(homeOf('U0CHEN')).toContain(' 3 of 6 people were thanked at least once, 50% (before: 17%).');
    expect(homeOf('U0CHEN')).toContain(
      ' 25% (before: 0%) of all thanks came from somebody who was in no team',
    );
    for (const person of [lead, 'U0MARTA', 'U0GUEST']) {
      await pressForgedButton(bot, person, { actionId: 'spread', value });
      expect(homeOf(person)).toContain(
        "How thanks are spread in the whole workspace is for those who may see everyone's numbers.",
      );
    }
    await pressForgedButton(bot, 'U0ANA', { actionId: 'spread', value: JSON.stringify({ teamId }) });
    expect(homeOf('U0ANA')).toContain("A team's numbers are for those who lead it");
  });
});
