// Asks Slack where a lead may read: which channels are public, and which private ones they are in.
import { SlackError, type WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import type { BriefAudience } from '../../recognition/briefs/contents.js';
import { lookUpChannel } from '../lookup.js';

const pageSize = 1000;
const mostPages = 20;
/** How long an answer serves: many leads' briefs are due in the same minute, and ask about the same channels. */
const freshMilliseconds = 10 * 60 * 1000;

interface Platform {
  client: WebClient;
  workspace: Workspace;
}

/** Where Slack does not say, less is told. Never throws for Slack's sake. */
export async function lookUpBriefAudience(
  platform: Platform,
  { channelIds, leadSlackId }: { channelIds: string[]; leadSlackId: string },
  now: Date,
): Promise<BriefAudience> {
  const { client, workspace } = platform;
  const audience: BriefAudience = { openChannelIds: [], ownChannelIds: [] };
  await Promise.all(
    channelIds.map(async id => {
      const facts = await lookUpChannel(client, workspace, id, now);
      if (facts?.isPrivate === false) audience.openChannelIds.push(id);
      else if (facts && (await membersOf(platform, id, now))?.has(leadSlackId))
        audience.ownChannelIds.push(id);
    }),
  );
  return audience;
}

const lists = new WeakMap<Workspace, Map<string, { memberIds: Set<string>; askedAt: Date }>>();

/** The Slack ids of everyone in a channel; null: Slack did not say. */
async function membersOf(
  { client, workspace }: Platform,
  channelSlackId: string,
  now: Date,
): Promise<Set<string> | null> {
  const known = lists.get(workspace) ?? new Map<string, { memberIds: Set<string>; askedAt: Date }>();
  lists.set(workspace, known);
  for (const [id, { askedAt }] of known) {
    const age = now.getTime() - askedAt.getTime();
    if (age < 0 || age >= freshMilliseconds) known.delete(id);
  }
  const before = known.get(channelSlackId);
  if (before) return before.memberIds;
  const memberIds = await askForMembers(client, channelSlackId);
  if (memberIds) known.set(channelSlackId, { memberIds, askedAt: now });
  return memberIds;
}

/** @see https://docs.slack.dev/reference/methods/conversations.members */
async function askForMembers(client: WebClient, channel: string): Promise<Set<string> | null> {
  const memberIds = new Set<string>();
  try {
    let cursor = '';
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await client.conversations.members({
        channel,
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      });
      for (const id of answer.members ?? []) memberIds.add(id);
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (!cursor) return memberIds;
    }
    return null;
  } catch (error) {
    if (error instanceof SlackError) return null;
    throw error;
  }
}
