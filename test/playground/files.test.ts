// Files: announced, sent, shared in a message and downloaded again, with the official client; and what is refused.

import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { LocalSlack, LocalSlackOptions } from '../../src/playground/local-slack.js';
import { aClient, aLocalSlack, MANIFEST } from './support.js';

const CSV = Buffer.from('name,points\nZoë,3\n');

/** A local Slack whose #shoutouts has the bot in it. */
async function withBot(options?: LocalSlackOptions): Promise<LocalSlack> {
  const slack = await aLocalSlack(options);
  slack.invite('shoutouts', slack.botUserId);
  return slack;
}

/** A file whose bytes are there, not shared yet. */
async function uploaded(client: WebClient, filename = 'week.csv'): Promise<string> {
  const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
    filename,
    length: CSV.length,
  });
  const sent = await fetch(upload_url, { method: 'POST', body: new Uint8Array(CSV) });
  expect([sent.status, await sent.text()]).toEqual([200, `OK - ${CSV.length}`]);
  return file_id;
}

test('the official client uploads, and the file can be downloaded but not run', async () => {
  const slack = await withBot();
  const client = aClient(slack);
  const { ts: thread_ts = '' } = await client.chat.postMessage({ channel: 'C0SHOUT', text: 'Export' });
  const done = await client.filesUploadV2({
    channel_id: 'C0SHOUT',
    thread_ts,
    file: CSV,
    filename: 'week 47, "Zoë".csv',
    title: 'Week 47',
    initial_comment: 'Here it is',
  });
  expect(done).toMatchObject({ ok: true, files: [{ ok: true, files: [{ title: 'Week 47' }] }] });
  const message = slack.channel('C0SHOUT').messages[1];
  expect(message).toMatchObject({ text: 'Here it is', user: slack.botUserId, thread_ts });
  const [file] = message?.files ?? [];
  expect(file).toEqual({
    id: expect.stringMatching(/^F/),
    name: 'week 47, "Zoë".csv',
    title: 'Week 47',
    mimetype: 'text/csv',
    size: CSV.length,
    url_private_download: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
    permalink: expect.stringMatching(/^https:\/\/sunflower-works\.slack\.com\/files\//),
  });
  const got = await fetch(file?.url_private_download ?? '');
  expect(Buffer.from(await got.arrayBuffer())).toEqual(CSV);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="week 47_ _Zo__.csv"; filename*=UTF-8''week%2047%2C%20%22Zo%C3%AB%22.csv`,
    'x-content-type-options': 'nosniff',
  });
});

test('a page of another site gets nothing, and no upload comes as anything that runs', async () => {
  const slack = await withBot();
  const client = aClient(slack);
  const id = await uploaded(client, '..');
  await client.files.completeUploadExternal({ files: [{ id }], channel_id: 'C0SHOUT' });
  const url = slack.channel('C0SHOUT').messages[0]?.files?.[0]?.url_private_download ?? '';
  const got = await fetch(url);
  expect([got.status, got.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  const elsewhere = await new Promise(resolve => {
    request(url, { headers: { host: 'evil.example' } }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(elsewhere).toBe(403);
  expect((await fetch(url.replace(/\/[^/]+\/download\//, '/guessed/download/'))).status).toBe(404);
});

test('several files are one message, and a direct message is reached by its own id', async () => {
  const slack = await withBot();
  const client = aClient(slack);
  const { channel } = await client.conversations.open({ users: 'U0ANA' });
  await client.filesUploadV2({
    channel_id: channel?.id ?? '',
    file_uploads: [
      { file: CSV, filename: 'a.csv' },
      { content: 'hello', filename: 'b.txt' },
    ],
  });
  expect(slack.directMessages('U0ANA')).toMatchObject([
    { text: '', files: [{ name: 'a.csv' }, { name: 'b.txt', title: 'b.txt', mimetype: 'text/plain' }] },
  ]);
});

test('a ticket takes exactly the bytes announced, once', async () => {
  const slack = await withBot();
  const client = aClient(slack);
  const { upload_url = '', file_id: id = '' } = await client.files.getUploadURLExternal({
    filename: 'a.txt',
    length: 3,
  });
  const send = async (body: string) => (await fetch(upload_url, { method: 'POST', body })).status;
  const complete = () => client.files.completeUploadExternal({ files: [{ id }], channel_id: 'C0SHOUT' });
  expect(await send('four')).toBe(400);
  await expect(complete()).rejects.toThrow('file_not_found');
  expect([await send('one'), await send('two')]).toEqual([200, 404]);
  await complete();
  await expect(complete()).rejects.toThrow('file_not_found');
  expect(slack.channel('C0SHOUT').messages).toHaveLength(1);
});

test('what Slack refuses', async () => {
  const slack = await withBot();
  slack.addChannel({ id: 'C0PUBLIC', name: 'without-bot', kind: 'public', members: ['U0ANA'] });
  slack.addChannel({ id: 'C0HIDDEN', name: 'hidden', kind: 'private', members: ['U0ANA'] });
  const client = aClient(slack);
  const room = (filename: string, length: number) => client.files.getUploadURLExternal({ filename, length });
  await expect(room('', 3)).rejects.toThrow('invalid_arguments');
  await expect(room('a'.repeat(256), 3)).rejects.toThrow('invalid_arguments');
  await expect(room('a', -1)).rejects.toThrow('invalid_arguments');
  await expect(room('a', 0)).rejects.toThrow('missing_argument');
  await expect(room('a', 50 * 1024 * 1024 + 1)).rejects.toThrow('file_upload_size_restricted');
  const id = await uploaded(client);
  const share = (channel_id: string) => client.files.completeUploadExternal({ files: [{ id }], channel_id });
  await expect(share('C0PUBLIC')).rejects.toThrow('not_in_channel');
  await expect(share('C0HIDDEN')).rejects.toThrow('channel_not_found');
  await expect(share('C0NOWHERE')).rejects.toThrow('channel_not_found');
  await expect(share('U0ANA')).rejects.toThrow('invalid_arguments');
  await expect(client.apiCall('files.completeUploadExternal', {})).rejects.toThrow('invalid_arguments');
  // None of these has used the file up.
  await share('C0SHOUT');
});

test('without the scope nothing is taken', async () => {
  const manifestPath = join(await mkdtemp(join(tmpdir(), 'manifest-')), 'manifest.yml');
  writeFileSync(manifestPath, readFileSync(MANIFEST, 'utf8').replace('      - files:write\n', ''));
  const client = aClient(await withBot({ manifestPath }));
  const refused = { data: { error: 'missing_scope', needed: 'files:write' } };
  await expect(client.files.getUploadURLExternal({ filename: 'a', length: 1 })).rejects.toMatchObject(
    refused,
  );
  await expect(client.files.completeUploadExternal({ files: [{ id: 'F1' }] })).rejects.toMatchObject(refused);
});
