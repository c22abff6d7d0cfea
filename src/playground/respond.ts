// Messages that come as an answer: through a response URL, or as the body of an acknowledgement.

import { readContent } from './content.js';
import { isObject, isTrue } from './json.js';
import type { Platform } from './platform.js';
import { Refusal } from './refusal.js';
import type { Ephemeral, JsonObject } from './things.js';
import { BOT } from './world.js';

/**
 * A post to a response URL: a new message, or the change or removal of what was clicked. A command's URL has nothing
 * to replace: Slack posts a new message then, whatever the documentation lets one hope. Throws a Refusal.
 * @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function respond(platform: Platform, path: string, body: JsonObject): void {
  const { workspace } = platform;
  const deletes = isTrue(body.delete_original);
  const content =
    deletes && body.text === undefined && body.blocks === undefined ? undefined : readContent(body);
  const url = platform.responseUrls.use(path);
  const { origin } = url;
  const replaces = isTrue(body.replace_original) && origin !== undefined;
  if (deletes && origin !== undefined) {
    if (isMessage(origin)) workspace.remove(origin);
    else workspace.hide(origin);
  }
  if (content === undefined) return;
  if (replaces && !deletes) {
    if (isMessage(origin)) workspace.edit(origin, { ...content, blocks: content.blocks ?? [] });
    else if (workspace.ephemerals.includes(origin)) workspace.rewrite(origin, content);
    return;
  }
  const placed = url.thread_ts === undefined ? content : { thread_ts: url.thread_ts, ...content };
  if (body.response_type === 'in_channel') workspace.post(url.channel, BOT.userId, placed);
  else workspace.whisper(url.channel, url.user, placed, 'response_url');
}

/**
 * The body of a command's acknowledgement, shown to the person or posted in the channel. Returns what only the person
 * sees. Throws a Refusal when Slack would not take it.
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands#responding_to_commands
 */
export function showAcknowledgement(
  platform: Platform,
  where: { channel: string; user: string },
  body: unknown,
): Ephemeral | undefined {
  const given = typeof body === 'string' ? { text: body } : body;
  if (given === undefined || given === null) return undefined;
  if (!isObject(given)) throw new Refusal('invalid_command_response');
  if (Object.keys(given).length === 0) return undefined;
  const content = readContent(given);
  if (given.response_type === 'in_channel') {
    platform.workspace.post(where.channel, BOT.userId, content);
    return undefined;
  }
  return platform.workspace.whisper(where.channel, where.user, content, 'acknowledgement');
}

function isMessage<T extends object>(origin: T): origin is Exclude<T, Ephemeral> {
  return 'deleted' in origin;
}
