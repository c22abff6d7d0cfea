// The real bot as a child process: started on the local Slack, stopped or killed, its clock moved.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { isObject } from './json.js';
import type { LocalSlack } from './local-slack.js';
import type { JsonObject } from './things.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONNECT_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 5000;
const KEPT_LINES = 200;

/** A running bot. */
export interface BotProcess {
  /** What it has printed, the newest lines last. */
  readonly lines: readonly string[];
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  /** Moves what its clock shows beyond the system's time; resolves when it has. */
  setClock(offsetMs: number): Promise<void>;
  /** Ends it as an administrator would (SIGTERM): it finishes what is in flight. */
  stop(): Promise<void>;
  /** Ends it as a power cut would (SIGKILL). */
  kill(): Promise<void>;
}

/**
 * Starts the bot and resolves when it is connected over Socket Mode. Throws with what it printed when it ends first, or
 * does not connect in time.
 * @param given.databaseUrl as the bot's setting DATABASE_URL
 * @param given.isWriting it is there to write a history, which may take no longer than it must
 */
export async function startBotProcess(
  slack: LocalSlack,
  given: { databaseUrl: string; clockOffsetMs: number; isWriting: boolean },
): Promise<BotProcess> {
  const preload = new URL('clock-preload.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', preload, 'src/main.ts'], {
    cwd: ROOT,
    // The answer to Ctrl+C is the playground's to give.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      // An empty setting is an unset one: nothing of the person's own bot may reach this one.
      SLACK_SIGNING_SECRET: '',
      SHOUTOUT_COMMAND: '',
      RECOGNITION_COMMAND: '',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: given.databaseUrl,
      PORT: String(await freePort()),
      LOG_LEVEL: 'warn',
      PLAYGROUND_CLOCK_OFFSET_MS: String(given.clockOffsetMs),
      PLAYGROUND_WRITES_HISTORY: given.isWriting ? 'yes' : '',
    },
  });
  const lines = printedLines(child);
  const ended = once(child, 'close').then(() => undefined);
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  };
  const tell = messenger(child, ended);
  const bot: BotProcess = {
    lines,
    ended,
    setClock: offsetMs => tell({ clockOffsetMs: offsetMs }),
    stop: () => stop('SIGTERM'),
    kill: () => stop('SIGKILL'),
  };
  let isConnected = false;
  try {
    await Promise.race([
      slack.waitForConnection(CONNECT_WITHIN_MS),
      ended.then(() => {
        if (!isConnected) throw new Error(`the bot ended (${child.exitCode ?? child.signalCode})`);
      }),
    ]);
    isConnected = true;
  } catch (error) {
    await bot.kill();
    throw new Error([error instanceof Error ? error.message : error, ...lines].join('\n'));
  }
  return bot;
}

/** Sends a message to the preloaded clock, and resolves when it was heard or the bot has ended. */
function messenger(child: ChildProcess, ended: Promise<void>): (message: JsonObject) => Promise<void> {
  const waiting = new Map<number, () => void>();
  let count = 0;
  child.on('message', (message: unknown) => {
    if (isObject(message) && typeof message.done === 'number') waiting.get(message.done)?.();
  });
  return async message => {
    if (!child.connected) return;
    count += 1;
    const n = count;
    const heard = new Promise<void>(resolve => waiting.set(n, resolve));
    child.send({ ...message, n });
    await Promise.race([heard, ended]);
    waiting.delete(n);
  };
}

function printedLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      lines.splice(0, lines.length - KEPT_LINES);
    });
  }
  return lines;
}

/** A port that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
