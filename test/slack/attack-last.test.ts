// The last attacks: pings, the recipients' say, repetitions with two copies, admins in between.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, chen, marta, missing } from '../support/acting.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());

const { texts, direct, told, give, quiet, latestId } = acting(() => bot);

describe.each(databases)('last on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('names, values, groups and words with markup ping nobody', async () => {
    bot.slack.changePerson(ben, {
      realName: '<!channel> <@U0CHEN>',
      displayName: '<!channel> <@U0CHEN>',
    } as never);
    const value = (await bot.db.read.companyValue.findFirst()) ?? missing();
    await bot.db.write.companyValue.update({
      where: { id: value.id },
      data: { name: '<!here> <https://evil.example|good>' },
    });
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '');
    await person.waitForView();
    const words =
      '<!channel> <@U0CHEN> <https://evil.example|https://good.example> @channel @here <!subteam^S0PODA> &lt;!here&gt;';
    person.fill({
      recipients: { recipients: [ana, ben] },
      message: { message: words },
      impact: { impact: words },
      values: { values: [value.slug] },
    });
    await person.submit();
    await quiet();
    const second = await bot.slack.as(marta).command('/shoutout', `@ana #${value.slug} for ${words}`);
    expect(
      second.response,
      JSON.stringify([
        second.failure,
        second.acknowledged,
        told(marta),
        bot.slack.as(marta).view?.view.blocks[0],
      ]).slice(0, 1500),
    ).toBeDefined();
    await bot.settled();
    await bot.slack
      .as(ben)
      .command('/shoutout', `<@U0ANA|ana> for <!channel> and <https://evil.example|https://good.example>`, {
        raw: true,
      });
    await quiet();
    expect(texts('general').length).toBeGreaterThan(1);
    expect(bot.slack.as(chen).notifications).toEqual([]);
    const all = [...bot.slack.channel('general').messages, ...direct(ana)];
    for (const one of all) expect(one.text).not.toMatch(/<[!@h]/);
  });

  it('after "It is there" a recipient can still keep it private', async () => {
    bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await give('@ana @ben #craft for the night shift');
    await quiet();
    const question = await bot.slack.as(marta).waitForDirectMessage('Slack did not say');
    await bot.slack.as(marta).click({ message: question }, 'it_is_there');
    await quiet();
    expect(texts('general')[0]).toContain('Ana Souza');
    expect(JSON.stringify(direct(ana)[0]?.blocks)).toMatch(/keep_private/);
  });

  it('an admin who is one no more while the form is open removes nothing; undo and removal at once withdraw once', async () => {
    const answer = await give('@ana #craft for the night shift', ben);
    const boss = bot.slack.as(marta);
    const message = bot.slack.channel('general').messages.at(-1) ?? missing();
    await boss.click({ message }, 'announcement_menu', { value: `remove:${await latestId()}` });
    await boss.waitForView('Remove a shout-out');
    bot.slack.changePerson(marta, { isAdmin: false });
    const result = await boss.submit();
    expect(JSON.stringify(result.updated)).toContain('Only a workspace admin');
    expect(texts('general')).toHaveLength(1);
    bot.slack.changePerson(marta, { isAdmin: true });
    await boss.click({ message }, 'announcement_menu', { value: `remove:${await latestId()}` });
    await boss.waitForView('Remove a shout-out');
    await Promise.all([boss.submit(), bot.slack.as(ben).click({ ephemeral: answer }, 'undo_shoutout')]);
    await quiet();
    expect(texts('general')).toEqual([]);
    expect(direct(ana)).toEqual([]);
  });

  it('edit, hide and add-value at once on two copies end in the truth, once', async () => {
    const second = await bot.another();
    await bot.slack.waitForConnections(2);
    await give('@ana for first words so the introduction is over', ben);
    const answer = await give('@ana @ben for the night shift and more');
    const hold = bot.slack.trouble.hold('chat.update');
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for the new words' }, recipients: { recipients: [ana, ben, chen] } });
    const id = await latestId();
    await Promise.all([
      person.submitTwice(),
      bot.slack
        .as(ana)
        .click({ message: direct(ana).at(-1) ?? missing() }, 'direct_menu', { value: `keep_private:${id}` }),
      bot.slack
        .as(ana)
        .click({ message: direct(ana).at(-1) ?? missing() }, 'direct_menu', { value: `keep_private:${id}` }),
      bot.tick(),
      second.outbox.sendDue(),
      new Promise<void>(resolve =>
        setTimeout(() => {
          hold.release();
          resolve();
        }, 400),
      ),
    ]);
    await quiet();
    await second.outbox.sendDue();
    await quiet();
    expect(texts('general')).toHaveLength(2);
    expect(texts('general')[1]).toMatch(/gave (\S+ ){1,2}and .*: for the new words|Ben Okafor and Chen Wei/);
    expect(texts('general')[1]).not.toContain('Ana Souza');
    expect(direct(chen)).toHaveLength(1);
    expect(told(marta).match(/would rather keep/g)).toHaveLength(1);
  });

  it('a value whose slug has a colon can be added by its button', async () => {
    const value = (await bot.db.read.companyValue.findFirst({ orderBy: { position: 'asc' } })) ?? missing();
    await bot.db.write.companyValue.update({ where: { id: value.id }, data: { slug: 'be:kind' } });
    const answer = await give('@ana for the night shift');
    await bot.slack.as(marta).click({ ephemeral: answer }, 'add_value:be:kind');
    await quiet();
    expect(texts('general')[0]).toContain(value.name);
  });

  it('a postEphemeral and direct message refused: the refusal of a mention is told once Slack is well', async () => {
    bot.slack.invite('general', bot.slack.botUserId);
    bot.slack.trouble.fail('chat.postEphemeral', 'user_not_in_channel', { times: 1 });
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 1, times: 1 });
    bot.slack.as(marta).say('general', '@shoutout @sam for everything he did here');
    await bot.slack.settled();
    await quiet();
    expect(told(marta)).toContain('Not sent');
  });

  it('an announcement that Slack refused to change once is changed by the next edit', async () => {
    const answer = await give('@ana #craft for the night shift');
    for (const [index, words] of ['for the first change', 'for the second change'].entries()) {
      if (index === 0) bot.slack.trouble.fail('chat.update', 'msg_too_long', { times: 1 });
      const person = bot.slack.as(marta);
      await person.click({ ephemeral: answer }, 'edit_shoutout');
      await person.waitForView('Edit a shout-out');
      person.fill({ message: { message: words } });
      await person.submit();
      await quiet();
      await person.close({ all: true });
    }
    expect(texts('general')[0]).toContain('second change');
  });

  it('after an edit that is too long for Slack, an undo deletes the announcement', async () => {
    const answer = await give('@ana #craft for the night shift');
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: '&'.repeat(600) }, impact: { impact: '&'.repeat(300) } });
    await person.submit();
    await quiet();
    await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
    await quiet();
    expect(texts('general').length + direct(ana).length, told(marta)).toBe(0);
  });
});
