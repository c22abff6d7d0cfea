// Serves the page on the loopback address: its files, the state of whoever looks as it changes, and what they do.

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isLocal } from './control.js';
import { EMOJI } from './emoji.js';
import { isObject, parseJson } from './json.js';
import { type Bundle, bundlePage } from './page-bundle.js';
import { Difference, entriesFor } from './page-state.js';
import { situationOf } from './situation.js';
import type { Theatre } from './theatre.js';
import { bodyOf } from './web-api/call.js';

/** Changes that come close together are told together. */
const GATHER_MS = 25;
/** Sockets come and go without a word to us. */
const LOOK_EVERY_MS = 500;

/** Nothing from elsewhere runs in the page, whatever a message says. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; font-src data:";

/** A page that is being served. */
export interface ServedPage {
  url: string;
  stop(): Promise<void>;
}

/** Serves the page on that port. Rejects when the port is taken. */
export async function servePage(theatre: Theatre, port: number): Promise<ServedPage> {
  const bundle = bundlePage();
  bundle.catch(() => undefined);
  const server = createServer((request, response) => {
    response.on('error', () => response.destroy());
    serve(request, response).catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(words);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actual = address === null || typeof address === 'string' ? port : address.port;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isLocal(request)) return send(response, 403, 'text/plain', 'only from this machine');
    if (url.pathname === '/events')
      return follow(theatre, url.searchParams.get('as') ?? '', request, response);
    if (url.pathname.startsWith('/control/')) {
      if (request.method === 'POST') theatre.isTouched = true;
      // What people do waits until the bot is there.
      await theatre.scene.stage.ready;
      await theatre.scene.control(request, response, url.pathname);
    } else if (url.pathname.startsWith('/playground/'))
      await act(theatre, url.pathname.slice(12), request, response);
    else await sendFile(url.pathname, bundle, response);
  }

  return {
    url: `http://127.0.0.1:${actual}/`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sendFile(path: string, bundle: Promise<Bundle>, response: ServerResponse): Promise<void> {
  if (path === '/') {
    const html = readFileSync(new URL('page/index.html', import.meta.url), 'utf8');
    return send(response, 200, 'text/html', html, { 'content-security-policy': POLICY });
  }
  if (path === '/page.js') return send(response, 200, 'text/javascript', (await bundle).js);
  if (path === '/style.css') return send(response, 200, 'text/css', (await bundle).css);
  if (path === '/emoji.json') return send(response, 200, 'application/json', JSON.stringify([...EMOJI]));
  send(response, 404, 'text/plain', 'not found');
}

/** Sends the state, then every change of it, for as long as the page is open. */
function follow(theatre: Theatre, person: string, request: IncomingMessage, response: ServerResponse): void {
  if (!theatre.scene.stage.slack.world.people.some(({ id }) => id === person)) {
    send(response, 404, 'text/plain', 'nobody');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const difference = new Difference();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    const { stage, wire } = theatre.scene;
    const patch = difference.to(entriesFor(stage, wire, person, situationOf(theatre)));
    if (patch !== undefined) response.write(`data: ${JSON.stringify(patch)}\n\n`);
  };
  const soon = (): void => {
    timer ??= setTimeout(tell, GATHER_MS);
  };
  const off = theatre.onChange(soon);
  const looks = setInterval(soon, LOOK_EVERY_MS);
  request.on('close', () => {
    off();
    clearInterval(looks);
    clearTimeout(timer);
  });
  tell();
}

async function act(
  theatre: Theatre,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
  const body = isJson ? parseJson(await bodyOf(request)) : undefined;
  const trick = theatre.trick(name);
  if (request.method !== 'POST' || !isObject(body) || trick === undefined) {
    return send(response, 404, 'application/json', JSON.stringify({ error: `there is no ${name}` }));
  }
  try {
    await trick(body);
    send(response, 200, 'application/json', '{}');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    send(response, 400, 'application/json', JSON.stringify({ error: words }));
  }
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
