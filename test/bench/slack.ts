// A Slack that only answers, so that it costs the measured bot as little as possible.
import { createServer } from 'node:http';

let posted = 0;

const server = createServer((request, response) => {
  let body = '';
  request.on('data', chunk => {
    body += chunk;
  });
  request.on('end', () => {
    const method = request.url?.split('/').at(-1);
    const args = new URLSearchParams(body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...answer(method, args) }));
  });
});

function answer(method: string | undefined, args: URLSearchParams): object {
  if (method === 'auth.test') {
    return {
      team_id: 'T0BENCH',
      team: 'Bench',
      url: 'https://bench.slack.com/',
      user: 'shoutout',
      user_id: 'UBOT',
      bot_id: 'BBOT',
    };
  }
  if (method === 'users.info') {
    const id = args.get('user');
    return { user: { id, team_id: 'T0BENCH', name: id, real_name: `Person ${id}`, tz: 'Europe/Zurich' } };
  }
  posted += 1;
  return { channel: args.get('channel'), ts: `${1_700_000_000 + posted}.000100` };
}

server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
