// `/recognition away`: until when somebody is away, by their own word or by a lead of theirs.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { addTeam, setRoster } from '../support/teams.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';

let bot: TestBot;
afterEach(() => bot.stop());

const away = async (person: string, text: string) => {
  const { response } = await bot.slack.as(person).command('/recognition', `away ${text}`);
  await bot.settled();
  return response?.text ?? '';
};
const awayUntil = async (slackId: string) =>
  (await bot.db.read.member.findFirst({ where: { slackId } }))?.awayUntil ?? null;
const told = async (person: string) => {
  await bot.slack.settled();
  return bot.slack.directMessages(person).map(one => one.text);
};

describe.each(databases)('away on $name', database => {
  let teamId: string;
  beforeEach(async () => {
    bot = await startBot({ database });
    teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana, ben], leads: [ben] });
  });

  it('is noted by oneself, until one is back', async () => {
    expect(await away(ana, '2026-06-01')).toBe('Noted: you are away until the end of 1 June.');
    expect(await awayUntil(ana)).toBe('2026-06-01');
    expect(await away(ana, '')).toContain('You are away until the end of 1 June. Lists of people');
    expect(await away(ana, 'Back')).toBe('Welcome back.');
    expect(await awayUntil(ana)).toBeNull();
    expect(await told(ana)).toEqual([]);
  });

  it('is noted by a lead of theirs, and the person is told, once', async () => {
    const words =
      'Noted: Ana Souza is away until the end of 1 June, and lists of people who went unthanked leave them out until then.';
    expect(await away(ben, '@ana until 2026-06-01')).toBe(`${words} I told them so.`);
    expect(await away(ben, '2026-06-01 @ana')).toBe(words);
    expect(await away(ben, '@ana back')).toBe('Noted: Ana Souza is back. I told them so.');
    expect(await awayUntil(ana)).toBeNull();
    expect(await told(ana)).toEqual([
      'Ben Okafor noted for you that you are away until the end of 1 June: lists of people who went unthanked leave you out until then. /recognition away changes it.',
      'Ben Okafor noted for you that you are back. /recognition away changes it.',
    ]);
  });

  it('is not for anybody else to note, nor for who led them before', async () => {
    const refused =
      'Only they themselves, and whoever leads a team that they are in, say that somebody is away. Nothing was changed.';
    expect(await away(chen, '@ana 2026-06-01')).toBe(refused);
    expect(await away(ana, '@ben 2026-06-01')).toBe(refused);
    await setRoster(bot, teamId, [ben]);
    expect(await away(ben, '@ana 2026-06-01')).toBe(refused);
    expect(await awayUntil(ana)).toBeNull();
    expect(await told(ana)).toEqual([]);
  });

  it.each([
    ['@ana 2026-05-12', 'That day has passed. Choose today or a later one.'],
    ['2026-02-30', 'There is no such day.'],
    ['@ana 2028-05-12', 'That is more than a year away. Choose an earlier day.'],
    ['', 'You are not away. Lists of people who went unthanked leave out who is away:'],
    ['@ana', 'Lists of people who went unthanked leave out who is away:'],
    ['@ana @chen 2026-06-01', 'Lists of people who went unthanked leave out who is away:'],
    ['2026-06-01 back', 'Lists of people who went unthanked leave out who is away:'],
    [
      '@ana on Friday',
      'I do not know "on Friday". Lists of people who went unthanked leave out who is away:',
    ],
  ])('is answered in words where it is typed as "%s"', async (text, words) => {
    expect(await away(ben, text)).toContain(words);
    expect(await bot.db.read.member.count({ where: { awayUntil: { not: null } } })).toBe(0);
  });
});
