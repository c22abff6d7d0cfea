// Private shout-outs, and the recipients' say.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.slack.channel(channel).messages.map(message => message.text);
const direct = (person: string) => bot.slack.directMessages(person);
const stats = async (person: string) =>
  (await bot.slack.as(person).command('/recognition', 'stats')).response?.text ?? '';
const give = async (text: string, giver = marta) => {
  await bot.slack.as(giver).command('/shoutout', text);
  await bot.settled();
};
const press = async (person: string, action: string, index = -1) => {
  const message = direct(person).at(index);
  if (!message) throw new Error('There is no message.');
  await bot.slack.as(person).click({ message }, action);
  await bot.settled();
};

describe.each(databases)('a private shout-out on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana @ben #craft');
    await person.waitForView('Give a shout-out');
    person.fill({
      message: { message: 'for what only you two know' },
      visibility: { visibility: 'private' },
    });
    await person.submit();
    await bot.settled();
  });

  it('goes to its recipients and nowhere else, and counts', async () => {
    for (const name of ['general', 'shoutouts', 'pod-a', 'craft']) expect(texts(name), name).toEqual([]);
    for (const person of [ana, ben]) {
      expect(direct(person)).toHaveLength(1);
      expect(direct(person)[0]?.text).toContain('for what only you two know');
      expect(JSON.stringify(direct(person)[0]?.blocks)).toContain('and Marta Keller see this.');
      expect(await stats(person)).toContain('1 received');
    }
    const seen = bot.slack.calls.filter(call => JSON.stringify(call).includes('only you two'));
    const readers = seen.map(call => (call.args as { channel?: string }).channel);
    expect(new Set(readers.filter(one => one?.startsWith('U')))).toEqual(new Set([ana, ben]));
  });

  it('does not ask whether it may be public', async () => {
    expect(JSON.stringify(direct(ana)[0]?.blocks)).not.toMatch(/keep_private|direct_menu/);
  });
});

describe.each(databases)("a recipient's say on $name", database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('is explained in the first message that a person gets', async () => {
    await give('@ana #craft for the first');
    await give('@ana #craft for the second');
    const [first, second] = direct(ana);
    expect(first?.text).toContain('Marta Keller gave you a shout-out for Craft');
    expect(first?.text).toContain('Rather not in public?');
    expect(JSON.stringify(first?.blocks)).toContain('"keep_private"');
    expect(second?.text).not.toContain('Rather not in public?');
  });

  it('takes it out of public: the message goes, it counts, and the giver is told', async () => {
    await give('@ana #craft for the night shift');
    await press(ana, 'keep_private');
    expect(texts('general')).toEqual([]);
    expect(direct(ana)[0]?.text).toContain('You keep it private: no announcement names you.');
    expect(direct(ana)[0]?.text).toContain('for the night shift');
    expect(await stats(ana)).toContain('1 received');
    expect(direct(marta)[0]?.text).toContain('Ana Souza would rather keep your shout-out private');
    await give('@ana #craft for another one');
    expect(texts('general')).toHaveLength(1);
  });

  it('concerns nobody else who was thanked with them', async () => {
    await give('@ana @ben for the night shift');
    await press(ana, 'keep_private');
    expect(texts('general')).toEqual(['Marta Keller gave Ben Okafor a shout-out: for the night shift']);
    expect(direct(ben)[0]?.text).toContain('gave you and Ana Souza');
    await press(ben, 'keep_private');
    expect(texts('general')).toEqual([]);
  });

  it('does not let a group tell who is in it', async () => {
    bot.slack.addPerson({ id: 'U0LENA', name: 'lena' });
    await give('@pod-a for the release');
    expect(texts('general')[0]).toContain('(@pod-a)');
    await press(chen, 'keep_private');
    expect(texts('general')).toEqual([
      'Marta Keller gave Ana Souza and Ben Okafor a shout-out: for the release',
    ]);
  });

  it('holds for all that comes later, until it is taken back', async () => {
    await give('@ana for the first');
    await press(ana, 'keep_all_private');
    expect(texts('general')).toEqual([]);
    const answer = await bot.slack.as(ben).command('/shoutout', '@ana #craft for the second one of all');
    await bot.settled();
    expect(texts('general')).toEqual([]);
    expect(answer.response?.text).toContain('Ana Souza keeps shout-outs private: only Ana Souza hears of it');
    await give('@ana @chen for the third', ben);
    expect(texts('general')).toEqual(['Ben Okafor gave Chen Wei a shout-out: for the third']);

    await press(ana, 'public_again');
    await give('@ana for the fourth', ben);
    expect(texts('general').at(-1)).toBe('Ben Okafor gave Ana Souza a shout-out: for the fourth');
    expect(texts('general')).toHaveLength(2);
    expect(await stats(ana)).toContain('4 received');
  });

  it('leaves whoever wants to be left out altogether left out', async () => {
    await give('@ana @ben for the first');
    await bot.slack.as(ana).openHome();
    await bot.settled();
    const home = bot.slack.as(ana).home;
    if (!home) throw new Error('There is no Home.');
    await bot.slack.as(ana).click({ home }, 'preference', { value: 'leaveMeOut' });
    await bot.settled();
    await press(ana, 'keep_all_private');
    expect(texts('general').at(-1)).toBe('Marta Keller gave Ben Okafor a shout-out: for the first');
    expect(bot.slack.as(ana).ephemerals().at(-1)?.text).toContain('Nobody can thank you here, as you chose');
    const given = await bot.slack.as(ben).command('/shoutout', '@ana for the second');
    expect(given.response?.text).toContain('Ana Souza does not receive shout-outs, by their own choice.');
  });

  it("is nobody else's: a forged press changes nothing", async () => {
    await give('@ana for the first');
    await give('@ben for the second', ana);
    const shoutout = await bot.db.read.shoutout.findFirst({ orderBy: { id: 'asc' } });
    const message = direct(ben)[0];
    if (!message) throw new Error('There is no message.');
    message.blocks = JSON.parse(
      JSON.stringify(message.blocks).replace(
        /("action_id":"keep_private"[^}]*\},"value":")[^"]+/,
        `$1${shoutout?.id}`,
      ),
    );
    await bot.slack.as(ben).click({ message }, 'keep_private');
    await bot.settled();
    expect(await bot.db.read.shoutoutRecipient.count({ where: { isHidden: true } })).toBe(0);
  });

  it('that Slack does not let us carry out is told to who asked', async () => {
    bot.slack.trouble.fail('chat.delete', 'cant_delete_message');
    await give('@ana for the first');
    await press(ana, 'keep_private');
    await bot.tick();
    expect(
      direct(ana)
        .map(message => message.text)
        .join(),
    ).toContain("You keep Marta Keller's shout-out private. I cannot delete its message in");
    expect(
      direct(ana)
        .map(message => message.text)
        .join(),
    ).toContain('A workspace admin can delete it');
  });

  it('pressed twice is said once to the giver', async () => {
    await give('@ana for the first');
    const message = direct(ana)[0];
    if (!message) throw new Error('There is no message.');
    await Promise.all([
      bot.slack.as(ana).click({ message }, 'keep_private'),
      bot.slack.as(ana).click({ message }, 'keep_private'),
    ]);
    await bot.settled();
    expect(direct(marta)).toHaveLength(1);
  });
});
