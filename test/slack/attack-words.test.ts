// Attacks on what is said to whom, and on what the log keeps.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, chen, marta, missing } from '../support/acting.js';
import { databases } from '../support/databases.js';
import { lockDatabase } from '../support/lock-database.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());

const { texts, direct, told, give, quiet, latestId } = acting(() => bot);
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe.each(databases)('words on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('an undo while the database is locked is told to have failed', async () => {
    bot.expectErrors();
    const answer = await give('@ana #craft for the night shift');
    await lockDatabase(bot.databaseUrl, 12_000);
    await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
    await sleep(12_500);
    await quiet();
    const row = await bot.db.read.shoutout.findFirst();
    if (!row?.withdrawnAt) expect(told(marta)).toContain('Something went wrong');
    else expect(told(marta)).toContain('Undone');
  }, 30_000);

  it('keep-private while the database is locked is told to have failed', async () => {
    bot.expectErrors();
    await give('@ana #craft for the night shift');
    await lockDatabase(bot.databaseUrl, 12_000);
    await bot.slack.as(ana).click({ message: direct(ana)[0] ?? missing() }, 'keep_all_private');
    await sleep(12_500);
    await quiet();
    const row = await bot.db.read.shoutoutRecipient.findFirst();
    if (!row?.isHidden) expect(told(ana)).toContain('Something went wrong');
  }, 30_000);

  it('"Always" on one that was undone is told to hold from now on', async () => {
    const answer = await give('@ana #craft for the night shift');
    bot.slack.trouble.fail('chat.delete', 'cant_delete_message', { times: 10 });
    await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
    await quiet();
    await bot.slack.as(ana).click({ message: direct(ana)[0] ?? missing() }, 'keep_all_private');
    await quiet();
    const member = await bot.db.read.member.findFirst({ where: { slackId: ana } });
    expect(member?.preference).toBe('onlyPrivately');
    expect(told(ana)).toMatch(/[Ff]rom now on/);
  });

  it('a recipient whose wish Slack refused during an undo is not told that they took it back', async () => {
    await give('@ana for first words so the introduction is over', ben);
    const answer = await give('@ana @ben #craft for the night shift');
    const hold = bot.slack.trouble.hold('chat.update');
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 10 });
    await bot.slack.as(ana).click({ message: direct(ana).at(-1) ?? missing() }, 'direct_menu', {
      value: `keep_private:${await latestId()}`,
    });
    await hold.waiting;
    await sleep(200);
    await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
    hold.release();
    await quiet();
    expect.soft(told(ana)).not.toContain('You took back');
    expect(texts('general').join('\n'), told(marta)).not.toContain('the night shift');
  });

  it('a giver whose edit Slack refused during a removal is not told that they took it back', async () => {
    const answer = await give('@ana #craft for the night shift', ben);
    const person = bot.slack.as(ben);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for the second night shift' } });
    const hold = bot.slack.trouble.hold('chat.update');
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 10 });
    await person.submit();
    await hold.waiting;
    await sleep(200);
    const boss = bot.slack.as(marta);
    await boss.click(
      { message: bot.slack.channel('general').messages.at(-1) ?? missing() },
      'announcement_menu',
      { value: `remove:${await latestId()}` },
    );
    await boss.waitForView('Remove a shout-out');
    await boss.submit();
    hold.release();
    await quiet();
    expect.soft(told(ben)).not.toContain('You took back');
    // Either it went, or the admin who asked is told that it did not.
    if (texts('general').length > 0) expect(told(marta)).toMatch(/cannot delete/);
  });

  it('the log keeps neither words nor tokens, whatever call fails how', async () => {
    bot.expectErrors();
    const ways = [
      (m: string) => bot.slack.trouble.serverError(m, { status: 500, times: 2 }),
      (m: string) => bot.slack.trouble.loseAnswer(m, { times: 2 }),
      (m: string) => bot.slack.trouble.loseRequest(m, { times: 2 }),
      (m: string) => bot.slack.trouble.rateLimit(m, { retryAfter: 1, times: 2 }),
      (m: string) => bot.slack.trouble.fail(m, 'invalid_blocks', { times: 2 }),
    ];
    bot.slack.invite('general', bot.slack.botUserId);
    for (const way of ways) {
      for (const method of [
        'chat.postMessage',
        'chat.postEphemeral',
        'response_url',
        'views.open',
        'views.update',
        'chat.update',
        'chat.delete',
      ])
        way(method);
      const person = bot.slack.as(marta);
      await person.command('/shoutout', '@sam for xyzzy-42');
      const answer = await person.command('/shoutout', '@ana #craft for xyzzy-42 of all');
      person.say('general', '@shoutout @sam for xyzzy-42');
      await sleep(300);
      if (answer.response)
        await person.click({ ephemeral: answer.response }, 'edit_shoutout').catch(() => undefined);
      await person.command('/shoutout', '@ana');
      await sleep(200);
      if (answer.response)
        await person.click({ ephemeral: answer.response }, 'undo_shoutout').catch(() => undefined);
      await quiet(2);
      bot.slack.trouble.clear();
    }
    const lines = JSON.stringify(bot.logged);
    expect(lines).not.toContain('xyzzy');
    expect(lines).not.toContain(bot.slack.botToken);
  }, 60_000);

  it('the giver of a reported shout-out hears nothing, as the form says, when they are a keeper', async () => {
    await give('@ana #craft for the night shift', ben);
    await bot.choose({}, { keeperSlackIds: [ben] });
    const person = bot.slack.as(chen);
    await person.click(
      { message: bot.slack.channel('general').messages.at(-1) ?? missing() },
      'announcement_menu',
      { value: `report:${await latestId()}` },
    );
    const form = await person.waitForView('Report a shout-out');
    expect(JSON.stringify(form.view)).toContain('Its giver hears nothing');
    await person.submit();
    await quiet();
    expect(told(ben)).not.toContain('reported a shout-out');
  });

  it.each(['users.info'])('H84 a removal while %s fails is told to have failed', async method => {
    bot.expectErrors();
    await give('@ana #craft for the night shift', ben);
    const boss = bot.slack.as(marta);
    await boss.click(
      { message: bot.slack.channel('general').messages.at(-1) ?? missing() },
      'announcement_menu',
      { value: `remove:${await latestId()}` },
    );
    await boss.waitForView('Remove a shout-out');
    bot.slack.trouble.fail(method, 'fatal_error', { times: 5 });
    const result = await boss.submit();
    await quiet();
    expect(texts('general')).toHaveLength(1);
    expect(JSON.stringify([result.updated, result.errors]) + told(marta)).toContain('Something went wrong');
  });

  it("H90 the row of another workspace is nobody's here", async () => {
    await give('@ana #craft for the night shift', ben);
    const mine = (await bot.db.read.shoutout.findFirst()) ?? missing();
    const workspace = (await bot.db.read.workspace.findFirst()) ?? missing();
    await bot.db.write.workspace.create({ data: { ...workspace, id: 'other', slackId: 'T0OTHER' } as never });
    const member =
      (await bot.db.read.member.findFirst({ where: { slackId: marta } })) ??
      (await bot.db.read.member.findFirst({ where: { slackId: ben } })) ??
      missing();
    await bot.db.write.member.create({
      data: { ...member, id: 'othermember', workspaceId: 'other', introducedByPostId: null } as never,
    });
    await bot.db.write.shoutout.create({
      data: {
        ...mine,
        id: '0199aaaa-0000-7000-8000-000000000001',
        workspaceId: 'other',
        requestKey: 'x',
        giverId: 'othermember',
        message: 'other words',
      } as never,
    });
    const message = bot.slack.channel('general').messages.at(-1) ?? missing();
    message.blocks = JSON.parse(
      JSON.stringify(message.blocks).replaceAll(mine.id, '0199aaaa-0000-7000-8000-000000000001'),
    );
    for (const choice of ['edit', 'undo', 'remove', 'report'])
      for (const who of [marta, ben]) {
        await bot.slack.as(who).click({ message }, 'announcement_menu', {
          value: `${choice}:0199aaaa-0000-7000-8000-000000000001`,
        });
        await bot.settled();
        expect(bot.slack.as(who).view).toBeUndefined();
      }
  });

  it('a private shout-out in trouble (question, notice, edit, undo) reaches nobody else', async () => {
    bot.expectErrors();
    await bot.choose({}, { keeperSlackIds: [chen] });
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana #craft');
    await person.waitForView('Give a shout-out');
    person.fill({ message: { message: 'for xyzzy-42' }, visibility: { visibility: 'private' } });
    bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await person.submit();
    await quiet();
    const question = direct(marta).at(-1) ?? missing();
    await person.click({ message: question }, 'post_again');
    await quiet();
    const last = (await person.command('/shoutout', 'last')).response ?? missing();
    await person.click({ ephemeral: last }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ recipients: { recipients: [ana, ben] } });
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 3 });
    await person.submit();
    await quiet();
    bot.slack.trouble.fail('chat.delete', 'cant_delete_message', { times: 3 });
    await person.click({ ephemeral: last }, 'undo_shoutout');
    await quiet();
    for (const channel of ['general', 'shoutouts', 'craft', 'pod-a', 'secret-plans'])
      expect(texts(channel)).toEqual([]);
    expect(direct(chen)).toEqual([]);
    expect(JSON.stringify(bot.logged)).not.toContain('xyzzy');
  });
});
