// What goes wrong between us, the database and Slack: once, and recorded or told, whatever happens.
import { createHmac } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { lockDatabase } from '../support/lock-database.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const marta = 'U0MARTA';

let bot: TestBot;
afterEach(() => bot.stop());

const announced = () => bot.slack.channel('general').all.map(message => message.text);

describe.each(databases)('repetitions on $name', database => {
  describe.each(['socket', 'http'] as const)('over %s', connection => {
    beforeEach(async () => {
      bot = await startBot({ database, connection });
    });

    it('a redelivered command records once and posts once', async () => {
      const person = bot.slack.as(marta);
      const first = await person.command('/shoutout', '@ana for it');
      const again = await person.redeliver(first.delivery);
      await bot.settled();
      expect(again.response?.text).toContain('Recorded: your shout-out to Ana Souza');
      expect(await bot.db.read.shoutout.count()).toBe(1);
      expect(announced()).toHaveLength(1);
      expect(bot.slack.as(ana).notifications).toHaveLength(1);
    });

    it('a command delivered five times at the same instant records once and posts once', async () => {
      const person = bot.slack.as(marta);
      const sending = person.command('/shoutout', '@ana for it');
      const delivery = bot.slack.deliveries.at(-1);
      if (!delivery) throw new Error('Nothing was delivered.');
      const answers = await Promise.all([
        sending,
        ...Array.from({ length: 4 }, () => person.redeliver(delivery)),
      ]);
      await bot.settled();
      expect(answers.every(answer => answer.response?.text.startsWith('Recorded'))).toBe(true);
      expect(await bot.db.read.shoutout.count()).toBe(1);
      expect(announced()).toHaveLength(1);
      expect(bot.slack.as(ana).notifications).toHaveLength(1);
    });

    it('a form submitted by a double click records once and posts once', async () => {
      const person = bot.slack.as(marta);
      await person.command('/shoutout', '@ana');
      await person.waitForView();
      await person.submitTwice();
      await bot.settled();
      expect(await bot.db.read.shoutout.count()).toBe(1);
      expect(announced()).toHaveLength(1);
      expect(bot.slack.as(ana).notifications).toHaveLength(1);
    });
  });

  it('two copies of the bot that send what is due at the same instant post once', async () => {
    bot = await startBot({ database });
    const second = await bot.another();
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 5, times: 1 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    bot.clock.advance(10_000);
    await Promise.all([bot.tick(), second.outbox.sendDue(), bot.tick(), second.outbox.sendDue()]);
    await bot.settled();
    bot.clock.advance(60_000);
    await Promise.all([bot.tick(), second.outbox.sendDue()]);
    expect(announced()).toHaveLength(1);
    expect(bot.slack.as(ana).notifications).toHaveLength(1);
  });
});

describe.each(databases)('Slack in trouble on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('a 429 delays the announcement and loses nothing', async () => {
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: 1 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    expect(announced()).toEqual([]);
    bot.clock.advance(29_000);
    await bot.tick();
    expect(announced()).toEqual([]);
    bot.clock.advance(1000);
    await bot.tick();
    await bot.tick();
    expect(announced()).toHaveLength(1);
    expect(bot.slack.as(ana).notifications).toHaveLength(1);
  });

  it('a 429 keeps what else waits for that channel from asking too', async () => {
    bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: 1 });
    for (const words of ['one', 'two', 'three'])
      await bot.slack.as(marta).command('/shoutout', `@ana for ${words}`, { channel: '#general' });
    await bot.settled();
    await bot.tick();
    expect(
      bot.slack.calls.filter(
        call =>
          call.method === 'chat.postMessage' &&
          call.args.channel === 'C0GENERAL' &&
          call.phase === 'answered',
      ),
    ).toHaveLength(1);
    bot.clock.advance(30_000);
    await bot.tick();
    await bot.tick();
    expect(announced()).toHaveLength(3);
  });

  it('a 503 is tried again', async () => {
    bot.slack.trouble.serverError('chat.postMessage', { status: 503, times: 2 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    for (let tries = 0; tries < 5; tries += 1) {
      bot.clock.advance(5000);
      await bot.tick();
    }
    expect(announced()).toHaveLength(1);
    expect(bot.slack.as(ana).notifications).toHaveLength(1);
  });

  it.each([
    ['a lost answer', () => bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 }), 1],
    ['a 500', () => bot.slack.trouble.serverError('chat.postMessage', { status: 500, times: 1 }), 0],
    [
      'an internal error',
      () => bot.slack.trouble.fail('chat.postMessage', 'internal_error', { times: 1 }),
      0,
    ],
  ] as const)('after %s nothing is posted again and the giver is asked', async (_what, trouble, there) => {
    trouble();
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.tick();
    expect(announced()).toHaveLength(there);
    const question = await bot.slack.as(marta).waitForDirectMessage('Slack did not say');
    for (let ticks = 0; ticks < 5; ticks += 1) {
      bot.clock.advance(60 * 60 * 1000);
      await bot.tick();
    }
    expect(announced()).toHaveLength(there);
    expect(bot.slack.directMessages(marta)).toHaveLength(1);
    // The recipient need not wait for the answer.
    expect(bot.slack.as(ana).notifications).toHaveLength(1);

    await bot.slack.as(marta).click({ message: question }, there ? 'it_is_there' : 'post_again');
    await bot.settled();
    await bot.tick();
    expect(announced()).toHaveLength(1);
    expect(bot.slack.directMessages(marta)[0]?.text).toMatch(/^Thank you\./);
  });

  it('a question answered twice is settled once', async () => {
    bot.slack.trouble.serverError('chat.postMessage', { status: 500, times: 1 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.tick();
    const message = await bot.slack.as(marta).waitForDirectMessage('Slack did not say');
    const person = bot.slack.as(marta);
    await Promise.all([person.click({ message }, 'post_again'), person.click({ message }, 'post_again')]);
    await bot.settled();
    await bot.tick();
    expect(announced()).toHaveLength(1);
  });

  it('a shout-out that may not be there says so when it is undone', async () => {
    bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.tick();
    await bot.slack.as(marta).click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    await bot.tick();
    expect(bot.slack.as(marta).ephemerals('general').at(-1)?.text).toContain('One of them I cannot find');
    // Nobody is asked any more.
    expect(bot.slack.directMessages(marta)).toEqual([]);
  });

  it('a private shout-out channel without the bot: the giver is told what to do, and it appears at the invitation', async () => {
    await bot.setShoutoutChannel('C0SECRET');
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    expect(answer.response?.text).toMatch(/^Recorded/);
    await bot.settled();
    await bot.tick();
    const told = await bot.slack.as(marta).waitForDirectMessage('I cannot post in');
    expect(told.text).toContain('Type /invite @');
    expect(bot.slack.as(ana).notifications).toHaveLength(1);
    expect(bot.said('secret-plans')).toEqual([]);

    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.slack.waitForMessage('secret-plans', 'Marta Keller gave Ana Souza');
    await bot.settled();
    await bot.tick();
    expect(bot.said('secret-plans')).toHaveLength(1);
    expect(bot.slack.as(ana).notifications).toHaveLength(1);
    // What was said meanwhile is put right, without another notification.
    expect(bot.slack.directMessages(marta).map(message => message.text)).toEqual([
      expect.stringContaining('By now it is in the channel.'),
    ]);
    expect(JSON.stringify(bot.slack.directMessages(ana)[0]?.blocks)).toContain('see it there');
  });

  it.each([
    [
      'chat.postMessage that will never work in the channel',
      0,
      'Slack did not let me post it in the channel. I do not try again (msg_too_long).',
    ],
    [
      'chat.postMessage that will never work for a recipient',
      1,
      'Slack does not let me send Ana Souza a message about it.',
    ],
  ])('%s: the giver is told, and the rest goes out', async (_what, skipped, words) => {
    if (skipped === 1) {
      // The announcement first, then the message to Ana.
      bot.slack.onCall(call => {
        if (
          call.method === 'chat.postMessage' &&
          call.phase === 'answered' &&
          call.args.channel === 'C0GENERAL'
        ) {
          bot.slack.trouble.fail('chat.postMessage', 'msg_too_long', { times: 1 });
        }
      });
    } else bot.slack.trouble.fail('chat.postMessage', 'msg_too_long', { times: 1 });
    await bot.slack.as(marta).command('/shoutout', '@ana for it');
    await bot.settled();
    await bot.tick();
    const told = await bot.slack.as(marta).waitForDirectMessage('is recorded and counts');
    expect(told.text).toContain(words);
    bot.clock.advance(24 * 60 * 60 * 1000);
    await bot.tick();
    expect(announced()).toHaveLength(skipped);
    expect(bot.slack.as(ana).notifications).toHaveLength(1 - skipped);
    expect(bot.slack.directMessages(marta)).toHaveLength(1);
  });

  it('users.info that does not answer: "checking…" in time, and the answer afterwards', async () => {
    const hold = bot.slack.trouble.hold('users.info');
    const sent = performance.now();
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    expect(performance.now() - sent).toBeLessThan(2900);
    expect(answer).toMatchObject({ acknowledged: true });
    expect(answer.response?.text).toContain('Checking…');
    hold.release();
    await bot.slack.as(marta).waitForEphemeral('Recorded: your shout-out');
    await bot.settled();
    expect(announced()).toHaveLength(1);
  });

  it('users.info that fails: nothing is recorded, and the giver is told so', async () => {
    bot.expectErrors();
    bot.slack.trouble.serverError('users.info', { status: 500, times: 5 });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for it');
    expect(answer.response?.text).toMatch(
      /Something went wrong on my side\. Nothing was recorded\..*reference: [0-9a-f]{8}\.$/,
    );
    await bot.settled();
    expect(await bot.db.read.shoutout.count()).toBe(0);
    const reference = /reference: (\w+)/.exec(answer.response?.text ?? '')?.[1];
    expect(bot.logged.filter(line => line.reference === reference)).toHaveLength(1);
  });

  it('a form that takes long says "checking…" and then what it came to', async () => {
    const person = bot.slack.as(marta);
    await person.command('/shoutout', '');
    await person.waitForView();
    person.fill({ recipients: { recipients: ['U0CHEN'] } });
    const hold = bot.slack.trouble.hold('users.info');
    const result = await person.submit();
    expect(result.acknowledged).toBe(true);
    expect(JSON.stringify(result.updated?.blocks)).toContain('Checking…');
    hold.release();
    await person.waitForView(view =>
      JSON.stringify(view.view.blocks).includes('Recorded: your shout-out to '),
    );
    await bot.settled();
    expect(announced()).toHaveLength(1);
  });
});

describe.each(databases)('a database that does not answer on $name', database => {
  it('still gets an answer in time and a follow-up, and the event loop stays free', async () => {
    bot = await startBot({ database });
    await bot.slack.as(marta).command('/shoutout', '@ana for warming up');
    await bot.settled();
    await lockDatabase(bot.databaseUrl, 3500);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const sent = performance.now();
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for waiting');
    const took = performance.now() - sent;
    expect(answer.response?.text).toContain('Checking…');
    expect(took).toBeLessThan(2900);
    await bot.slack.as(marta).waitForEphemeral('Recorded: your shout-out to Ana Souza', 8000);
    delay.disable();
    await bot.settled();
    expect(delay.max / 1e6).toBeLessThan(200);
    expect(await bot.db.read.shoutout.count()).toBe(2);
    expect(announced()).toHaveLength(2);
  }, 20_000);
});

describe('a socket in trouble', () => {
  const [sqlite] = databases;
  beforeEach(async () => {
    if (sqlite) bot = await startBot({ database: sqlite });
  });

  it.each([
    [
      'was cut is opened again, also when Slack refuses it for a while',
      () => {
        bot.slack.trouble.refuseSockets(2);
        bot.slack.trouble.dropSockets();
      },
    ],
    ['Slack recycles loses nothing', () => bot.slack.trouble.recycleSocket('refresh_requested')],
  ])('that %s', async (_what, trouble) => {
    // The socket client logs each attempt that fails.
    bot.expectErrors();
    trouble();
    await expect
      .poll(async () => (await bot.slack.as(marta).command('/shoutout', '@ana for it')).response?.text, {
        timeout: 8000,
      })
      .toMatch(/^Recorded/);
    await bot.settled();
    expect(announced()).toHaveLength(await bot.db.read.shoutout.count());
  });
});

describe('an event whose listener fails', () => {
  const [sqlite] = databases;

  it.each(['socket', 'http'] as const)(
    'is not acknowledged over %s, comes again, and counts once',
    async connection => {
      if (!sqlite) return;
      bot = await startBot({
        database: sqlite,
        connection,
        slack: { acknowledgeWithinMs: 400, eventRetriesAfterMs: [100, 500, 2000] },
      });
      bot.expectErrors();
      await bot.setShoutoutChannel('C0SECRET');
      await bot.slack.as(marta).command('/shoutout', '@ana for it');
      await bot.settled();
      await bot.tick();
      // Longer than Slack waits for an acknowledgement here.
      await lockDatabase(bot.databaseUrl, 900);
      bot.slack.invite('secret-plans', bot.slack.botUserId);
      await bot.slack.waitForMessage('secret-plans', 'Marta Keller gave Ana Souza');
      await bot.settled();
      const event = bot.slack.deliveries.find(delivery => delivery.kind === 'events_api');
      expect(event?.attempts.length).toBeGreaterThan(1);
      expect(event?.attempts[0]?.outcome).toBe('timeout');
      expect(bot.said('secret-plans')).toHaveLength(1);
    },
  );
});

describe('the log', () => {
  const [sqlite] = databases;

  it('never holds a token, a response URL or what somebody typed, at any level', async () => {
    if (!sqlite) return;
    bot = await startBot({ database: sqlite, environment: { LOG_LEVEL: 'trace' } });
    bot.expectErrors();
    bot.slack.trouble.serverError('chat.postMessage', { status: 500, times: 1 });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana #craft for the secret sauce');
    await bot.settled();
    await bot.slack.as(marta).command('/shoutout', '@sam #nope for the secret sauce');
    bot.slack.trouble.serverError('users.info', { status: 500, times: 9 });
    await bot.slack.as(marta).command('/shoutout', '@chen for the secret sauce');
    bot.slack.trouble.serverError('response_url', { status: 404 });
    await bot.slack.as(marta).click({ ephemeral: answer.response ?? missing() }, 'undo_shoutout');
    await bot.settled();
    expect(bot.logged.length).toBeGreaterThan(3);
    const log = JSON.stringify(bot.logged);
    expect(log).not.toContain('secret sauce');
    expect(log).not.toMatch(/xox[bp]-|xapp-/);
    expect(log).not.toMatch(/\/commands\/|\/actions\//);
  });
});

describe('forged requests', () => {
  const [sqlite] = databases;

  it.each([
    ['a wrong signature', 0, 'x'.repeat(32)],
    ['a signature older than five minutes', -301, null],
  ])('%s gets 401 and leaves no trace', async (_what, ageSeconds, secret) => {
    if (!sqlite) return;
    bot = await startBot({ database: sqlite, connection: 'http' });
    bot.expectErrors();
    const body =
      'command=%2Fshoutout&text=%3C%40U0ANA%3E+for+it&user_id=U0MARTA&team_id=T0SHOUTOUT&trigger_id=1.2.3&channel_id=C0GENERAL';
    const timestamp = String(Math.floor(Date.now() / 1000) + ageSeconds);
    const signature = `v0=${createHmac('sha256', secret ?? bot.slack.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex')}`;
    const answer = await fetch(bot.eventsUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
      },
      body,
    });
    expect(answer.status).toBe(401);
    await bot.settled();
    expect(await bot.db.read.member.count()).toBe(0);
    expect(await bot.db.read.shoutout.count()).toBe(0);
    expect(bot.slack.calls.filter(call => call.method !== 'auth.test')).toEqual([]);
    expect(JSON.stringify(bot.logged)).not.toContain('for it');
  });
});

function missing(): never {
  throw new Error('There is no such thing.');
}
