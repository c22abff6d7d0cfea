// What the Web API refuses, in Slack's words.

import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aClient, aLocalSlack, MANIFEST, MODAL } from './support.js';

/** The fixture manifest without some lines. */
async function without(...lines: string[]): Promise<string> {
  const kept = readFileSync(MANIFEST, 'utf8')
    .split('\n')
    .filter(line => !lines.includes(line.trim()));
  const path = join(await mkdtemp(join(tmpdir(), 'manifest-')), 'manifest.yml');
  writeFileSync(path, kept.join('\n'));
  return path;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<unknown> {
  return (await fetch(url, { method: 'POST', body, headers })).json();
}

describe('tokens and bodies', () => {
  test('a missing, unknown or wrong token is refused', async () => {
    const slack = await aLocalSlack();
    const call = (token?: string) =>
      post(`${slack.apiUrl}auth.test`, '', token === undefined ? {} : { authorization: `Bearer ${token}` });
    expect(await call()).toEqual({ ok: false, error: 'not_authed' });
    expect(await call('xoxb-other')).toEqual({ ok: false, error: 'invalid_auth' });
    expect(await call(slack.appToken)).toEqual({ ok: false, error: 'not_allowed_token_type' });
    expect(await call(slack.botToken)).toMatchObject({
      ok: true,
      user_id: slack.botUserId,
      bot_id: slack.botId,
    });
    await expect(aClient(slack).apps.connections.open()).rejects.toThrow('not_allowed_token_type');
    expect(slack.calls.map(({ token }) => token)).toEqual(['none', 'unknown', 'app', 'bot', 'bot']);
  });

  test('JSON and form bodies are both read, broken ones refused', async () => {
    const slack = await aLocalSlack();
    const authorization = `Bearer ${slack.botToken}`;
    const url = `${slack.apiUrl}chat.postMessage`;
    const blocks = [{ type: 'divider' }];
    const json = { authorization, 'content-type': 'application/json; charset=utf-8' };
    expect(await post(url, JSON.stringify({ channel: 'C0SHOUT', text: 'a', blocks }), json)).toMatchObject({
      ok: true,
    });
    const form = new URLSearchParams({
      token: slack.botToken,
      channel: 'C0SHOUT',
      blocks: JSON.stringify(blocks),
    });
    const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await post(url, form.toString(), asForm)).toMatchObject({ ok: true });
    expect(await post(url, '{', json)).toEqual({ ok: false, error: 'invalid_json' });
    expect(await post(url, '[]', json)).toEqual({ ok: false, error: 'json_not_object' });
    expect(await post(`${slack.apiUrl}chat.scream`, '{}', json)).toMatchObject({ error: 'unknown_method' });
    expect(await post(url, '{}', json)).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    });
  });

  test('the granted scopes come with every answer', async () => {
    const slack = await aLocalSlack();
    const answer = await aClient(slack).auth.test();
    expect(answer.response_metadata?.scopes).toContain('chat:write.public');
  });
});

describe('scopes, as the manifest has them', () => {
  test('a method without its scope says what it needs and what there is', async () => {
    const slack = await aLocalSlack({ manifestPath: await without('- users:read', '- chat:write') });
    const refused = await aClient(slack)
      .apiCall('users.info', { user: 'U0ANA' })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ data: { error: 'missing_scope', needed: 'users:read' } });
    await expect(aClient(slack).chat.postMessage({ channel: 'C0SHOUT', text: 'x' })).rejects.toThrow(
      'missing_scope',
    );
  });

  test('without chat:write.public the bot speaks only where it is a member', async () => {
    const slack = await aLocalSlack({ manifestPath: await without('- chat:write.public') });
    const say = () => aClient(slack).chat.postMessage({ channel: 'C0SHOUT', text: 'x' });
    await expect(say()).rejects.toThrow('not_in_channel');
    slack.invite('C0SHOUT', slack.botUserId);
    expect((await say()).ok).toBe(true);
  });

  test('tabs that are switched off take nothing', async () => {
    const off = readFileSync(MANIFEST, 'utf8').replaceAll('tab_enabled: true', 'tab_enabled: false');
    const path = join(await mkdtemp(join(tmpdir(), 'manifest-')), 'manifest.yml');
    writeFileSync(path, off);
    const slack = await aLocalSlack({ manifestPath: path });
    const client = aClient(slack);
    await expect(client.chat.postMessage({ channel: 'U0ANA', text: 'x' })).rejects.toThrow(
      'messages_tab_disabled',
    );
    const view = { type: 'home' as const, blocks: [] };
    await expect(client.views.publish({ user_id: 'U0ANA', view })).rejects.toThrow('not_enabled');
  });

  test('on a free plan there are no user groups', async () => {
    const slack = await aLocalSlack({ plan: 'free' });
    await expect(aClient(slack).usergroups.list({})).rejects.toThrow('plan_upgrade_required');
  });
});

test.each([
  ['C0NOWHERE', 'channel_not_found'],
  ['C0SECRET', 'channel_not_found'],
  ['D0ANABEN', 'channel_not_found'],
  ['U0NOBODY', 'channel_not_found'],
  ['U0BUILD', 'cannot_dm_bot'],
  ['USLACKBOT', 'cannot_dm_bot'],
  ['U0FINN', 'channel_not_found'],
])('posting to %s is refused with %s', async (channel, error) => {
  const slack = await aLocalSlack();
  await expect(aClient(slack).chat.postMessage({ channel, text: 'x' })).rejects.toThrow(error);
  expect(slack.calls.at(-1)).toMatchObject({ tookEffect: false, answer: { body: { error } } });
});

test('archived channels, empty and overlong texts, and messages of others are refused', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const channel = 'C0SHOUT';
  const { ts } = slack.as('U0ANA').say('#shoutouts', 'mine');
  const { ts: own = '' } = await client.chat.postMessage({ channel, text: 'x'.repeat(40_000) });
  await expect(client.apiCall('chat.postMessage', { channel, text: '' })).rejects.toThrow('no_text');
  await expect(client.chat.postMessage({ channel, text: 'x'.repeat(40_001) })).rejects.toThrow(
    'msg_too_long',
  );
  await expect(client.chat.update({ channel, ts: own, text: 'x'.repeat(4001) })).rejects.toThrow(
    'msg_too_long',
  );
  await expect(client.chat.update({ channel, ts, text: 'x' })).rejects.toThrow('cant_update_message');
  await expect(client.chat.delete({ channel, ts })).rejects.toThrow('cant_delete_message');
  await expect(client.chat.delete({ channel, ts: '1.000001' })).rejects.toThrow('message_not_found');
  await expect(client.apiCall('chat.postMessage', { channel, text: 'x', blocks: 'no' })).rejects.toThrow(
    'invalid_blocks_format',
  );
  await expect(
    client.apiCall('chat.postMessage', { channel, text: 'x', metadata: { a: 1 } }),
  ).rejects.toThrow('invalid_metadata_format');
  slack.changeChannel(channel, { archived: true });
  await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toThrow('is_archived');
});

test('people are shown as Slack shows them', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const user = async (id: string) => (await client.users.info({ user: id })).user;
  expect(await user('U0CHEN')).toMatchObject({ tz: 'Asia/Kathmandu', tz_offset: 20_700, deleted: false });
  expect(await user('U0SAM')).toMatchObject({ deleted: true });
  expect(await user('U0SAM')).not.toHaveProperty('tz');
  expect(await user('USLACKBOT')).toMatchObject({ is_bot: false });
  expect(await user('U0BUILD')).toMatchObject({ is_bot: true });
  expect(await user('U0FINN')).toMatchObject({ team_id: 'T0PARTNER', is_stranger: true });
  slack.invite('C0SHARED', slack.botUserId);
  expect(await user('U0FINN')).toMatchObject({ is_stranger: false });
  await expect(user('U0NOBODY')).rejects.toThrow('user_not_found');
  await expect(client.conversations.open({ users: 'U0SAM' })).rejects.toThrow('user_disabled');
});

test('lists come in pages', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const first = await client.users.list({ limit: 4 });
  const next = await client.users.list({ limit: 100, cursor: first.response_metadata?.next_cursor ?? '' });
  expect([...(first.members ?? []), ...(next.members ?? [])].map(({ id }) => id)).toHaveLength(10);
  expect(next.response_metadata?.next_cursor).toBe('');
  await expect(client.users.list({ cursor: 'nonsense' })).rejects.toThrow('invalid_cursor');
  const { channels } = await client.conversations.list({ types: 'public_channel,private_channel' });
  expect(channels?.map(({ name }) => name)).not.toContain('secret-plans');
  expect((await client.conversations.members({ channel: 'C0PODA' })).members).toEqual([
    'U0ANA',
    'U0BEN',
    'U0CHEN',
  ]);
  expect((await client.usergroups.users.list({ usergroup: 'S0PODA' })).users).toEqual([
    'U0ANA',
    'U0BEN',
    'U0CHEN',
  ]);
});

test('links lead to messages that the bot can see', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const { ts } = slack.as('U0ANA').say('#craft', 'look');
  const { permalink } = await client.chat.getPermalink({ channel: 'C0CRAFT', message_ts: ts });
  expect(permalink).toBe(`https://sunflower-works.slack.com/archives/C0CRAFT/p${ts.replace('.', '')}`);
  const secret = slack.as('U0ANA').say('C0SECRET', 'hush');
  await expect(client.chat.getPermalink({ channel: 'C0SECRET', message_ts: secret.ts })).rejects.toThrow(
    'channel_not_found',
  );
});

test('a view over 250 kB is too large, and one with faults says where', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const { delivery } = await slack.as('U0ANA').command('/thank');
  const trigger_id = String(delivery.payload.trigger_id);
  const text = { type: 'plain_text' as const, text: 'x'.repeat(2999) };
  const blocks = Array.from({ length: 100 }, () => ({ type: 'section' as const, text }));
  await expect(client.views.open({ trigger_id, view: { ...MODAL, blocks } })).rejects.toThrow(
    'view_too_large',
  );
  const wrong = { ...MODAL, title: { type: 'plain_text' as const, text: 'x'.repeat(25) } };
  const refused = await client.views.open({ trigger_id, view: wrong }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    data: {
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    },
  });
  expect((await client.views.open({ trigger_id, view: MODAL })).ok).toBe(true);
});
