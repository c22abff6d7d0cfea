// Tells a person privately in the conversation they are in, where there is no response URL.
import type { WebClient } from '@slack/web-api';
import { tell } from './answer.js';
import type { Bot } from './bot.js';
import type { Message } from './messages/parts.js';

/** An ephemeral message, else, where Slack does not take that, a direct one. Never throws. */
export async function tellHere(
  {
    bot,
    client,
    memberSlackId,
    channelSlackId,
    threadTs,
  }: {
    bot: Bot;
    client: WebClient;
    memberSlackId: string;
    channelSlackId: string;
    threadTs: string | undefined;
  },
  message: Message,
): Promise<void> {
  try {
    await client.chat.postEphemeral({
      channel: channelSlackId,
      user: memberSlackId,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      ...message,
    });
  } catch (error) {
    bot.log.info({ err: error }, 'An answer goes by direct message, for its conversation does not take it.');
    await tell({ bot, client, responseUrl: null, memberSlackId }, message);
  }
}
