// Misbehaviour on demand: what the next matching calls suffer.

import type { EventDelay, Hold, MethodMatch, Trouble } from './local-slack.js';

/** One thing that goes wrong. */
export type Mishap =
  | { kind: 'rateLimit'; retryAfter: number }
  | { kind: 'serverError'; status: number }
  | { kind: 'fail'; error: string }
  | { kind: 'slow'; ms: number }
  | { kind: 'hold'; arrived: () => void; released: Promise<void> }
  | { kind: 'loseAnswer' }
  | { kind: 'loseRequest' };

/** What the socket side of trouble needs from Socket Mode. */
export interface Sockets {
  drop(): void;
  refuse(count: number): void;
  recycle(reason: 'warning' | 'refresh_requested'): void;
}

/** What the events' side of trouble needs from whoever delivers them. */
export interface Events {
  delayEvents(): EventDelay;
}

/** Keeps what was ordered, and gives it out to the calls it is for. */
export class Mischief implements Trouble {
  private ordered: { match: MethodMatch; mishap: Mishap; left: number; cancel?: () => void }[] = [];

  private delay: EventDelay | null = null;

  constructor(
    private readonly sockets: Sockets,
    private readonly events: Events,
  ) {}

  rateLimit(method: MethodMatch, how: { retryAfter: number; times?: number }): void {
    this.order(method, { kind: 'rateLimit', retryAfter: how.retryAfter }, how.times);
  }

  serverError(method: MethodMatch, how: { status?: number; times?: number } = {}): void {
    this.order(method, { kind: 'serverError', status: how.status ?? 503 }, how.times);
  }

  fail(method: MethodMatch, error: string, how: { times?: number } = {}): void {
    this.order(method, { kind: 'fail', error }, how.times);
  }

  slow(method: MethodMatch, ms: number, how: { times?: number } = {}): void {
    this.order(method, { kind: 'slow', ms }, how.times);
  }

  loseAnswer(method: MethodMatch, how: { times?: number } = {}): void {
    this.order(method, { kind: 'loseAnswer' }, how.times);
  }

  loseRequest(method: MethodMatch, how: { times?: number } = {}): void {
    this.order(method, { kind: 'loseRequest' }, how.times);
  }

  hold(method: MethodMatch): Hold {
    let arrived = (): void => {};
    let release = (): void => {};
    const waiting = new Promise<void>(resolve => {
      arrived = resolve;
    });
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    const entry = {
      match: method,
      mishap: { kind: 'hold' as const, arrived, released },
      left: Infinity,
      cancel: release,
    };
    this.ordered.push(entry);
    return {
      waiting,
      release: () => {
        this.ordered = this.ordered.filter(each => each !== entry);
        release();
      },
    };
  }

  delayEvents(): EventDelay {
    this.delay = this.events.delayEvents();
    return this.delay;
  }

  dropSockets(): void {
    this.sockets.drop();
  }

  refuseSockets(count: number | boolean): void {
    this.sockets.refuse(count === true ? Infinity : Number(count));
  }

  recycleSocket(reason: 'warning' | 'refresh_requested' = 'refresh_requested'): void {
    this.sockets.recycle(reason);
  }

  clear(): void {
    const held = this.ordered;
    this.ordered = [];
    for (const { cancel } of held) cancel?.();
    this.delay?.release();
    this.delay = null;
    this.sockets.refuse(0);
  }

  /** What this call suffers, one of each kind at most; each is used up by one. */
  strike(method: string): Mishap[] {
    const struck: Mishap[] = [];
    for (const entry of this.ordered) {
      const matches = typeof entry.match === 'string' ? entry.match === method : entry.match.test(method);
      if (!matches || struck.some(mishap => mishap.kind === entry.mishap.kind)) continue;
      entry.left -= 1;
      struck.push(entry.mishap);
    }
    this.ordered = this.ordered.filter(entry => entry.left > 0);
    return struck;
  }

  private order(match: MethodMatch, mishap: Mishap, times = 1): void {
    this.ordered.push({ match, mishap, left: times });
  }
}
