// `npm run bench`: how fast a command is answered, durable before its acknowledgement, beside a bare Bolt app that only acknowledges.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { freePort } from '../support/spawn-bot.js';

const secret = '0123456789abcdef0123456789abcdef';
const inFlight = 50;
const seconds = Number(process.argv[2] ?? 10);
/** Enough people that nobody reaches the limit of a day, and channels that Slack's pace for one is not what is measured. */
const people = 2000;

let sent = 0;
const children: ChildProcess[] = [];
const folder = await mkdtemp(join(tmpdir(), 'shoutout-bench-'));
try {
  const slackPort = await freePort();
  await start(['--import', 'tsx', 'test/bench/slack.ts', String(slackPort)], {});

  const barePort = await freePort();
  await start(['--import', 'tsx', 'test/bench/bare.ts', String(barePort)], { SLACK_SIGNING_SECRET: secret });
  const bare = await load(barePort, 'a bare Bolt app that only acknowledges');

  const port = await freePort();
  await start(['dist/main.js'], {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: secret,
    SLACK_API_URL: `http://127.0.0.1:${slackPort}/api/`,
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    PORT: String(port),
    LOG_LEVEL: 'info',
  });
  // Everybody is looked up once, as in a workspace that has used the bot for an hour.
  await load(port, null, { amount: people * 2 });
  const shoutout = await load(port, 'Shoutout on SQLite, each durable before its acknowledgement');

  const ratio = shoutout / bare;
  console.log(
    `\nShoutout answers ${(ratio * 100).toFixed(1)} % as many commands a second as the bare app (1 : ${(1 / ratio).toFixed(1)}).`,
  );
} finally {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

/** Starts a process and waits until it says something. */
async function start(args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = new Promise<void>(resolve => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (/running|listening/.test(chunk.toString())) resolve();
    });
  });
  await Promise.race([
    said,
    once(child, 'close').then(() => Promise.reject(new Error(`${args.join(' ')} ended.`))),
  ]);
}

/** Sends signed commands, `inFlight` at a time. Prints and returns how many a second were answered. */
async function load(
  port: number,
  name: string | null,
  how: { amount: number } | { duration: number } = { duration: seconds },
): Promise<number> {
  const instance = autocannon({
    url: `http://127.0.0.1:${port}/slack/events`,
    connections: inFlight,
    timeout: 10,
    ...how,
    requests: [{ method: 'POST', setupRequest: request => ({ ...request, ...signed(command()) }) }],
  });
  const result = await instance;
  const failed = result.errors + result.timeouts + result.non2xx;
  if (name) {
    const { average } = result.requests;
    const { p50, p97_5, p99, max } = result.latency;
    console.log(
      `${name}: ${average.toFixed(0)} a second at ${inFlight} in flight; p50 ${p50} ms, p97.5 ${p97_5} ms, p99 ${p99} ms, max ${max} ms; ${failed} failed`,
    );
  }
  if (failed > 0) throw new Error(`${failed} commands failed.`);
  return result.requests.average;
}

function command(): string {
  sent += 1;
  const giver = sent % people;
  return new URLSearchParams({
    command: '/shoutout',
    text: `<@U${1000 + ((sent + 7) % people)}> #craft for number ${sent}`,
    user_id: `U${1000 + giver}`,
    user_name: 'bench',
    team_id: 'T0BENCH',
    team_domain: 'bench',
    channel_id: `C${1000 + giver}`,
    channel_name: 'bench',
    trigger_id: `${sent}.1.bench`,
    response_url: 'https://hooks.slack.com/commands/bench',
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
  }).toString();
}

function signed(body: string) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  };
}
