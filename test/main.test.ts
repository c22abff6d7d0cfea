// `npm start` as an admin meets it: mistakes in words, health, and an orderly end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../src/playground/local-slack.js';
import { freePort, runTypeScript, spawnBot } from './support/spawn-bot.js';

let slack: LocalSlack;
let folder: string;
beforeEach(async () => {
  slack = await startLocalSlack();
  folder = await mkdtemp(join(tmpdir(), 'shoutout-main-'));
});
afterEach(async () => {
  await slack.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(
  script: string,
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, runTypeScript(script), {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(child, 'close');
  return { code: child.exitCode, output };
}

const settings = async (): Promise<Record<string, string>> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  DATABASE_URL: `file:${join(folder, 'data', 'shoutout.db')}`,
  PORT: String(await freePort()),
});

describe('starting', () => {
  it('with wrong settings prints every mistake and exits 1', async () => {
    const { code, output } = await run('src/main.ts', { PORT: 'x' });
    expect(code).toBe(1);
    expect(output).toContain('SLACK_BOT_TOKEN is missing');
    expect(output).toContain('SLACK_APP_TOKEN is missing');
    expect(output).toContain('PORT must be a whole number');
    expect(output).not.toContain('    at ');
  });

  it('with a token that Slack refuses says so and exits 1', async () => {
    const { code, output } = await run('src/main.ts', {
      ...(await settings()),
      SLACK_BOT_TOKEN: 'xoxb-wrong',
    });
    expect(code).toBe(1);
    expect(output).toContain('Slack refuses SLACK_BOT_TOKEN (invalid_auth)');
    expect(output).not.toContain('xoxb-wrong');
  });

  it('with an app token that Slack refuses says so and exits 1', async () => {
    const { code, output } = await run('src/main.ts', {
      ...(await settings()),
      SLACK_APP_TOKEN: 'xapp-wrong',
    });
    expect(code).toBe(1);
    expect(output).toContain('Slack refuses SLACK_APP_TOKEN (invalid_auth)');
    expect(output).not.toContain('xapp-wrong');
  });

  it('with a port that is taken says so and exits 1', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, output } = await run('src/main.ts', { ...(await settings()), PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} cannot be used (EADDRINUSE). Set PORT to a free one.`);
  });

  it('answers /healthz and /readyz, says why it is not ready, and ends in order', async () => {
    const { DATABASE_URL = '' } = await settings();
    const bot = await spawnBot(slack, DATABASE_URL);
    const ask = (path: string) => fetch(`http://127.0.0.1:${bot.port}${path}`);
    expect((await ask('/healthz')).status).toBe(200);
    await expect.poll(async () => (await ask('/readyz')).status).toBe(200);
    expect((await ask('/slack/events')).status).toBe(404);
    const asked = slack.calls.filter(call => call.method === 'auth.test').length;
    await Promise.all(Array.from({ length: 20 }, () => ask('/readyz')));
    expect(slack.calls.filter(call => call.method === 'auth.test').length).toBeLessThanOrEqual(asked + 1);
    slack.trouble.fail('auth.test', 'account_inactive', { times: Number.POSITIVE_INFINITY });
    await expect.poll(async () => (await ask('/readyz')).status, { timeout: 8000 }).toBe(503);
    const ready = await ask('/readyz');
    expect(await ready.text()).toContain('Slack does not answer');
    expect(await bot.terminate()).toBe(0);
    expect(bot.output).toContain('Stopped.');
    expect(bot.output).not.toMatch(/xoxb-|xapp-/);
  }, 20_000);

  it('does not depend on anybody reading its log', async () => {
    const { DATABASE_URL = '' } = await settings();
    const bot = await spawnBot(slack, DATABASE_URL, { LOG_LEVEL: 'trace' });
    bot.stopReading();
    for (let index = 0; index < 5; index += 1) {
      const answer = await slack.as('U0MARTA').command('/shoutout', `@ana for ${index}`);
      expect(answer.acknowledged).toBe(true);
    }
    expect(await bot.terminate()).toBe(0);
  });

  it('finishes what is in flight when it is told to stop', async () => {
    const { DATABASE_URL = '' } = await settings();
    const bot = await spawnBot(slack, DATABASE_URL);
    const hold = slack.trouble.hold('users.info');
    const sending = slack.as('U0MARTA').command('/shoutout', '@ana for it');
    await hold.waiting;
    const ended = bot.terminate();
    hold.release();
    const answer = await sending;
    expect(answer.response?.text).toContain('Recorded: your shout-out to Ana Souza');
    expect(await ended).toBe(0);
  });
});

describe('npm run doctor', () => {
  it('finds nothing wrong with a good installation', async () => {
    const { code, output } = await run('src/doctor.ts', await settings());
    expect(output).toContain('The bot token works: @shoutout in');
    expect(output).toContain('The app has every permission of its manifest.');
    expect(output).toContain('Socket Mode works.');
    expect(output).toContain("The clock agrees with Slack's.");
    expect(output).toContain('The bot will create its database when it starts');
    expect(output).toContain('All is well.');
    expect(code).toBe(0);
  });

  it('names what is wrong and what to do about it', async () => {
    const occupied = join(folder, 'a-file');
    await writeFile(occupied, '');
    const { code, output } = await run('src/doctor.ts', {
      ...(await settings()),
      SLACK_APP_TOKEN: 'xapp-wrong',
      DATABASE_URL: `file:${occupied}/shoutout.db`,
    });
    expect(output).toContain('The app token does not open a socket (invalid_auth).');
    expect(output).toContain('is no folder');
    expect(output).toContain('2 things need mending.');
    expect(output).not.toMatch(/xoxb-|xapp-/);
    expect(code).toBe(1);
  });

  it.each([
    [
      'a database that does not answer',
      'postgresql://user:geheim@127.0.0.1:1/db',
      'The database does not answer: PostgreSQL at 127.0.0.1:1 (ECONNREFUSED).',
    ],
    ['a file that is no database', 'garbage', 'is not a SQLite database'],
  ])(
    'and npm start put %s into words, without the password',
    async (_what, url, words) => {
      const garbage = join(folder, 'garbage.db');
      await writeFile(garbage, 'this is not a database, however long it may be'.repeat(30));
      const DATABASE_URL = url === 'garbage' ? `file:${garbage}` : url;
      const doctor = await run('src/doctor.ts', { ...(await settings()), DATABASE_URL });
      expect(doctor.output).toContain(words);
      expect(doctor.code).toBe(1);
      expect(doctor.output).not.toContain('geheim');
      if (url !== 'garbage') return;
      const start = await run('src/main.ts', { ...(await settings()), DATABASE_URL });
      expect(start.output).toContain(words);
      expect(start.code).toBe(1);
    },
    20_000,
  );

  it('says that Slack cannot be reached', async () => {
    const { output } = await run('src/doctor.ts', {
      ...(await settings()),
      SLACK_API_URL: `http://127.0.0.1:${await freePort()}/api/`,
    });
    expect(output).toMatch(/Slack cannot be reached at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
  });
});
