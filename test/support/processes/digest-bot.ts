// One copy of the bot as far as the digest and leads' briefs go: it does what the clock does, at the instants that it is told, and says when it is done.
import { readConfig } from '../../../src/config.js';
import { createLog } from '../../../src/log.js';
import { createBriefRunner } from '../../../src/recognition/briefs/run.js';
import { runDigests } from '../../../src/recognition/digests/teams.js';
import { registerWorkspace } from '../../../src/recognition/workspaces.js';
import { createClient } from '../../../src/slack/client.js';
import { identify } from '../../../src/slack/identity.js';
import { createOutbox } from '../../../src/slack/post/outbox.js';
import { openDb } from '../../../src/store/db.js';

const [databaseUrl = '', apiUrl = '', botToken = '', begin = ''] = process.argv.slice(2);
const config = readConfig({
  SLACK_BOT_TOKEN: botToken,
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_API_URL: apiUrl,
  DATABASE_URL: databaseUrl,
});
const db = await openDb(databaseUrl);
const client = createClient(config, botToken);
let now = new Date(begin);
const workspace = await registerWorkspace(db, await identify(client), now);
const outbox = createOutbox({
  db,
  log: createLog('fatal'),
  commands: config.commands,
  now: () => now,
  workspaces: () => [{ workspace, client }],
  paceMilliseconds: 0,
});

const runBriefs = createBriefRunner(db);

process.on('message', async (instant: string) => {
  now = new Date(instant);
  await runDigests(db, workspace, now);
  await runBriefs(workspace, now);
  await outbox.sendDue();
  await outbox.idle();
  process.send?.(instant);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
