// Slack's pace: about one message a second in each channel, with a short burst; some lists twenty times a minute.

import { textOf } from '../json.js';
import type { LocalSlackOptions } from '../local-slack.js';
import { Refusal } from '../refusal.js';
import type { JsonObject } from '../things.js';

const BURST = 3;

/** @see https://docs.slack.dev/apis/web-api/rate-limits */
const LISTS = new Set(['users.list', 'usergroups.list', 'usergroups.users.list', 'emoji.list']);
const MINUTE_MS = 60_000;

/** The methods that list things: so many calls of each in any minute of Slack's clock. */
class ListPacing {
  private readonly served = new Map<string, number[]>();

  constructor(
    private readonly perMinute: number | null,
    private readonly now: () => Date,
  ) {}

  /** Counts a call. Throws `ratelimited` (429 with Retry-After) when there were too many in the last minute. */
  check(method: string): void {
    if (this.perMinute === null || !LISTS.has(method)) return;
    const now = this.now().getTime();
    const recent = (this.served.get(method) ?? []).filter(at => now - at < MINUTE_MS);
    this.served.set(method, recent);
    const [oldest] = recent;
    if (recent.length >= this.perMinute && oldest !== undefined) {
      const wait = String(Math.ceil((oldest + MINUTE_MS - now) / 1000));
      throw new Refusal('ratelimited', {}, 429, { 'retry-after': wait });
    }
    recent.push(now);
  }
}

/** A bucket of posts for each channel; real time, whatever Slack's clock says. */
export class Pacing {
  private readonly buckets = new Map<string, { left: number; at: number }>();
  private readonly lists: ListPacing;

  constructor(
    { postsPerSecondPerChannel = null, listsPerMinute = null }: LocalSlackOptions,
    now: () => Date,
  ) {
    this.perSecond = postsPerSecondPerChannel;
    this.lists = new ListPacing(listsPerMinute, now);
  }

  private readonly perSecond: number | null;

  /**
   * Counts a call. Throws `ratelimited` (429 with Retry-After) when there were too many.
   * @see https://docs.slack.dev/apis/web-api/rate-limits
   */
  check(method: string, args: JsonObject): void {
    this.lists.check(method);
    if (this.perSecond === null || method !== 'chat.postMessage') return;
    const channel = textOf(args.channel) ?? '';
    const now = performance.now() / 1000;
    const before = this.buckets.get(channel) ?? { left: BURST, at: now };
    const left = Math.min(BURST, before.left + (now - before.at) * this.perSecond);
    if (left < 1) {
      this.buckets.set(channel, { left, at: now });
      const wait = String(Math.max(1, Math.ceil((1 - left) / this.perSecond)));
      throw new Refusal('ratelimited', {}, 429, { 'retry-after': wait });
    }
    this.buckets.set(channel, { left: left - 1, at: now });
  }
}
