// The files.* methods: room for an upload, and a message with what was uploaded.

import { readContent } from '../content.js';
import { type KeptFile, MOST_BYTES } from '../files.js';
import { isObject, textOf } from '../json.js';
import type { Platform } from '../platform.js';
import { explained, Refusal } from '../refusal.js';
import type { Channel, JsonObject } from '../things.js';
import { BOT } from '../world.js';
import { need, needScope, visibleChannel } from './reach.js';

/** Slack does not tell its own limit; this is what file systems take. */
const LONGEST_NAME = 255;

/**
 * An address to send the bytes to, and the file's id.
 * @see https://docs.slack.dev/reference/methods/files.getUploadURLExternal
 */
export function getUploadURLExternal(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'files:write');
  // Halves of characters cannot stand in an address.
  const name = Buffer.from(need(args, 'filename')).toString();
  if (name.length > LONGEST_NAME) {
    throw explained('invalid_arguments', [
      `must be at most ${LONGEST_NAME} characters [json-pointer:/filename]`,
    ]);
  }
  const { length: given } = args;
  if (given === undefined) throw explained('invalid_arguments', ['missing required field: length']);
  // Forms hold numbers as text.
  const length = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
    throw explained('invalid_arguments', ['must be an integer [json-pointer:/length]']);
  }
  // Slack takes a length of 0 for none.
  if (length === 0) throw new Refusal('missing_argument');
  if (length > MOST_BYTES) throw new Refusal('file_upload_size_restricted');
  const { id, url } = platform.files.announce(name, length);
  return { upload_url: url, file_id: id };
}

/**
 * Posts what was uploaded; without a channel the files stay with the bot.
 * @see https://docs.slack.dev/reference/methods/files.completeUploadExternal
 */
export function completeUploadExternal(platform: Platform, args: JsonObject): JsonObject {
  needScope(platform, 'files:write');
  const wanted = filesOf(platform, args.files);
  const channel = channelToShare(platform, args.channel_id);
  const { initial_comment: text, thread_ts, blocks } = args;
  const content = readContent({ text, thread_ts, blocks }, { textNeeded: false });
  // Only now: a refused call leaves the files as they were.
  const files = wanted.map(({ file, title }) => platform.files.share(file, title));
  if (channel !== undefined) platform.workspace.post(channel.id, BOT.userId, { ...content, files });
  return { files };
}

function filesOf(platform: Platform, given: unknown): { file: KeptFile; title: string }[] {
  if (given === undefined) throw explained('invalid_arguments', ['missing required field: files']);
  if (!Array.isArray(given) || given.length === 0 || !given.every(isObject)) {
    throw explained('invalid_arguments', ['must be a list of files [json-pointer:/files]']);
  }
  const ids = given.map(each => need(each, 'id'));
  if (new Set(ids).size < ids.length) {
    throw explained('invalid_arguments', ['must not name a file twice [json-pointer:/files]']);
  }
  return given.map(each => {
    const file = platform.files.uploaded(need(each, 'id'));
    return { file, title: textOf(each.title) || file.name };
  });
}

/**
 * The conversation, which has to have the bot in it. Unlike `chat.postMessage`, Slack takes neither a name nor a
 * person's id here: for a direct message it wants the `D…` id, as `conversations.open` gives it.
 */
function channelToShare(platform: Platform, given: unknown): Channel | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string' || !/^[CGDZ][A-Z0-9]+$/.test(given)) {
    const fault = 'input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]';
    throw explained('invalid_arguments', [fault]);
  }
  const channel = visibleChannel(platform, given);
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.includes(BOT.userId)) throw new Refusal('not_in_channel');
  return channel;
}
