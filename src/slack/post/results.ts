// What Slack's answer to a call means: done, later, unknown, for somebody to mend, or hopeless. Named lists.
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { PostAction, PostResult } from '../../recognition/posts.js';

/** Slack does not let us post there until somebody changes something. */
const blocking = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_non_threadable_channel',
  'posting_to_general_channel_denied',
  'missing_scope',
]);

/** It will never work, however often it is tried. */
const permanent = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_too_long',
  'msg_blocks_too_long',
  'no_text',
  'user_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'ekm_access_denied',
  'cant_delete_message',
  'cant_update_message',
  'edit_window_closed',
  'block_mismatch',
  'is_inactive',
  'account_inactive',
  'token_revoked',
  'team_access_not_granted',
]);

/** Slack says of these that part of the call may have been carried out. @see https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const halfDone = new Set(['fatal_error', 'internal_error', 'request_timeout']);

/** The connection was never made, so nothing was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function resultOf(error: unknown, action: PostAction): PostResult {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'later', reason: 'ratelimited', retryAfterMilliseconds: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    if (action === 'delete' && reason === 'message_not_found') return { kind: 'deleted' };
    if (permanent.has(reason) || reason === 'message_not_found') return { kind: 'hopeless', reason };
    if (blocking.has(reason)) return { kind: 'blocked', reason };
    return halfDone.has(reason)
      ? { kind: 'uncertain', reason }
      : { kind: 'later', reason, retryAfterMilliseconds: null };
  }
  if (error instanceof WebAPIHTTPError) {
    const reason = `http_${error.statusCode}`;
    // 503 is a refusal to start; after any other fault of Slack's nobody knows.
    return error.statusCode === 503 || error.statusCode < 500
      ? { kind: 'later', reason, retryAfterMilliseconds: null }
      : { kind: 'uncertain', reason };
  }
  if (error instanceof WebAPIRequestError) {
    const code = networkCode(error.original);
    if (code && neverSent.has(code)) return { kind: 'later', reason: code, retryAfterMilliseconds: null };
    return { kind: 'uncertain', reason: code ?? error.original.name };
  }
  // The client throws a plain error for a 429 that does not say how long to wait.
  if (error instanceof Error && /retry-after header/i.test(error.message)) {
    return { kind: 'later', reason: 'ratelimited', retryAfterMilliseconds: 30_000 };
  }
  return { kind: 'uncertain', reason: error instanceof Error ? error.name : 'unknown' };
}

function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return networkCode(error.cause);
}
