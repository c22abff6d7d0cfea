// `npm run playground`: a local Slack with the real bot in it, in the browser or as a story in the terminal.

import { parseArgs } from 'node:util';
import { openBrowser } from './browser.js';
import { playDemo } from './demo.js';
import { servePage } from './page-server.js';
import { playSetup } from './setup-story.js';
import { Stage } from './stage.js';
import { Theatre } from './theatre.js';

const PORT = 3131;
const REST_MS = 700;
const HELP = `npm run playground                     a small Slack in the browser, with the real bot in it
  -- --empty                           without eight weeks of history
  -- --port 4000                       at another address than http://127.0.0.1:${PORT}/
  -- --seed 7                          another history
  -- --no-open                         do not open the browser
npm run playground -- --script demo    one story, told in the terminal
npm run playground -- --script setup   another: the first steps, from the install on`;

const SCRIPTS: Readonly<Record<string, typeof playDemo>> = { demo: playDemo, setup: playSetup };

const say = (line: string): void => console.log(line);
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

process.exitCode = await main().catch((error: unknown) => {
  console.error(wordsOf(error));
  return 1;
});

/** Returns the exit code; the page's server goes on until it is told to stop. */
async function main(): Promise<number> {
  const { values: flags } = parseArgs({
    options: {
      script: { type: 'string' },
      empty: { type: 'boolean', default: false },
      port: { type: 'string', default: String(PORT) },
      seed: { type: 'string', default: '1' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (flags.help) say(HELP);
  else if (flags.script !== undefined) {
    const play = SCRIPTS[flags.script];
    if (play === undefined)
      throw new Error(`There is no script "${flags.script}". There are: ${Object.keys(SCRIPTS).join(', ')}`);
    return tell(play);
  } else {
    const port = Number(flags.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error('--port takes a number up to 65535.');
    await page({ empty: flags.empty, seed: Number(flags.seed) || 1 }, port, !flags['no-open']);
  }
  return 0;
}

async function page(how: { empty: boolean; seed: number }, port: number, opens: boolean): Promise<void> {
  const theatre = await Theatre.open(how);
  const served = await servePage(theatre, port).catch(async (error: unknown) => {
    await theatre.stop();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Error(`Port ${port} is taken. Choose another: npm run playground -- --port ${port + 1}`);
    }
    throw error;
  });
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void served
      .stop()
      .then(() => theatre.stop())
      .finally(() => process.exit());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  say(`The playground: ${served.url}`);
  if (opens) openBrowser(served.url);
  try {
    await theatre.scene.stage.ready;
    say('The bot is connected. Ctrl+C stops everything.');
  } catch (error) {
    if (isStopping) return;
    console.error(`The bot did not start: ${wordsOf(error)}`);
    process.exitCode = 1;
    stop();
  }
}

async function tell(play: typeof playDemo): Promise<number> {
  say('A local Slack starts, and the real bot connects to it. No account, no network.');
  const stage = await Stage.open({ empty: true });
  try {
    await stage.ready;
  } catch (error) {
    console.error(`The bot did not start: ${wordsOf(error)}`);
    await stage.stop();
    return 1;
  }
  try {
    await play(stage.slack, { print: say, restMs: process.stdout.isTTY ? REST_MS : 0 });
    return 0;
  } catch (error) {
    console.error(`The story broke off: ${wordsOf(error)}`);
    for (const line of stage.botLines) console.error(`the bot: ${line}`);
    return 1;
  } finally {
    await stage.stop();
  }
}
