// The first steps: three choices, each filled in, all of it or nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, marta, missing } from '../support/acting.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());
const { give, texts } = acting(() => bot);

const lines = 'value_lines';
const active = async () =>
  (await bot.db.read.companyValue.findMany({ where: { retiredAt: null }, orderBy: { position: 'asc' } })).map(
    one => one.name,
  );
const settings = () => bot.db.read.settings.findFirst();
async function open(person = marta) {
  const actor = bot.slack.as(person);
  await actor.command('/recognition', 'setup');
  await actor.waitForView('Set up Shoutout');
  return actor;
}
async function submit(actor: Awaited<ReturnType<typeof open>>) {
  const result = await actor.submit();
  await bot.settled();
  return JSON.stringify(result.updated ?? result.errors);
}
async function addValues(names: string[], { meaning = '', retiredAt = null as Date | null } = {}) {
  const position = await bot.db.read.companyValue.count();
  for (const [index, name] of names.entries())
    await bot.db.write.companyValue.create({
      data: {
        id: crypto.randomUUID(),
        workspaceId: bot.workspace.id,
        slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        name,
        emoji: `e${name.toLowerCase().replace(/[^a-z0-9]+/g, '')}`,
        meaning,
        retiredAt,
        position: position + index,
      },
    });
}
const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `V${from + at}`);

describe.each(databases)('the first steps on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database, isSetUp: false });
  });

  it('are filled in, and make a workspace ready', async () => {
    const actor = await open();
    const value = (field: string) => actor.view?.values[field]?.[field];
    expect(value('shoutout_channel')?.selected_conversation).toBe('C0SHOUT');
    expect(value('time_zone')?.selected_option).toMatchObject({ value: 'Europe/Zurich' });
    expect(value('digest_weekday')?.selected_option).toMatchObject({ value: '5' });
    expect(value('keepers')?.selected_users).toEqual([marta]);
    actor.fill({ [lines]: { [lines]: ':bee: Teamwork – We get there together.\n:gem: #Good craft' } });
    const done = await submit(actor);
    expect(done).toContain('Shoutout is ready.');
    expect(done).toContain('Your values: Teamwork and Good craft.');
    expect(done).toContain('Retired, for they were not listed: Ownership and Kindness.');
    expect(await active()).toEqual(['Teamwork', 'Good craft']);
    expect(await settings()).toMatchObject({ shoutoutChannelId: 'C0SHOUT', timeZone: 'Europe/Zurich' });
    await give('@ana #craft for the old name, which is still understood', ben);
    expect(texts('shoutouts').join()).toContain('for Good craft: for the old name');
    // Whoever was offered them before is not offered them again.
    await bot.slack.as(marta).openHome();
    await bot.settled();
    expect(JSON.stringify(bot.slack.as(marta).home)).not.toContain('Three choices');
  });

  it('say which emoji nobody can vouch for', async () => {
    const actor = await open();
    actor.fill({ [lines]: { [lines]: ':nosuch: Craft' } });
    expect(await submit(actor)).toContain('I cannot see whether you have :nosuch:');
  });

  it('leave a value alone whose line nobody touched, dashes and all', async () => {
    await addValues(['Work - Life', 'Here – Now'], { meaning: 'Both - at once' });
    await submit(await open());
    expect((await active()).slice(-2)).toEqual(['Work - Life', 'Here – Now']);
    expect(await bot.db.read.companyValue.count({ where: { meaning: 'Both - at once' } })).toBe(2);
  });

  it('open where the values are too many for a field, and leave them as they are', async () => {
    await addValues(numbered(0, 20), { meaning: 'meaning '.repeat(24).trim() });
    const actor = await open();
    expect(actor.view?.values[lines]).toBeUndefined();
    expect(await submit(actor)).toContain('Shoutout is ready.');
    expect(await active()).toHaveLength(24);
  });

  it('keep to a hundred values that can be given', async () => {
    await addValues(numbered(4, 100));
    await addValues(numbered(100, 103), { retiredAt: new Date('2026-01-01T00:00:00Z') });
    const actor = await open();
    const text = String(actor.view?.values[lines]?.[lines]?.value);
    actor.fill({ [lines]: { [lines]: `${text}\n:ev100: V100` } });
    expect(await submit(actor)).toContain('There are 100 values');
    expect(await active()).toHaveLength(100);
  });

  it('change no value when they say that nothing was saved', async () => {
    const actor = await open();
    actor.fill({ [lines]: { [lines]: ':gem: Craft' } });
    await bot.choose({ dailyLimit: 7 });
    const shown = await submit(actor);
    expect(shown).toContain('nothing of yours was saved');
    expect(await active()).toHaveLength(4);
    // The form shows what holds now, not what was typed before.
    expect(actor.view?.values[`${lines}:1`]?.[lines]?.value).toContain(':bee: Teamwork');
    expect(await submit(actor)).toContain('Shoutout is ready.');
    expect((await settings())?.dailyLimit).toBe(7);
  });

  it('taken again and not touched, change nothing', async () => {
    const first = await open();
    first.fill({ shoutout_channel: { shoutout_channel: '' } });
    await submit(first);
    await submit(await open());
    expect((await settings())?.shoutoutChannelId).toBeNull();
  });

  it('tell those who keep the bot from then on, once', async () => {
    const actor = await open();
    actor.fill({ keepers: { keepers: [marta, ana] } });
    await actor.submitTwice();
    await bot.settled();
    await bot.slack.as(ana).waitForDirectMessage('Marta Keller made you one of those who keep Shoutout');
    expect(bot.slack.directMessages(ana)).toHaveLength(1);
    expect(bot.slack.directMessages(marta)).toEqual([]);
  });

  it('are for workspace admins', async () => {
    const stranger = bot.slack.as(ben);
    await stranger.command('/recognition', 'setup');
    await stranger.waitForEphemeral('Only workspace admins');
    expect(stranger.view).toBeUndefined();
    const actor = await open();
    bot.slack.changePerson(marta, { isAdmin: false });
    expect(await submit(actor)).toContain('Only workspace admins');
    expect((await settings()) ?? missing).toBe(missing);
  });
});
