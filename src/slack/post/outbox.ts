// What leaves for Slack: each planned post at its channel's pace, and what became of it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Commands } from '../../config.js';
import type { Post, Workspace } from '../../model.js';
import { type AnyContext, isOfShoutout, readied, settleAny } from '../../recognition/outbox.js';
import { claim, duePosts, type PostAction, type PostResult, postsOf } from '../../recognition/posts.js';
import type { Db } from '../../store/db.js';
import type { Message } from '../messages/parts.js';
import { draftBrief } from './brief.js';
import { draftDigest } from './digest.js';
import { perform } from './send.js';
import { isShared, sharedChannel } from './shared.js';

/** Slack takes about one message a second in a channel. @see https://docs.slack.dev/apis/web-api/rate-limits */
export const paceMilliseconds = 1000;

/** And "several hundred a minute" in a workspace: this many posts at once, each taking up its place for a second. */
const places = 5;

/** Beyond this many waiting posts the rest is left in the database, for the clock. */
const mostWaiting = 200;
const longestHoldMilliseconds = 60 * 60 * 1000;
const lateClaimMilliseconds = 10_000;
const mostSettleTries = 5;

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
  /** What people type, as messages name it. */
  commands: Commands;
  now: () => Date;
  /** Between two messages in one channel. */
  paceMilliseconds?: number;
}

export function createOutbox({
  db,
  workspaces,
  log,
  commands,
  now,
  paceMilliseconds: pace = paceMilliseconds,
}: OutboxOptions): Outbox {
  /** The last message of each channel that is on its way or paced: the next one waits for it. */
  const lines = new Map<string, Promise<void>>();
  const underway = new Set<Promise<void>>();
  /** Until when Slack wants to hear nothing for a channel. */
  const held = new Map<string, number>();
  const inHand = new Set<string>();
  const waiting: (() => void)[] = [];
  let taken = 0;
  let stopped = false;

  /** Runs when there is a place; what it returns says whether a message was posted, so that the place stays taken for a while. */
  async function withPlace(work: () => Promise<boolean>): Promise<boolean> {
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

  function isHeld(workspace: Workspace, post: Post): boolean {
    const until = held.get(lineOf(workspace, post));
    if (until === undefined) return false;
    // A clock that was set back would hold it for as long.
    const left = until - now().getTime();
    if (left > 0 && left < longestHoldMilliseconds) return true;
    held.delete(lineOf(workspace, post));
    return false;
  }

  function clientFor(workspace: Workspace): WebClient | undefined {
    return workspaces().find(one => one.workspace.id === workspace.id)?.client;
  }

  /** One channel's messages leave one after the other; other channels do not wait for them. */
  function inLine(workspace: Workspace, post: Post): Promise<void> {
    if (inHand.has(post.id)) return Promise.resolve();
    inHand.add(post.id);
    const line = lineOf(workspace, post);
    const sent = (lines.get(line) ?? Promise.resolve())
      .then(() => withPlace(() => deliver(workspace, post)))
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
    if (!client || stopped || isHeld(workspace, post)) return false;
    try {
      const ready = await readied(db, workspace, post, now());
      if (!ready) return false;
      const { action } = ready;
      // It may have become shared since it was recorded, or be one that nobody could be asked about then.
      const isOpenToOthers =
        action === 'post' && (await isShared(client, workspace, ready.context.post, now()));
      const { context, message } = await drafted({ db, client, workspace, commands }, ready, now());
      const claimedAt = now();
      if (!(await claim(db, context.post, claimedAt))) return false;
      const claimed = { ...context, post: { ...context.post, attempts: context.post.attempts + 1 } };
      // A claim that took long to write may be over soon, and another copy of the bot would take the call for lost.
      const isLate = now().getTime() - claimedAt.getTime() > lateClaimMilliseconds;
      const result: PostResult = isLate
        ? { kind: 'later', reason: 'late_claim', retryAfterMilliseconds: 0 }
        : isOpenToOthers
          ? { kind: 'blocked', reason: sharedChannel }
          : await perform(client, workspace, claimed, action, message);
      await settlePatiently(claimed, result);
      if (result.kind === 'later' && result.retryAfterMilliseconds) {
        held.set(lineOf(workspace, post), now().getTime() + result.retryAfterMilliseconds);
      }
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

  /** What Slack said must not be lost because the database is away for a while: only we know it. */
  async function settlePatiently(context: AnyContext, result: PostResult): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await settleAny(db, context, result, now());
        return;
      } catch (error) {
        if (tries >= mostSettleTries || stopped) throw error;
        log.warn(
          { err: error, post: context.post.id, tries },
          'What became of a post could not be kept yet.',
        );
        await sleep(1000);
      }
    }
  }

  function report({ post }: AnyContext, action: PostAction, result: PostResult): void {
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
              await withPlace(async () => {
                posts = (await postsOf(db, workspace, shoutoutId, now())).filter(
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

/** What a post is to show, where that is read before it is claimed; what tells of one shout-out is composed when it is sent. */
async function drafted(
  platform: { db: Db; client: WebClient; workspace: Workspace; commands: Commands },
  { context, action }: { context: AnyContext; action: PostAction },
  now: Date,
): Promise<{ context: AnyContext; message: Message | null }> {
  if (isOfShoutout(context)) return { context, message: null };
  return 'digest' in context
    ? draftDigest(platform, { context, action }, now)
    : { context, message: await draftBrief(platform, { context, action }, now) };
}

function lineOf(workspace: Workspace, post: Post): string {
  return `${workspace.id} ${post.target}`;
}

function isDue(post: Post, now: Date): boolean {
  return post.nextTryAt !== null && post.nextTryAt <= now;
}
