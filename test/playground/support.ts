// What the tests of the local Slack share: one with the fixture manifest, a real Bolt app on it, and a bare client.

import { fileURLToPath } from 'node:url';
import { App, type AppOptions, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from '../../src/playground/local-slack.js';

/** The manifest that asks for everything. */
export const MANIFEST = fileURLToPath(new URL('manifest.yml', import.meta.url));

/** A local Slack that stops with the test. Events are repeated quickly. */
export async function aLocalSlack(options: LocalSlackOptions = {}): Promise<LocalSlack> {
  const slack = await startLocalSlack({
    manifestPath: MANIFEST,
    acknowledgeWithinMs: 300,
    eventRetriesAfterMs: [0, 20, 20],
    ...options,
  });
  onTestFinished(() => slack.stop());
  return slack;
}

/** A client that neither repeats nor waits. */
export function aClient(slack: LocalSlack, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** Refusals are what these tests look for: the client need not log them. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

function appOptions(slack: LocalSlack): AppOptions {
  return {
    token: slack.botToken,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  };
}

/** A Bolt app connected over Socket Mode; `listen` registers its listeners before it starts; `quiet` when broken sockets are the point. */
export async function aSocketApp(
  slack: LocalSlack,
  listen: (app: App) => void,
  { quiet = false } = {},
): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    ...(quiet ? { logger: SILENT } : { logLevel: LogLevel.ERROR }),
    clientPingTimeout: 1000,
    installerOptions: {
      clientOptions: {
        slackApiUrl: slack.apiUrl,
        retryConfig: { retries: 100, factor: 1.3, minTimeout: 50, maxTimeout: 500 },
      },
    },
  });
  const app = new App({ ...appOptions(slack), receiver });
  listen(app);
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  await slack.waitForConnection();
  return app;
}

/** A Bolt app that takes signed requests; the local Slack delivers to it from then on. */
export async function anHttpApp(
  slack: LocalSlack,
  listen: (app: App) => void,
): Promise<{ app: App; url: string }> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ ...appOptions(slack), receiver });
  listen(app);
  const server = await receiver.start(0);
  onTestFinished(async () => {
    await receiver.stop();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}/slack/events`;
  slack.deliverOverHttp(url);
  return { app, url };
}

/** A modal with one required text field `words` and one optional people picker `people`. */
export const MODAL = {
  type: 'modal' as const,
  callback_id: 'thanks',
  private_metadata: 'from the test',
  title: { type: 'plain_text' as const, text: 'Thank somebody' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'words',
      label: { type: 'plain_text' as const, text: 'What for' },
      element: { type: 'plain_text_input' as const, action_id: 'typed', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'people',
      optional: true,
      label: { type: 'plain_text' as const, text: 'Who' },
      element: { type: 'multi_users_select' as const, action_id: 'chosen', initial_users: ['U0BEN'] },
    },
  ],
};

/** An actions block with one button. */
export function button(actionId: string, value = 'yes') {
  const text = { type: 'plain_text' as const, text: 'Press' };
  return {
    type: 'actions' as const,
    elements: [{ type: 'button' as const, action_id: actionId, text, value }],
  };
}
