// The channel that the first steps propose for shout-outs.
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import type { Bot } from '../bot.js';
import { lookUpChannel } from '../lookup.js';

/** What a channel for this is often called. */
const fittingName = /shout-?out|kudos|praise|recognition|appreciat|thanks|thank-you|gratitude/i;
/** Of what a trigger lives, 3 s, this much may go into a proposal. */
const patienceMilliseconds = 1200;

/**
 * The Slack id of a channel whose name fits, else of the one where somebody asks, else of the general one. Null: none of
 * them, or Slack does not say in time. Only public ones that are nobody else's are proposed.
 * @param here - the conversation where somebody asks; null: none
 */
export async function suggestChannel(
  { bot, client, workspace }: { bot: Bot; client: WebClient; workspace: Workspace },
  here: string | null,
): Promise<string | null> {
  const asked = Promise.all([
    listPublic(client),
    here ? lookUpChannel(client, workspace, here, bot.now()) : null,
  ])
    .then(([channels, facts]) => {
      const isHereOpen = facts && !facts.trouble && !facts.isPrivate;
      return (
        channels.find(one => fittingName.test(one.name ?? ''))?.id ??
        (isHereOpen ? here : null) ??
        channels.find(one => one.is_general)?.id ??
        null
      );
    })
    .catch(() => null);
  return Promise.race([asked, sleep(patienceMilliseconds, null)]);
}

/** The first of them: a proposal need not look further. @see https://docs.slack.dev/reference/methods/conversations.list */
async function listPublic(client: WebClient) {
  const { channels = [] } = await client.conversations.list({
    types: 'public_channel',
    exclude_archived: true,
    limit: 200,
  });
  return channels.filter(one => !one.is_ext_shared && !one.is_pending_ext_shared);
}
