// Thanking a team: everyone in it now, by one shout-out.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import { addTeam, setRoster } from '../support/teams.js';

const marta = 'U0MARTA';
const ana = 'U0ANA';
const people = [ana, 'U0BEN', 'U0CHEN'];

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);
const fail = (): never => {
  throw new Error('Nothing was answered.');
};
const count = () => bot.db.read.shoutout.count();

async function thanked(): Promise<string[]> {
  const rows = await bot.db.read.shoutoutRecipient.findMany({
    select: { member: { select: { slackId: true } } },
  });
  return rows.map(({ member }) => member.slackId).sort();
}

async function answerTo(text: string): Promise<string> {
  const answer = await bot.slack.as(marta).command('/shoutout', text);
  await bot.settled();
  return answer.response?.text ?? '';
}

describe.each(databases)('a team on $name', database => {
  let payments = '';
  beforeEach(async () => {
    bot = await startBot({ database, slack: { plan: 'paid', acknowledgeWithinMs: 20_000 } });
    payments = await addTeam(bot, { name: 'Payments', slug: 'payments', members: people });
  });

  it('is credited, and each of its members has received it', async () => {
    await answerTo('team:payments #craft for the release');
    expect(texts('general')).toEqual([
      'Marta Keller gave Ana Souza, Ben Okafor and Chen Wei (team Payments) a shout-out for Craft: for the release',
    ]);
    for (const person of people) expect(bot.slack.as(person).notifications, person).toHaveLength(1);
    expect(await bot.db.read.shoutoutGroup.findMany({ select: { slackId: true, handle: true } })).toEqual([
      { slackId: `team:${payments}`, handle: 'team Payments' },
    ]);
  });

  it('stands with people, groups and other teams in front, in any case, joined as people join', async () => {
    await addTeam(bot, { name: 'Own IT', slug: 'own-it', members: ['U0DIEGO'] });
    await bot.slack.addGroup({ id: 'S0B', handle: 'pod-b', name: 'Pod B', members: ['U0GUEST'] });
    const answer = await answerTo('@ana, Team:PAYMENTS and team:own-it and @pod-b #craft for the release');
    expect(answer).toContain('Recorded');
    expect(await thanked()).toEqual([...people, 'U0DIEGO', 'U0GUEST'].sort());
    expect(texts('general')[0]).toMatch(
      /\(@pod-b, team (Own IT and team Payments|Payments and team Own IT)\)/,
    );
    expect(texts('general')[0]).toContain('for Craft: for the release');
  });

  it('is read after the name of the bot too', async () => {
    bot.slack.invite('general', bot.slack.botUserId);
    bot.slack.as(marta).say('general', '@shoutout team:payments for the release');
    await bot.slack.settled();
    await bot.settled();
    expect(await thanked()).toEqual(people);
  });

  it('named in the sentence alone is thanked like a person there; what is no team is only a word', async () => {
    await answerTo('thanks to team:payments for the release');
    expect(await thanked()).toEqual(people);
    await bot.slack.as(marta).command('/shoutout', 'great team:work today');
    const form = await bot.slack.as(marta).waitForView('Give a shout-out');
    expect(form.values.message?.message?.value).toBe('great team:work today');
    await answerTo('@diego for what you did with team:payments');
    expect(await thanked()).toEqual([...people, 'U0DIEGO']);
  });

  it('never includes the giver, nor who has left it, nor who left the workspace', async () => {
    await setRoster(bot, payments, [ana, marta, 'U0DIEGO', 'U0SAM']);
    await answerTo('team:payments for the release');
    expect(await thanked()).toEqual([ana, 'U0DIEGO']);
  });

  it('leaves out who cannot be thanked, and says so', async () => {
    await bot.db.write.member.updateMany({
      where: { slackId: 'U0BEN' },
      data: { preference: 'leaveMeOut' },
    });
    expect(await answerTo('team:payments for the release')).toContain(
      'Ben Okafor cannot receive shout-outs and is left out',
    );
    expect(await thanked()).toEqual([ana, 'U0CHEN']);
  });

  it('of whom nobody can be thanked is refused', async () => {
    await setRoster(bot, payments, [marta]);
    expect(await answerTo('team:payments for it')).toContain(
      'There is nobody in team Payments whom you could thank.',
    );
    expect(await count()).toBe(0);
  });

  it('that is not there is refused with the nearest and all there are, and "Fix it" keeps the words', async () => {
    await addTeam(bot, { name: 'Everyone', slug: 'everyone', roster: { kind: 'everyone' }, members: people });
    const answer = await answerTo('@diego team:paymnts #craft for the release');
    expect(answer).toContain(
      'There is no team paymnts. Did you mean team:payments? There are team:payments and team:everyone.',
    );
    expect(await count()).toBe(0);
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: person.ephemerals().at(-1) ?? fail() }, 'open_form');
    const form = await person.waitForView('Give a shout-out');
    expect(JSON.stringify(form.view.blocks)).toContain('There is no team paymnts.');
    expect(form.values.recipients?.recipients?.selected_users).toEqual(['U0DIEGO']);
    person.fill({ teams: { teams: [payments] } });
    await person.submit();
    await bot.settled();
    expect(await thanked()).toEqual([...people, 'U0DIEGO']);
    expect(texts('general')[0]).toContain('for Craft: for the release');
  });

  it('named as everyone is thanked where one shout-out reaches all, and else refused', async () => {
    const everyone = await addTeam(bot, {
      name: 'Everyone',
      slug: 'everyone',
      roster: { kind: 'everyone' },
      members: [ana, marta],
    });
    await answerTo('team:everyone for the release');
    expect(await thanked()).toEqual([ana]);
    const many = Array.from({ length: 31 }, (_, at) => `U0000MANY${at}`);
    for (const id of many) bot.slack.addPerson({ id, name: id.toLowerCase(), realName: id });
    await setRoster(bot, everyone, many);
    expect(await answerTo('team:everyone for the second release')).toContain(
      'More than 30 people are in team Everyone, and one shout-out reaches up to 30. Name those you want to thank.',
    );
    expect(await count()).toBe(1);
  });

  it('of more than five opens the form with its members filled in, and is credited while all are chosen', async () => {
    await setRoster(bot, payments, [...people, 'U0DIEGO', 'U0GUEST', 'U0LENA']);
    bot.slack.addPerson({ id: 'U0LENA', name: 'lena', realName: 'Lena Long' });
    await setRoster(bot, payments, [...people, 'U0DIEGO', 'U0GUEST', 'U0LENA']);
    const person = bot.slack.as(marta);
    await person.command('/shoutout', 'team:payments #craft for the release');
    const form = await person.waitForView('Give a shout-out');
    expect(form.values.recipients?.recipients?.selected_users).toHaveLength(6);
    expect(form.values.teams?.teams?.selected_options).toEqual([]);
    await person.submit();
    await bot.settled();
    expect(texts('general')[0]).toContain('(team Payments)');

    await person.command('/shoutout', 'team:payments for something else');
    await person.waitForView('Give a shout-out');
    person.fill({ recipients: { recipients: people } });
    await person.submit();
    await bot.settled();
    expect(texts('general')[1]).not.toContain('team Payments');
  });

  it('given twice by one delivery is one shout-out, though its members changed in between', async () => {
    const person = bot.slack.as(marta);
    const first = await person.command('/shoutout', 'team:payments for the release');
    await setRoster(bot, payments, ['U0DIEGO']);
    await person.redeliver(first.delivery);
    await bot.settled();
    expect(await count()).toBe(1);
    expect(await thanked()).toEqual(people);
  });

  it('stays credited after an edit', async () => {
    await answerTo('team:payments for the release');
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: person.ephemerals().at(-1) ?? fail() }, 'edit_shoutout');
    const form = await person.waitForView('Edit a shout-out');
    expect(form.values.recipients?.recipients?.selected_users).toEqual(people);
    expect(form.values.teams).toBeUndefined();
    person.fill({ message: { message: 'for the quiet release' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')).toEqual([
      'Marta Keller gave Ana Souza, Ben Okafor and Chen Wei (team Payments) a shout-out: for the quiet release',
    ]);
  });
});

describe.each(databases)('the form of a workspace with teams on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database, slack: { acknowledgeWithinMs: 20_000 } });
  });
  const open = async (text = '') => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', text);
    await person.waitForView('Give a shout-out');
    return person;
  };
  const field = (person: Awaited<ReturnType<typeof open>>) =>
    person.view?.view.blocks.find(block => block.block_id === 'teams');

  it('offers a team where there is another than Everyone, in a menu that can be searched', async () => {
    await addTeam(bot, { name: 'Everyone', slug: 'everyone', roster: { kind: 'everyone' }, members: people });
    expect(field(await open())).toBeUndefined();
    await bot.slack.as(marta).close();
    await addTeam(bot, { name: 'Payments', slug: 'payments', members: people });
    const person = await open();
    expect(field(person)?.element).toMatchObject({
      type: 'multi_static_select',
      options: [{ text: { text: 'Payments' } }],
    });
  });

  it('thanks a chosen team alone, and beside people, as it is when the form is sent', async () => {
    const payments = await addTeam(bot, { name: 'Payments', slug: 'payments', members: people });
    const person = await open();
    await setRoster(bot, payments, ['U0DIEGO']);
    person.fill({ teams: { teams: [payments] }, message: { message: 'for it' } });
    await person.submit();
    await bot.settled();
    expect(await thanked()).toEqual(['U0DIEGO']);
    expect(texts('general')).toEqual(['Marta Keller gave Diego Ruiz (team Payments) a shout-out: for it']);
  });

  it('marks its own field, and the one of people where nobody is chosen', async () => {
    const payments = await addTeam(bot, { name: 'Payments', slug: 'payments', members: [marta] });
    const person = await open();
    expect((await person.submit()).errors).toEqual({
      recipients: 'Nobody is named. Choose whom to thank.',
    });
    person.fill({ teams: { teams: [payments] } });
    expect((await person.submit()).errors).toEqual({
      teams: 'There is nobody in team Payments whom you could thank.',
    });
    await bot.db.write.team.deleteMany({ where: { id: payments } });
    expect((await person.submit()).errors?.teams).toContain(
      'There is no team Payments: none has been set up here.',
    );
    expect(await count()).toBe(0);
  });

  it('marks the team where it makes too many', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `U0000MANY${at}`);
    for (const id of many) bot.slack.addPerson({ id, name: id.toLowerCase(), realName: id });
    const payments = await addTeam(bot, { name: 'Payments', slug: 'payments', members: many });
    const person = await open('@ana');
    person.fill({ teams: { teams: [payments] } });
    expect((await person.submit()).errors).toEqual({
      teams: 'You named 31 people; one shout-out reaches up to 30.',
    });
  });

  it('offers all teams where there are more than one list of Slack holds', async () => {
    await bot.db.write.team.createMany({
      data: Array.from({ length: 150 }, (_, at) => ({
        id: `t${at}`,
        workspaceId: bot.workspace.id,
        name: `Team ${String(at).padStart(3, '0')}`,
        slug: `team-${at}`,
        rosterKind: 'channel',
        createdAt: bot.clock.now(),
      })),
    });
    expect(field(await open())?.element).toMatchObject({
      type: 'multi_static_select',
      option_groups: [{ label: { text: 'Team 000 – Team 099' } }, { label: { text: 'Team 100 – Team 149' } }],
    });
  });
});
