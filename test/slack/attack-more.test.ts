// More attacks: who is told, what is lost, limits, logs.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, chen, marta, missing } from '../support/acting.js';
import { databases } from '../support/databases.js';
import { lockDatabase } from '../support/lock-database.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());

const { texts, direct, told, give, quiet, latestId } = acting(() => bot);

describe.each(databases)('more on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('keep-private, then an edit before Slack refuses the change: who kept it private is told', async () => {
    await give('@ana for first words so the introduction is over', ben);
    const answer = await give('@ana @ben #craft for the night shift');
    bot.slack.trouble.rateLimit('chat.update', { retryAfter: 20, times: 20 });
    await bot.slack.as(ana).click({ message: direct(ana).at(-1) ?? missing() }, 'direct_menu', {
      value: `keep_private:${await latestId()}`,
    });
    await bot.settled();
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for the second night shift' } });
    await person.submit();
    await bot.settled();
    bot.slack.trouble.clear();
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 20 });
    await quiet();
    expect(texts('general').at(-1)).toContain('Ana Souza');
    expect(told(ana)).toContain('It becomes private');
    expect(told(ana)).toMatch(/cannot change its message/);
  });

  it('a form whose answer was lost, changed and submitted again: what is called recorded is what was submitted', async () => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana');
    await person.waitForView('Give a shout-out');
    // Chen is not known yet, so that Slack is asked.
    person.fill({ message: { message: 'for the old words' }, recipients: { recipients: [ana, chen] } });
    bot.expectErrors();
    const hold = bot.slack.trouble.hold('users.info');
    const first = person.submit();
    await hold.waiting;
    // The link is back only after the answer would have gone.
    const link = bot.slack.trouble.hold('apps.connections.open');
    bot.slack.trouble.dropSockets();
    hold.release();
    const outcome = await first;
    expect(outcome.acknowledged).toBe(false);
    link.release();
    await bot.slack.waitForConnection();
    await quiet(1);
    person.fill({ message: { message: 'for the new words' }, recipients: { recipients: [ana, ben] } });
    const second = await person.submit();
    await quiet();
    const all = JSON.stringify([second.updated, told(marta)]);
    const rows = await bot.db.read.shoutout.findMany();
    expect(rows.map(one => one.message)).toEqual(['for the old words']);
    expect(all).toContain('This form was recorded before');
  });

  it('where Slack dislikes the blocks, keep-private still changes the announcement in plain text', async () => {
    await give('@ana for first words so the introduction is over', ben);
    bot.slack.trouble.fail('chat.postMessage', 'invalid_blocks', { times: 1 });
    await give('@ana @ben #craft for the night shift');
    expect(texts('general').at(-1)).toContain('Ana Souza and Ben Okafor');
    bot.slack.trouble.fail('chat.update', 'invalid_blocks', { times: 1 });
    await bot.slack.as(ana).click({ message: direct(ana).at(-1) ?? missing() }, 'direct_menu', {
      value: `keep_private:${await latestId()}`,
    });
    await quiet();
    expect(texts('general').at(-1)).not.toContain('Ana Souza');
  });

  it('the clock going back a day during a 429 delays by minutes, not by a day', async () => {
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: 1 });
    await give('@ana for the night shift');
    bot.clock.advance(-24 * 60 * 60 * 1000);
    await quiet(20);
    expect(texts('general')).toHaveLength(1);
  });

  it('an edit of a long message of emoji cuts nothing silently', async () => {
    const long = '👨‍👩‍👧‍👦'.repeat(400);
    const answer = await give(`@ana #craft for ${long} the end`);
    expect(answer.text).toContain('Recorded');
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    const hinted = JSON.stringify(person.view?.view.blocks).match(/left out|longer than/);
    person.fill({ recipients: { recipients: [ana, chen] } });
    const result = await person.submit();
    await quiet();
    if (!hinted)
      expect((await bot.db.read.shoutout.findFirst())?.message, JSON.stringify(result.updated)).toContain(
        'the end',
      );
  });

  it('a direct message left as it is is not sent a second time by an edit', async () => {
    const hold = bot.slack.trouble.hold('chat.postMessage');
    const sending = bot.slack.as(marta).command('/shoutout', '@ana #craft for the night shift');
    await hold.waiting;
    const answer = (await sending).response ?? missing();
    const stop = bot.slack.onCall(call => {
      if (
        call.method === 'chat.postMessage' &&
        (call.args as { channel?: string }).channel === 'C0GENERAL' &&
        call.phase === 'answered'
      ) {
        bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
        stop();
      }
    });
    hold.release();
    await quiet();
    const question = await bot.slack.as(marta).waitForDirectMessage('my message about it reached');
    await bot.slack.as(marta).click({ message: question }, 'it_is_there');
    await quiet();
    expect(direct(ana)).toHaveLength(1);
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for the second night shift' } });
    await person.submit();
    await quiet();
    expect(direct(ana)).toHaveLength(1);
  });

  it('thirty at once by two copies: twenty rows, and everybody is told right', async () => {
    await bot.another();
    await bot.slack.waitForConnections(2);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        bot.slack.as(marta).command('/shoutout', `@ana #craft for thing number ${index} of the day`),
      ),
    );
    await quiet(30);
    const recorded = answers.filter(one => one.response?.text.startsWith('Recorded')).length;
    expect(await bot.db.read.shoutout.count()).toBe(20);
    expect(recorded).toBe(20);
    expect(texts('general')).toHaveLength(20);
  }, 30_000);

  it('the database locked: the words are in no log line', async () => {
    bot.expectErrors();
    await give('@ana for first words so people are known');
    await lockDatabase(bot.databaseUrl, 12_000);
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana #craft for xyzzy-42 of all');
    await new Promise(resolve => setTimeout(resolve, 12_500));
    await bot.settled();
    expect(answer.response?.text ?? '').toBeTruthy();
    expect(JSON.stringify(bot.logged)).not.toContain('xyzzy');
  }, 30_000);

  it('a message shortcut in trouble keeps nothing of the text', async () => {
    bot.expectErrors();
    const said = bot.slack.as(ana).say('secret-plans', 'the word is xyzzy-42');
    for (const error of ['expired_trigger_id', 'fatal_error', 'invalid_arguments']) {
      bot.slack.trouble.fail('views.open', error, { times: 1 });
      await bot.slack.as(marta).messageShortcut('shoutout_for_message', 'secret-plans', said.ts);
      await quiet(1);
    }
    expect(JSON.stringify(bot.logged)).not.toContain('xyzzy');
    expect(JSON.stringify(await bot.db.read.draft.findMany())).not.toContain('xyzzy');
    expect(bot.slack.calls.filter(call => JSON.stringify(call).includes('xyzzy'))).toEqual([]);
  });

  it('two recipients keep it private before Slack refuses: both are told', async () => {
    await give('@ana for first words so the introduction is over', chen);
    await give('@ben for first words so the introduction is over', chen);
    await give('@ana @ben @chen #craft for the night shift');
    bot.slack.trouble.rateLimit('chat.update', { retryAfter: 20, times: 20 });
    const id = await latestId();
    for (const who of [ana, ben]) {
      await bot.slack
        .as(who)
        .click({ message: direct(who).at(-1) ?? missing() }, 'direct_menu', { value: `keep_private:${id}` });
      await bot.settled();
    }
    bot.slack.trouble.clear();
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 30 });
    await quiet();
    expect(texts('general').at(-1)).toContain('Ana Souza');
    expect.soft(told(ben)).toMatch(/cannot change its message/);
    expect.soft(told(ana)).toMatch(/cannot change its message/);
  });

  it('keep-private pressed a second time after Slack refused is tried a second time', async () => {
    await give('@ana for first words so the introduction is over', chen);
    await give('@ana @ben #craft for the night shift');
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 30 });
    const id = await latestId();
    const message = direct(ana).at(-1) ?? missing();
    await bot.slack.as(ana).click({ message }, 'direct_menu', { value: `keep_private:${id}` });
    await quiet();
    expect(texts('general').at(-1)).toContain('Ana Souza');
    bot.slack.trouble.clear();
    await bot.slack.as(ana).click({ message }, 'direct_menu', { value: `keep_private:${id}` });
    await quiet();
    expect(texts('general').at(-1)).not.toContain('Ana Souza');
  });
});
