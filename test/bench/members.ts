// `npm run bench:members`: what 50,000 members and 500 groups cost a running bot at Slack's own pace, a quarter of an hour long.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLocalSlack } from '../../src/playground/local-slack.js';
import { defaultWorld, person } from '../../src/playground/world.js';
import { freePort } from '../support/spawn-bot.js';

const people = Number(process.argv[2] ?? 50_000);
const groupCount = 500;

const own = defaultWorld();
const many = Array.from({ length: people }, (_, index) =>
  person({ id: `U1${index.toString(36).toUpperCase().padStart(6, '0')}`, name: `person${index}` }),
);
const ids = many.map(({ id }) => id);
const groups = Array.from({ length: groupCount }, (_, index) => ({
  id: `S1${index}`,
  handle: `group-${index}`,
  name: `Group ${index}`,
  members: ids.filter((_, at) => at % groupCount === index),
}));
const slack = await startLocalSlack({
  listsPerMinute: 20,
  world: { ...own, people: [...own.people, ...many], groups },
});
const folder = await mkdtemp(join(tmpdir(), 'shoutout-bench-'));
const bot = spawn(process.execPath, [resolve('dist/main.js')], {
  cwd: folder,
  env: {
    PATH: process.env.PATH ?? '',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    PORT: String(await freePort()),
    LOG_LEVEL: 'info',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  for await (const chunk of bot.stdout) {
    for (const line of String(chunk).trim().split('\n')) console.log(line);
    if (String(chunk).includes('All members are known.')) break;
  }
  // Linux only: what it takes now, and the most it ever took.
  const status = readFileSync(`/proc/${bot.pid}/status`, 'utf8');
  console.log(status.match(/Vm(RSS|HWM):.*/g)?.join('\n'));
  const refused = slack.calls.filter(({ answer }) => answer?.status === 429).length;
  console.log(`${slack.calls.length} calls, ${refused} of them refused for being too many.`);
} finally {
  bot.kill('SIGKILL');
  await slack.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
