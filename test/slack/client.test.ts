// How we call Slack.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/slack/client.js';

let requests: IncomingMessage[];
let status: number;
const server = createServer((request, response) => {
  requests.push(request);
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '30' }).end('{"ok":true}');
});

beforeEach(async () => {
  requests = [];
  status = 200;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function client(token: string) {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return createClient({ slackApiUrl: `http://127.0.0.1:${port}/api/` }, token);
}

describe('a call to Slack', () => {
  it("carries its own workspace's token, whichever was called before", async () => {
    const [first, second] = [client('xoxb-first'), client('xoxb-second')];
    await first.api.test();
    await second.api.test();
    await first.api.test();
    expect(requests.map(request => request.headers.authorization)).toEqual([
      'Bearer xoxb-first',
      'Bearer xoxb-second',
      'Bearer xoxb-first',
    ]);
  });

  it.each([500, 503, 429])('that answers %i is not repeated by itself', async answer => {
    status = answer;
    await expect(client('xoxb-1').chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toThrow();
    expect(requests).toHaveLength(1);
  });
});
