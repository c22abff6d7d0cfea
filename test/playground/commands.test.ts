// Commands from a person to a real Bolt app and back, over both ways of delivery.

import type { App } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/playground/local-slack.js';
import { aLocalSlack, anHttpApp, aSocketApp } from './support.js';

const WAYS: [string, (slack: LocalSlack, listen: (app: App) => void) => Promise<unknown>][] = [
  ['Socket Mode', aSocketApp],
  ['signed HTTP', anHttpApp],
];

describe.each(WAYS)('over %s', (_, start) => {
  test('a command reaches the bot escaped, and its acknowledgement is shown to the person only', async () => {
    const slack = await aLocalSlack();
    const seen: object[] = [];
    await start(slack, app => {
      app.command('/thank', async ({ ack, command }) => {
        seen.push(command);
        await ack({ response_type: 'ephemeral', text: `got: ${command.text}` });
      });
    });
    const result = await slack
      .as('U0ANA')
      .command('/thank', '@ben @pod-a #craft for a < b & https://x.io/?a=1');
    expect(result).toMatchObject({ delivered: true, acknowledged: true });
    expect(result.failure).toBeUndefined();
    const text =
      '<@U0BEN|ben> <!subteam^S0PODA|@pod-a> <#C0CRAFT|craft> for a &lt; b &amp; <https://x.io/?a=1>';
    expect(result.response).toMatchObject({
      text: `got: ${text}`,
      via: 'acknowledgement',
      channel: 'C0GENERAL',
    });
    expect(slack.as('U0ANA').ephemerals()).toHaveLength(1);
    expect(slack.as('U0BEN').ephemerals()).toHaveLength(0);
    expect(seen).toEqual([
      {
        token: expect.any(String),
        team_id: 'T0SHOUTOUT',
        team_domain: 'sunflower-works',
        channel_id: 'C0GENERAL',
        channel_name: 'general',
        user_id: 'U0ANA',
        user_name: 'ana',
        command: '/thank',
        text,
        api_app_id: slack.appId,
        is_enterprise_install: 'false',
        response_url: expect.stringContaining('/commands/'),
        trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
      },
    ]);
  });

  test('a string and an in-channel answer are shown as Slack shows them', async () => {
    const slack = await aLocalSlack();
    await start(slack, app => {
      app.command('/thank', ({ ack }) => ack('only words'));
      app.command('/plain', ({ ack }) => ack({ response_type: 'in_channel', text: 'for everybody' }));
    });
    expect((await slack.as('U0ANA').command('/thank')).response?.text).toBe('only words');
    expect((await slack.as('U0ANA').command('/plain')).response).toBeUndefined();
    expect(slack.channel('#general').messages.map(({ text }) => text)).toEqual(['for everybody']);
  });

  test('without an acknowledgement in time the person sees a timeout', async () => {
    const slack = await aLocalSlack();
    await start(slack, app => {
      app.command('/thank', async () => {});
    });
    const result = await slack.as('U0ANA').command('/thank');
    expect(result).toMatchObject({
      delivered: true,
      acknowledged: false,
      failure: 'operation_timeout',
    });
    expect(slack.as('U0ANA').ephemerals()[0]).toMatchObject({
      via: 'slack',
      text: expect.stringContaining('operation_timeout'),
    });
  });

  test('an acknowledgement that Slack would not take is a failure for the person', async () => {
    const slack = await aLocalSlack();
    await start(slack, app => {
      app.command('/thank', ({ ack }) =>
        ack({ blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] }),
      );
    });
    const result = await slack.as('U0ANA').command('/thank');
    expect(result).toMatchObject({ acknowledged: false });
    expect(result.failure).toContain(
      'invalid_blocks: must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    );
  });

  test('a command delivered again carries the same trigger', async () => {
    const slack = await aLocalSlack();
    const triggers: string[] = [];
    await start(slack, app => {
      app.command('/thank', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack('once');
      });
    });
    const first = await slack.as('U0ANA').command('/thank', 'hello');
    const again = await slack.as('U0ANA').redeliver(first.delivery);
    expect(again.acknowledged).toBe(true);
    expect(triggers).toHaveLength(2);
    expect(new Set(triggers).size).toBe(1);
  });
});

test('nobody connected: the command fails at once', async () => {
  const slack = await aLocalSlack();
  const result = await slack.as('U0ANA').command('/thank', 'hello');
  expect(result).toMatchObject({ delivered: false, acknowledged: false, failure: 'dispatch_failed' });
});

test('an HTTP error is a failure at once', async () => {
  const slack = await aLocalSlack();
  const { url } = await anHttpApp(slack, () => {});
  slack.deliverOverHttp(url.replace('/slack/events', '/nowhere'));
  const result = await slack.as('U0ANA').command('/thank', 'hello');
  expect(result).toMatchObject({
    delivered: true,
    acknowledged: false,
    failure: 'dispatch_failed',
    httpStatus: 404,
  });
});

test('where a command is typed is told as Slack tells it', async () => {
  const slack = await aLocalSlack();
  const seen: string[] = [];
  await aSocketApp(slack, app => {
    app.command('/thank', async ({ ack, command }) => {
      seen.push(`${command.channel_id} ${command.channel_name}`);
      await ack();
    });
  });
  const ana = slack.as('U0ANA');
  for (const channel of ['#craft', 'C0SECRET', '@shoutout', '@ben'])
    await ana.command('/thank', '', { channel });
  expect(seen).toEqual([
    'C0CRAFT craft',
    'C0SECRET privategroup',
    'D0ANA directmessage',
    'D0ANABEN directmessage',
  ]);
  await expect(slack.as('U0BEN').command('/thank', '', { channel: 'C0SECRET' })).rejects.toThrow(
    'ben is not in C0SECRET',
  );
});

test('what the manifest does not ask for does not exist', async () => {
  const slack = await aLocalSlack();
  await expect(slack.as('U0ANA').command('/other')).rejects.toThrow('/other is not a valid command');
  await expect(slack.as('U0ANA').globalShortcut('other')).rejects.toThrow('no global shortcut');
  expect(() => slack.emitEvent({ type: 'team_join' })).toThrow('does not subscribe to team_join');
});

test('typing is escaped only where the manifest says so, and never with raw', async () => {
  const slack = await aLocalSlack();
  const seen: string[] = [];
  await aSocketApp(slack, app => {
    app.command(/.*/, async ({ ack, command }) => {
      seen.push(command.text);
      await ack();
    });
  });
  const ana = slack.as('U0ANA');
  await ana.command('/plain', '@ben & co');
  await ana.command('/thank', '<@U0BEN> & co', { raw: true });
  await ana.command('/thank', '(@ben) @here @nobody #secret-plans a@b.io mail#craft');
  expect(seen).toEqual([
    '@ben & co',
    '<@U0BEN> & co',
    '(<@U0BEN|ben>) <!here> @nobody <#C0SECRET|> <mailto:a@b.io|a@b.io> mail#craft',
  ]);
});
