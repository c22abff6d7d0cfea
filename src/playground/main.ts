// `npm run playground`: a local Slack with the real bot in it, in the browser or as a story in the terminal.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBotProcess } from './bot-process.js';
import { playDemo } from './demo.js';
import { startLocalSlack } from './local-slack.js';

const REST_MS = 700;

const { values: flags } = parseArgs({
  options: {
    script: { type: 'string' },
    empty: { type: 'boolean', default: false },
    port: { type: 'string' },
  },
});
if (flags.script === undefined)
  console.log('The page comes soon. For now: npm run playground -- --script demo');
else if (flags.script === 'demo') process.exitCode = await demo();
else {
  console.error(`There is no script "${flags.script}". There is: demo`);
  process.exitCode = 1;
}

/** Plays the story; returns the exit code. */
async function demo(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'shoutout-demo-'));
  const slack = await startLocalSlack();
  const print = (line: string): void => console.log(line);
  try {
    print('A local Slack starts, and the real bot connects to it. No account, no network.');
    const bot = await startBotProcess(slack, { databaseUrl: `file:${join(folder, 'demo.db')}` });
    try {
      await playDemo(slack, { print, restMs: process.stdout.isTTY ? REST_MS : 0 });
      return 0;
    } catch (error) {
      console.error(`The story broke off: ${error instanceof Error ? error.message : String(error)}`);
      for (const line of bot.lines) console.error(`the bot: ${line}`);
      return 1;
    } finally {
      await bot.stop();
    }
  } catch (error) {
    console.error(`The bot did not start: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await slack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
