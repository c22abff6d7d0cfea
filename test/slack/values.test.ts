// `/recognition values`: everybody sees the list; admins change it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, OpenView, SubmitResult } from '../../src/playground/local-slack.js';
import { valueFaults } from '../../src/recognition/rules/values.js';
import { emojiName } from '../../src/slack/emoji.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const marta = 'U0MARTA';
const day = 24 * 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);
const give = async (text: string, giver = ben) => {
  const answer = await bot.slack.as(giver).command('/shoutout', text);
  await bot.settled();
  return answer.response ?? missing();
};
const stats = async (person: string) =>
  (await bot.slack.as(person).command('/recognition', 'stats')).response?.text ?? '';
const listed = async (person = ben) =>
  (await bot.slack.as(person).command('/recognition', 'values')).response?.text ?? '';
const kept = async (slug: string) =>
  (await bot.db.read.companyValue.findFirst({ where: { slug } })) ?? missing();

/** What a list shows of its values, a line each. */
const shown = (open: OpenView | undefined) =>
  (open?.view.blocks ?? []).flatMap(block => (block.text as { text?: string } | undefined)?.text ?? []);
const rows = (person: Actor) =>
  shown(person.view).flatMap(text => /^:\S+: \*?([^*\n]+?)\*? {2}`/.exec(text)?.[1] ?? []);
const rowOf = (person: Actor, name: string) =>
  shown(person.view).find(text => text.includes(`${name}*  `) || text.includes(`: ${name}  `)) ?? missing();

/** Opens the list as an admin. */
async function openList(admin = marta): Promise<Actor> {
  const person = bot.slack.as(admin);
  await person.command('/recognition', 'values');
  await person.waitForView('Your values');
  return person;
}

/** Chooses in the menu of the value with this slug, as the open list offers it. */
async function choose(person: Actor, slug: string, choice: string): Promise<void> {
  const view = person.view ?? missing();
  const { id } = await kept(slug);
  const block = view.view.blocks.find(one => one.block_id === id) ?? missing();
  const { options } = block.accessory as { options: { text: { text: string }; value: string }[] };
  const option = options.find(one => one.text.text === choice) ?? missing(`${choice} of ${slug}`);
  await person.click({ view }, 'value_menu', { blockId: id, value: option.value });
  await bot.settled();
}

const isForm = ({ view }: OpenView) => view.callback_id === 'value';

/** Fills the open form, whichever version of a value it is for. */
function fill(person: Actor, contents: { name?: string; emoji?: string; meaning?: string }): void {
  const ids = (person.view ?? missing()).view.blocks.map(block => String(block.block_id));
  for (const [field, typed] of Object.entries(contents)) {
    const id = ids.find(one => one.startsWith(`${field}:`)) ?? missing(field);
    person.fill({ [id]: { [field]: typed } });
  }
}

async function submit(person: Actor): Promise<SubmitResult> {
  const result = await person.submit();
  await bot.settled();
  return result;
}

async function add(person: Actor, name: string, emoji: string, meaning = ''): Promise<SubmitResult> {
  await person.click({ view: person.view ?? missing() }, 'new_value');
  await person.waitForView(isForm);
  fill(person, { name, emoji, meaning });
  return submit(person);
}

async function change(
  person: Actor,
  slug: string,
  contents: { name?: string; emoji?: string; meaning?: string },
): Promise<SubmitResult> {
  await choose(person, slug, 'Change');
  await person.waitForView(isForm);
  fill(person, contents);
  return submit(person);
}

const words = (result: SubmitResult) => Object.values(result.errors ?? {}).join(' ');

describe.each(databases)('the list of values on $name', database => {
  describe.each(['socket', 'http'] as const)('over %s', connection => {
    it('tells everybody what each means and how often it was lived in the last 90 days', async () => {
      bot = await startBot({ database, connection });
      await give('@ana @marta #craft #teamwork for long ago');
      bot.clock.advance(89 * day);
      await give('@ana @marta #craft for one');
      const undone = await give('@ana #craft for nothing');
      await bot.slack.as(ben).click({ ephemeral: undone }, 'undo_shoutout');
      await bot.settled();
      await bot.slack.as(ben).command('/shoutout', '@ana #craft #teamwork between us', { channel: '@ana' });
      await bot.settled();
      expect(await listed()).toBe(
        [
          'Your values, and how often each was lived in the last 90 days:',
          '• Teamwork (#teamwork), lived 3 times: We get there together.',
          '• Ownership (#ownership), not lived lately: We see it through to the end.',
          '• Craft (#craft), lived 5 times: We take care how a thing is made.',
          '• Kindness (#kindness), not lived lately: We look after one another.',
        ].join('\n'),
      );
      bot.clock.advance(2 * day);
      expect(await listed()).toContain('Craft (#craft), lived 3 times: We take care');
      expect(await listed()).toContain('Teamwork (#teamwork), lived once: We get');
      expect(texts('general').filter(text => text.includes('lived'))).toEqual([]);
    });
  });

  describe('', () => {
    beforeEach(async () => {
      bot = await startBot({ database });
    });

    it('opens for an admin as a form, and for nobody else', async () => {
      const person = await openList();
      expect(rows(person)).toEqual(['Teamwork', 'Ownership', 'Craft', 'Kindness']);
      await listed(ben);
      expect(bot.slack.as(ben).view).toBeUndefined();
      expect(JSON.stringify(bot.slack.as(ben).ephemerals())).not.toContain('open_values');
    });

    it('comes with a button to change it when the form would open too late', async () => {
      bot.slack.trouble.fail('views.open', 'expired_trigger_id');
      await bot.slack.as(marta).command('/recognition', 'values');
      const list = await bot.slack.as(marta).waitForEphemeral('Your values');
      await bot.slack.as(marta).click({ ephemeral: list }, 'open_values');
      await bot.slack.as(marta).waitForView('Your values');
    });

    it('is shown though Slack does not say who is an admin', async () => {
      bot.slack.trouble.fail('users.info', 'fatal_error');
      expect(await listed(marta)).toContain('• Craft (#craft)');
      expect(bot.slack.as(marta).view).toBeUndefined();
    });

    it('says what to do where there is none, and everything works without', async () => {
      const person = await openList();
      for (const slug of ['teamwork', 'ownership', 'craft', 'kindness']) await choose(person, slug, 'Retire');
      expect(shown(person.view).join()).toContain('No value is left; shout-outs work without one.');
      expect(await listed()).toContain('There are no values yet.');
      await bot.choose({ isValueRequired: true });
      const answer = await give('@ana for untangling the release script');
      expect(answer.text).toContain('Recorded');
      const help = await bot.slack.as(ben).command('/shoutout', 'help');
      expect(help.response?.text).toContain('/shoutout @ana for untangling');
    });

    it('is in the help', async () => {
      const help = await bot.slack.as(ben).command('/recognition', 'help');
      expect(help.response?.text).toContain('/recognition values');
    });

    it.each([60, 99])('has room for %i values with long names', async count => {
      const long = (index: number) => `${index} ${'ĄW'.repeat(20)}`.slice(0, 38);
      await bot.db.write.companyValue.createMany({
        data: Array.from({ length: count }, (_, index) => ({
          id: crypto.randomUUID(),
          workspaceId: bot.workspace.id,
          slug: `${'x'.repeat(37)}${index}`,
          formerSlugs: ` ${'y'.repeat(37)}${index} ${'z'.repeat(37)}${index} `,
          name: long(index),
          meaning: '& "so" <on> '.repeat(16),
          emoji: `${'e'.repeat(97)}${index}`,
          position: index + 10,
          retiredAt: index % 3 === 0 ? bot.clock.now() : null,
        })),
      });
      const person = await openList();
      expect(rows(person)).toHaveLength(40);
      const seen = [...rows(person)];
      for (let page = 1; seen.length < count + 4; page += 1) {
        await person.click({ view: person.view ?? missing() }, `values_page:${page}`);
        await bot.settled();
        seen.push(...rows(person));
      }
      expect(new Set(seen).size).toBe(count + 4);
      for (let page = Math.ceil((count + 4) / 40) - 2; page >= 0; page -= 1) {
        await person.click({ view: person.view ?? missing() }, `values_page:${page}`);
        await bot.settled();
      }
      expect(rows(person)[0]).toBe('Teamwork');
      expect(await listed()).toMatch(/And \d+ more\.$/);
      await bot.slack.as(ben).command('/shoutout', '');
      await bot.slack.as(ben).waitForView('Give a shout-out');
    });
  });
});

describe.each(databases)('an admin on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('adds a value, which is given by its name and its emoji at once', async () => {
    const person = await openList();
    await add(person, 'Own it!', '🦁', 'We decide <and> say so.');
    expect(shown(person.view)[0]).toBe('Added: Own it!. People type #own-it or :lion_face:.');
    expect(rows(person)).toEqual(['Teamwork', 'Ownership', 'Craft', 'Kindness', 'Own it!']);
    expect(rowOf(person, 'Own it!')).toBe(
      ':lion_face: *Own it!*  `#own-it`\nWe decide &lt;and&gt; say so.\nNot lived lately',
    );
    await give('@ana #own-it for one');
    await give('@ana 🦁 for two');
    expect(await listed()).toContain('Own it! (#own-it), lived 2 times: We decide &lt;and&gt; say so.');
  });

  it('names them in any script, and each is typed as people type', async () => {
    const person = await openList();
    const names: [name: string, typed: string, emoji: string][] = [
      ['कौशल', '#कौशल', 'dart'],
      ['Café', '#cafe\u0301', 'coffee'],
      ['日本語', '#日本語', 'cherry_blossom'],
      ['İyi', '#İYİ', 'hammer'],
      ['İlk', '#ilk', 'one'],
      ["Don't panic", '#dont-panic', 'ice_cube'],
      ['R & D', '#r-d', 'gemstone-of-ours'],
    ];
    for (const [name, typed, emoji] of names) {
      await add(person, name, emoji);
      await give(`@ana ${typed} for it`);
      const said = `Ben Okafor gave Ana Souza a shout-out for ${name.replace('&', '&amp;')}: for it`;
      expect(texts('general').at(-1)).toBe(said);
    }
    for (const name of ['24/7', '🚀', '- -']) {
      expect(words(await add(person, name, 'rocket'))).toContain('The name needs a letter');
      await person.close();
    }
  });

  it('renames one: its history and its old slugs stay', async () => {
    const old = await give('@ana #craft for one');
    const person = await openList();
    await change(person, 'craft', { name: 'Quality', emoji: 'star-struck', meaning: 'We finish things.' });
    expect(shown(person.view)[0]).toBe(
      'Saved: Craft is now Quality, and what was given for it stays. #craft still works.',
    );
    expect(rowOf(person, 'Quality')).toContain('Lived once · also typed #craft');
    await give('@ana #craft for two');
    await give('@ana #quality for three');
    await give('@marta :star-struck: for four');
    expect(await stats(ana)).toContain('Quality: 3 received');
    expect(await listed()).toContain('• Quality (#quality), lived 4 times: We finish things.');
    expect(texts('general')[1]).toContain('for Quality: for two');
    await bot.slack.as(ben).click({ ephemeral: old }, 'edit_shoutout');
    const editing = await bot.slack.as(ben).waitForView('Edit a shout-out');
    expect(JSON.stringify(editing.values.values)).toContain('quality');
    await change(person, 'quality', { name: 'Craft' });
    expect(await kept('craft')).toMatchObject({ formerSlugs: ' quality ' });
  });

  it('describes one, and nothing else changes', async () => {
    const person = await openList();
    await choose(person, 'craft', 'Change');
    const form = await person.waitForView(isForm);
    expect(JSON.stringify(form.values)).toContain('We take care how a thing is made.');
    fill(person, { meaning: 'We finish\nthings.' });
    await submit(person);
    expect(await kept('craft')).toMatchObject({
      name: 'Craft',
      emoji: 'gem',
      meaning: 'We finish things.',
      formerSlugs: ' ',
    });
  });

  it('cuts nothing of a meaning in emoji, and counts each as one character', async () => {
    const meaning = '💎'.repeat(150);
    await bot.db.write.companyValue.updateMany({ where: { slug: 'craft' }, data: { meaning } });
    const person = await openList();
    await choose(person, 'craft', 'Change');
    await person.waitForView(isForm);
    fill(person, { emoji: ':anchor:' });
    await submit(person);
    expect(await kept('craft')).toMatchObject({ emoji: 'anchor', meaning });
    await choose(person, 'craft', 'Change');
    await person.waitForView(isForm);
    fill(person, { meaning: '💎'.repeat(200) });
    await submit(person);
    expect(await kept('craft')).toMatchObject({ meaning: '💎'.repeat(200) });
    await choose(person, 'craft', 'Change');
    await person.waitForView(isForm);
    fill(person, { meaning: 'x'.repeat(201) });
    expect(JSON.stringify((await submit(person)).errors)).toContain('201 characters; up to 200 fit');
  });

  it('reorders them, for everybody', async () => {
    const person = await openList();
    await choose(person, 'craft', 'Move up');
    await choose(person, 'teamwork', 'Move down');
    expect(rows(person)).toEqual(['Craft', 'Teamwork', 'Ownership', 'Kindness']);
    await choose(person, 'craft', 'Move down');
    expect((await listed()).match(/#[a-z]+/g)).toEqual(['#teamwork', '#craft', '#ownership', '#kindness']);
    await expect(choose(person, 'teamwork', 'Move up')).rejects.toThrow('Move up of teamwork');
    await expect(choose(person, 'kindness', 'Move down')).rejects.toThrow('Move down of kindness');
  });

  it('retires one: it stays in records and statistics, and can no longer be given', async () => {
    const offered = await give('@chen for untangling all of the release script');
    await give('@ana #kindness for one');
    const person = await openList();
    await choose(person, 'kindness', 'Retire');
    expect(shown(person.view)[0]).toContain('Retired: Kindness. It stays where it was given');
    expect(rows(person)).toEqual(['Teamwork', 'Ownership', 'Craft', 'Kindness']);
    expect(shown(person.view)).toContain('Retired');
    const refused = 'Kindness is retired as a value and can no longer be given.';
    expect((await give('@ana #Kindness for two')).text).toContain(refused);
    expect((await give('@ana #kindnes for two')).text).toContain('There is no value #kindnes.');
    await bot.slack.as(ben).click({ ephemeral: offered }, 'add_value:kindness');
    await bot.slack.as(ben).waitForEphemeral(refused);
    expect(texts('general')[1]).toContain('for Kindness: for one');
    expect(await stats(ana)).toContain('• Kindness (retired): 1 received, 0 given');
    expect(await stats(marta)).not.toContain('Kindness');
    expect(await listed()).not.toContain('Kindness');
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.settled();
    await bot.slack.as(marta).react('general', bot.slack.as(ana).say('general', 'done').ts, 'sunflower');
    await bot.settled();
    expect(await bot.db.read.shoutout.count({ where: { source: 'reaction' } })).toBe(0);
  });

  it('brings one back, to its old place', async () => {
    const person = await openList();
    await choose(person, 'ownership', 'Retire');
    await choose(person, 'ownership', 'Bring back');
    expect(shown(person.view)[0]).toBe('Ownership is back, in its old place.');
    expect(rows(person)).toEqual(['Teamwork', 'Ownership', 'Craft', 'Kindness']);
    expect((await give('@ana #ownership for two')).text).toContain('for Ownership');
  });

  it('cannot bring one back while its emoji is another’s', async () => {
    const person = await openList();
    await choose(person, 'craft', 'Retire');
    await change(person, 'kindness', { emoji: '💎' });
    await choose(person, 'craft', 'Bring back');
    expect(shown(person.view)[0]).toContain(':gem: belongs to Kindness');
    await change(person, 'craft', { emoji: ':hammer:' });
    await choose(person, 'craft', 'Bring back');
    expect(rows(person)).toContain('Craft');
    expect((await kept('craft')).retiredAt).toBeNull();
  });

  it('hears what a value cannot be', async () => {
    const person = await openList();
    await person.click({ view: person.view ?? missing() }, 'new_value');
    await person.waitForView(isForm);
    const faults: [name: string, emoji: string, expected: string][] = [
      ['craft', ':lion_face:', 'There is a value Craft already.'],
      ['CRAFT!', ':lion_face:', 'There is a value Craft already.'],
      ['Courage', ':gem:', ':gem: belongs to Craft, and a reaction can mean one thing only.'],
      ['Courage', '💎', ':gem: belongs to Craft'],
      ['Courage', 'honeybee', ':bee: belongs to Teamwork'],
      ['Courage', ':mega:', ':mega: gives a shout-out without a value.'],
      ['Courage', '📣', ':mega: gives a shout-out without a value.'],
      ['Courage', 'two words', 'That is not one emoji.'],
      ['Courage', '💎🐝', 'That is not one emoji.'],
      [' \u200b ', ':lion_face:', 'Give it a name.'],
    ];
    for (const [name, emoji, expected] of faults) {
      fill(person, { name, emoji });
      expect(words(await submit(person))).toContain(expected);
    }
    expect(await bot.db.read.companyValue.count()).toBe(4);
    fill(person, { name: 'x'.repeat(40) });
    expect((await submit(person)).errors).toBeUndefined();
    // Slack's own form lets nobody type more.
    const tooLong = { name: '🦁x'.repeat(21), meaning: 'y'.repeat(201), emoji: 'gem' };
    expect(valueFaults(tooLong, { own: null, present: [], canonical: emojiName })).toEqual([
      { code: 'nameTooLong', length: 42, limit: 40 },
      { code: 'meaningTooLong', length: 201, limit: 200 },
    ]);
  });

  it('hears every fault at once, at its field', async () => {
    const person = await openList();
    const result = await add(person, 'Craft', ':bee:');
    expect(result.errors).toEqual({
      'name:new': 'There is a value Craft already. Choose another name.',
      'emoji:new': ':bee: belongs to Teamwork, and a reaction can mean one thing only. Choose another emoji.',
    });
    fill(person, { name: 'Courage', emoji: 'lion_face' });
    expect((await submit(person)).errors).toBeUndefined();
  });

  it('cannot take a name that still means another value', async () => {
    const person = await openList();
    await change(person, 'craft', { name: 'Quality' });
    expect(words(await add(person, 'Craft', ':hammer:'))).toContain('#craft still means Quality');
    await person.close();
    await choose(person, 'quality', 'Retire');
    expect(words(await add(person, 'Quality', ':hammer:'))).toContain(
      'Quality is a retired value. Bring it back instead',
    );
  });

  it('may keep more than five, and reads why five are better', async () => {
    const person = await openList();
    await add(person, 'Courage', ':lion_face:');
    expect(shown(person.view).join()).not.toContain('People remember five');
    await add(person, 'Focus', ':dart:');
    expect(shown(person.view)).toContain(
      'You have 6 values. People remember five, and each then means more: think of retiring one.',
    );
    expect(rows(person)).toHaveLength(6);
  });

  it('is warned of an emoji that people use casually, and may still choose it', async () => {
    const person = await openList();
    for (const emoji of [':heart:', '👍🏽', 'thumbsup', ':tada:', ':handshake:']) {
      await change(person, 'craft', { emoji: ':gem:' });
      expect(rowOf(person, 'Craft')).not.toContain('casually');
      await change(person, 'craft', { emoji });
      expect(shown(person.view)[0]).toContain('casually, so some will give shout-outs by accident.');
      expect(rowOf(person, 'Craft')).toContain('casually');
    }
    await person.close();
    await openList();
    expect(rowOf(person, 'Craft')).toContain('casually');
    await bot.choose({ uncountedEmoji: ['handshake'] });
    await person.close();
    await openList();
    expect(rowOf(person, 'Craft')).not.toContain('casually');
  });

  it('can choose a custom emoji, which gives by command and reaction', async () => {
    const person = await openList();
    await add(person, 'Courage', ':Sunflower_Works:');
    expect(shown(person.view)[0]).toContain(
      'If you see :sunflower_works: in letters instead of a picture, Slack has no emoji of that name.',
    );
    await give('@ana :sunflower_works: for it');
    bot.slack.invite('general', bot.slack.botUserId);
    await bot.slack
      .as(marta)
      .react('general', bot.slack.as(ana).say('general', 'done').ts, 'sunflower_works');
    await bot.settled();
    expect(await stats(ana)).toContain('Courage: 2 received');
  });
});

describe.each(databases)('changing values on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });
  const makeAdmin = (person: string) => bot.slack.changePerson(person, { isAdmin: true });

  it('is refused for an admin who lost the right a minute ago', async () => {
    const person = await openList();
    bot.slack.changePerson(marta, { isAdmin: false });
    await choose(person, 'craft', 'Retire');
    expect(JSON.stringify(person.view)).toContain('Only a workspace admin can change the values.');
    expect((await kept('craft')).retiredAt).toBeNull();

    makeAdmin(marta);
    await openList();
    await choose(person, 'craft', 'Change');
    await person.waitForView(isForm);
    fill(person, { name: 'Mine' });
    bot.slack.changePerson(marta, { isAdmin: false });
    const refused = await submit(person);
    expect(JSON.stringify(refused.updated)).toContain('Only a workspace admin');
    expect((await kept('craft')).name).toBe('Craft');

    makeAdmin(marta);
    await person.close({ all: true });
    await openList();
    bot.slack.changePerson(marta, { isAdmin: false });
    await person.click({ view: person.view ?? missing() }, 'new_value');
    await person.waitForView('Only a workspace admin');
  });

  it('is refused for whoever is no admin, whatever they send', async () => {
    const person = bot.slack.as(ben);
    makeAdmin(ben);
    bot.slack.trouble.fail('views.open', 'expired_trigger_id');
    await person.command('/recognition', 'values');
    const list = await person.waitForEphemeral('Your values');
    await openList(ben);
    await choose(person, 'ownership', 'Retire');
    const before = await bot.db.read.companyValue.findMany();
    const view = person.view ?? missing();
    const idOf = async (slug: string) => (await kept(slug)).id;
    const [craft, teamwork, ownership] = [
      await idOf('craft'),
      await idOf('teamwork'),
      await idOf('ownership'),
    ];
    const sent: [blockId: string, value: string][] = [
      [craft, `change:${craft}`],
      [craft, `retire:${craft}:0`],
      [craft, `up:${craft}:${teamwork}`],
      [teamwork, `down:${teamwork}:${craft}`],
      [ownership, `bringBack:${ownership}:1`],
    ];
    bot.slack.changePerson(ben, { isAdmin: false });
    for (const [blockId, value] of sent) {
      await person.close({ all: true });
      makeAdmin(ben);
      await openList(ben);
      bot.slack.changePerson(ben, { isAdmin: false });
      await person.click({ view: person.view ?? view }, 'value_menu', { blockId, value });
      await person.waitForView('Only a workspace admin can change the values.');
    }
    await person.close({ all: true });
    await person.click({ ephemeral: list }, 'open_values');
    await person.waitForEphemeral('Only a workspace admin can change the values.');
    expect(person.view).toBeUndefined();
    expect(await bot.db.read.companyValue.findMany()).toEqual(before);
  });

  it('on an older state writes nothing, and shows the form anew with both', async () => {
    makeAdmin(ana);
    const first = await openList();
    const second = await openList(ana);
    await choose(second, 'craft', 'Change');
    await second.waitForView(isForm);
    fill(second, { name: 'Quality', meaning: 'As Ana has it.' });
    await change(first, 'craft', { meaning: 'As Marta has it.' });
    const shownAnew = await submit(second);
    expect(JSON.stringify(shownAnew.updated)).toContain('This value was saved otherwise after you opened');
    expect(JSON.stringify(shownAnew.updated)).toContain('You had written: Quality – :gem: – As Ana has it.');
    expect(JSON.stringify(second.view?.values)).toContain('As Marta has it.');
    expect(JSON.stringify(second.view?.values)).not.toContain('Quality');
    expect(await kept('craft')).toMatchObject({ name: 'Craft', meaning: 'As Marta has it.' });
    fill(second, { name: 'Quality' });
    expect((await submit(second)).closed).toBe(true);
    expect(await kept('quality')).toMatchObject({ meaning: 'As Marta has it.' });
  });

  it('from an older list changes nothing that was not seen, and shows the list as it is', async () => {
    makeAdmin(ana);
    const first = await openList();
    const second = await openList(ana);
    await change(first, 'craft', { name: 'Quality' });
    const { id } = await kept('quality');
    const old = second.view ?? missing();
    await second.click({ view: old }, 'value_menu', { blockId: id, value: `retire:${id}:0` });
    await bot.settled();
    expect(shown(second.view)[0]).toContain(
      'The list was changed after you opened it, so I changed nothing.',
    );
    expect((await kept('quality')).retiredAt).toBeNull();

    const stale = second.view ?? missing();
    await choose(first, 'teamwork', 'Move down');
    await choose(first, 'teamwork', 'Move down');
    const { id: ownership } = await kept('ownership');
    const { id: teamwork } = await kept('teamwork');
    await second.click({ view: stale }, 'value_menu', {
      blockId: ownership,
      value: `up:${ownership}:${teamwork}`,
    });
    await bot.settled();
    expect(rows(second)).toEqual(['Ownership', 'Quality', 'Teamwork', 'Kindness']);
  });

  it('twice by a double click is once', async () => {
    const person = await openList();
    await person.click({ view: person.view ?? missing() }, 'new_value');
    await person.waitForView(isForm);
    fill(person, { name: 'Courage', emoji: ':lion_face:' });
    const results = await person.submitTwice();
    await bot.settled();
    expect(results.map(one => one.errors)).toEqual([undefined, undefined]);
    expect(await bot.db.read.companyValue.count({ where: { slug: 'courage' } })).toBe(1);
    await choose(person, 'courage', 'Change');
    await person.waitForView(isForm);
    fill(person, { name: 'Bravery' });
    const renamed = await person.submitTwice();
    await bot.settled();
    expect(renamed.map(one => one.errors)).toEqual([undefined, undefined]);
    expect(await kept('bravery')).toMatchObject({ formerSlugs: ' courage ', version: 1 });
    const { id } = await kept('craft');
    const view = person.view ?? missing();
    const up = `up:${id}:${(await kept('ownership')).id}`;
    await Promise.all([1, 2].map(() => person.click({ view }, 'value_menu', { blockId: id, value: up })));
    await bot.settled();
    expect(rows(person).slice(0, 3)).toEqual(['Teamwork', 'Craft', 'Ownership']);
  });

  it('at once by two admins makes no two values of one slug or emoji', async () => {
    makeAdmin(ana);
    await bot.another();
    const admins = [await openList(), await openList(ana)];
    for (const person of admins) {
      await person.click({ view: person.view ?? missing() }, 'new_value');
      await person.waitForView(isForm);
      fill(person, { name: 'Courage', emoji: ':lion_face:' });
    }
    const results = await Promise.all(admins.map(person => person.submit()));
    await bot.settled();
    expect(results.filter(one => one.errors)).toHaveLength(1);
    expect(results.map(words).join()).toContain('There is a value Courage already.');
    expect(results.map(words).join()).toContain(':lion_face: belongs to Courage');
    expect(await bot.db.read.companyValue.count()).toBe(5);
  });

  it('that takes long is answered afterwards, in the form and in the list', async () => {
    const person = await openList();
    await choose(person, 'craft', 'Change');
    await person.waitForView(isForm);
    fill(person, { name: 'Quality' });
    const hold = bot.slack.trouble.hold('users.info');
    const submitting = person.submit();
    const result = await submitting;
    expect(JSON.stringify(result.updated)).toContain('Checking…');
    hold.release();
    await person.waitForView('Saved: Craft is now Quality');
    await person.close();
    await person.waitForView('also typed #craft');
  });

  it('fails in words when Slack does not say who asks, and nothing is changed', async () => {
    bot.expectErrors();
    const person = await openList();
    bot.slack.trouble.fail('users.info', 'fatal_error', { times: Number.POSITIVE_INFINITY });
    await choose(person, 'craft', 'Retire');
    await person.waitForDirectMessage('Something went wrong on my side');
    expect((await kept('craft')).retiredAt).toBeNull();
  });
});

describe.each(databases)('the values in the first steps on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });
  const lines = 'value_lines';
  const active = async () =>
    (
      await bot.db.read.companyValue.findMany({ where: { retiredAt: null }, orderBy: { position: 'asc' } })
    ).map(one => `${one.emoji} ${one.name} ${one.meaning}`.trim());
  async function openFirstSteps(person = marta): Promise<Actor> {
    const actor = bot.slack.as(person);
    await actor.command('/recognition', 'setup');
    await actor.waitForView('Set up Shoutout');
    return actor;
  }

  it('are those that are listed, in that order, once; the others are retired', async () => {
    const person = await openFirstSteps();
    const listed =
      ':dart: Focus – One thing.\n💎 craft – We finish.\n:sunflower: Courage\n:bee: Teamwork – We get there together.';
    person.fill({ [lines]: { [lines]: listed } });
    const results = await person.submitTwice();
    await bot.settled();
    expect(JSON.stringify(results.map(one => one.errors ?? {}))).toBe('[{},{}]');
    expect(await active()).toEqual([
      'dart Focus One thing.',
      'gem craft We finish.',
      'sunflower Courage',
      'bee Teamwork We get there together.',
    ]);
    // Courage has the emoji of Kindness: it is that value, renamed.
    expect(await bot.db.read.companyValue.count()).toBe(5);
    expect(await kept('courage')).toMatchObject({ formerSlugs: ' kindness ', version: 1 });
    expect(await kept('craft')).toMatchObject({ formerSlugs: ' ', version: 1 });
    expect((await kept('ownership')).retiredAt).not.toBeNull();
    const again = await openFirstSteps();
    again.fill({ [lines]: { [lines]: ':heart: Kindness' } });
    await submit(again);
    expect(await active()).toEqual(['heart Kindness']);
    expect(await kept('kindness')).toMatchObject({ version: 2 });
  });

  it('hear what they cannot be, and nothing is saved', async () => {
    const person = await openFirstSteps();
    person.fill({ [lines]: { [lines]: ':mega: News\n:dart: Focus\n:dart: Aim\n:bee: focus!\n:hammer: 24' } });
    expect((await submit(person)).errors?.[lines]).toBe(
      [
        'News: :mega: gives a shout-out without a value. Choose another emoji.',
        'Aim: :dart: belongs to Focus, and a reaction can mean one thing only. Choose another emoji.',
        'focus!: There is a value Focus already. Choose another name.',
        '24: The name needs a letter, so that people can type it after #.',
      ].join(' '),
    );
    expect(await bot.db.read.companyValue.count({ where: { version: 0, retiredAt: null } })).toBe(4);
  });

  it('overwrite nothing that was changed after the form was opened', async () => {
    bot.slack.changePerson(ana, { isAdmin: true });
    const person = await openFirstSteps(ana);
    await change(await openList(), 'craft', { name: 'Quality' });
    const result = await submit(person);
    expect(JSON.stringify(result.updated)).toContain(
      'Somebody changed the values after you opened this form',
    );
    expect(await active()).toContain('gem Quality We take care how a thing is made.');
    person.fill({ [`${lines}:1`]: { [lines]: ':gem: Quality' } });
    await submit(person);
    expect(await active()).toEqual(['gem Quality']);
  });
});

describe.each(databases)('a value that changed meanwhile on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('leaves "Me too" possible, without it once it is retired', async () => {
    await give('@ana #craft #teamwork for it');
    const person = await openList();
    await choose(person, 'craft', 'Retire');
    await change(person, 'teamwork', { name: 'Together' });
    await bot.choose({ isValueRequired: true });
    const [announcement] = bot.said('general');
    await bot.slack.as('U0CHEN').click({ message: announcement ?? missing() }, 'me_too');
    const chen = bot.slack.as('U0CHEN');
    await chen.waitForView('Me too');
    chen.fill({ message: { message: 'It saved my evening' } });
    const joined = await chen.submit();
    await bot.settled();
    expect(JSON.stringify(joined.updated)).toContain('Recorded');
    expect(await stats(ana)).toContain('Together: 2 received');
    expect(await stats(ana)).toContain('Craft (retired): 1 received');
  });

  it('is given by the button and the form that were opened before it was renamed', async () => {
    const answer = await give('@ana for untangling all of the release script');
    const form = bot.slack.as(marta);
    await form.command('/shoutout', '@ana');
    await form.waitForView('Give a shout-out');
    form.fill({ values: { values: ['craft'] }, message: { message: 'for the night shift' } });
    const admin = await (async () => {
      bot.slack.changePerson('U0CHEN', { isAdmin: true });
      return openList('U0CHEN');
    })();
    await change(admin, 'craft', { name: 'Quality' });
    await form.submit();
    await bot.slack.as(ben).click({ ephemeral: answer }, 'add_value:craft');
    await bot.settled();
    expect(await stats(ana)).toContain('Quality: 2 received');
  });

  it('is filled in from a draft under its new name', async () => {
    const refused = await give('@ana #craft #unheard for it');
    const admin = await openList();
    await change(admin, 'craft', { name: 'Quality' });
    await bot.slack.as(ben).click({ ephemeral: refused }, 'open_form');
    const form = await bot.slack.as(ben).waitForView('Give a shout-out');
    expect(JSON.stringify(form.values.values)).toContain('quality');
  });

  it('stays in a shout-out that is edited after it was retired, also where a value is required', async () => {
    const answer = await give('@ana #craft for it');
    const admin = await openList();
    await choose(admin, 'craft', 'Retire');
    await bot.choose({ isValueRequired: true });
    const person = bot.slack.as(ben);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for it, said better' } });
    const [first, second] = await person.submitTwice();
    await bot.settled();
    expect(JSON.stringify([first.updated, second.updated])).not.toContain('changed after you opened');
    expect(texts('general')).toEqual([
      'Ben Okafor gave Ana Souza a shout-out for Craft: for it, said better',
    ]);
  });
});

function missing(what = 'It'): never {
  throw new Error(`${what} is missing.`);
}
