// The local Slack's door: one HTTP server on the loopback address for the Web API, response URLs, links and control.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveFile } from './file-server.js';
import type { Platform } from './platform.js';
import { respond } from './respond.js';
import { serveMethod, serveResponseUrl } from './web-api/call.js';
import { Pacing } from './web-api/pacing.js';

/** Serves what is not Slack's own: returns false for a path it does not know. */
export type Extra = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;

/** Listens on 127.0.0.1. Rejects when the port is taken. */
export async function listen(
  platform: Platform,
  port: number,
  extra: Extra,
): Promise<{ server: Server; port: number }> {
  const pacing = new Pacing(platform.options, platform.now);
  const server = createServer((request, response) => {
    // A client that went away is no fault of ours: Slack carries the call out all the same.
    response.on('error', () => response.destroy());
    serve(platform, pacing, extra, request, response).catch((error: unknown) => {
      console.error('the local Slack itself failed:', error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: 'internal_error' }));
    });
  });
  server.on('upgrade', (request, socket, head) => platform.sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, port: portOf(server) };
}

async function serve(
  platform: Platform,
  pacing: Pacing,
  extra: Extra,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const method = /^\/api\/([A-Za-z0-9._]+)$/.exec(pathname)?.[1];
  if (method !== undefined) await serveMethod(platform, pacing, method, request, response);
  else if (platform.responseUrls.isPath(pathname)) {
    await serveResponseUrl(platform, request, response, body => respond(platform, pathname, body));
  } else if (platform.files.isPath(pathname)) {
    await serveFile(platform.files, request, response, pathname);
  } else if (!(await extra(request, response, pathname))) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('not found');
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
