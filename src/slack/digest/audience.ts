// Asks Slack who reads a digest: which announcements everyone in its channel may know of, and who is in it.
import { SlackError, type WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import { channelsToLookUp } from '../../recognition/digests/contents.js';
import type { DigestAudience, DigestChoice } from '../../recognition/digests/digest.js';
import { knownMembers, saveMembers } from '../../recognition/members.js';
import type { Db } from '../../store/db.js';
import { lookUpChannel, lookUpMembers } from '../lookup.js';
import { profileOf } from '../profile.js';

/** Slack answers about fifty channels a minute, and others want to know something too. */
const mostChannels = 25;
const pageSize = 1000;
/** 100,000 people in a channel. */
const mostPages = 100;
/** Up to so many people Slack is asked about one by one; beyond that it lists everybody, some 20 pages a minute. */
const mostAskedAbout = 20;
const mostListPages = 15;
/** So many are kept in one transaction, for others wait meanwhile. */
const keptAtOnce = 100;

interface Platform {
  db: Db;
  client: WebClient;
  workspace: Workspace;
}

/** Which digest, and the channel that it goes to. */
type DigestFor = DigestChoice & { channelSlackId: string };

/** Everything that composing a digest wants to know of its readers. Where Slack does not say, less is told. Never throws for Slack's sake. */
export async function lookUpAudience(
  platform: Platform,
  digest: DigestFor,
  now: Date,
): Promise<DigestAudience> {
  return {
    ...(await lookUpReaders(platform, digest, now)),
    channelMemberIds: await lookUpChannelMembers(platform, digest.channelSlackId, now),
  };
}

/** The same, without who is in the channel. */
export async function lookUpReaders(
  { db, client, workspace }: Platform,
  digest: DigestFor,
  now: Date,
): Promise<Omit<DigestAudience, 'channelMemberIds'>> {
  const others = await channelsToLookUp(db, workspace, { ...digest, limit: mostChannels });
  const facts = await Promise.all(others.map(id => lookUpChannel(client, workspace, id, now)));
  return {
    channelSlackId: digest.channelSlackId,
    openChannelIds: others.filter((_, index) => facts[index]?.isPrivate === false),
  };
}

/**
 * The Slack ids of everyone in a channel, all of whom are then known here. Null: Slack did not say, or there are too many
 * that it has not told of yet.
 * @see https://docs.slack.dev/reference/methods/conversations.members
 */
export async function lookUpChannelMembers(
  platform: Platform,
  channelSlackId: string,
  now: Date,
): Promise<string[] | null> {
  try {
    const slackIds: string[] = [];
    let cursor = '';
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await platform.client.conversations.members({
        channel: channelSlackId,
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      });
      slackIds.push(...(answer.members ?? []));
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (!cursor) break;
    }
    if (cursor) return null;
    return (await areKnown(platform, slackIds, now)) ? slackIds : null;
  } catch (error) {
    // One line of the digest is not worth failing for.
    if (error instanceof SlackError) return null;
    throw error;
  }
}

/** Asks Slack about those never heard of. False: some are left. */
async function areKnown(platform: Platform, slackIds: string[], now: Date): Promise<boolean> {
  const { db, client, workspace } = platform;
  const unknown = new Set(slackIds);
  for (let from = 0; from < slackIds.length; from += pageSize) {
    const { members } = await knownMembers(db, workspace, slackIds.slice(from, from + pageSize), now);
    for (const { slackId } of members) unknown.delete(slackId);
  }
  if (unknown.size === 0) return true;
  if (unknown.size <= mostAskedAbout) {
    await lookUpMembers(platform, [...unknown], now);
    return true;
  }
  let cursor = '';
  for (let page = 0; page < mostListPages && unknown.size > 0; page += 1) {
    const answer = await client.users.list({ limit: pageSize, ...(cursor ? { cursor } : {}) });
    const profiles = (answer.members ?? []).flatMap(user =>
      user.id && unknown.delete(user.id) ? (profileOf(user, workspace) ?? []) : [],
    );
    for (let from = 0; from < profiles.length; from += keptAtOnce) {
      await saveMembers(db, workspace, profiles.slice(from, from + keptAtOnce), now);
    }
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!cursor) break;
  }
  // After the last page whoever is left is of another organisation, and not counted.
  return unknown.size === 0 || !cursor;
}
