// Builds the Bolt app: who a payload belongs to, when it is acknowledged, and what happens when a listener fails.
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { boltLogger } from './log.js';
import type { Workspace } from './model.js';
import { tell } from './slack/answer.js';
import type { Bot } from './slack/bot.js';
import { clientOptions, createClient } from './slack/client.js';
import { reportFailure, rootOf } from './slack/errors.js';
import type { Identity } from './slack/identity.js';
import { registerListeners } from './slack/listeners.js';
import { unknownCommand } from './slack/messages/help.js';
import type { Message } from './slack/messages/parts.js';
import { createOutbox, type Outbox } from './slack/post/outbox.js';
import { keepConnected } from './slack/socket.js';
import { createSyncs, type Syncs } from './slack/sync/syncs.js';
import { answerView } from './slack/views.js';
import type { Db } from './store/db.js';

export interface BuildOptions {
  config: Config;
  db: Db;
  log: Logger;
  now: () => Date;
  /** Whose token it is, and the workspace it was registered as. */
  identity: Identity;
  workspace: Workspace;
  /** Between two messages in one channel; default 1,000. */
  paceMilliseconds?: number;
}

/** A payload of a workspace that has not installed the bot. It is acknowledged, and nothing is done with it. */
class UnknownWorkspace extends Error {
  override readonly name = 'UnknownWorkspace';
}

/** Slack's largest payloads are views of 250 kB, encoded. */
const largestBody = 1_048_576;
/** How long a bot that stops goes on sending what was waiting. */
const lastPostsMilliseconds = 3000;

export interface ShoutoutApp {
  app: App;
  receiver: SocketModeReceiver | HTTPReceiver;
  outbox: Outbox;
  /** Whether Slack can reach us: over a socket, while one is open. Over HTTP nobody can tell, and it counts as yes. */
  isConnected(): boolean;
  syncs: Syncs;
  /** Resolves when no payload is being handled. */
  idle(): Promise<void>;
  /** Resolves when no payload is being handled and nothing is being sent. Whatever is left is planned in the database. */
  drain(): Promise<void>;
}

/** Builds the bot on an open, migrated database. Nothing is connected before `receiver` is started. */
export function buildApp({
  config,
  db,
  log,
  now,
  identity,
  workspace,
  paceMilliseconds,
}: BuildOptions): ShoutoutApp {
  const logger = boltLogger(log);
  const receiver = receiverFor(config, log);
  const client = createClient(config, config.botToken, logger);
  const workspaces = () => [{ workspace, client }];
  const syncs = createSyncs({ db, log, now, workspaces });
  const outbox = createOutbox({
    db,
    log,
    commands: config.commands,
    now,
    workspaces,
    ...(paceMilliseconds === undefined ? {} : { paceMilliseconds }),
  });

  const app = new CarefulApp({
    receiver,
    logger,
    clientOptions: { ...clientOptions(config), logger },
    convoStore: false,
    extendedErrorHandler: true,
    authorize: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      const isOurs = isEnterpriseInstall
        ? enterpriseId === workspace.slackId
        : teamId === identity.teamSlackId;
      if (!isOurs)
        throw new UnknownWorkspace('A payload came from a workspace that has not installed this bot.');
      return { botToken: config.botToken, botId: identity.botId, botUserId: identity.botSlackId, workspace };
    },
  });
  const bot: Bot = {
    db,
    log,
    now,
    commands: config.commands,
    outbox,
    responseHosts: new Set(['hooks.slack.com', 'hooks.slack-gov.com', new URL(config.slackApiUrl).host]),
  };
  app.failed = (error, event) => reportFailure(bot, error, factsOf(event));
  app.unanswered = command => {
    log.warn(
      { command },
      'The manifest has a command that SHOUTOUT_COMMAND and RECOGNITION_COMMAND do not name.',
    );
    return { response_type: 'ephemeral', ...unknownCommand(command, config.commands) };
  };
  app.tell = async ({ body }, message) => {
    const responseUrl: unknown = body.response_url;
    const memberSlackId: unknown = body.user_id ?? body.user?.id;
    if (typeof memberSlackId !== 'string') return;
    await tell(
      { bot, client, memberSlackId, responseUrl: typeof responseUrl === 'string' ? responseUrl : null },
      message,
    );
  };
  app.error(async ({ error }: { error: Error }) => {
    if (isUnknownWorkspace(error))
      log.warn('A payload came from a workspace that has not installed this bot; nothing was done.');
    // Swallowed here, Bolt would acknowledge an event whose listener failed, and Slack would never send it again.
    else throw rootOf(error);
  });
  registerListeners(app, bot);

  return {
    app,
    receiver,
    outbox,
    isConnected: () => !('client' in receiver) || receiver.client.websocket?.isActive() === true,
    syncs,
    idle: () => app.idle(),
    drain: async () => {
      await Promise.all([app.idle(), syncs.stop()]);
      // What was recorded a moment ago goes out now; a long queue waits in the database.
      await Promise.race([outbox.idle(), sleep(lastPostsMilliseconds)]);
      await outbox.stop();
    },
  };
}

function isUnknownWorkspace(error: unknown): boolean {
  return (
    error instanceof UnknownWorkspace ||
    (error instanceof Error && 'original' in error && isUnknownWorkspace(error.original))
  );
}

function receiverFor({ connection, slackApiUrl }: Config, log: Logger): SocketModeReceiver | HTTPReceiver {
  const logger = boltLogger(log);
  if (connection.kind === 'http') {
    return new HTTPReceiver({
      signingSecret: connection.signingSecret,
      endpoints: '/slack/events',
      logger,
      bodyLimit: largestBody,
      // Answering on a connection that was hung up does not fail, so whoever answers has to look.
      customPropertiesExtractor: request => ({ isConnectionOpen: () => !request.socket.destroyed }),
      // Our own server asks first whether it is for Slack at all.
      dispatchErrorHandler: ({ response }) => {
        response.writeHead(404).end();
      },
    });
  }
  const receiver = new SocketModeReceiver({
    appToken: connection.appToken,
    logger,
    // A machine that is busy for a moment has not lost its link.
    clientPingTimeout: 5000,
    autoReconnectEnabled: false,
    installerOptions: {
      // These retries are those of connecting: they never end, or the bot would stay silent after a long outage.
      clientOptions: {
        slackApiUrl,
        retryConfig: { forever: true, factor: 1.3, minTimeout: 200, maxTimeout: 5000 },
      },
    },
  });
  keepConnected(receiver.client, log);
  return receiver;
}

/**
 * Bolt acknowledges events before listeners have run, and a crash or a failure then loses them. Here an event is
 * acknowledged when its listeners are done; one that failed is not, so that Slack sends it again. A command or form that
 * failed unacknowledged is answered in words. And it knows what is under way, which `app.stop()` does not wait for.
 */
class CarefulApp extends App {
  readonly #underway = new Set<Promise<void>>();
  /** Logs a failure; returns what to tell the person. */
  failed: (error: unknown, event: ReceiverEvent) => Message = error => {
    throw error;
  };
  /** What to answer to a command that no listener has. */
  unanswered: (command: string) => object = () => ({});
  /** Tells the person behind an acknowledged payload. Never throws. */
  tell: (event: ReceiverEvent, message: Message) => Promise<void> = async () => undefined;

  override async processEvent(event: ReceiverEvent): Promise<void> {
    const work = this.#process(event);
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.#underway.add(settled);
    try {
      await work;
    } finally {
      this.#underway.delete(settled);
    }
  }

  async idle(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  async #process(event: ReceiverEvent): Promise<void> {
    if (event.body.type === 'event_callback' && event.body.event?.type !== 'function_executed') {
      try {
        await super.processEvent({ ...event, ack: async () => undefined });
      } catch (error) {
        this.failed(error, event);
        throw error;
      }
      await event.ack();
      return;
    }
    let acknowledged = false;
    const ack: ReceiverEvent['ack'] = async response => {
      acknowledged = true;
      await event.ack(response);
    };
    try {
      await super.processEvent({ ...event, ack });
      const command: unknown = event.body.command;
      if (typeof command === 'string' && !acknowledged) await ack(this.unanswered(command));
    } catch (error) {
      const message = this.failed(error, event);
      if (acknowledged) await this.tell(event, message);
      else await event.ack(acknowledgement(event, message));
    }
  }
}

/** A form takes its words as a view; everything else as a message. */
function acknowledgement({ body }: ReceiverEvent, message: Message) {
  if (body.type === 'view_submission') return { response_action: 'update', view: answerView(message) };
  return body.command ? { response_type: 'ephemeral', ...message } : undefined;
}

/** What the log may know of a payload: which kind, and whose; nothing that was typed. */
function factsOf({ body }: ReceiverEvent): Record<string, string | undefined> {
  const kind: unknown = body.event?.type ?? body.command ?? body.type;
  const team: unknown = body.team_id ?? body.team?.id;
  return {
    payload: typeof kind === 'string' ? kind : undefined,
    team: typeof team === 'string' ? team : undefined,
  };
}
