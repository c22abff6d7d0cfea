// A message as an app sends it, whichever way: checked against Slack's limits and completed as Slack completes it.

import { randomBytes } from 'node:crypto';
import { isObject, objectOf, objectsOf, textOf } from './json.js';
import { faultsOfMessageBlocks, interactives } from './limits/blocks.js';
import { explained, Refusal } from './refusal.js';
import type { JsonObject } from './things.js';
import type { Content } from './workspace.js';

/**
 * The content of a message's arguments. Throws a Refusal: `no_text`, `msg_too_long`, `invalid_blocks`,
 * `invalid_blocks_format`, `invalid_metadata_format`, `metadata_too_large`, `invalid_thread_ts`.
 * @param maxText 40,000 characters, 4,000 for `chat.update`
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function readContent(args: JsonObject, { maxText = 40_000, textNeeded = true } = {}): Content {
  const content: Content = { text: '' };
  const text = args.text ?? args.markdown_text;
  if (text !== undefined && text !== null) {
    if (typeof text !== 'string')
      throw explained('invalid_arguments', ['must be a string [json-pointer:/text]']);
    if (text.length > maxText) throw new Refusal('msg_too_long');
    content.text = text;
  }
  if (args.blocks !== undefined && args.blocks !== null) {
    if (!Array.isArray(args.blocks) || !args.blocks.every(isObject))
      throw new Refusal('invalid_blocks_format');
    const faults = faultsOfMessageBlocks(args.blocks);
    if (faults.length > 0) throw explained('invalid_blocks', faults);
    content.blocks = withIds(args.blocks);
  }
  const hasBlocks = (content.blocks?.length ?? 0) > 0 || objectsOf(args.attachments).length > 0;
  if (textNeeded && content.text === '' && !hasBlocks) throw new Refusal('no_text');
  if (args.metadata !== undefined && args.metadata !== null) content.metadata = readMetadata(args.metadata);
  const thread = textOf(args.thread_ts);
  if (thread !== undefined && thread !== '') {
    if (!/^\d{10}\.\d{6}$/.test(thread)) throw new Refusal('invalid_thread_ts');
    content.thread_ts = thread;
  }
  return content;
}

/** @see https://docs.slack.dev/messaging/message-metadata */
function readMetadata(value: unknown): JsonObject {
  const metadata = objectOf(value);
  const empty = isObject(value) && Object.keys(value).length === 0;
  if (!empty && (typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload))) {
    throw new Refusal('invalid_metadata_format');
  }
  if (JSON.stringify(metadata).length > 8000) throw new Refusal('metadata_too_large');
  return metadata;
}

/** A copy of the blocks in which every block and interactive element has an id, as Slack gives them. */
export function withIds(blocks: readonly unknown[]): JsonObject[] {
  const copy = objectsOf(structuredClone(blocks));
  for (const block of copy) {
    block.block_id ??= randomBytes(4).toString('base64url').slice(0, 5);
    for (const element of interactives(block)) {
      element.action_id ??= randomBytes(4).toString('base64url').slice(0, 5);
    }
  }
  return copy;
}
