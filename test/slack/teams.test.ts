// `/recognition teams`: admins name teams and who leads them; everybody else sees which they are in.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, OpenView, SubmitResult } from '../../src/playground/local-slack.js';
import { defaultWorld } from '../../src/playground/world.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { addTeam } from '../support/teams.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

const missing = (what = 'it'): never => {
  throw new Error(`There is no ${what}.`);
};
const isForm = ({ view }: OpenView) => view.callback_id === 'team';
const shown = (person: Actor) => JSON.stringify(person.view?.view.blocks ?? []);
const errors = (result: SubmitResult) => Object.values(result.errors ?? {}).join(' ');
const kept = async (slug: string) =>
  (await bot.db.read.team.findFirst({
    where: { slug },
    include: { leads: { include: { member: true } } },
  })) ?? missing(slug);
const leadsOf = async (slug: string) => (await kept(slug)).leads.map(one => one.member.slackId).sort();
const directTo = async (person: string) => {
  await bot.slack.settled();
  return bot.slack.directMessages(person).map(one => one.text);
};

/** What is chosen in the form, by field. */
type Choices = Record<string, string | string[]>;

function fill(person: Actor, choices: Choices): void {
  const ids = (person.view ?? missing('form')).view.blocks.map(block => String(block.block_id));
  for (const [field, value] of Object.entries(choices)) {
    const id = ids.find(one => one === field || one.startsWith(`${field}:`)) ?? missing(field);
    person.fill({ [id]: { [field]: value } });
  }
}

async function openList(admin = marta): Promise<Actor> {
  const person = bot.slack.as(admin);
  await person.command('/recognition', 'teams');
  await person.waitForView('Teams');
  return person;
}

async function submit(person: Actor): Promise<SubmitResult> {
  const result = await person.submit();
  await bot.settled();
  return result;
}

async function openNew(person: Actor): Promise<void> {
  await person.click({ view: person.view ?? missing('list') }, 'new_team');
  await person.waitForView(isForm);
}

async function add(person: Actor, choices: Choices): Promise<SubmitResult> {
  await openNew(person);
  fill(person, choices);
  return submit(person);
}

async function choose(person: Actor, slug: string, choice: 'change' | 'delete'): Promise<void> {
  const { id, version } = await kept(slug);
  const view = person.view ?? missing('list');
  await person.click({ view }, 'team_menu', { blockId: id, value: `${choice}:${id}:${version}` });
  await bot.settled();
}

/** Lets the syncs take over all that is due. */
async function takeOver(): Promise<void> {
  for (let step = 0; step < 6; step += 1) {
    await bot.syncs.step();
    bot.clock.advance(1000);
  }
}

describe.each(databases)('an admin on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('names a team from a user group, its leads and its own channel, and its people are in it', async () => {
    await takeOver();
    const person = await openList();
    await add(person, {
      name: 'Payments & Co',
      group: 'S0PODA',
      leads: [ben, marta],
      channel: 'C0PODA',
      team_digest: ['on'],
    });
    expect(shown(person)).toContain('Added: Payments & Co, typed team:payments-co.');
    expect(shown(person)).toContain('I am reading who is in @pod-a');
    expect(await kept('payments-co')).toMatchObject({
      name: 'Payments & Co',
      rosterKind: 'group',
      rosterSlackId: 'S0PODA',
      channelSlackId: 'C0PODA',
      isDigestOn: true,
      digestSince: bot.clock.now(),
    });
    await takeOver();
    await person.close({ all: true });
    await openList();
    expect(shown(person)).toContain(
      '*Payments &amp; Co*  `team:payments-co`\\nLed by Ben Okafor and Marta Keller\\n3 people, from @pod-a\\nIts own channel: <#C0PODA>, with a digest of its own',
    );
    expect(shown(person)).toContain('*Everyone*  `team:everyone`\\n6 people, all of this workspace');
  });

  it('names one from a channel, and changes it later', async () => {
    await takeOver();
    const person = await openList();
    await add(person, { name: 'Checkout', roster_channel: 'C0CRAFT' });
    await choose(person, 'checkout', 'change');
    await person.waitForView(isForm);
    fill(person, { name: 'Basket', leads: [ana] });
    await submit(person);
    expect(shown(person)).toContain('Saved: Basket. It is typed team:basket from now on.');
    expect(await leadsOf('basket')).toEqual([ana]);
    expect(await bot.db.read.team.count({ where: { slug: 'checkout' } })).toBe(0);
  });

  it('comes to the teams from the end of the first steps, and from their Home', async () => {
    const person = bot.slack.as(marta);
    await person.command('/recognition', 'setup');
    await person.waitForView('Set up');
    await submit(person);
    expect(shown(person)).toContain('Who leads a team? /recognition teams.');
    await person.click({ view: person.view ?? missing('answer') }, 'open_teams');
    await person.waitForView('Teams');
    await add(person, { name: 'Payments', roster_channel: 'C0PODA', leads: [ben] });
    expect(shown(person)).toContain('Added: Payments');
    await person.close({ all: true });
    await person.openHome();
    await bot.settled();
    expect(JSON.stringify(person.home)).toContain('Payments (led by Ben Okafor).');
    await person.click({ home: person.home ?? missing('Home') }, 'open_teams');
    await person.waitForView('Teams');
    await bot.slack.as(ben).openHome();
    await bot.settled();
    expect(JSON.stringify(bot.slack.as(ben).home)).not.toContain('open_teams');
  });

  it('tells those who lead it, once, what they see and that looks are seen', async () => {
    const person = await openList();
    await add(person, { name: 'Payments', roster_channel: 'C0PODA', leads: [ana, marta] });
    const words = [
      'Marta Keller named you a lead of Payments. You see what its members were thanked for and gave, and whom nobody thanked lately: /recognition stats team. Looks are seen: whoever you look up can see that you did, and when.',
    ];
    expect(await directTo(ana)).toEqual(words);
    expect(await directTo(marta)).toEqual([]);
    await choose(person, 'payments', 'change');
    await person.waitForView(isForm);
    fill(person, { leads: [ana, ben] });
    await submit(person);
    expect(await directTo(ana)).toEqual(words);
    expect(await directTo(ben)).toEqual(words);
    const lines = bot.logged.filter(line => line.msg === 'Leads were named.');
    expect(lines.map(line => [line.by, line.team])).toEqual([
      [marta, 'payments'],
      [marta, 'payments'],
    ]);
  });

  it('is told what cannot be, all at once', async () => {
    const person = await openList();
    await openNew(person);
    fill(person, {
      name: '1, 2, 3',
      leads: ['U0GUEST', 'U0FINN', 'U0BUILD', 'U0SAM'],
      team_digest: ['on'],
    });
    const result = await submit(person);
    expect(result.errors).toEqual({
      name: 'The name needs a letter, so that people can type it after team:.',
      roster_channel: 'Say who is in it: choose a channel, or a user group where you have some.',
      leads: expect.stringMatching(
        /^(\S.*) cannot lead a team: choose people of this workspace who are active and no guests\.$/,
      ),
      team_digest: 'Its own digest needs its own channel. Choose one above, or leave this empty.',
    });
    expect(errors(result).match(/ and |, /g)?.length).toBeGreaterThan(3);
    expect(await bot.db.read.team.count({ where: { rosterKind: 'channel' } })).toBe(0);
  });

  it.each([
    ['Everyone', 'Everyone is there already: all people of this workspace. Choose another name.'],
    ['Quarter', '"quarter" means something else where statistics are asked for. Choose another name.'],
    ['PAYMENTS!', 'team:payments is Payments already. Choose another name.'],
    ['x'.repeat(61), 'The name has 61 characters; up to 60 fit.'],
  ])('cannot call it %s', async (name, words) => {
    await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana] });
    const person = await openList();
    expect(errors(await add(person, { name, roster_channel: 'C0PODA' }))).toBe(words);
  });

  it('cannot take a group and a channel, nor a private channel that the bot is not in', async () => {
    await takeOver();
    const person = await openList();
    expect(errors(await add(person, { name: 'Pay', group: 'S0PODA', roster_channel: 'C0PODA' }))).toBe(
      'Choose a user group or a channel, not both.',
    );
    fill(person, { group: 'none', roster_channel: 'C0SECRET', channel: 'C0SECRET' });
    expect((await submit(person)).errors).toEqual({
      roster_channel:
        'I cannot see who is in that private channel. Invite me there and try again, or choose another.',
      channel: 'I am not in that private channel. Invite me there and try again, or choose another.',
    });
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.settled();
    await submit(person);
    expect(await kept('pay')).toMatchObject({ rosterSlackId: 'C0SECRET', channelSlackId: 'C0SECRET' });
  });

  it('overwrites nothing that they have not seen', async () => {
    await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana], roster: inPodA });
    const slow = await openList();
    await choose(slow, 'payments', 'change');
    await slow.waitForView(isForm);
    bot.slack.changePerson(ben, { isAdmin: true });
    const quick = await openList(ben);
    await choose(quick, 'payments', 'change');
    await quick.waitForView(isForm);
    fill(quick, { leads: [chen] });
    await submit(quick);
    fill(slow, { name: 'Basket' });
    await submit(slow);
    expect(shown(slow)).toContain('Somebody saved this team after you opened the form');
    expect(shown(slow)).toContain('You had called it: Basket');
    expect(JSON.stringify(slow.view?.view.blocks)).toContain(chen);
    expect(await kept('payments')).toMatchObject({ name: 'Payments' });
    fill(slow, { name: 'Basket' });
    await submit(slow);
    expect(await leadsOf('basket')).toEqual([chen]);
  });

  it('makes one team of a form that Slack delivers twice', async () => {
    const person = await openList();
    await add(person, { name: 'Payments', roster_channel: 'C0PODA', leads: [ana] });
    const delivery = bot.slack.deliveries.findLast(one => one.kind === 'interactive') ?? missing('delivery');
    await person.redeliver(delivery);
    await bot.settled();
    expect(await bot.db.read.team.count({ where: { slug: 'payments' } })).toBe(1);
    expect(await directTo(ana)).toHaveLength(1);
  });

  it('deletes one after a question, with who was in it, and what was given stays', async () => {
    await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana, ben], leads: [chen] });
    await bot.slack.as(ben).command('/shoutout', '@ana #craft for the release script');
    await bot.settled();
    const person = await openList();
    await choose(person, 'payments', 'delete');
    expect(shown(person)).toContain(
      'Delete Payments? Nobody leads it any more, and who was in it, and when, is forgotten.',
    );
    await submit(person);
    expect(shown(person)).toContain('Deleted: Payments. What people gave and received stays.');
    expect(await bot.db.read.teamMember.count()).toBe(0);
    expect(await bot.db.read.teamLead.count()).toBe(0);
    expect(await bot.db.read.shoutout.count()).toBe(1);
  });

  it('does not delete one that was changed after they asked', async () => {
    const id = await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana] });
    const person = await openList();
    await choose(person, 'payments', 'delete');
    await bot.db.write.team.updateMany({ where: { id }, data: { version: { increment: 1 } } });
    await submit(person);
    expect(shown(person)).toContain('Payments was changed after you saw it, so I did nothing.');
    expect(await bot.db.read.team.count({ where: { id } })).toBe(1);
  });

  it('finds their way among many teams with long names', async () => {
    for (let index = 0; index < 90; index += 1)
      await addTeam(bot, { name: `${index} ${'&<*W'.repeat(14)}`, slug: `t${index}`, members: [] });
    const person = await openList();
    const rows = () => (person.view?.view.blocks ?? []).filter(block => block.accessory).length;
    expect(rows()).toBe(40);
    await person.click({ view: person.view ?? missing('list') }, 'teams_page:1');
    await bot.settled();
    await person.click({ view: person.view ?? missing('list') }, 'teams_page:2');
    await bot.settled();
    expect(rows()).toBe(10);
  });
});

const inPodA = { kind: 'channel' as const, slackId: 'C0PODA' };

describe.each(databases)('everybody else on $name', database => {
  it('reads which teams they are in, who leads them, and whom to ask', async () => {
    bot = await startBot({ database });
    await bot.slack.as(marta).openHome();
    await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana, ben], leads: [ben] });
    await addTeam(bot, { name: 'Basket', slug: 'basket', members: [ana] });
    const read = async (person: string) =>
      (await bot.slack.as(person).command('/recognition', 'teams')).response?.text;
    const end =
      ' Workspace admins make and change teams with /recognition teams. Ask one of them: Marta Keller.';
    expect(await read(ana)).toBe(
      `Your teams: Basket (team:basket), nobody leads it yet; Payments (team:payments), led by Ben Okafor.${end}`,
    );
    expect(await read(chen)).toBe(`You are in no team yet, only in Everyone, like all people here.${end}`);
    bot.slack.trouble.fail('users.info', 'fatal_error');
    expect(await read(ben)).toContain('Your teams: Payments');
    expect(bot.slack.as(ben).view).toBeUndefined();
  });

  it('has no menu of groups on a plan without them', async () => {
    bot = await startBot({ database, slack: { plan: 'free', world: { groups: defaultWorld().groups } } });
    await takeOver();
    const person = await openList();
    await openNew(person);
    expect(shown(person)).not.toContain('user group');
    expect(shown(person)).toContain('Who is in it? The members of this channel');
  });
});
