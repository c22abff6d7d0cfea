// What Slack hands out to be used later: triggers (once, within 3 s) and response URLs (five times, within 30 min).

import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.js';
import type { Ephemeral, Message } from './things.js';
import { TEAM } from './world.js';

/** Where a trigger came from. */
export interface Trigger {
  user: string;
  /** A modal's interaction: only from there may another modal be pushed on top. */
  fromModal: boolean;
  at: number;
  used: boolean;
}

/** Hands out triggers. @see https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
export class Triggers {
  private readonly known = new Map<string, Trigger>();
  private count = 0;

  constructor(private readonly now: () => Date) {}

  /** A new trigger id, of the form `132456.7890123.abcdef`. */
  issue(user: string, fromModal = false): string {
    this.count += 1;
    const id = `${9_000_000_000 + this.count}.${7_890_123}.${randomBytes(16).toString('hex')}`;
    this.known.set(id, { user, fromModal, at: this.now().getTime(), used: false });
    return id;
  }

  /** Looks a trigger up without using it. Throws `invalid_trigger_id`, `expired_…` or `exchanged_trigger_id`. */
  check(id: string): Trigger {
    const trigger = this.known.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.now().getTime() - trigger.at > 3000) throw new Refusal('expired_trigger_id');
    return trigger;
  }
}

/** What a response URL stands for. */
export interface ResponseUrl {
  kind: 'commands' | 'actions';
  channel: string;
  user: string;
  /** What was clicked; a command has none, so there is nothing for it to replace. */
  origin: Message | Ephemeral | undefined;
  thread_ts: string | undefined;
  at: number;
  uses: number;
}

/** Hands out response URLs. @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export class ResponseUrls {
  private readonly known = new Map<string, ResponseUrl>();

  constructor(
    private readonly now: () => Date,
    private readonly base: () => string,
  ) {}

  issue(given: Pick<ResponseUrl, 'kind' | 'channel' | 'user'> & { origin?: Message | Ephemeral }): string {
    const path = `/${given.kind}/${TEAM.id}/${this.known.size + 1_000_000}/${randomBytes(12).toString('base64url')}`;
    const { origin, ...where } = given;
    this.known.set(path, {
      ...where,
      origin,
      thread_ts: origin?.thread_ts,
      at: this.now().getTime(),
      uses: 0,
    });
    return `${this.base()}${path}`;
  }

  /** True for a path that only a response URL can have. */
  isPath(path: string): boolean {
    return /^\/(commands|actions)\//.test(path);
  }

  /** Counts a use. Throws a 404 Refusal: `invalid_url`, `used_url` (five times), `expired_url` (30 minutes). */
  use(path: string): ResponseUrl {
    const url = this.known.get(path);
    if (url === undefined) throw new Refusal('invalid_url', {}, 404);
    if (this.now().getTime() - url.at > 30 * 60_000) throw new Refusal('expired_url', {}, 404);
    if (url.uses >= 5) throw new Refusal('used_url', {}, 404);
    url.uses += 1;
    return url;
  }
}
