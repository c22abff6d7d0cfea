// How we call Slack: patient for 8 s, never repeating a call by itself, never holding one up because another was too fast.
import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Config } from '../config.js';

/**
 * Options for every client. A fresh object each time: Bolt and the client write into theirs.
 * Never add `headers`: the client keeps the first workspace's token in them and sends it for the second.
 */
export function clientOptions(
  { slackApiUrl }: Pick<Config, 'slackApiUrl'>,
  fetch?: FetchFunction,
): WebClientOptions {
  return {
    slackApiUrl,
    timeout: 8000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...(fetch ? { fetch } : {}),
  };
}

export function createClient(
  config: Pick<Config, 'slackApiUrl'>,
  token: string,
  logger?: WebClientOptions['logger'],
): WebClient {
  return new WebClient(token, { ...clientOptions(config), ...(logger ? { logger } : {}) });
}
