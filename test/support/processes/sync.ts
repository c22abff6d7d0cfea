// A copy of the bot that only keeps members and groups in step with Slack: one step each time it is told what time it is.
import { buildApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { createLog } from '../../../src/log.js';
import { registerWorkspace } from '../../../src/recognition/workspaces.js';
import { createClient } from '../../../src/slack/client.js';
import { identify } from '../../../src/slack/identity.js';
import { openDb } from '../../../src/store/db.js';

const [DATABASE_URL = '', SLACK_API_URL = '', SLACK_BOT_TOKEN = '', at = ''] = process.argv.slice(2);
let now = new Date(at);
let logged: unknown[] = [];

const config = readConfig({
  DATABASE_URL,
  SLACK_API_URL,
  SLACK_BOT_TOKEN,
  SLACK_SIGNING_SECRET: '0'.repeat(32),
});
const db = await openDb(DATABASE_URL);
const identity = await identify(createClient(config, SLACK_BOT_TOKEN));
const { syncs } = buildApp({
  config,
  db,
  log: createLog('info', { write: line => void logged.push(JSON.parse(line)) }),
  now: () => now,
  identity,
  workspace: await registerWorkspace(db, identity, now),
});

/** The longest that nothing else could happen, in milliseconds. */
let longestHold = 0;
let lastTurn = performance.now();
setInterval(() => {
  longestHold = Math.max(longestHold, performance.now() - lastTurn);
  lastTurn = performance.now();
}, 1);

process.on('message', async message => {
  now = new Date(String(message));
  await syncs.step();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.send?.({ megabytes, longestHold, logged });
  logged = [];
  longestHold = 0;
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
