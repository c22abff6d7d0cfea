// The control interface over HTTP, for other processes: act as a member and look at what people see, in JSON.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, objectOf, parseJson, textOf, textsOf } from './json.js';
import type { Actor, ClickTarget, LocalSlack } from './local-slack.js';
import type { JsonObject } from './things.js';
import { bodyOf } from './web-api/call.js';

type Handler = (slack: LocalSlack, body: JsonObject) => unknown;

/** `GET /control/<what>`, arguments in the query. */
const LOOKS: Readonly<Record<string, Handler>> = {
  world: slack => ({ ...slack.world, connections: slack.connections }),
  channel: (slack, { channel }) => {
    const { messages, all: _, ...known } = slack.channel(String(channel));
    return { ...known, messages };
  },
  direct: (slack, { as }) => slack.directMessages(String(as)),
  ephemerals: (slack, { as, channel }) => actor(slack, as).ephemerals(textOf(channel)),
  notifications: (slack, { as }) => actor(slack, as).notifications,
  view: (slack, { as }) => actor(slack, as).view ?? null,
  home: (slack, { as }) => actor(slack, as).home ?? null,
  calls: slack => slack.calls,
  deliveries: slack => slack.deliveries,
};

/** `POST /control/<what>`, arguments as a JSON object; `as` is the acting person's id. */
const DEEDS: Readonly<Record<string, Handler>> = {
  command: (slack, { as, command, text, channel, raw }) =>
    actor(slack, as).command(String(command), textOf(text) ?? '', {
      ...(typeof channel === 'string' ? { channel } : {}),
      raw: raw === true,
    }),
  click: (slack, { as, ts, view, home, action_id, block_id, value }) => {
    const choice = {
      ...(typeof block_id === 'string' ? { blockId: block_id } : {}),
      ...(typeof value === 'string' ? { value } : Array.isArray(value) ? { value: textsOf(value) } : {}),
    };
    return actor(slack, as).click(
      target(slack, actor(slack, as), { ts, view, home }),
      String(action_id),
      choice,
    );
  },
  fill: (slack, { as, values }) => {
    actor(slack, as).fill(fillings(values));
    return actor(slack, as).view;
  },
  submit: (slack, { as }) => actor(slack, as).submit(),
  close: (slack, { as, all }) => actor(slack, as).close({ all: all === true }),
  say: (slack, { as, channel, text, thread_ts }) =>
    actor(slack, as).say(String(channel), String(text), typeof thread_ts === 'string' ? { thread_ts } : {}),
  react: (slack, { as, channel, ts, name }) =>
    actor(slack, as).react(String(channel), String(ts), String(name)),
  unreact: (slack, { as, channel, ts, name }) =>
    actor(slack, as).unreact(String(channel), String(ts), String(name)),
  open_home: (slack, { as }) => actor(slack, as).openHome(),
  message_shortcut: (slack, { as, callback_id, channel, ts }) =>
    actor(slack, as).messageShortcut(String(callback_id), String(channel), String(ts)),
  global_shortcut: (slack, { as, callback_id }) => actor(slack, as).globalShortcut(String(callback_id)),
  invite: (slack, { channel, user }) => slack.invite(String(channel), String(user)),
  kick: (slack, { channel, user }) => slack.kick(String(channel), String(user)),
  event: (slack, { event }) => {
    const given = objectOf(event);
    return slack.emitEvent({ ...given, type: String(given.type) });
  },
  trouble: (slack, body) => stir(slack, body),
};

/**
 * Serves paths under `/control/`; returns false for any other. Only JSON requests from this machine that no web page
 * elsewhere could have made: a foreign Host or Origin is refused, and so is a POST without a JSON content type.
 */
export function controlServer(slack: LocalSlack) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
    const name = /^\/control\/(\w+)$/.exec(path)?.[1];
    if (name === undefined) return false;
    const answer = (status: number, body: unknown): true => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body ?? null));
      return true;
    };
    if (!isLocal(request)) return answer(403, { error: 'only from this machine' });
    const handler = (request.method === 'GET' ? LOOKS : DEEDS)[name];
    if (handler === undefined)
      return answer(404, { error: `there is no ${request.method} /control/${name}` });
    try {
      return answer(200, await handler(slack, await argsOf(request)));
    } catch (error) {
      return answer(400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

async function argsOf(request: IncomingMessage): Promise<JsonObject> {
  if (request.method === 'GET') {
    return Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  }
  const type = request.headers['content-type'] ?? '';
  const body = type.startsWith('application/json') ? parseJson((await bodyOf(request)) || '{}') : undefined;
  if (!isObject(body)) throw new Error('send a JSON object, with content-type application/json');
  return body;
}

/** True for a request that no web page elsewhere could have made. */
export function isLocal(request: IncomingMessage): boolean {
  const local = /^(127\.0\.0\.1|localhost)(:\d+)?$/;
  const { host = '', origin } = request.headers;
  return local.test(host) && (origin === undefined || local.test(origin.replace(/^https?:\/\//, '')));
}

function actor(slack: LocalSlack, as: unknown): Actor {
  return slack.as(String(as));
}

/** The thing with that ts (a message or an ephemeral), the modal on top, or the home tab. */
function target(slack: LocalSlack, who: Actor, { ts, view, home }: JsonObject): ClickTarget {
  if (view === true && who.view !== undefined) return { view: who.view };
  if (home === true && who.home !== undefined) return { home: who.home };
  const ephemeral = who.ephemerals().find(each => each.ts === ts);
  if (ephemeral !== undefined) return { ephemeral };
  for (const { id } of slack.world.channels) {
    const message = slack.channel(id).messages.find(each => each.ts === ts);
    if (message !== undefined) return { message };
  }
  throw new Error('there is nothing of that kind to click');
}

function fillings(values: unknown): Record<string, Record<string, string | string[]>> {
  const filled: Record<string, Record<string, string | string[]>> = {};
  for (const [blockId, actions] of Object.entries(objectOf(values))) {
    filled[blockId] = Object.fromEntries(
      Object.entries(objectOf(actions)).map(([id, value]) => [
        id,
        Array.isArray(value) ? textsOf(value) : String(value),
      ]),
    );
  }
  return filled;
}

function stir({ trouble }: LocalSlack, body: JsonObject): JsonObject {
  const method = String(body.method ?? '');
  const times =
    typeof body.times === 'number'
      ? { times: body.times }
      : body.times === 'always'
        ? { times: Infinity }
        : {};
  const { kind } = body;
  if (kind === 'rate_limit')
    trouble.rateLimit(method, { retryAfter: Number(body.retry_after ?? 1), ...times });
  else if (kind === 'server_error')
    trouble.serverError(method, { status: Number(body.status ?? 503), ...times });
  else if (kind === 'fail') trouble.fail(method, String(body.error), times);
  else if (kind === 'slow') trouble.slow(method, Number(body.ms ?? 5000), times);
  else if (kind === 'lose_answer') trouble.loseAnswer(method, times);
  else if (kind === 'lose_request') trouble.loseRequest(method, times);
  else if (kind === 'drop_sockets') trouble.dropSockets();
  else if (kind === 'refuse_sockets')
    trouble.refuseSockets(body.count === undefined ? true : Number(body.count));
  else if (kind === 'recycle_socket') trouble.recycleSocket();
  else if (kind === 'clear') trouble.clear();
  else throw new Error(`there is no trouble of the kind ${String(kind)}`);
  return { ok: true };
}
