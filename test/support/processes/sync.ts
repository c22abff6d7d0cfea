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
let steps = 0;
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

process.on('message', async message => {
  now = new Date(String(message));
  await syncs.step();
  steps += 1;
  // In the time of a test there is no pause between two pages, in which the engine tidies up.
  if (steps % 10 === 0) globalThis.gc?.();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.send?.({ megabytes, logged });
  logged = [];
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
