// Faults that were found once by trying to break the promises, so that they stay mended.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { lockDatabase } from '../support/lock-database.js';
import { type BotOptions, startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

/** Lets the clock run, and everything that follows from it. */
async function quiet(ticks = 5, milliseconds = 20_000): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    await bot.settled();
    bot.clock.advance(milliseconds);
    await bot.tick();
  }
  await bot.settled();
}

/** All that Marta was told, where she typed and in direct messages. */
const toldMarta = () =>
  [...bot.slack.as(marta).ephemerals('general'), ...bot.slack.directMessages(marta)]
    .map(one => one.text)
    .join('\n');

describe.each(databases)('on $name', database => {
  const start = async (options: Partial<BotOptions> = {}) => {
    bot = await startBot({ database, ...options });
  };

  it('an undo while the announcement is in flight and its answer is lost is told', async () => {
    await start();
    const hold = bot.slack.trouble.hold('chat.postMessage');
    bot.slack.trouble.loseAnswer('chat.postMessage');
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await hold.waiting;
    await bot.slack.as(marta).click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    hold.release();
    await quiet();
    expect(bot.slack.channel('general').messages).toHaveLength(1);
    // Which of the two depends on whether the undo or the lost answer came first.
    expect(toldMarta()).toMatch(
      /Slack never told me whether its message appeared in|One of them I cannot find/,
    );
  });

  it('a form that was closed before its answer does not make a success a failure', async () => {
    await start();
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.db.write.shoutout.updateMany({ data: { answeredAt: null } });
    await person.command('/shoutout', '');
    await person.waitForView();
    person.fill({ recipients: { recipients: [ana] }, message: { message: 'for it' } });
    await person.submit();
    const hold = bot.slack.trouble.hold('views.update');
    const clicking = person.click({ view: person.view ?? missing() }, 'record_again');
    await hold.waiting;
    await person.close({ all: true });
    hold.release();
    await clicking;
    await quiet();
    expect(await bot.db.read.shoutout.count()).toBe(2);
    expect(toldMarta()).not.toContain('Something went wrong');
    expect(toldMarta()).toContain('Recorded');
  });

  it('an answer that could not be delivered does not make a success a failure', async () => {
    await start();
    const hold = bot.slack.trouble.hold('users.info');
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    bot.slack.trouble.serverError('response_url', { status: 500 });
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 1 });
    hold.release();
    await quiet();
    expect(await bot.db.read.shoutout.count()).toBe(1);
    expect(toldMarta()).not.toContain('try again');
    expect(bot.slack.channel('general').messages).toHaveLength(1);
  });

  it('a long run of 429 with a short Retry-After loses nothing', async () => {
    await start();
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 1, times: 105 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await quiet(112, 5000);
    expect(bot.slack.channel('general').messages).toHaveLength(1);
  }, 30_000);

  it('an invitation while the refused attempt is in flight is not missed', async () => {
    await start();
    const hold = bot.slack.trouble.hold('chat.postMessage');
    bot.slack.trouble.fail('chat.postMessage', 'channel_not_found');
    await bot.setShoutoutChannel('C0SECRET');
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await hold.waiting;
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    hold.release();
    await quiet(8, 60_000);
    expect(bot.said('secret-plans')).toHaveLength(1);
  });

  it('a request delivered again after its undo is not called recorded', async () => {
    await start();
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.slack.as(marta).click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    const again = await bot.slack.as(marta).redeliver(answer.delivery);
    expect(again.response?.text).toContain('has been withdrawn since');
  });

  it('what was planned before the clock was set back is sent', async () => {
    await start();
    bot.slack.trouble.serverError('chat.postMessage', { status: 503, times: 1 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    bot.clock.advance(-24 * 60 * 60 * 1000);
    await quiet(2, 1000);
    expect(bot.slack.channel('general').messages).toHaveLength(1);
  });
});

describe('on SQLite', () => {
  const [sqlite] = databases;
  const start = async (options: Partial<BotOptions> = {}) => {
    if (sqlite) bot = await startBot({ database: sqlite, ...options });
  };

  it('thousands of # are refused in words', async () => {
    await start();
    const hashes = Array.from(
      { length: 1990 },
      (_, index) => `#${String.fromCodePoint(0x4e00 + index)}`,
    ).join('');
    const answer = await bot.slack.as(marta).command('/shoutout', `@ana ${hashes} for it`);
    expect(answer.response?.text).toMatch(/^Not sent/);
    expect(answer.response?.text).toContain('And 1,980 more that are no values.');
    await bot.slack.as(marta).command('/shoutout', hashes);
    await bot.slack.as(marta).waitForView();
    await bot.settled();
  });

  it('over HTTP, the same words after Slack hung up are asked about', async () => {
    await start({ connection: 'http' });
    await bot.slack.as(marta).command('/shoutout', '@ana to warm up');
    await bot.settled();
    bot.clock.advance(25 * 60 * 60 * 1000);
    const payload = bot.slack.deliveries.at(-1)?.payload ?? missing();
    const body = new URLSearchParams(
      Object.entries({ ...payload, text: '<@U0ANA> for it', trigger_id: '1.2.abc' }).map(
        ([key, value]): [string, string] => [key, String(value)],
      ),
    ).toString();
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', bot.slack.signingSecret).update(`v0:${at}:${body}`).digest('hex');
    const hold = bot.slack.trouble.hold('users.info');
    const call = request(bot.eventsUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${signature}`,
      },
    });
    const hungUp = new Promise<void>(resolve => call.on('error', () => undefined).on('close', resolve));
    call.end(body);
    await hold.waiting;
    call.destroy();
    await hungUp;
    // The bot hears of it when its end of the connection closes.
    await new Promise(resolve => setTimeout(resolve, 100));
    hold.release();
    await expect.poll(() => bot.db.read.shoutout.count()).toBe(2);
    await bot.settled();
    const again = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    expect(again.response?.text).toContain('this very shout-out a moment ago');
    await bot.settled();
  });

  it('a block that Slack dislikes does not cost the announcement', async () => {
    await start();
    bot.slack.trouble.fail('chat.postMessage', 'invalid_blocks');
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    const [message] = bot.slack.channel('general').messages;
    expect(message?.text).toBe('Marta Keller gave Ana Souza a shout-out: for it');
    expect(message?.blocks ?? []).toEqual([]);
  });
});

describe('on PostgreSQL', () => {
  const postgresql = databases[1];

  it('first commands of several people at once do not deadlock', async () => {
    if (!postgresql) return;
    bot = await startBot({ database: postgresql });
    const people = ['marta', 'ana', 'ben', 'chen', 'diego'];
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await new Promise(resolve => setTimeout(resolve, index * 8));
        const giver = `U0${people[index % 5]?.toUpperCase()}`;
        return bot.slack
          .as(giver)
          .command('/shoutout', `@${people[(index + 1) % 5]} @${people[(index + 2) % 5]} for ${index}`);
      }),
    );
    await bot.settled();
    const client = new pg.Client(bot.databaseUrl);
    await client.connect();
    await client.query('select pg_stat_force_next_flush()');
    const { rows } = await client.query(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    );
    await client.end();
    expect(rows).toEqual([{ deadlocks: 0 }]);
    expect(await bot.db.read.shoutout.count()).toBe(20);
  }, 30_000);

  it('what Slack said is kept though the database was away for longer than a transaction may take', async () => {
    if (!postgresql) return;
    bot = await startBot({ database: postgresql });
    bot.expectErrors();
    const hold = bot.slack.trouble.hold('chat.postMessage');
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await hold.waiting;
    await lockDatabase(bot.databaseUrl, 25_000);
    hold.release();
    await expect
      .poll(() => bot.db.read.post.findFirst({ where: { kind: 'announcement' } }), {
        timeout: 40_000,
        interval: 500,
      })
      .toMatchObject({ state: 'posted' });
    await bot.settled();
  }, 60_000);
});

function missing(): never {
  throw new Error('There is no such thing.');
}
