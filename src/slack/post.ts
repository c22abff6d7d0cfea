// What leaves for Slack: composes a planned post, sends it at the channel's pace, and keeps what became of it.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import type { Logger } from 'pino';
import type { Post, Workspace } from '../model.js';
import {
  claim,
  duePosts,
  nextAction,
  type PostAction,
  type PostContext,
  type PostResult,
  postContext,
  postsOf,
  settle,
} from '../recognition/posts.js';
import type { Db } from '../store/db.js';
import type { Message } from './messages.js';
import * as messages from './messages.js';

/** Slack takes about one message a second in a channel. @see https://docs.slack.dev/apis/web-api/rate-limits */
export const paceMilliseconds = 1000;
/** And "several hundred a minute" in a workspace: this many posts at once, each taking up its place for a second. */
const places = 5;
/** Beyond this many waiting posts the rest is left in the database, for the clock. */
const mostWaiting = 200;

export interface Outbox {
  /** Sends what waits for one shout-out, after it was recorded and answered, or changed; in a rush the clock does it. Never throws. */
  send(workspace: Workspace, shoutoutId: string): Promise<void>;
  /** Sends all that is due. Never throws. */
  sendDue(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
  /** Starts nothing more, and resolves when what was being sent is settled. What is left is planned in the database. */
  stop(): Promise<void>;
}

export interface OutboxOptions {
  db: Db;
  /** The workspaces that can be posted to now, each with a client that holds its token. */
  workspaces: () => { workspace: Workspace; client: WebClient }[];
  log: Logger;
  now: () => Date;
  /** Between two messages in one channel. */
  paceMilliseconds?: number;
}

export function createOutbox({
  db,
  workspaces,
  log,
  now,
  paceMilliseconds: pace = paceMilliseconds,
}: OutboxOptions): Outbox {
  /** The last message of each channel that is on its way or paced: the next one waits for it. */
  const lines = new Map<string, Promise<void>>();
  const underway = new Set<Promise<void>>();
  const inHand = new Set<string>();
  const waiting: (() => void)[] = [];
  let taken = 0;
  let stopped = false;

  /** Runs when there is a place; what it returns says whether a message was posted, so that the place stays taken for a while. */
  async function inPlace(work: () => Promise<boolean>): Promise<boolean> {
    if (taken >= places) await new Promise<void>(resolve => waiting.push(resolve));
    else taken += 1;
    let posted = false;
    try {
      posted = await work();
      return posted;
    } finally {
      if (posted && pace > 0 && !stopped) setTimeout(giveUpPlace, pace).unref();
      else giveUpPlace();
    }
  }

  function giveUpPlace(): void {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  }

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => underway.delete(tracked));
    underway.add(tracked);
    return tracked;
  }

  function clientFor(workspace: Workspace): WebClient | undefined {
    return workspaces().find(one => one.workspace.id === workspace.id)?.client;
  }

  /** One channel's messages leave one after the other; other channels do not wait for them. */
  function inLine(workspace: Workspace, post: Post): Promise<void> {
    if (inHand.has(post.id)) return Promise.resolve();
    inHand.add(post.id);
    const line = `${workspace.id} ${post.target}`;
    const sent = (lines.get(line) ?? Promise.resolve())
      .then(() => inPlace(() => deliver(workspace, post)))
      .finally(() => inHand.delete(post.id));
    const paced = sent.then(async posted => {
      if (posted && pace > 0 && !stopped) await sleep(pace, undefined, { ref: false });
    });
    lines.set(line, paced);
    void paced.then(() => {
      if (lines.get(line) === paced) lines.delete(line);
    });
    return sent.then(() => undefined);
  }

  /** Returns whether a message was posted, so that the channel has to be paced. */
  async function deliver(workspace: Workspace, post: Post): Promise<boolean> {
    const client = clientFor(workspace);
    if (!client || stopped) return false;
    try {
      const context = await postContext(db, workspace, post);
      if (!context) return false;
      const action = nextAction(context, now());
      if (action === 'nothing' || !(await claim(db, context.post, now()))) return false;
      const claimed = { ...context, post: { ...context.post, attempts: context.post.attempts + 1 } };
      const result = await perform(client, workspace, claimed, action);
      await settle(db, claimed, result, now());
      report(claimed, action, result);
      return action === 'post';
    } catch (error) {
      // The row keeps its state: a claim that was not settled is taken over when its lease is over.
      log.error(
        { err: error, post: post.id, kind: post.kind },
        'A post could not be handled; it is tried again.',
      );
      return false;
    }
  }

  function report({ post }: PostContext, action: PostAction, result: PostResult): void {
    const facts = { post: post.id, kind: post.kind, action, attempts: post.attempts, result: result.kind };
    if ('reason' in result) log.warn({ ...facts, reason: result.reason }, 'Slack did not take a post.');
    else log.debug(facts, 'Slack took a post.');
  }

  async function sendAll(workspace: Workspace, posts: Post[]): Promise<void> {
    await Promise.all(posts.map(post => inLine(workspace, post)));
  }

  async function idle(): Promise<void> {
    while (underway.size > 0) await Promise.all(underway);
  }

  return {
    send: async (workspace, shoutoutId) => {
      if (stopped || waiting.length > mostWaiting) return;
      await track(
        (async () => {
          try {
            // The direct messages become due when the announcement is settled: hence a second look.
            for (let round = 0; round < 3; round += 1) {
              let posts: Post[] = [];
              await inPlace(async () => {
                posts = (await postsOf(db, workspace, shoutoutId)).filter(
                  post => round === 0 || isDue(post, now()),
                );
                return false;
              });
              if (posts.length === 0) return;
              await sendAll(workspace, posts);
            }
          } catch (error) {
            log.error(
              { err: error, shoutout: shoutoutId },
              'The posts of a shout-out could not be read; the clock sends them.',
            );
          }
        })(),
      );
    },
    sendDue: () =>
      track(
        (async () => {
          for (const { workspace } of workspaces()) {
            try {
              await sendAll(workspace, await duePosts(db, workspace, now(), 200));
            } catch (error) {
              log.error(
                { err: error, workspace: workspace.id },
                'The outbox could not be read; the next tick tries again.',
              );
            }
          }
        })(),
      ),
    idle,
    stop: () => {
      stopped = true;
      // Nobody who waits for a place has begun: they look at `stopped` first.
      return idle();
    },
  };
}

function isDue(post: Post, now: Date): boolean {
  return post.nextTryAt !== null && post.nextTryAt <= now;
}

async function perform(
  client: WebClient,
  workspace: Workspace,
  context: PostContext,
  action: PostAction,
): Promise<PostResult> {
  const { post } = context;
  const channel = post.postedChannelId ?? post.target;
  try {
    switch (action) {
      case 'post': {
        const answer = await client.chat.postMessage({
          ...compose(context, workspace),
          channel,
          unfurl_links: false,
          unfurl_media: false,
        });
        if (!answer.ts || !answer.channel) return { kind: 'uncertain', reason: 'answer_without_ts' };
        return { kind: 'posted', channelId: answer.channel, ts: answer.ts };
      }
      case 'update':
        await client.chat.update({ ...compose(context, workspace), channel, ts: post.postedTs ?? '' });
        return { kind: 'updated' };
      case 'delete':
        await client.chat.delete({ channel, ts: post.postedTs ?? '' });
        return { kind: 'deleted' };
      case 'ask':
        return { kind: 'uncertain', reason: 'interrupted' };
      case 'forget':
      case 'nothing':
        return { kind: 'deleted' };
    }
  } catch (error) {
    return resultOf(error, action);
  }
}

function compose({ post, shoutout, announcement, about }: PostContext, workspace: Workspace): Message {
  const { recipients } = shoutout;
  switch (post.kind) {
    case 'announcement':
      return messages.announcement(shoutout);
    case 'direct': {
      const reader = recipients.find(one => one.id === post.memberId);
      if (!reader) throw new Error('A direct message without a recipient.');
      return messages.direct(shoutout, reader, announcement && linkTo(announcement, workspace));
    }
    case 'question':
      if (!about) throw new Error('A question without the post it asks about.');
      return messages.question(shoutout, about);
    case 'notice':
      if (!about) throw new Error('A notice without the post it is about.');
      return messages.notice(shoutout, about, { botName: workspace.botName });
  }
}

/** Where an announcement stands; null while it does not. */
function linkTo(announcement: Post, workspace: Workspace): { channelSlackId: string; url: string } | null {
  const { postedChannelId, postedTs, state } = announcement;
  if (!postedChannelId || !postedTs || state === 'gone') return null;
  return {
    channelSlackId: postedChannelId,
    url: `${workspace.url}archives/${postedChannelId}/p${postedTs.replace('.', '')}`,
  };
}

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

function resultOf(error: unknown, action: PostAction): PostResult {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'later', reason: 'ratelimited', retryAfterMilliseconds: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    if (action === 'delete' && reason === 'message_not_found') return { kind: 'deleted' };
    if (permanent.has(reason) || reason === 'message_not_found') return { kind: 'hopeless', reason };
    if (blocking.has(reason))
      return action === 'post' ? { kind: 'blocked', reason } : { kind: 'hopeless', reason };
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
  return { kind: 'uncertain', reason: error instanceof Error ? error.name : 'unknown' };
}

function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return networkCode(error.cause);
}
