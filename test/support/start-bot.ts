// A whole bot for a test: the local Slack, a real Bolt app over Socket Mode or signed HTTP, a real database, a clock that stands still.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { buildApp, type ShoutoutApp } from '../../src/app.js';
import { choresOf } from '../../src/clock/chores.js';
import { type Config, readConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import type { Workspace } from '../../src/model.js';
import {
  type LocalSlack,
  type LocalSlackOptions,
  type Message,
  startLocalSlack,
} from '../../src/playground/local-slack.js';
import { type Choices, changeSettings, type SettingsRequest } from '../../src/recognition/settings.js';
import { registerWorkspace } from '../../src/recognition/workspaces.js';
import { closeServer, startServer } from '../../src/server.js';
import { createClient } from '../../src/slack/client.js';
import { identify } from '../../src/slack/identity.js';
import { lookUpMembers } from '../../src/slack/lookup.js';
import type { Syncs } from '../../src/slack/sync/syncs.js';
import type { Db } from '../../src/store/db.js';
import { type DatabaseKind, databases, type TestDatabase } from './databases.js';

export interface Clock {
  now: () => Date;
  advance(milliseconds: number): void;
}

/** A Wednesday in the middle of a quarter; it moves only when told to. */
export function stillClock(start = '2026-05-13T10:00:00Z'): Clock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: milliseconds => {
      at += milliseconds;
    },
  };
}

export interface BotOptions {
  /** A kind, to get a fresh one; or one that outlives this bot. */
  database: DatabaseKind | TestDatabase;
  connection?: 'socket' | 'http';
  /** How to start one; or one that outlives this bot. */
  slack?: LocalSlackOptions | LocalSlack;
  clock?: Clock;
  environment?: Record<string, string>;
  /** An admin has been through the first steps; default true. */
  isSetUp?: boolean;
}

export interface TestBot {
  slack: LocalSlack;
  db: Db;
  databaseUrl: string;
  workspace: Workspace;
  config: Config;
  clock: Clock;
  /** Where Slack's requests go over HTTP. */
  readonly eventsUrl: string;
  /** Every line logged so far. */
  readonly logged: { level: string; msg: string; [key: string]: unknown }[];
  /** Errors in the log are part of the story; otherwise each of them fails the test. */
  expectErrors(): void;
  /** Resolves when nothing is in flight any more. */
  settled(): Promise<void>;
  /** What the clock does, once. */
  tick(): Promise<void>;
  /** A channel's messages, without the bot's introduction when it was invited. */
  said(channel: string): Message[];
  setShoutoutChannel(channelSlackId: string | null): Promise<void>;
  /** Chooses for the workspace, as whoever runs the bot. Fails the test when it is refused. */
  choose(
    change: Partial<Choices>,
    people?: Pick<SettingsRequest, 'keeperSlackIds' | 'viewerSlackIds'>,
  ): Promise<void>;
  /** Keeps members and groups in step with Slack, a page at a time; nothing happens by itself. */
  syncs: Syncs;
  /** Another copy of the bot on the same database and the same Slack; it is stopped with the first. */
  another(): Promise<ShoutoutApp>;
  stop(): Promise<void>;
}

/** Each database and each connection, without the pair that would tell nothing new. */
export const ways = [
  ...databases.map(database => ({ database, name: database.name, connection: 'socket' as const })),
  ...databases.slice(0, 1).map(database => ({ database, name: database.name, connection: 'http' as const })),
];

/** Starts it all. Stop it with `stop()`, which fails when the log holds an error nobody expected. */
export async function startBot({
  database,
  connection = 'socket',
  slack: slackOrOptions = {},
  clock = stillClock(),
  environment,
  isSetUp = true,
}: BotOptions): Promise<TestBot> {
  const lentSlack = 'apiUrl' in slackOrOptions ? slackOrOptions : null;
  const lentStore = 'db' in database ? database : null;
  const [slack, store] = await Promise.all([
    lentSlack ?? startLocalSlack({ now: clock.now, eventRetriesAfterMs: [50, 100, 200], ...slackOrOptions }),
    'db' in database ? database : database.create(),
  ]);
  const logged: TestBot['logged'] = [];
  const log = createLog('debug', { write: line => void logged.push(JSON.parse(line)) });
  const config = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    ...(connection === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: store.url,
    ...environment,
  });
  const client = createClient(config, config.botToken);
  const identity = await identify(client);
  const workspace = await registerWorkspace(store.db, identity, clock.now());
  const apps: ShoutoutApp[] = [];
  const servers: Server[] = [];

  async function start(): Promise<ShoutoutApp> {
    const built = buildApp({
      config,
      db: store.db,
      log,
      now: clock.now,
      identity,
      workspace,
      paceMilliseconds: 0,
    });
    apps.push(built);
    const { receiver } = built;
    if (isHttp(receiver)) {
      const server = await startServer({
        port: 0,
        readiness: async () => [],
        toSlack: () => receiver.requestListener,
      });
      servers.push(server);
      slack.deliverOverHttp(`http://127.0.0.1:${portOf(server)}/slack/events`);
    } else {
      await receiver.start();
      await slack.waitForConnection();
    }
    return built;
  }

  const choose: TestBot['choose'] = async (change, people = {}) => {
    const named = [...(people.keeperSlackIds ?? []), ...(people.viewerSlackIds ?? [])];
    await lookUpMembers({ db: store.db, client, workspace }, named, clock.now());
    const request = { by: null, change, ...people, seenVersion: null };
    const outcome = await changeSettings(store.db, workspace, request, clock.now());
    if (outcome.kind !== 'changed') throw new Error(`The choice was not taken: ${JSON.stringify(outcome)}`);
  };

  if (isSetUp) await choose({ isSetUp });
  const first = await start();
  const chores = choresOf({ ...first, db: store.db, log, now: clock.now, workspaces: () => [workspace] });
  let errorsExpected = false;
  return {
    slack,
    db: store.db,
    databaseUrl: store.url,
    workspace,
    config,
    clock,
    get eventsUrl() {
      const [server] = servers;
      if (!server) throw new Error('The bot is not reached over HTTP.');
      return `http://127.0.0.1:${portOf(server)}/slack/events`;
    },
    logged,
    expectErrors: () => {
      errorsExpected = true;
    },
    settled: async () => {
      for (const { idle, outbox } of apps) {
        await idle();
        await outbox.idle();
      }
    },
    said: channel => slack.channel(channel).messages.filter(({ text }) => !text.startsWith("I'm here now.")),
    tick: async () => {
      for (const chore of chores) await chore.run();
    },
    setShoutoutChannel: shoutoutChannelId => choose({ shoutoutChannelId }),
    choose,
    syncs: first.syncs,
    another: start,
    stop: async () => {
      if (!lentSlack) slack.trouble.clear();
      for (const { receiver, drain } of apps) {
        if (!isHttp(receiver)) await receiver.stop();
        await drain();
      }
      await Promise.all(servers.map(closeServer));
      if (!lentSlack) await slack.stop();
      if (!lentStore) await store.drop();
      const errors = logged.filter(line => line.level === 'error' || line.level === 'fatal');
      if (errors.length > 0 && !errorsExpected) {
        throw new Error(
          `The log has errors nobody expected:\n${errors.map(line => JSON.stringify(line)).join('\n')}`,
        );
      }
    },
  };
}

function isHttp(receiver: HTTPReceiver | SocketModeReceiver): receiver is HTTPReceiver {
  return 'requestListener' in receiver;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
