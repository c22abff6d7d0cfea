// The control interface over HTTP: another process acts as a member and sees what people see.

import { expect, test } from 'vitest';
import { aLocalSlack, aSocketApp, button, MODAL } from './support.js';

test('a command, a click, a modal and trouble, all in JSON', async () => {
  const slack = await aLocalSlack();
  await aSocketApp(slack, app => {
    app.command('/thank', ({ ack, command }) =>
      ack({ text: `got ${command.text}`, blocks: [button('open')] }),
    );
    app.action('open', async ({ ack, body, client }) => {
      await ack();
      if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view: MODAL });
    });
    app.view('thanks', async ({ ack, client, view }) => {
      await ack();
      await client.chat.postMessage({
        channel: '#shoutouts',
        text: view.state.values.words?.typed?.value ?? '',
      });
    });
  });
  const control = slack.apiUrl.replace('/api/', '/control/');
  const headers = { 'content-type': 'application/json' };
  const look = async (path: string) => (await fetch(`${control}${path}`)).json();
  const act = async (what: string, body: object) => {
    const response = await fetch(`${control}${what}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const ran = await act('command', { as: 'U0ANA', command: '/thank', text: '@ben' });
  expect(ran.body).toMatchObject({ acknowledged: true, response: { text: 'got <@U0BEN|ben>' } });
  const [ephemeral] = slack.as('U0ANA').ephemerals();
  expect(await look('ephemerals?as=U0ANA')).toEqual([JSON.parse(JSON.stringify(ephemeral))]);
  expect((await act('click', { as: 'U0ANA', ts: ephemeral?.ts, action_id: 'open' })).body).toMatchObject({
    acknowledged: true,
  });
  await slack.as('U0ANA').waitForView();
  await act('fill', {
    as: 'U0ANA',
    values: { words: { typed: 'well done' }, people: { chosen: ['U0CHEN'] } },
  });
  expect(await look('view?as=U0ANA')).toMatchObject({ values: { words: { typed: { value: 'well done' } } } });
  expect((await act('submit', { as: 'U0ANA' })).body).toMatchObject({ closed: true });
  await slack.waitForMessage('#shoutouts', 'well done');
  expect(await look('channel?channel=shoutouts')).toMatchObject({ messages: [{ text: 'well done' }] });
  expect(
    (await act('trouble', { kind: 'fail', method: 'chat.postMessage', error: 'is_archived' })).status,
  ).toBe(200);
  expect(await act('command', { as: 'U0NOBODY', command: '/thank' })).toEqual({
    status: 400,
    body: { error: 'there is nobody with the id U0NOBODY' },
  });
  expect((await act('nothing', {})).status).toBe(404);
});

test('a web page elsewhere cannot use it', async () => {
  const slack = await aLocalSlack();
  const url = slack.apiUrl.replace('/api/', '/control/invite');
  const body = JSON.stringify({ channel: 'C0CRAFT', user: slack.botUserId });
  const plain = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  expect(plain.status).toBe(400);
  const foreign = { 'content-type': 'application/json', origin: 'https://elsewhere.example' };
  expect((await fetch(url, { method: 'POST', body, headers: foreign })).status).toBe(403);
  expect(slack.channel('C0CRAFT').members).not.toContain(slack.botUserId);
});
