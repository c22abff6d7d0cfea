// Starts things, and stops them in reverse order. The only file that does something when it is loaded.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { buildApp, type ShoutoutApp } from './app.js';
import { choresOf } from './clock/chores.js';
import { startClock } from './clock/schedule.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { codeOf, createLog } from './log.js';
import { registerWorkspace } from './recognition/workspaces.js';
import { closeServer, PortError, startServer } from './server.js';
import { createClient } from './slack/client.js';
import { explainSocketError, type Identity, identify, TokenRefused } from './slack/identity.js';
import { type Db, isDatabaseUnavailable, openDb } from './store/db.js';
import { explainDatabaseError } from './store/explain.js';
import { MigrationError, migrate } from './store/migrate.js';

const drainMilliseconds = 10_000;
const socketMilliseconds = 3000;
const readinessMilliseconds = 5000;
const now = () => new Date();

let config: Config | null = null;
try {
  config = readConfig(environment());
  await start(config);
} catch (error) {
  const words = startWords(error, config);
  if (words) console.error(words);
  else createLog('info').fatal({ err: error }, 'The bot could not start.');
  process.exit(1);
}

/** What to do about a failed start, where that is known. */
function startWords(error: unknown, readable: Config | null): string | null {
  const known = [ConfigError, MigrationError, PortError, TokenRefused].some(kind => error instanceof kind);
  if (known && error instanceof Error) return error.message;
  const trouble = readable && explainDatabaseError(error, readable.databaseUrl);
  return trouble ? `${trouble.what} ${trouble.mend}` : null;
}

/** The environment, completed from a file `.env` in the working folder where there is one. */
function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const { applied } = await migratePatiently(config, log);
  if (applied.length > 0) log.info({ applied }, 'The database has been brought up to date.');
  const db = await openDb(config.databaseUrl);

  const running: { shoutout: ShoutoutApp | null; stopping: boolean } = { shoutout: null, stopping: false };
  const server = await startServer({
    port: config.port,
    readiness: readinessOf(config, db, () => running.shoutout),
    isSlackExpected: config.connection.kind === 'http',
    toSlack: () => {
      const receiver = running.stopping ? null : running.shoutout?.receiver;
      return receiver && isHttp(receiver) ? receiver.requestListener : null;
    },
  });

  const stop = async (signal: string) => {
    if (running.stopping) return;
    running.stopping = true;
    log.info({ signal }, 'Stopping: what is in flight is finished first.');
    setTimeout(() => {
      log.warn('Not everything was finished in time; what is left is planned in the database.');
      process.exit(0);
    }, drainMilliseconds).unref();
    const { shoutout } = running;
    // The clock's chores end with the outbox, so nobody waits for them first.
    const quiet = Promise.all([clock?.stop(), closeServer(server)]);
    if (shoutout) await stopApp(shoutout);
    // Whoever has not asked anything by now, or does not read the answer, is not waited for.
    server.closeAllConnections();
    await quiet;
    await db.close();
    log.info('Stopped.');
    process.exit(0);
  };
  let clock: ReturnType<typeof startClock> | null = null;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

  process.on('unhandledRejection', reason => {
    // The socket client rejects with nothing when it is stopped while it connects again.
    if (running.stopping && reason === undefined) return;
    log.fatal({ err: reason }, 'Something failed that nobody waited for.');
    process.exit(1);
  });

  const identity = await identifyPatiently(config, log);
  const workspace = await registerWorkspace(db, identity, now());
  const shoutout = buildApp({ config, db, log, now, identity, workspace });
  running.shoutout = shoutout;
  if (!isHttp(shoutout.receiver)) await shoutout.receiver.start().catch(explainSocketError);
  clock = startClock(choresOf({ ...shoutout, db, log, now, workspaces: () => [workspace] }), log);
  log.info(
    { workspace: workspace.name, connection: config.connection.kind, port: config.port },
    'Shoutout is running.',
  );
}

/** The answers to what has come in go out before the socket closes: afterwards they could not. */
async function stopApp(shoutout: ShoutoutApp): Promise<void> {
  await Promise.race([shoutout.idle(), sleep(socketMilliseconds)]);
  if (!isHttp(shoutout.receiver)) await shoutout.receiver.stop();
  await shoutout.drain();
}

function isHttp(receiver: HTTPReceiver | SocketModeReceiver): receiver is HTTPReceiver {
  return 'requestListener' in receiver;
}

/** A database that starts together with the bot gets a minute; whoever watches is told why nothing happens. */
async function migratePatiently({ databaseUrl }: Config, log: Logger): Promise<{ applied: string[] }> {
  try {
    return await migrate(databaseUrl, { patienceMs: 2000 });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    log.warn(
      { reason: explainDatabaseError(error, databaseUrl)?.what },
      'The database cannot be used yet; trying for a minute.',
    );
    return migrate(databaseUrl, { patienceMs: 60_000 });
  }
}

/** Asks Slack who we are until it answers: a bot that starts during an outage must not need a second start. */
async function identifyPatiently(config: Config, log: Logger): Promise<Identity> {
  const client = createClient(config, config.botToken);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await identify(client);
    } catch (error) {
      if (error instanceof TokenRefused) throw error;
      log.warn({ reason: codeOf(error) }, 'Slack cannot be reached; trying again.');
      await sleep(Math.min(1000 * 1.5 ** attempt, 15_000));
    }
  }
}

/**
 * Why the bot is not ready: database and Slack, each asked now and given two seconds. Whoever asks within five seconds
 * gets the same answer, for anybody who reaches the port can ask.
 */
function readinessOf(config: Config, db: Db, shoutout: () => ShoutoutApp | null): () => Promise<string[]> {
  const client = createClient(config, config.botToken);
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<string[]> = Promise.resolve([]);
  return () => {
    if (performance.now() - asked > readinessMilliseconds) {
      asked = performance.now();
      answer = readiness(db, client, shoutout());
    }
    return answer;
  };
}

async function readiness(db: Db, client: WebClient, shoutout: ShoutoutApp | null): Promise<string[]> {
  const reasons = await Promise.all([
    reasonUnless('The database does not answer', db.ping()),
    shoutout
      ? reasonUnless('Slack does not answer', identify(client))
      : 'Slack has not answered since the start.',
    shoutout?.isConnected() === false ? 'The socket to Slack is not open.' : null,
  ]);
  return reasons.filter(reason => reason !== null);
}

async function reasonUnless(reason: string, check: Promise<unknown>): Promise<string | null> {
  const answered = check.then(
    () => true,
    () => false,
  );
  return (await Promise.race([answered, sleep(2000).then(() => false)])) ? null : `${reason}.`;
}
