// Delivery over HTTP: signed requests to the app's request URL.

import { createHmac } from 'node:crypto';
import { isObject, parseJson } from '../json.js';
import type { Delivery, JsonObject } from '../things.js';

/** What an HTTP attempt came to. `status` is missing when there was no answer at all. */
export interface HttpAnswer {
  outcome: 'acknowledged' | 'timeout' | 'failed';
  status?: number;
  body?: unknown;
}

/**
 * The signature's two headers. Always with the system's time, since the app compares with its own.
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signatureHeaders(secret: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

/** The body and content type: commands as form fields, interactions as `payload=`, events as JSON. */
export function httpBody(kind: Delivery['kind'], payload: JsonObject): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form = new URLSearchParams();
  if (kind === 'interactive') form.set('payload', JSON.stringify(payload));
  else for (const [name, value] of Object.entries(payload)) form.set(name, String(value));
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
}

/** POSTs a payload, signed, and waits for the answer. */
export async function postSigned(given: {
  url: string;
  secret: string;
  kind: Delivery['kind'];
  payload: JsonObject;
  retry: { attempt: number; reason: string };
  withinMs: number;
}): Promise<HttpAnswer> {
  const { type, body } = httpBody(given.kind, given.payload);
  const retries: Record<string, string> =
    given.retry.attempt === 0
      ? {}
      : { 'x-slack-retry-num': String(given.retry.attempt), 'x-slack-retry-reason': given.retry.reason };
  try {
    const response = await fetch(given.url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signatureHeaders(given.secret, body),
        ...retries,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(given.withinMs),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json') ? parseJson(text) : undefined;
    return {
      outcome: response.ok ? 'acknowledged' : 'failed',
      status: response.status,
      body: text === '' ? undefined : (json ?? text),
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { outcome: timedOut ? 'timeout' : 'failed' };
  }
}

/** Slack's check of a request URL. @see https://docs.slack.dev/reference/events/url_verification */
export async function verifyUrl(url: string, secret: string, token: string): Promise<boolean> {
  const challenge = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P';
  const payload = { token, challenge, type: 'url_verification' };
  const retry = { attempt: 0, reason: '' };
  const answer = await postSigned({ url, secret, kind: 'events_api', payload, retry, withinMs: 3000 });
  return answer.body === challenge || (isObject(answer.body) && answer.body.challenge === challenge);
}
