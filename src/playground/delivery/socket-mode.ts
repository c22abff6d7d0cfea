// Socket Mode: links opened with one-use tickets, envelopes out, acknowledgements in.

import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, parseJson } from '../json.js';
import type { Delivery, JsonObject } from '../things.js';
import type { Sockets } from '../trouble.js';
import { BOT } from '../world.js';

/** Slack's hosts close a link this long after asking for its renewal. */
const RECYCLE_AFTER_MS = 1000;
const PING_EVERY_MS = 5000;
const CLOSE_WITHIN_MS = 200;

/** The server's side of Socket Mode. @see https://docs.slack.dev/apis/events-api/using-socket-mode */
export class SocketMode implements Sockets {
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private readonly waiting = new Map<string, (body: unknown) => void>();
  private readonly linkListeners = new Set<() => void>();
  private links: WebSocket[] = [];
  private turn = 0;
  private refusals = 0;
  private readonly pings: NodeJS.Timeout;

  constructor(private readonly host: () => string) {
    this.pings = setInterval(() => {
      for (const link of this.links) link.ping();
    }, PING_EVERY_MS);
    this.pings.unref();
  }

  /** Open links. */
  get connections(): number {
    return this.links.length;
  }

  /** The address for `apps.connections.open`; it serves one link. */
  issueUrl(): string {
    const ticket = randomBytes(16).toString('hex');
    this.tickets.add(ticket);
    return `ws://${this.host()}/link/?ticket=${ticket}&app_id=${BOT.appId}`;
  }

  /** Takes an upgrade request, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', `http://${this.host()}`);
    const ticket = url.searchParams.get('ticket') ?? '';
    const known = url.pathname.startsWith('/link') && this.tickets.delete(ticket);
    const refused = this.refusals > 0;
    if (refused) this.refusals -= 1;
    if (!known || refused) {
      socket.end(
        `HTTP/1.1 ${refused ? '503 Service Unavailable' : '401 Unauthorized'}\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    this.server.handleUpgrade(request, socket, head, link => this.open(link));
  }

  /** Calls the listener whenever a link opens or closes. */
  onLinks(listener: () => void): () => void {
    this.linkListeners.add(listener);
    return () => this.linkListeners.delete(listener);
  }

  /**
   * Sends an envelope over one of the links, in turn. `false` when there is none; else `acknowledged` is called with
   * the acknowledgement's payload whenever it comes, over whichever link, until `forget`.
   */
  send(
    kind: Delivery['kind'],
    payload: JsonObject,
    retry: { attempt: number; reason: string },
    acknowledged: (body: unknown) => void,
  ): { forget(): void } | false {
    const open = this.links.filter(each => each.readyState === each.OPEN);
    const link = open[this.turn % Math.max(1, open.length)];
    if (link === undefined) return false;
    this.turn += 1;
    const envelopeId = randomUUID();
    this.waiting.set(envelopeId, acknowledged);
    const retries = kind === 'events_api' ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {};
    link.send(
      JSON.stringify({
        envelope_id: envelopeId,
        payload,
        type: kind,
        accepts_response_payload: kind !== 'events_api',
        ...retries,
      }),
    );
    return { forget: () => this.waiting.delete(envelopeId) };
  }

  /** Shows every client a sign of life: one that measures silence by a clock that was moved would leave otherwise. */
  greet(): void {
    for (const link of this.links) link.pong();
  }

  drop(): void {
    for (const link of this.links) link.terminate();
  }

  refuse(count: number): void {
    this.refusals = count;
  }

  recycle(reason: 'warning' | 'refresh_requested'): void {
    const link = this.links[0];
    link?.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: this.host() } }));
    if (reason === 'refresh_requested') setTimeout(() => link?.close(), RECYCLE_AFTER_MS).unref();
  }

  /** Closes every link, politely first, so that a client that is closing too sees no broken connection. */
  async stop(): Promise<void> {
    clearInterval(this.pings);
    const closing = this.links.map(
      link =>
        new Promise<void>(resolve => {
          link.once('close', () => resolve());
          link.close(1001);
        }),
    );
    await Promise.race([Promise.all(closing), pause(CLOSE_WITHIN_MS, undefined, { ref: false })]);
    this.drop();
    this.server.close();
  }

  private open(link: WebSocket): void {
    this.links.push(link);
    link.on('error', () => link.terminate());
    link.on('close', () => {
      this.links = this.links.filter(each => each !== link);
      this.tell();
    });
    link.on('message', data => this.receive(String(data)));
    link.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.links.length,
        debug_info: { host: this.host(), build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: BOT.appId },
      }),
    );
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.linkListeners]) listener();
  }

  private receive(data: string): void {
    const message = parseJson(data);
    if (!isObject(message) || typeof message.envelope_id !== 'string') return;
    const acknowledged = this.waiting.get(message.envelope_id);
    this.waiting.delete(message.envelope_id);
    acknowledged?.(message.payload);
  }
}
