// Messages: posted, changed, deleted, whispered, clicked, reacted to, and answered through response URLs.

import { expect, test } from 'vitest';
import { aClient, aLocalSlack, anHttpApp, aSocketApp, button } from './support.js';

test('a post is in the channel, with ids on its blocks, until it is deleted', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const posted = await client.chat.postMessage({
    channel: '#shoutouts',
    text: 'hello',
    blocks: [button('press')],
  });
  expect(posted).toMatchObject({ ok: true, channel: 'C0SHOUT' });
  const [message] = slack.channel('shoutouts').messages;
  expect(message).toMatchObject({ text: 'hello', user: slack.botUserId, bot_id: slack.botId, ts: posted.ts });
  expect(message?.blocks?.[0]?.block_id).toEqual(expect.any(String));
  await client.chat.update({ channel: 'C0SHOUT', ts: posted.ts ?? '', text: 'changed' });
  expect(slack.channel('C0SHOUT').messages[0]).toMatchObject({
    text: 'changed',
    blocks: [{ type: 'actions' }],
  });
  await client.chat.update({ channel: 'C0SHOUT', ts: posted.ts ?? '', text: 'changed', blocks: [] });
  expect(slack.channel('C0SHOUT').messages[0]?.blocks).toBeUndefined();
  await client.chat.delete({ channel: 'C0SHOUT', ts: posted.ts ?? '' });
  expect(slack.channel('C0SHOUT').messages).toEqual([]);
  expect(slack.channel('C0SHOUT').all).toMatchObject([{ deleted: true }]);
});

test("a person's id opens the direct message and answers with its channel", async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const posted = await client.chat.postMessage({ channel: 'U0ANA', text: 'for you' });
  expect(posted.channel).toBe('D0ANA');
  expect(slack.directMessages('U0ANA').map(({ text }) => text)).toEqual(['for you']);
  expect((await client.conversations.open({ users: 'U0ANA' })).channel?.id).toBe('D0ANA');
  expect((await client.chat.postMessage({ channel: 'U0SAM', text: 'gone' })).ok).toBe(true);
});

test('people are notified by direct messages and live mentions, never by plain text', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const post = (text: string, blocks: object[]) =>
    client.apiCall('chat.postMessage', { channel: 'C0GENERAL', text, blocks });
  const run = (elements: object[]) => [
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] },
  ];
  await post('quiet', run([{ type: 'text', text: '<@U0ANA> <!channel>' }]));
  await post('quiet', [{ type: 'section', text: { type: 'plain_text', text: '<@U0ANA>' } }]);
  expect(slack.as('U0ANA').notifications).toEqual([]);
  await post('loud', run([{ type: 'user', user_id: 'U0ANA' }]));
  await post('loud', [{ type: 'section', text: { type: 'mrkdwn', text: 'hi <!subteam^S0PODA>' } }]);
  await post('loud <!here>', []);
  await client.chat.postMessage({ channel: 'U0ANA', text: 'direct' });
  expect(slack.as('U0ANA').notifications).toHaveLength(4);
  expect(slack.as('U0DIEGO').notifications).toHaveLength(1);
});

test('an ephemeral message needs both in the channel, and cannot be updated', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const whisper = (user: string) => client.chat.postEphemeral({ channel: 'C0CRAFT', user, text: 'psst' });
  await expect(whisper('U0ANA')).rejects.toThrow('not_in_channel');
  slack.invite('C0CRAFT', slack.botUserId);
  await expect(whisper('U0CHEN')).rejects.toThrow('user_not_in_channel');
  const { message_ts: ts = '' } = await whisper('U0ANA');
  expect(slack.as('U0ANA').ephemerals('#craft')).toMatchObject([{ text: 'psst', via: 'chat.postEphemeral' }]);
  await expect(client.chat.update({ channel: 'C0CRAFT', ts, text: 'loud' })).rejects.toThrow(
    'message_not_found',
  );
});

test.each([['Socket Mode', aSocketApp] as const, ['signed HTTP', anHttpApp] as const])(
  'a button in an ephemeral answer replaces it, then deletes it (%s)',
  async (_, start) => {
    const slack = await aLocalSlack();
    const seen: object[] = [];
    await start(slack, app => {
      app.command('/thank', ({ ack }) => ack({ text: 'sure?', blocks: [button('again', '7')] }));
      app.action('again', async ({ ack, body, respond }) => {
        seen.push(body);
        await ack();
        await respond({ replace_original: true, text: 'really?', blocks: [button('gone')] });
      });
      app.action('gone', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const ana = slack.as('U0ANA');
    const { response } = await ana.command('/thank', '', { channel: '#craft' });
    if (response === undefined) throw new Error('no answer');
    await ana.click({ ephemeral: response }, 'again');
    const replaced = await ana.waitForEphemeral('really?');
    expect(replaced).toMatchObject({ ts: response.ts, replaced: true });
    expect(ana.ephemerals()).toHaveLength(1);
    await ana.click({ ephemeral: replaced }, 'gone');
    await slack.waitForCall('response_url');
    await slack.settled();
    expect(ana.ephemerals()).toEqual([]);
    expect(seen).toMatchObject([
      {
        type: 'block_actions',
        user: { id: 'U0ANA', username: 'ana', name: 'ana', team_id: 'T0SHOUTOUT' },
        container: { type: 'message', message_ts: response.ts, channel_id: 'C0CRAFT', is_ephemeral: true },
        channel: { id: 'C0CRAFT', name: 'craft' },
        actions: [{ type: 'button', action_id: 'again', value: '7', block_id: expect.any(String) }],
      },
    ]);
    expect(seen[0]).not.toHaveProperty('message');
  },
);

test('a button in a message carries the message, and its response URL replaces it', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const seen: object[] = [];
  await aSocketApp(slack, app => {
    app.action('press', async ({ ack, body, respond }) => {
      seen.push(body);
      await ack();
      await respond({ replace_original: true, text: 'pressed' });
    });
  });
  await client.chat.postMessage({ channel: 'C0GENERAL', text: 'press it', blocks: [button('press')] });
  const [message] = slack.channel('C0GENERAL').messages;
  if (message === undefined) throw new Error('no message');
  await slack.as('U0BEN').click({ message }, 'press');
  await slack.waitForMessage('#general', 'pressed');
  expect(seen).toMatchObject([
    { container: { is_ephemeral: false }, message: { ts: message.ts, text: 'press it' } },
  ]);
  await expect(slack.as('U0BEN').click({ message }, 'press')).rejects.toThrow('there is no "press" to click');
});

test('a response URL serves five answers within thirty minutes', async () => {
  let at = Date.parse('2026-11-20T16:00:00Z');
  const slack = await aLocalSlack({ now: () => new Date(at) });
  const { delivery } = await slack.as('U0ANA').command('/thank');
  const answer = (body: object) =>
    fetch(String(delivery.payload.response_url), { method: 'POST', body: JSON.stringify(body) });
  expect(await (await answer({ text: 'one' })).text()).toBe('ok');
  expect((await answer({ response_type: 'in_channel', text: 'two' })).status).toBe(200);
  expect((await answer({ text: '' })).status).toBe(400);
  expect(await (await answer({ blocks: [{ type: 'nonsense' }] })).json()).toMatchObject({
    error: 'invalid_blocks',
  });
  for (const text of ['three', 'four', 'five'])
    expect((await answer({ text, replace_original: true })).status).toBe(200);
  const sixth = await answer({ text: 'six' });
  expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
  const texts = slack
    .as('U0ANA')
    .ephemerals()
    .filter(({ via }) => via === 'response_url')
    .map(({ text }) => text);
  expect(texts).toEqual(['one', 'three', 'four', 'five']);
  expect(slack.channel('C0GENERAL').messages).toMatchObject([{ text: 'two' }]);
  const later = await slack.as('U0ANA').command('/thank');
  at += 30 * 60_000 + 1;
  const late = await fetch(String(later.delivery.payload.response_url), {
    method: 'POST',
    body: '{"text":"late"}',
  });
  expect(await late.json()).toEqual({ ok: false, error: 'expired_url' });
});

test('a reaction is an event where the bot is in the channel, and nowhere else', async () => {
  const slack = await aLocalSlack();
  const seen: object[] = [];
  await aSocketApp(slack, app => {
    app.event('reaction_added', async ({ event }) => {
      seen.push(event);
    });
  });
  const ben = slack.as('U0BEN');
  const { ts } = slack.as('U0ANA').say('#craft', 'done');
  expect(await ben.react('#craft', ts, 'tada')).toBeUndefined();
  slack.invite('#craft', slack.botUserId);
  expect(await ben.react('#craft', ts, 'thumbsup::skin-tone-3')).toMatchObject({ acknowledged: true });
  await slack.settled();
  expect(seen).toMatchObject([
    {
      type: 'reaction_added',
      user: 'U0BEN',
      reaction: 'thumbsup::skin-tone-3',
      item_user: 'U0ANA',
      item: { type: 'message', channel: 'C0CRAFT', ts },
    },
  ]);
  await expect(ben.react('#craft', ts, 'no_such_emoji')).rejects.toThrow('no emoji');
  const got = await aClient(slack).reactions.get({ channel: 'C0CRAFT', timestamp: ts, full: true });
  expect(got.message?.reactions?.map(({ name }) => name)).toEqual(['tada', 'thumbsup::skin-tone-3']);
});

test('shortcuts, mentions and direct messages arrive as Slack sends them', async () => {
  const slack = await aLocalSlack();
  const seen: string[] = [];
  await aSocketApp(slack, app => {
    app.shortcut(
      { type: 'message_action', callback_id: 'thank_author' },
      async ({ ack, shortcut, respond }) => {
        seen.push(`${shortcut.message.user} in ${shortcut.channel.name}: ${shortcut.message.text ?? ''}`);
        await ack();
        await respond('noted');
      },
    );
    app.shortcut('thank_somebody', async ({ ack, shortcut }) => {
      seen.push(`${shortcut.user.id} ${shortcut.type}`);
      await ack();
    });
    app.event('app_mention', async ({ event }) => {
      seen.push(event.text);
    });
    app.message(async ({ message }) => {
      seen.push(`${message.channel_type} ${message.channel}`);
    });
    app.event('member_joined_channel', async ({ event }) => {
      seen.push(`joined ${event.channel} ${event.channel_type}`);
    });
  });
  slack.invite('#craft', slack.botUserId);
  const ana = slack.as('U0ANA');
  const { ts } = slack.as('U0BEN').say('#craft', 'hello @shoutout');
  await slack.settled();
  await ana.messageShortcut('thank_author', '#craft', ts);
  await ana.waitForEphemeral('noted');
  await ana.globalShortcut('thank_somebody');
  ana.say('@shoutout', 'hi');
  await slack.settled();
  expect(seen).toEqual([
    'joined C0CRAFT C',
    'hello <@U0SHOUTBOT>',
    'U0BEN in craft: hello <@U0SHOUTBOT>',
    'U0ANA shortcut',
    'im D0ANA',
  ]);
});
