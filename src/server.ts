// The bot's own HTTP server: is it alive, is it ready; and Slack's requests where Slack comes over HTTP.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';

/** Why the bot is not ready, one reason a line; empty when it is. */
export type Readiness = () => Promise<string[]>;

/** The port is taken, or may not be used. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/**
 * Listens on `port`, on every address.
 * @param toSlack - handles `POST /slack/events`; read anew for each request, for it is there only once Slack has been reached
 * @throws {PortError} saying what to do.
 */
export async function startServer({
  port,
  readiness,
  isSlackExpected = true,
  toSlack,
}: {
  port: number;
  readiness: Readiness;
  /** False in Socket Mode, where nobody asks for `/slack/events`. */
  isSlackExpected?: boolean;
  toSlack: () => RequestListener | null;
}): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request, response, readiness, isSlackExpected ? toSlack : null);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new PortError(
          `Port ${port} cannot be used (${error.code ?? error.message}). Set PORT to a free one.`,
        ),
      );
    });
    server.listen(port, resolve);
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  readiness: Readiness,
  toSlack: (() => RequestListener | null) | null,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (path === '/healthz') return say(response, 200, 'alive');
  if (path === '/readyz') {
    const reasons = await readiness();
    return reasons.length === 0 ? say(response, 200, 'ready') : say(response, 503, reasons.join('\n'));
  }
  if (!toSlack || path !== '/slack/events' || request.method !== 'POST')
    return say(response, 404, 'not found');
  const listener = toSlack();
  if (listener) listener(request, response);
  else say(response, 503, 'not ready');
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}

/** Takes no new connections; resolves when the last answer is given. */
export function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
