// Brings payloads to the bot, over Socket Mode or signed HTTP, and repeats events as Slack does.

import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventDelay, Outcome } from '../local-slack.js';
import type { Delivery, DeliveryAttempt, JsonObject } from '../things.js';
import { postSigned } from './http.js';
import type { SocketMode } from './socket-mode.js';

/** What Slack would tell the person when the bot did not answer. */
const FAILURES = {
  timeout: 'operation_timeout',
  failed: 'dispatch_failed',
  no_connection: 'dispatch_failed',
} as const;

type Ended = Exclude<DeliveryAttempt['outcome'], 'waiting'>;

/** Every payload's way to the bot. */
export class Courier {
  readonly deliveries: Delivery[] = [];
  /** Deliveries under way. */
  pending = 0;
  private url: string | null = null;
  /** What lets each delayed event go, in the order they came; null: none is delayed. */
  private delayed: (() => void)[] | null = null;
  private readonly wakes = new Set<() => void>();
  private readonly listeners = new Set<(delivery: Delivery) => void>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly sockets: SocketMode,
    private readonly options: {
      secret: string;
      now: () => Date;
      acknowledgeWithinMs: number;
      eventRetriesAfterMs: readonly number[];
    },
  ) {
    // Every payload under way listens to it, however many there are.
    setMaxListeners(0, this.stopped.signal);
  }

  /** From now on over HTTP to that address, or over Socket Mode again. */
  deliverTo(url: string | null): void {
    this.url = url;
    for (const wake of [...this.wakes]) wake();
  }

  onDelivery(listener: (delivery: Delivery) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Commands and interactions: one attempt, never repeated by Slack. */
  async send(kind: 'slash_commands' | 'interactive', payload: JsonObject): Promise<Outcome> {
    const delivery: Delivery = { kind, payload: structuredClone(payload), attempts: [] };
    this.deliveries.push(delivery);
    return this.tracked(delivery, async () => {
      const attempt = await this.attempt(delivery, { attempt: 0, reason: '' });
      return this.outcomeOf(delivery, attempt);
    });
  }

  /**
   * Events: repeated until acknowledged or given up. While no socket is open they wait for one, and go out then as a
   * first delivery.
   * @see https://docs.slack.dev/apis/events-api#retries
   */
  async sendEvent(payload: JsonObject): Promise<Outcome> {
    const delivery: Delivery = { kind: 'events_api', payload: structuredClone(payload), attempts: [] };
    this.deliveries.push(delivery);
    return this.tracked(delivery, async () => {
      await this.untilReleased();
      let attempt = await this.attempt(delivery, { attempt: 0, reason: '' });
      for (let retry = 1; attempt.outcome !== 'acknowledged' && !this.stopped.signal.aborted; ) {
        if (attempt.outcome === 'no_connection') {
          await this.untilConnected();
          attempt = await this.attempt(delivery, {
            attempt: retry - 1,
            reason: retry === 1 ? '' : 'timeout',
          });
          continue;
        }
        const wait = this.options.eventRetriesAfterMs[retry - 1];
        if (wait === undefined) break;
        await pause(wait, undefined, { signal: this.stopped.signal, ref: false }).catch(() => undefined);
        if (this.stopped.signal.aborted) break;
        attempt = await this.attempt(delivery, { attempt: retry, reason: reasonOf(attempt) });
        retry += 1;
      }
      return this.outcomeOf(delivery, attempt);
    });
  }

  /** From now on events wait; repetitions of earlier ones do not. */
  delayEvents(): EventDelay {
    const mine: (() => void)[] = this.delayed ?? [];
    this.delayed = mine;
    return {
      release: (order = 'asTheyCame') => {
        if (this.delayed === mine) this.delayed = null;
        const waiting = mine.splice(0);
        for (const go of order === 'reversed' ? waiting.reverse() : waiting) go();
      },
    };
  }

  /** Gives up what is waiting. */
  stop(): void {
    this.stopped.abort();
  }

  private async tracked(delivery: Delivery, work: () => Promise<Outcome>): Promise<Outcome> {
    this.pending += 1;
    try {
      return await work();
    } finally {
      this.pending -= 1;
      this.tell(delivery);
    }
  }

  private async attempt(
    delivery: Delivery,
    retry: { attempt: number; reason: string },
  ): Promise<DeliveryAttempt> {
    const attempt: DeliveryAttempt = {
      at: this.options.now(),
      over: this.url === null ? 'socket' : 'http',
      retry: retry.attempt,
      outcome: 'waiting',
    };
    delivery.attempts.push(attempt);
    this.tell(delivery);
    const ended =
      this.url === null
        ? await this.overSocket(delivery, retry)
        : await this.overHttp(delivery, retry, this.url);
    attempt.outcome = ended.outcome;
    if (ended.status !== undefined) attempt.httpStatus = ended.status;
    if (ended.outcome === 'acknowledged')
      delivery.acknowledgement ??= { at: this.options.now(), body: ended.body };
    this.tell(delivery);
    return attempt;
  }

  private overSocket(
    delivery: Delivery,
    retry: { attempt: number; reason: string },
  ): Promise<{ outcome: Ended; status?: number; body?: unknown }> {
    const { signal } = this.stopped;
    return new Promise(resolve => {
      const end = (outcome: Ended, body?: unknown): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        resolve({ outcome, body });
      };
      const giveUp = (): void => end('timeout');
      const sent = this.sockets.send(delivery.kind, delivery.payload, retry, body =>
        end('acknowledged', body),
      );
      const timer = setTimeout(
        () => {
          if (sent !== false) sent.forget();
          end(sent === false ? 'no_connection' : 'timeout');
        },
        sent === false ? 0 : this.options.acknowledgeWithinMs,
      );
      signal.addEventListener('abort', giveUp);
    });
  }

  private overHttp(
    delivery: Delivery,
    retry: { attempt: number; reason: string },
    url: string,
  ): Promise<{ outcome: Ended; status?: number; body?: unknown }> {
    const { secret, acknowledgeWithinMs: withinMs } = this.options;
    return postSigned({ url, secret, kind: delivery.kind, payload: delivery.payload, retry, withinMs });
  }

  private async untilReleased(): Promise<void> {
    const { delayed } = this;
    if (delayed === null) return;
    // What waits is not under way.
    this.pending -= 1;
    await new Promise<void>(resolve => {
      delayed.push(resolve);
      this.stopped.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.pending += 1;
  }

  private async untilConnected(): Promise<void> {
    if (this.sockets.connections > 0 || this.url !== null) return;
    // Nothing is under way while nobody is there.
    this.pending -= 1;
    await new Promise<void>(resolve => {
      const wake = (): void => {
        off();
        this.wakes.delete(wake);
        resolve();
      };
      const off = this.sockets.onLinks(wake);
      this.wakes.add(wake);
      this.stopped.signal.addEventListener('abort', wake, { once: true });
    });
    this.pending += 1;
  }

  private outcomeOf(delivery: Delivery, last: DeliveryAttempt): Outcome {
    const failure =
      last.outcome === 'acknowledged' || last.outcome === 'waiting' ? undefined : FAILURES[last.outcome];
    return {
      delivered: delivery.attempts.some(
        each =>
          each.outcome !== 'no_connection' &&
          (each.over === 'socket' || each.outcome === 'timeout' || each.httpStatus !== undefined),
      ),
      acknowledged: last.outcome === 'acknowledged',
      ...(failure === undefined ? {} : { failure }),
      ...(last.httpStatus === undefined ? {} : { httpStatus: last.httpStatus }),
      delivery,
    };
  }

  private tell(delivery: Delivery): void {
    for (const listener of [...this.listeners]) listener(delivery);
  }
}

/** Slack's words for why it tries again. */
function reasonOf(attempt: DeliveryAttempt): string {
  if (attempt.over === 'socket') return 'timeout';
  if (attempt.outcome === 'timeout') return 'http_timeout';
  return attempt.httpStatus === undefined ? 'connection_failed' : 'http_error';
}
