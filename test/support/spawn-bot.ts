// The bot as its own process, so that it can be killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { LocalSlack } from '../../src/playground/local-slack.js';

export interface SpawnedBot {
  /** Everything it printed so far. */
  readonly output: string;
  /** As a power cut would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** As a container manager would. Resolves to the exit code. */
  terminate(): Promise<number | null>;
  /** Closes its output, as a reader that has gone. */
  stopReading(): void;
  port: number;
}

/** Starts `src/main.ts` against a local Slack and resolves when its socket is open. */
export async function spawnBot(
  slack: LocalSlack,
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<SpawnedBot> {
  const port = await freePort();
  const before = slack.connections;
  const child = spawn(process.execPath, runTypeScript('src/main.ts'), {
    // Not in the project's folder, where somebody's own .env may lie.
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH ?? '',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      LOG_LEVEL: 'info',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, 'close');
  await Promise.race([
    once(child.stdout, 'data').then(() => slack.waitForConnection()),
    ended.then(() => {
      throw new Error(`The bot ended before it was connected:\n${output}`);
    }),
  ]);
  if (slack.connections <= before) await slack.waitForConnection();
  return {
    port,
    get output() {
      return output;
    },
    stopReading: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    terminate: async () => {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}

/** Arguments for Node that run a TypeScript file of the project, wherever the process is started. */
export function runTypeScript(file: string): string[] {
  return ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL(`../../${file}`, import.meta.url))];
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}
