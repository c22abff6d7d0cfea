// How long and how often what has to reach Slack is tried.
import type { Post } from '../model.js';
import type { PostChange } from '../store/posts.js';

/** A call to Slack is over after 8 s; whoever has not settled a claim by then has died. */
export const leaseMilliseconds = 30_000;
/** How long a copy that Slack does not take is tried again. */
const patienceMilliseconds = 7 * 24 * 60 * 60 * 1000;
const longestRetryMilliseconds = 5 * 60 * 1000;
const mostAttempts = 100;

/** Whether it has been tried for as long as anything is. */
export function isOver({ createdAt }: Post, now: Date): boolean {
  return now.getTime() - createdAt.getTime() > patienceMilliseconds;
}

/** Whether what Slack refuses for the moment is given up. */
export function isHopeless(post: Post, now: Date): boolean {
  return post.attempts >= mostAttempts && isOver(post, now);
}

/** It is tried again: sooner at first, or when Slack says so. */
export function retry(post: Post, reason: string, afterMilliseconds: number | null, now: Date): PostChange {
  const wait = afterMilliseconds ?? Math.min(1000 * 2 ** post.attempts, longestRetryMilliseconds);
  return { state: 'planned', nextTryAt: new Date(now.getTime() + wait), lastError: reason };
}

/** When a channel that is closed to us is tried again: soon at first, for an invitation may come meanwhile; then every hour. */
export function blockedUntil({ attempts }: Post, now: Date): Date {
  return new Date(now.getTime() + Math.min(60_000 * 2 ** attempts, 60 * 60 * 1000));
}
