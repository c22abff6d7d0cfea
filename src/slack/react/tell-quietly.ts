// Tells somebody who reacted, and who may not even be in the channel.

import { tell } from '../answer.js';
import type { Desk } from '../give/desk.js';
import type { Message } from '../messages/parts.js';

/** Between two direct messages of this kind to one person. */
const pauseMilliseconds = 60_000;

const lastTold = new WeakMap<object, Map<string, number>>();

/**
 * An ephemeral message in the channel, else, for somebody who is not in it, a direct one, at most one a minute:
 * what comes faster is left unsaid.
 */
export async function tellQuietly(
  {
    bot,
    client,
    workspace,
    memberSlackId,
    channelSlackId,
  }: Desk & { memberSlackId: string; channelSlackId: string },
  message: Message,
): Promise<void> {
  try {
    await client.chat.postEphemeral({ channel: channelSlackId, user: memberSlackId, ...message });
  } catch (error) {
    const told = lastTold.get(workspace) ?? new Map<string, number>();
    lastTold.set(workspace, told);
    const now = bot.now().getTime();
    const before = told.get(memberSlackId);
    if (before !== undefined && now - before < pauseMilliseconds && now >= before) return;
    for (const [slackId, at] of told) if (now - at >= pauseMilliseconds) told.delete(slackId);
    told.set(memberSlackId, now);
    bot.log.info({ err: error }, 'Somebody who reacted is told by direct message.');
    await tell({ bot, client, responseUrl: null, memberSlackId }, message);
  }
}
