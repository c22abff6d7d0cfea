// `npm run doctor`: checks a real installation before anyone relies on it. Each finding says what to do.
import { constants, existsSync } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';
import { parse } from 'yaml';
import { type Config, ConfigError, readConfig } from './config.js';
import { boltLogger, codeOf, createLog } from './log.js';
import { createClient } from './slack/client.js';
import { type Identity, identify, TokenRefused } from './slack/identity.js';
import { openDb } from './store/db.js';
import { databasePlace, explainDatabaseError } from './store/explain.js';
import { MigrationError, pendingMigrations } from './store/migrate.js';

/** Beyond this Slack's signatures look old to us; it refuses ours after 300 s. */
const clockToleranceSeconds = 60;

interface Finding {
  /** `look`: it works, and somebody should still look at it. */
  kind: 'good' | 'look' | 'bad';
  what: string;
  /** What to do about it. */
  mend?: string;
}

/** The findings say it all; the client's own warnings would stand between them. */
const quiet = boltLogger(createLog('silent'));

// As the bot does when it starts.
if (existsSync('.env')) process.loadEnvFile('.env');
const findings = await examine(process.env);
for (const { kind, what, mend } of findings) {
  console.log(
    `${{ good: 'ok  ', look: 'look', bad: 'BAD ' }[kind]}  ${what}${mend ? `\n      ${mend}` : ''}`,
  );
}
const bad = findings.filter(finding => finding.kind === 'bad').length;
console.log(bad === 0 ? '\nAll is well.' : `\n${bad} ${bad === 1 ? 'thing needs' : 'things need'} mending.`);
process.exitCode = bad === 0 ? 0 : 1;

async function examine(env: Record<string, string | undefined>): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(what => ({ kind: 'bad', what }));
  }
  const [slack, database, port] = await Promise.all([
    examineSlack(config),
    examineDatabase(config),
    examinePort(config),
  ]);
  return [{ kind: 'good', what: 'The settings are complete.' }, ...slack, ...database, port];
}

async function examineSlack(config: Config): Promise<Finding[]> {
  const client = createClient(config, config.botToken, quiet);
  let identity: Identity;
  try {
    identity = await identify(client);
  } catch (error) {
    if (error instanceof TokenRefused) return [{ kind: 'bad', what: error.message }];
    const address = new URL(config.slackApiUrl).host;
    return [
      {
        kind: 'bad',
        what: `Slack cannot be reached at ${address} (${reasonOf(error)}).`,
        mend: 'Let this machine reach it over HTTPS, or mend SLACK_API_URL.',
      },
    ];
  }
  return [
    { kind: 'good', what: `The bot token works: @${identity.botName} in ${identity.name}.` },
    ...(await examineScopes(identity)),
    ...(await examineConnection(config)),
    ...(await examineClock(config)),
  ];
}

async function examineScopes({ scopes }: Identity): Promise<Finding[]> {
  const wanted = await manifestScopes();
  const lacking = wanted.filter(scope => !scopes.includes(scope));
  const more = scopes.filter(scope => !wanted.includes(scope));
  const reinstall = 'Put manifest.yml into your app > App Manifest, save, and reinstall the app.';
  return [
    lacking.length === 0
      ? { kind: 'good', what: 'The app has every permission of its manifest.' }
      : { kind: 'bad', what: `The app lacks ${lacking.join(', ')}.`, mend: reinstall },
    ...(more.length > 0
      ? [
          {
            kind: 'look' as const,
            what: `The app was granted more than it uses: ${more.join(', ')}.`,
            mend: 'Take them away in your app > OAuth & Permissions, then reinstall the app.',
          },
        ]
      : []),
  ];
}

async function manifestScopes(): Promise<string[]> {
  const manifest: unknown = parse(await readFile(new URL('../manifest.yml', import.meta.url), 'utf8'));
  const scopes = manifest as { oauth_config: { scopes: { bot: string[] } } };
  return scopes.oauth_config.scopes.bot;
}

async function examineConnection(config: Config): Promise<Finding[]> {
  if (config.connection.kind === 'http') {
    return [
      {
        kind: 'look',
        what: `Slack has to reach POST /slack/events on port ${config.port} from outside. That cannot be checked from here.`,
        mend: 'Save the request URL in your app > Event Subscriptions: Slack checks it, and the signing secret with it.',
      },
    ];
  }
  try {
    await createClient(config, config.connection.appToken, quiet).apps.connections.open({});
    return [{ kind: 'good', what: 'The app token opens a socket: Socket Mode works.' }];
  } catch (error) {
    return [
      {
        kind: 'bad',
        what: `The app token does not open a socket (${reasonOf(error)}).`,
        mend: 'Make one in your app > Basic Information > App-Level Tokens with the scope connections:write, and switch on Socket Mode.',
      },
    ];
  }
}

/** Slack says in every answer what time it is. */
async function examineClock(config: Config): Promise<Finding[]> {
  const answer = await fetch(new URL('api.test', config.slackApiUrl), { signal: AbortSignal.timeout(8000) });
  const date = answer.headers.get('date');
  if (!date)
    return [{ kind: 'look', what: 'Slack did not say what time it is, so the clock was not checked.' }];
  const ahead = Math.round((Date.now() - new Date(date).getTime()) / 1000);
  if (Math.abs(ahead) <= clockToleranceSeconds)
    return [{ kind: 'good', what: "The clock agrees with Slack's." }];
  return [
    {
      kind: 'bad',
      what: `The clock is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} Slack's.`,
      mend: 'Synchronise it (NTP): requests that look older than 300 s are refused.',
    },
  ];
}

async function examineDatabase({ databaseUrl }: Config): Promise<Finding[]> {
  const place = databasePlace(databaseUrl);
  try {
    const pending = await pendingMigrations(databaseUrl, { patienceMs: 5000 });
    // A file that is not there yet is not made here: this only looks.
    const missing = databaseUrl.startsWith('file:') && !existsSync(databaseUrl.slice('file:'.length));
    if (missing) return [await examineFolder(databaseUrl.slice('file:'.length))];
    const db = await openDb(databaseUrl, { patienceMs: 5000 });
    await db.ping().finally(() => db.close());
    return [
      { kind: 'good', what: `The database answers: ${place}.` },
      ...(pending.length > 0
        ? [
            {
              kind: 'good' as const,
              what: `The bot will bring it up to date when it starts (${pending.join(', ')}).`,
            },
          ]
        : []),
    ];
  } catch (error) {
    if (error instanceof MigrationError) return [{ kind: 'bad', what: error.message }];
    const trouble = explainDatabaseError(error, databaseUrl);
    if (trouble) return [{ kind: 'bad', ...trouble }];
    return [
      {
        kind: 'bad',
        what: `The database cannot be used: ${place} (${codeOf(error)}).`,
        mend: 'Mend DATABASE_URL.',
      },
    ];
  }
}

/** Whether the bot can make its file where it is to be. */
async function examineFolder(path: string): Promise<Finding> {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    await access(folder, constants.W_OK);
    if (!(await stat(folder)).isDirectory()) throw new Error('not a folder');
    return { kind: 'good', what: `The bot will create its database when it starts: ${resolve(path)}.` };
  } catch {
    return {
      kind: 'bad',
      what: `The bot cannot create its database: ${folder} may not be written, or is no folder.`,
      mend: 'Let this user write to it, or mend DATABASE_URL.',
    };
  }
}

/** Whether the port is free. A bot that is running has it, so this is only worth a look. */
async function examinePort({ port }: Config): Promise<Finding> {
  const server = createServer();
  const taken = await new Promise<boolean>(done => {
    server.once('error', () => done(true));
    server.listen(port, () => done(false));
  });
  server.close();
  return taken
    ? {
        kind: 'look',
        what: `Port ${port} is taken.`,
        mend: 'Fine if the bot is running. Otherwise set PORT to a free one.',
      }
    : { kind: 'good', what: `Port ${port} is free.` };
}

function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (error instanceof WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  return codeOf(error);
}
