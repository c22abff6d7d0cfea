// The names of those in a team who were not thanked lately: for its leads, with a form for each.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formLines } from '../../src/playground/plain-text.js';
import { databases } from '../support/databases.js';
import { pressForgedButton } from '../support/forged.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { addTeam, setRoster } from '../support/teams.js';
import { recordThanks } from '../support/thanks.js';

let bot: TestBot;
let teamId: string;
afterEach(() => bot.stop());

const day = 24 * 60 * 60 * 1000;
const lead = 'U0DIEGO';
const people = ['U0ANA', 'U0BEN', 'U0CHEN', 'U0DIEGO', 'U0GUEST'];

const give = (by: string, to: string) => recordThanks(bot, [{ by, to: [to], givenAt: bot.clock.now() }]);

/** A team whose lead is Diego. */
const begin = async (database: (typeof databases)[number]) => {
  bot = await startBot({ database });
  teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: people, leads: [lead] });
};

/** A first shout-out that is older than the list goes back. */
const firstOne = async () => {
  const { response } = await bot.slack.as('U0BEN').command('/shoutout', '@ana for the first one');
  expect(response?.text).toContain('Rec');
  await bot.settled();
  bot.clock.advance(60 * day);
};

const press = (of: TestBot, person: string, teamId: string, weeks?: number) =>
  pressForgedButton(of, person, { actionId: 'unthanked', value: JSON.stringify({ teamId, weeks }) });

/** The form that somebody has open, as they read it. */
const seenBy = ({ slack }: TestBot, person: string) => {
  const { view } = slack.as(person);
  return view ? formLines(view, slack.world).join('\n') : '';
};

const looks = ({ db }: TestBot) => db.read.look.findMany({ select: { what: true, teamId: true } });

describe.each(databases)('names not thanked, on $name', database => {
  beforeEach(() => begin(database));

  it('are listed for the lead: by nobody, and by others only', async () => {
    await firstOne();
    await give('U0ANA', 'U0BEN');
    await give(lead, 'U0CHEN');
    bot.clock.advance(27 * day);
    await press(bot, lead, teamId);
    expect(seenBy(bot, lead)).toBe(
      [
        'Form "Not thanked lately"',
        'Who in Payments was not thanked in the last 4 weeks, by name. Only you see the names; the team can see that you looked.',
        '[menu]',
        'Thanked by nobody',
        'Ana Souza',
        '[Give a shout-out]',
        'Gwen Guest',
        '[Give a shout-out]',
        'Thanked by others, not by you',
        'Ben Okafor',
        '[Give a shout-out]',
        '[Close]',
      ].join('\n'),
    );
    expect(await looks(bot)).toEqual([{ what: 'names', teamId }]);
  });

  it('begin with that everybody was thanked by somebody, where only the lead is missing', async () => {
    await firstOne();
    for (const person of ['U0ANA', 'U0CHEN', 'U0GUEST']) await give('U0BEN', person);
    await give('U0ANA', 'U0BEN');
    bot.clock.advance(day);
    await press(bot, lead, teamId);
    expect(seenBy(bot, lead)).toMatch(
      /\[menu\]\nEverybody was thanked by somebody\.\nThanked by others, not by you\n/,
    );
  });

  it('open a form for each, over the list', async () => {
    await firstOne();
    const actor = bot.slack.as(lead);
    await press(bot, lead, teamId);
    const list = actor.view;
    if (!list) throw new Error('Nothing was opened.');
    await actor.click({ view: list }, 'give_to', { value: 'U0BEN' });
    await bot.settled();
    expect(actor.view?.view.title?.text).toBe('Give a shout-out');
    expect(actor.view?.values.recipients).toMatchObject({ recipients: { selected_users: ['U0BEN'] } });
    actor.fill({ message: { message: 'You kept the lights on.' }, channel: { channel: 'C0GENERAL' } });
    await actor.submit();
    await bot.settled();
    expect(bot.said('general').at(-1)?.text).toContain('You kept the lights on.');
    await actor.close();
    expect(actor.view?.view.title?.text).toBe('Not thanked lately');
  });

  it('look back as far as is chosen', async () => {
    await firstOne();
    const actor = bot.slack.as(lead);
    await press(bot, lead, teamId, 12);
    expect(seenBy(bot, lead)).toContain('The first shout-out here was on 13 May.');
    expect(seenBy(bot, lead)).toContain('Thanked by others, not by you\nAna Souza');
    const list = actor.view;
    if (!list) throw new Error('Nothing was opened.');
    await actor.click({ view: list }, 'unthanked_weeks', {
      value: JSON.stringify({ teamId, weeks: 8, page: 0 }),
    });
    await bot.settled();
    expect(seenBy(bot, lead)).toContain('Thanked by nobody\nAna Souza');
    expect(seenBy(bot, lead)).toContain('not thanked in the last 8 weeks');
    expect(await looks(bot)).toHaveLength(2);
  });

  it('leave out who is new, away or cannot be thanked, and say how many', async () => {
    await firstOne();
    await setRoster(bot, teamId, [...people, 'U0MARTA']);
    await bot.choose({ mayGuestsReceive: false });
    await bot.db.write.member.updateMany({
      where: { slackId: 'U0BEN' },
      data: { awayUntil: '2026-07-12', timeZone: 'Europe/London' },
    });
    await bot.db.write.member.updateMany({
      where: { slackId: 'U0CHEN' },
      data: { preference: 'leaveMeOut' },
    });
    await press(bot, lead, teamId);
    const shown = seenBy(bot, lead);
    expect(shown).toContain('Ana Souza\n[Give');
    for (const name of ['Ben', 'Chen', 'Gwen', 'Marta', 'Diego']) expect(shown).not.toContain(name);
    expect(shown).toContain(
      'Left out: 1 in the team for less than four weeks, 1 away and 2 who cannot be thanked.',
    );
    await bot.slack.as(lead).close({ all: true });
    bot.clock.advance(28 * day);
    await press(bot, lead, teamId);
    expect(seenBy(bot, lead)).toContain('Ben Okafor\n[Give');
    expect(seenBy(bot, lead)).toContain('Marta Keller\n[Give');
  });

  it('who came back to the team is not new in it', async () => {
    await firstOne();
    await setRoster(bot, teamId, ['U0ANA']);
    bot.clock.advance(day);
    await setRoster(bot, teamId, people);
    await press(bot, lead, teamId);
    expect(seenBy(bot, lead)).not.toContain('less than four weeks');
  });

  it('start four weeks after the first shout-out, and nothing is kept of a look at nothing', async () => {
    await press(bot, lead, teamId);
    const told = () => bot.slack.directMessages(lead).at(-1)?.text;
    expect(told()).toBe('This list starts four weeks after the first shout-out here.');
    await give('U0BEN', 'U0ANA');
    bot.clock.advance(27 * day);
    await press(bot, lead, teamId);
    expect(told()).toBe('This list starts on 10 June, after four weeks.');
    expect(await looks(bot)).toEqual([]);
    bot.clock.advance(day);
    await press(bot, lead, teamId);
    expect(seenBy(bot, lead)).toContain('Ben Okafor\n[Give');
  });

  it('are for leads of that team and for viewers, at every press', async () => {
    await firstOne();
    const otherTeam = await addTeam(bot, { name: 'Web', slug: 'web', members: [], leads: ['U0CHEN'] });
    await bot.choose({}, { viewerSlackIds: ['U0BEN'] });
    const refusal =
      "A team's numbers are for those who lead it, and for those who may see everyone's numbers.";
    for (const person of ['U0ANA', 'U0MARTA', 'U0CHEN', 'U0GUEST']) {
      await press(bot, person, teamId);
      expect(bot.slack.as(person).view).toBeUndefined();
      expect(bot.slack.directMessages(person).at(-1)?.text).toBe(refusal);
    }
    await press(bot, 'U0FINN', teamId);
    expect(bot.slack.as('U0FINN').view).toBeUndefined();
    await press(bot, 'U0BEN', teamId);
    expect(seenBy(bot, 'U0BEN')).toContain('Thanked by nobody');
    expect(seenBy(bot, 'U0BEN')).not.toContain('Ben Okafor');
    const list = bot.slack.as('U0BEN').view;
    if (!list) throw new Error('Nothing was opened.');
    await bot.choose({}, { viewerSlackIds: [] });
    await bot.slack.as('U0BEN').click({ view: list }, 'unthanked_weeks', {
      value: JSON.stringify({ teamId, weeks: 2, page: 0 }),
    });
    await bot.settled();
    expect(seenBy(bot, 'U0BEN')).toContain(refusal);
    await bot.db.write.team.delete({ where: { id: otherTeam } });
    await press(bot, lead, otherTeam);
    expect(bot.slack.directMessages(lead).at(-1)?.text).toBe('This team is not there any more.');
    expect(await looks(bot)).toHaveLength(1);
  });
});
