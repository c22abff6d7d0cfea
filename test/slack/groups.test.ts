// Thanking a group: everyone in it, by one shout-out.
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { type BotOptions, startBot, type TestBot } from '../support/start-bot.js';

const marta = 'U0MARTA';
const people = ['U0ANA', 'U0BEN', 'U0CHEN'];

let bot: TestBot;
afterEach(() => bot.stop());

describe.each(databases)('a group on $name', database => {
  const start = async (slack: BotOptions['slack'] = { plan: 'paid' }) => {
    bot = await startBot({ database, slack });
  };
  const membersOfPod = (members: string[]) => ({
    plan: 'paid' as const,
    world: { groups: [{ id: 'S0PODA', handle: 'pod-a', name: 'Pod A', members }] },
  });
  const recipients = async () => (await bot.db.read.shoutoutRecipient.findMany()).length;

  it('is credited, and each of its members has received it', async () => {
    await start();
    await bot.slack.as(marta).command('/shoutout', '@pod-a #craft for the release');
    await bot.settled();
    expect(bot.slack.channel('general').messages.map(message => message.text)).toEqual([
      'Marta Keller gave Ana Souza, Ben Okafor and Chen Wei (@pod-a) a shout-out for Craft: for the release',
    ]);
    for (const person of people) expect(bot.slack.as(person).notifications, person).toHaveLength(1);
    const stats = await bot.slack.as('U0CHEN').command('/recognition', 'stats');
    expect(stats.response?.text).toContain('1 received');
  });

  it('never includes the giver', async () => {
    await start();
    await bot.slack.as('U0ANA').command('/shoutout', '@pod-a for the release');
    await bot.settled();
    expect(await recipients()).toBe(2);
    expect(bot.slack.as('U0ANA').notifications).toEqual([]);
  });

  it('and a name in it are one recipient', async () => {
    await start();
    await bot.slack.as(marta).command('/shoutout', '@ana @pod-a @diego for the release');
    await bot.settled();
    expect(await recipients()).toBe(4);
    expect(bot.slack.as('U0ANA').notifications).toHaveLength(1);
  });

  it('leaves out who cannot receive, and says so', async () => {
    await start(membersOfPod(['U0ANA', 'U0SAM', 'U0BUILD', 'U0MARTA']));
    const answer = await bot.slack.as(marta).command('/shoutout', '@pod-a for the release');
    await bot.settled();
    expect(answer.response?.text).toMatch(
      /Sam Silva and Build bot cannot receive shout-outs and are left out|Build bot and Sam Silva/,
    );
    expect(await recipients()).toBe(1);
  });

  it('of whom nobody can receive is refused', async () => {
    await start(membersOfPod(['U0SAM', 'U0MARTA']));
    const answer = await bot.slack.as(marta).command('/shoutout', '@pod-a for the release');
    expect(answer.response?.text).toContain('There is nobody in @pod-a whom you could thank.');
    expect(await bot.db.read.shoutout.count()).toBe(0);
  });

  it('of more than five opens the form with its members filled in, and is credited while all are chosen', async () => {
    await start(membersOfPod([...people, 'U0DIEGO', 'U0GUEST', 'U0LENA']));
    bot.slack.addPerson({ id: 'U0LENA', name: 'lena', realName: 'Lena Long' });
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@pod-a #craft for the release');
    const form = await person.waitForView();
    expect(form.values.recipients?.recipients?.selected_users).toHaveLength(6);
    await person.submit();
    await bot.settled();
    expect(bot.slack.channel('general').messages[0]?.text).toContain('(@pod-a)');

    await person.command('/shoutout', '@pod-a for something else');
    await person.waitForView();
    person.fill({ recipients: { recipients: people } });
    await person.submit();
    await bot.settled();
    expect(bot.slack.channel('general').messages[1]?.text).not.toContain('@pod-a');
    expect(await bot.db.read.shoutoutGroup.count()).toBe(1);
  });

  it('of more than thirty is refused with the number', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `U1${index}`);
    await start(membersOfPod(many));
    const answer = await bot.slack.as(marta).command('/shoutout', '@pod-a for the release');
    expect(answer.response?.text).toContain('You named 40 people; one shout-out reaches up to 30.');
    expect(bot.slack.calls.filter(call => call.method === 'users.info').length).toBeLessThanOrEqual(1);
  });

  it('among more than a form can remember costs its credit, never the words, and that is said', async () => {
    await start();
    const many = Array.from({ length: 28 }, (_, at) => `U0000GROUP${at}`);
    for (const id of many) bot.slack.addPerson({ id, name: id.toLowerCase(), realName: id });
    const handles = Array.from({ length: 12 }, (_, at) => `group-${at}`);
    for (const [at, handle] of handles.entries())
      await bot.slack.addGroup({ id: `S0G${at}`, handle, name: handle, members: many });
    const actor = bot.slack.as(marta);
    await actor.command('/shoutout', `${handles.map(handle => `@${handle}`).join(' ')} for the release`);
    await actor.waitForView('Give a shout-out');
    expect(JSON.stringify(actor.view?.view.blocks)).toContain('of them will not be named');
    await actor.submit();
    await bot.settled();
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ message: 'for the release' });
    expect(await recipients()).toBe(28);
    expect(await bot.db.read.shoutoutGroup.count()).toBeGreaterThan(0);
  });

  it('on a plan without groups is put into words', async () => {
    await start({ plan: 'free' });
    const answer = await bot.slack
      .as(marta)
      .command('/shoutout', '<!subteam^S0PODA|@pod-a> for the release', { raw: true });
    expect(answer.response?.text).toContain('on its paid plans only. Name the people instead.');
    expect(answer.response?.text).toContain('for the release');
    expect(await bot.db.read.shoutout.count()).toBe(0);
  });

  it('that Slack does not know any more is put into words', async () => {
    await start();
    const answer = await bot.slack
      .as(marta)
      .command('/shoutout', '<!subteam^S0GONE|@gone> for it', { raw: true });
    expect(answer.response?.text).toContain('Slack does not know the group @gone any more.');
  });
});
