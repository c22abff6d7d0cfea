// `/shoutout` from the command to the announcement, as the people see it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

describe.each(databases)('giving on $name', database => {
  describe.each(['socket', 'http'] as const)('over %s', connection => {
    beforeEach(async () => {
      bot = await startBot({ database, connection });
    });

    it('records it, answers the giver, announces it and tells the recipient', async () => {
      const answer = await bot.slack
        .as(marta)
        .command('/shoutout', '@ana #craft for untangling the release script');
      await bot.settled();

      expect(answer.response?.text).toContain('Recorded: your shout-out to Ana Souza for Craft.');
      expect(bot.slack.channel('general').messages.map(message => message.text)).toEqual([
        'Marta Keller gave Ana Souza a shout-out for Craft: for untangling the release script',
      ]);
      expect(bot.slack.directMessages(ana).map(message => message.text)).toEqual([
        'Marta Keller gave you a shout-out for Craft: for untangling the release script (It is in <#C0GENERAL>. Rather not in public?)',
      ]);
      const rows = await bot.db.read.shoutout.findMany({ include: { recipients: true, values: true } });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        message: 'for untangling the release script',
        source: 'command',
        channelSlackId: 'C0GENERAL',
      });
      expect(rows[0]?.recipients).toHaveLength(1);
      expect(rows[0]?.values).toHaveLength(1);
    });

    it('gives nobody more than one notification', async () => {
      await bot.slack.as(marta).command('/shoutout', '@ana @ben for the night shift with @chen');
      await bot.settled();
      for (const [person, count] of [
        [ana, 1],
        [ben, 1],
        [marta, 0],
        ['U0CHEN', 0],
      ] as const) {
        expect(bot.slack.as(person).notifications, person).toHaveLength(count);
      }
    });
  });
});

describe.each(databases)('a shout-out on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('is announced in the shout-out channel when one is set', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    await bot.slack.as(marta).command('/shoutout', '@ana for it', { channel: 'general' });
    await bot.settled();
    expect(bot.slack.channel('general').messages).toEqual([]);
    expect(bot.slack.channel('shoutouts').messages).toHaveLength(1);
    expect(linkIn(bot.slack.directMessages(ana)[0]?.blocks)).toMatch(
      /^https:\/\/sunflower-works\.slack\.com\/archives\/C0SHOUT\/p\d{16}$/,
    );
  });

  it('typed in a direct message reaches its recipients only, and the giver is told so', async () => {
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it', { channel: '@ben' });
    await bot.settled();
    expect(answer.response?.text).toContain('Only Ana Souza hears of it, by direct message.');
    expect(bot.slack.directMessages(ana)).toHaveLength(1);
    expect(linkIn(bot.slack.directMessages(ana)[0]?.blocks)).toBeUndefined();
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ channelSlackId: null });

    await bot.setShoutoutChannel('C0SHOUT');
    await bot.slack.as(marta).command('/shoutout', '@ana for that', { channel: '@ben' });
    await bot.settled();
    expect(bot.slack.channel('shoutouts').all).toEqual([]);
    expect(bot.slack.directMessages(ana)).toHaveLength(2);
  });

  it('leaves out the giver among others, and says so', async () => {
    const answer = await bot.slack.as(marta).command('/shoutout', '@marta @ana for it');
    await bot.settled();
    expect(answer.response?.text).toContain('You yourself are left out');
    expect(await bot.db.read.shoutoutRecipient.count()).toBe(1);
  });

  it('has the same person twice as one recipient', async () => {
    await bot.slack.as(marta).command('/shoutout', '@ana @ana for it');
    await bot.settled();
    expect(await bot.db.read.shoutoutRecipient.count()).toBe(1);
    expect(bot.slack.directMessages(ana)).toHaveLength(1);
  });

  it('takes a value as a channel mention when a channel has its name', async () => {
    const answer = await bot.slack
      .as(marta)
      .command('/shoutout', '<@U0ANA> <#C0CRAFT> for it', { raw: true });
    expect(answer.response?.text).toContain('for Craft');
  });

  it('keeps a long message whole and cuts it at a sentence in the notification', async () => {
    const message = `${'It was a long night and she stayed calm. '.repeat(45)}The end.`;
    await bot.slack.as(marta).command('/shoutout', `@ana ${message}`);
    await bot.settled();
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ message });
    const [announced] = bot.slack.channel('general').messages;
    expect(announced?.text).toMatch(/stayed calm\. …$/);
    expect(JSON.stringify(announced?.blocks)).toContain('The end.');
  });

  it('keeps its lines', async () => {
    await bot.slack.as(marta).command('/shoutout', '@ana for one\ntwo & <three>');
    await bot.settled();
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ message: 'for one\ntwo & <three>' });
    expect(JSON.stringify(bot.slack.channel('general').messages[0]?.blocks)).toContain(
      'for one\\ntwo & <three>',
    );
  });

  it('looks a person up again only after a day', async () => {
    const lookups = () => bot.slack.calls.filter(call => call.method === 'users.info').length;
    await bot.slack.as(marta).command('/shoutout', '@ana for one');
    expect(lookups()).toBe(2);
    await bot.slack.as(marta).command('/shoutout', '@ana for two');
    expect(lookups()).toBe(2);
    bot.clock.advance(25 * 60 * 60 * 1000);
    bot.slack.changePerson(ana, { realName: 'Ana Maria Souza' });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for three');
    expect(answer.response?.text).toContain('Ana Maria Souza');
    await bot.settled();
  });

  it('shows everyone mentioned in the sentence by their name', async () => {
    await bot.slack.as(marta).command('/shoutout', 'thanks @ana and @ben for pairing');
    await bot.settled();
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({
      message: 'thanks @Ana Souza and @Ben Okafor for pairing',
    });
  });

  it('has a name that cannot hide or reorder words', async () => {
    bot.slack.changePerson(ana, { realName: 'Ana\u202E\nSouza <!channel>' });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    expect(bot.slack.channel('general').messages[0]?.text).toBe(
      'Marta Keller gave Ana Souza &lt;!channel&gt; a shout-out: for it',
    );
  });

  it('shows names of people mentioned in the sentence, who are not thanked', async () => {
    await bot.slack.as(marta).command('/shoutout', '@ben for one');
    await bot.slack.as(marta).command('/shoutout', '@ana for helping @ben');
    await bot.settled();
    const [, second] = await bot.db.read.shoutout.findMany({
      orderBy: { id: 'asc' },
      include: { recipients: true },
    });
    expect(second).toMatchObject({ message: 'for helping @Ben Okafor', recipients: [{}] });
  });
});

describe.each(databases)('a refusal on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it.each([
    ['@marta for me', 'you are the only one named'],
    ['<@U0BUILD> for building', 'Build bot is a bot'],
    ['<@U0SAM> for old times', "Sam Silva's account is deactivated."],
    ['<@U0FINN> for the partnership', 'Finn Foreign belongs to another organisation'],
    ['<@U0NOBODY> for it', 'Slack does not know one of the people'],
    ['@ana #crft for it', 'There is no value #crft. Did you mean #craft?'],
    ['@ana #zzzzzzzzzz for it', 'There is no value #zzzzzzzzzz.'],
    [`@ana ${'x'.repeat(2001)}`, 'The message has 2,001 characters; up to 2,000 fit.'],
    [
      `${Array.from({ length: 31 }, (_, index) => `<@U${100 + index}>`).join(' ')} for it`,
      'You named 31 people; one shout-out reaches up to 30.',
    ],
  ])('%.40s', async (text, words) => {
    const raw = text.includes('<');
    const answer = await bot.slack.as(marta).command('/shoutout', text, { raw });
    await bot.settled();
    expect(answer.response?.text).toMatch(/^Not sent:/);
    expect(answer.response?.text).toContain(words);
    expect(answer.response?.text).toContain('Nothing was recorded.');
    expect(await bot.db.read.shoutout.count()).toBe(0);
    expect(await bot.db.read.post.count()).toBe(0);
    expect(bot.slack.channel('general').messages).toEqual([]);
  });

  it('names all reasons together and gives the words back', async () => {
    const answer = await bot.slack
      .as(marta)
      .command('/shoutout', '<@U0SAM> <@U0BUILD> <@U0ANA> #crft for the old days', { raw: true });
    expect(answer.response?.text).toContain("Sam Silva's account is deactivated.");
    expect(answer.response?.text).toContain('Build bot is a bot, and a shout-out is for people.');
    expect(answer.response?.text).toContain('#crft');
    expect(answer.response?.text).toContain('for the old days');
  });

  it('opens the form filled in with "Fix it", and that records it', async () => {
    const person = bot.slack.as(marta);
    const answer = await person.command('/shoutout', '<@U0SAM> <@U0ANA> #craft for the old days', {
      raw: true,
    });
    await person.click({ ephemeral: answer.response ?? fail() }, 'open_form');
    const form = await person.waitForView();
    expect(JSON.stringify(form.view.blocks)).toContain(
      'Sam Silva cannot receive shout-outs and is left out.',
    );
    await person.submit();
    await bot.settled();
    expect(
      await bot.db.read.shoutout.findMany({ include: { recipients: true, values: true } }),
    ).toMatchObject([{ message: 'for the old days', source: 'modal', recipients: [{}], values: [{}] }]);
    expect(person.ephemerals('general').at(-1)?.text).toContain(
      'Recorded: your shout-out to Ana Souza for Craft.',
    );
  });

  it("is somebody else's draft to nobody", async () => {
    const answer = await bot.slack.as(marta).command('/shoutout', '<@U0SAM> for the old days', { raw: true });
    const draft = await bot.db.read.draft.findFirstOrThrow();
    expect(draft.memberSlackId).toBe(marta);
    await bot.db.write.draft.update({ where: { id: draft.id }, data: { memberSlackId: ben } });
    await bot.slack.as(marta).click({ ephemeral: answer.response ?? fail() }, 'open_form');
    const told = await bot.slack.as(marta).waitForEphemeral('no longer kept');
    expect(told.text).toContain('/shoutout');
    expect(bot.slack.as(marta).view).toBeUndefined();
  });
});

describe('the form', () => {
  const [sqlite] = databases;
  beforeEach(async () => {
    if (sqlite) bot = await startBot({ database: sqlite });
  });

  it.each([
    ['', []],
    ['#craft for it', []],
    ['@ana', [ana]],
    ['@ana #craft', [ana]],
  ])('opens for "%s" with what was typed', async (text, people) => {
    const person = bot.slack.as(marta);
    const answer = await person.command('/shoutout', text);
    expect(answer.acknowledged).toBe(true);
    const form = await person.waitForView();
    const recipients = form.values.recipients?.recipients;
    expect(recipients?.selected_users ?? []).toEqual(people);
    expect(JSON.stringify(form.values.values ?? {}).includes('"craft"')).toBe(text.includes('#craft'));
    await bot.settled();
  });

  it('accepts an empty message', async () => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana #craft');
    await person.waitForView();
    const result = await person.submit();
    expect(result.closed).toBe(true);
    await bot.settled();
    expect(bot.slack.channel('general').messages[0]?.text).toBe(
      'Marta Keller gave Ana Souza a shout-out for Craft',
    );
  });

  it('marks all faults on their fields at once', async () => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '');
    await person.waitForView();
    person.fill({
      recipients: { recipients: ['U0SAM', 'U0BUILD'] },
      message: { message: 'y'.repeat(2500) },
    });
    const result = await person.submit();
    expect(result.errors).toEqual({
      recipients:
        "Sam Silva's account is deactivated. Build bot is a bot, and a shout-out is for people. Name a person.",
      message: 'The message has 2,500 characters; up to 2,000 fit.',
    });
    expect(await bot.db.read.shoutout.count()).toBe(0);
  });

  it("is offered by a button when Slack's trigger has expired", async () => {
    const person = bot.slack.as(marta);
    bot.slack.trouble.fail('views.open', 'expired_trigger_id');
    await person.command('/shoutout', '@ana #craft');
    const offer = await person.waitForEphemeral('Your words are kept');
    await person.click({ ephemeral: offer }, 'open_form');
    const form = await person.waitForView();
    expect(form.values.recipients?.recipients?.selected_users).toEqual([ana]);
    await bot.settled();
  });

  it('answers in a direct message when the response URL is used up', async () => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana #craft');
    await person.waitForView();
    bot.slack.trouble.serverError('response_url', { status: 404 });
    await person.submit();
    const told = await person.waitForDirectMessage('Recorded');
    expect(told.text).toContain('Ana Souza');
    await bot.settled();
  });
});

describe('help', () => {
  const [sqlite] = databases;

  it('answers with examples, the values and the configured names', async () => {
    if (sqlite) bot = await startBot({ database: sqlite });
    const answer = await bot.slack.as(marta).command('/shoutout', 'help');
    expect(answer.response?.text).toContain('/shoutout @ana #teamwork for untangling the release script');
    expect(answer.response?.text).toContain('#kindness');
    const more = await bot.slack.as(marta).command('/recognition', 'help');
    expect(more.response?.text).toContain('/recognition stats');
    const others = await bot.slack.as(marta).command('/recognition', 'stats @ben');
    expect(others.response?.text).toContain('sees their own with /recognition stats me');
    const unknown = await bot.slack.as(marta).command('/recognition', 'dance <!channel>', { raw: true });
    expect(unknown.response?.text).toMatch(/^I do not know "dance &lt;!channel&gt;"\./);
  });
});

describe('renamed commands', () => {
  const [sqlite] = databases;

  it('that the settings do not know are answered with what to do, and logged', async () => {
    if (!sqlite) return;
    bot = await startBot({ database: sqlite, environment: { SHOUTOUT_COMMAND: '/praise' } });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    expect(answer.response?.text).toContain(
      'I am not set up for /shoutout, but for /praise and /recognition.',
    );
    expect(bot.logged.filter(line => line.level === 'warn' && line.command === '/shoutout')).toHaveLength(1);
  });

  it('are answered, and named in every text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shoutout-manifest-'));
    const manifestPath = join(folder, 'manifest.yml');
    const manifest = await readFile('manifest.yml', 'utf8');
    await writeFile(
      manifestPath,
      manifest.replace('/shoutout\n', '/praise\n').replace('/recognition\n', '/tallies\n'),
    );
    if (!sqlite) return;
    bot = await startBot({
      database: sqlite,
      slack: { manifestPath },
      environment: { SHOUTOUT_COMMAND: '/praise', RECOGNITION_COMMAND: '/tallies' },
    });
    const person = bot.slack.as(marta);
    const texts = [
      (await person.command('/praise', 'help')).response?.text,
      (await person.command('/tallies', 'help')).response?.text,
      (await person.command('/praise', 'last')).response?.text,
      (await person.command('/praise', '@ana for it')).response?.text,
      (await person.command('/tallies', 'stats')).response?.text,
    ];
    await bot.settled();
    await rm(folder, { recursive: true });
    expect(texts.slice(0, 3).every(text => /\/praise|\/tallies/.test(text ?? ''))).toBe(true);
    expect(texts.join()).not.toMatch(/\/shoutout|\/recognition/);
    expect(texts[3]).toContain('Recorded');
  });
});

function linkIn(blocks: unknown): string | undefined {
  return /"type":"link","url":"([^"]+)"/.exec(JSON.stringify(blocks ?? []))?.[1];
}

function fail(): never {
  throw new Error('There is no such thing.');
}
