// Trouble on demand: rate limits, errors, slowness, lost calls, dropped and recycled sockets, repeated events.

import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { aClient, aLocalSlack, anHttpApp, aSocketApp } from './support.js';

const HELLO = { channel: 'C0SHOUT', text: 'hello' };

test('rate limits, server errors and refusals last as long as ordered, and nothing takes effect', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  slack.trouble.rateLimit('chat.postMessage', { retryAfter: 7 });
  await expect(client.chat.postMessage(HELLO)).rejects.toMatchObject({ retryAfter: 7 });
  slack.trouble.serverError(/^chat\./, { status: 502 });
  await expect(client.chat.postMessage(HELLO)).rejects.toMatchObject({ statusCode: 502 });
  slack.trouble.fail('chat.postMessage', 'is_archived', { times: 2 });
  await expect(client.chat.postMessage(HELLO)).rejects.toThrow('is_archived');
  await expect(client.chat.postMessage(HELLO)).rejects.toThrow('is_archived');
  expect(slack.channel('C0SHOUT').messages).toEqual([]);
  expect((await client.chat.postMessage(HELLO)).ok).toBe(true);
  slack.trouble.fail('chat.postMessage', 'is_archived', { times: Infinity });
  slack.trouble.clear();
  expect((await client.chat.postMessage(HELLO)).ok).toBe(true);
});

test('a lost answer took effect, a lost request did not', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  slack.trouble.loseAnswer('chat.postMessage');
  await expect(client.chat.postMessage(HELLO)).rejects.toThrow();
  expect(slack.channel('C0SHOUT').messages).toHaveLength(1);
  expect(slack.calls.at(-1)).toMatchObject({ tookEffect: true });
  expect(slack.calls.at(-1)).not.toHaveProperty('answer');
  slack.trouble.loseRequest('chat.postMessage');
  await expect(client.chat.postMessage(HELLO)).rejects.toThrow();
  expect(slack.channel('C0SHOUT').messages).toHaveLength(1);
  expect(slack.calls.at(-1)).toMatchObject({ tookEffect: false });
});

test('delayed events arrive when released, in the order that was asked for', async () => {
  const slack = await aLocalSlack();
  const heard: string[] = [];
  await aSocketApp(slack, app => {
    app.event('reaction_added', async ({ event }) => void heard.push(event.reaction));
  });
  slack.invite('general', slack.botUserId);
  await slack.settled();
  const { ts } = slack.as('U0ANA').say('general', 'hello');
  const delay = slack.trouble.delayEvents();
  const sent = ['gem', 'bee', 'tada'].map(name => slack.as('U0BEN').react('general', ts, name));
  await slack.settled();
  expect(heard).toEqual([]);
  delay.release('reversed');
  await Promise.all(sent);
  expect(heard).toEqual(['tada', 'bee', 'gem']);
  slack.trouble.delayEvents();
  const last = slack.as('U0BEN').react('general', ts, 'mega');
  slack.trouble.clear();
  expect(await last).toMatchObject({ acknowledged: true });
});

test('a held call takes effect when released; a slow one after its time', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const hold = slack.trouble.hold('chat.postMessage');
  const posting = client.chat.postMessage(HELLO);
  await hold.waiting;
  expect(slack.channel('C0SHOUT').messages).toEqual([]);
  hold.release();
  expect((await posting).ok).toBe(true);
  slack.trouble.slow('chat.postMessage', 40);
  const start = performance.now();
  await client.chat.postMessage(HELLO);
  expect(performance.now() - start).toBeGreaterThan(35);
});

test('a call is seen before it takes effect, and the hook can hold it', async () => {
  const slack = await aLocalSlack();
  const seen: [string, number][] = [];
  const off = slack.onCall(async call => {
    await Promise.resolve();
    seen.push([call.phase, slack.channel('C0SHOUT').messages.length]);
  });
  await aClient(slack).chat.postMessage(HELLO);
  off();
  await aClient(slack).chat.postMessage(HELLO);
  expect(seen).toEqual([
    ['received', 0],
    ['answered', 1],
  ]);
});

test('posts faster than the pace get 429 after a burst of three, each channel by itself', async () => {
  const slack = await aLocalSlack({ postsPerSecondPerChannel: 1 });
  const client = aClient(slack);
  for (const text of ['1', '2', '3']) await client.chat.postMessage({ channel: 'C0SHOUT', text });
  await expect(client.chat.postMessage(HELLO)).rejects.toMatchObject({ retryAfter: 1 });
  expect((await client.chat.postMessage({ channel: 'C0CRAFT', text: 'other' })).ok).toBe(true);
});

test.each([['refresh_requested'] as const, ['warning'] as const])(
  'a link recycled with %s is opened anew',
  async reason => {
    const slack = await aLocalSlack();
    await aSocketApp(slack, app => {
      app.command('/thank', ({ ack }) => ack('here'));
    });
    const opened = slack.waitForCall(
      () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length > 1,
    );
    slack.trouble.recycleSocket(reason);
    await opened;
    await slack.waitForConnections(1);
    expect((await slack.as('U0ANA').command('/thank')).response?.text).toBe('here');
  },
);

test('after dropped and refused sockets the bot comes back', async () => {
  const slack = await aLocalSlack();
  await aSocketApp(
    slack,
    app => {
      app.command('/thank', ({ ack }) => ack('here'));
    },
    { quiet: true },
  );
  slack.trouble.refuseSockets(1);
  slack.trouble.dropSockets();
  await slack.waitForConnections(0);
  await slack.waitForConnection();
  expect((await slack.as('U0ANA').command('/thank')).response?.text).toBe('here');
});

test('an event that is not acknowledged comes again, with its number and the reason', async () => {
  const slack = await aLocalSlack({ acknowledgeWithinMs: 60 });
  const retries: unknown[] = [];
  await aSocketApp(slack, app => {
    const process = app.processEvent.bind(app);
    app.processEvent = async event => {
      retries.push([event.retryNum, event.retryReason]);
      if (retries.length === 3) await process(event);
    };
  });
  const outcome = await slack.emitEvent({ type: 'reaction_added', user: 'U0ANA', reaction: 'tada' });
  expect(outcome).toMatchObject({ acknowledged: true });
  expect(retries).toEqual([
    [0, ''],
    [1, 'timeout'],
    [2, 'timeout'],
  ]);
  expect(outcome.delivery.attempts.map(attempt => attempt.outcome)).toEqual([
    'timeout',
    'timeout',
    'acknowledged',
  ]);
});

test('over HTTP an event is retried after an error, and given up after three retries', async () => {
  const slack = await aLocalSlack();
  const { url } = await anHttpApp(slack, () => {});
  expect(await slack.verifyUrl(url)).toBe(true);
  slack.deliverOverHttp(url.replace('events', 'nowhere'));
  const outcome = await slack.emitEvent({ type: 'reaction_added', user: 'U0ANA', reaction: 'tada' });
  expect(outcome).toMatchObject({ acknowledged: false, failure: 'dispatch_failed', httpStatus: 404 });
  expect(outcome.delivery.attempts.map(({ retry }) => retry)).toEqual([0, 1, 2, 3]);
});

test('requests carry the headers and bodies that Slack sends', async () => {
  const slack = await aLocalSlack();
  const seen: { type: unknown; retry: unknown; reason: unknown; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const {
      'content-type': type,
      'x-slack-retry-num': retry,
      'x-slack-retry-reason': reason,
    } = request.headers;
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ type, retry, reason, body });
    response.writeHead(seen.length === 1 ? 500 : 200).end();
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  slack.deliverOverHttp(`http://127.0.0.1:${address.port}/`);
  await slack.emitEvent({ type: 'reaction_added', user: 'U0ANA', reaction: 'tada' });
  await slack.as('U0ANA').command('/thank', 'a b');
  await slack.as('U0ANA').globalShortcut('thank_somebody');
  const form = 'application/x-www-form-urlencoded';
  const body = expect.stringContaining('"type":"event_callback"');
  expect(seen).toMatchObject([
    { type: 'application/json', retry: undefined, body },
    { type: 'application/json', retry: '1', reason: 'http_error', body },
    { type: form, body: expect.stringContaining('command=%2Fthank&text=a+b&') },
    { type: form, body: expect.stringMatching(/^payload=%7B/) },
  ]);
});

test('an event sent while nobody is connected arrives as a first delivery later', async () => {
  const slack = await aLocalSlack();
  const sending = slack.emitEvent({ type: 'reaction_added', user: 'U0ANA', reaction: 'tada' });
  await aSocketApp(slack, () => {});
  const outcome = await sending;
  expect(outcome.delivery.attempts.map(attempt => [attempt.outcome, attempt.retry])).toEqual([
    ['no_connection', 0],
    ['acknowledged', 0],
  ]);
});

test('two connected copies get payloads in turn, each payload once', async () => {
  const slack = await aLocalSlack();
  const seen: string[] = [];
  for (const copy of ['a', 'b']) {
    await aSocketApp(slack, app => {
      app.command('/thank', async ({ ack }) => {
        seen.push(copy);
        await ack();
      });
    });
  }
  expect(slack.connections).toBe(2);
  for (const text of ['1', '2', '3', '4']) await slack.as('U0ANA').command('/thank', text);
  expect(seen.toSorted()).toEqual(['a', 'a', 'b', 'b']);
});

test('a signature that is wrong reaches no listener', async () => {
  const slack = await aLocalSlack();
  let heard = 0;
  const { url } = await anHttpApp(slack, app => {
    app.command('/thank', async ({ ack }) => {
      heard += 1;
      await ack();
    });
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-slack-signature': 'v0=00',
    },
    body: 'command=/thank',
  });
  expect([response.status, heard]).toEqual([401, 0]);
  expect((await slack.as('U0ANA').command('/thank')).acknowledged).toBe(true);
});
