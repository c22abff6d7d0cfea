// Slack's pace for messages: about one a second in each channel, with a short burst.

import { textOf } from '../json.js';
import { Refusal } from '../refusal.js';
import type { JsonObject } from '../things.js';

const BURST = 3;

/** A bucket of posts for each channel; real time, whatever Slack's clock says. */
export class Pacing {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  constructor(private readonly perSecond: number | null) {}

  /**
   * Counts a post. Throws `ratelimited` (429 with Retry-After) when the channel has had too many.
   * @see https://docs.slack.dev/apis/web-api/rate-limits
   */
  check(method: string, args: JsonObject): void {
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
