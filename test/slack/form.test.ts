// The form: where, who may see it, what changed, and many values.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);

async function open(text = '@ana', channel = 'general') {
  const person = bot.slack.as(marta);
  await person.command('/shoutout', text, { channel });
  await person.waitForView('Give a shout-out');
  return person;
}

describe.each(databases)('the form on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('asks where to post, and posts there', async () => {
    const person = await open();
    expect(person.view?.values.channel?.channel?.selected_conversation).toBe('C0GENERAL');
    person.fill({ channel: { channel: 'C0PODA' }, message: { message: 'for the night shift' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')).toEqual([]);
    expect(texts('pod-a')).toEqual(['Marta Keller gave Ana Souza a shout-out: for the night shift']);
  });

  it('offers the shout-out channel where one is set', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    const person = await open();
    expect(person.view?.values.channel?.channel?.selected_conversation).toBe('C0SHOUT');
  });

  it('marks the channel that the bot cannot post in', async () => {
    const person = await open();
    person.fill({ channel: { channel: 'C0SECRET' } });
    const refused = await person.submit();
    expect(refused.errors?.channel).toContain('I cannot post in that channel');
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    expect((await person.submit()).errors).toBeUndefined();
    await bot.settled();
    expect(texts('secret-plans')).toHaveLength(1);
  });

  it('keeps those who were named while Slack does not say who they are', async () => {
    bot.expectErrors();
    bot.slack.trouble.serverError('users.info', { status: 500, times: 9 });
    const said = bot.slack.as(ana).say('general', 'The release script is untangled');
    const person = bot.slack.as(marta);
    await person.messageShortcut('shoutout_for_message', 'C0GENERAL', said.ts);
    await person.waitForView('Give a shout-out');
    expect(person.view?.values.recipients?.recipients?.selected_users).toEqual([ana]);
  });

  it('offers what changed because of it, and every copy shows it', async () => {
    const person = await open();
    person.fill({
      message: { message: 'for untangling the release script' },
      impact: { impact: 'A release takes 4 minutes instead of 40 & <nobody> waits' },
    });
    await person.submit();
    await bot.settled();
    const [announced] = bot.slack.channel('general').messages;
    expect(announced?.text).toContain(
      'what changed because of it: A release takes 4 minutes instead of 40 &amp; &lt;nobody&gt; waits',
    );
    expect(JSON.stringify(announced?.blocks)).toContain('A release takes 4 minutes');
    expect(JSON.stringify(bot.slack.directMessages(ana))).toContain('A release takes 4 minutes');
  });

  it('marks what is too long, all at once', async () => {
    const person = await open();
    person.fill({ message: { message: 'x'.repeat(2001) }, impact: { impact: 'y'.repeat(501) } });
    const refused = await person.submit();
    expect(refused.errors?.message).toContain('2,001 characters');
    expect(refused.errors?.impact).toContain('501 characters; up to 500 fit');
    expect(await bot.db.read.shoutout.count()).toBe(0);
  });

  it('has a menu that can be searched for more than five values', async () => {
    await bot.db.write.companyValue.createMany({
      data: ['courage', 'focus'].map((slug, index) => ({
        id: slug,
        workspaceId: bot.workspace.id,
        slug,
        name: slug,
        emoji: 'star',
        position: 10 + index,
      })),
    });
    const person = await open('@ana #focus');
    const field = person.view?.view.blocks.find(block => block.block_id === 'values');
    expect(field?.element).toMatchObject({ type: 'multi_static_select' });
    expect(person.view?.values.values?.values?.selected_options).toMatchObject([{ value: 'focus' }]);
    person.fill({ values: { values: ['courage', 'focus'] } });
    await person.submit();
    await bot.settled();
    expect(texts('general')[0]).toContain('courage and focus');
  });
});

describe.each(databases)('a channel that is no place for it on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it.each([
    ['secret-plans', 'I cannot post in that channel because I am not in it'],
    ['with-partner', 'shared with another organisation'],
  ])('%s: the form asks where', async (channel, why) => {
    const person = await open('@ana #craft for the plan of the year', channel);
    expect(JSON.stringify(person.view?.view.blocks[0])).toContain(why);
    expect(person.view?.values.channel?.channel?.selected_conversation ?? null).toBeNull();
    expect(person.view?.values.message?.message?.value).toBe('for the plan of the year');
    expect(await bot.db.read.shoutout.count()).toBe(0);
    person.fill({ channel: { channel: 'C0GENERAL' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')).toHaveLength(1);
    expect(texts(channel)).toEqual([]);
    expect(JSON.stringify(bot.slack.channel('general').messages)).not.toMatch(/C0SECRET|C0SHARED/);
  });

  it('does not matter where a shout-out channel is set', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    await bot.slack.as(marta).command('/shoutout', '@ana for the plan', { channel: 'secret-plans' });
    await bot.settled();
    expect(texts('shoutouts')).toEqual(['Marta Keller gave Ana Souza a shout-out: for the plan']);
  });

  it('is asked about once while it is in order', async () => {
    for (const word of ['one', 'two', 'three']) {
      await bot.slack.as(marta).command('/shoutout', `@ana for ${word}`);
    }
    await bot.settled();
    expect(
      bot.slack.calls.filter(call => call.method === 'conversations.info' && call.phase === 'answered'),
    ).toHaveLength(1);
  });

  it('is no hindrance while Slack does not say', async () => {
    bot.slack.trouble.serverError('conversations.info');
    await bot.slack.as(marta).command('/shoutout', '@ana for the night shift');
    await bot.settled();
    expect(texts('general')).toHaveLength(1);
  });
});

describe.each(databases)('hints on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });
  const give = async (text: string) => {
    const answer = await bot.slack.as(marta).command('/shoutout', text);
    await bot.settled();
    return answer.response ?? missing();
  };

  it('offer the values with one click where none was given', async () => {
    const answer = await give('@ana for untangling the whole release script');
    expect(answer.text).toContain('Does it show one of your values?');
    expect(answer.text).not.toContain('What did they do?');
    await bot.slack.as(marta).click({ ephemeral: answer }, 'add_value:craft');
    await bot.settled();
    expect(texts('general')).toEqual([
      'Marta Keller gave Ana Souza a shout-out for Craft: for untangling the whole release script',
    ]);
    expect(bot.slack.directMessages(ana)[0]?.text).toContain('for Craft');
    const after = bot.slack.as(marta).ephemerals('general').at(-1);
    expect(after?.text).toContain('Changed: your shout-out to Ana Souza for Craft');
    expect(JSON.stringify(after?.blocks)).not.toContain('add_value');
    const stats = await bot.slack.as(ana).command('/recognition', 'stats');
    expect(stats.response?.text).toContain('Craft: 1 received');
  });

  it('keep both values when two buttons are pressed at once', async () => {
    const answer = await give('@ana for untangling the whole release script');
    await Promise.all([
      bot.slack.as(marta).click({ ephemeral: answer }, 'add_value:craft'),
      bot.slack.as(marta).click({ ephemeral: answer }, 'add_value:teamwork'),
    ]);
    await bot.settled();
    expect(texts('general')[0]).toContain('for Teamwork and Craft');
  });

  it('ask for more where little was said, and offer Edit', async () => {
    const answer = await give('@ana #craft great job');
    expect(answer.text).toContain('What did they do? What did it change?');
    expect(JSON.stringify(answer.blocks)).toContain('edit_shoutout');
    expect(JSON.stringify(answer.blocks)).not.toContain('add_value');
  });

  it('leave a whole sentence with a value alone', async () => {
    const answer = await give('@ana #craft for untangling the release script');
    expect(answer.text).not.toMatch(/What did|one of your values/);
  });
});

function missing(): never {
  throw new Error('There was no answer.');
}
