// Asks Slack about people and channels that a request names.
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { ChannelTrouble, Group, Member, MemberProfile, NamedGroup, Workspace } from '../model.js';
import { knownMembers, saveMembers } from '../recognition/members.js';
import type { Db } from '../store/db.js';
import { profileOf } from './profile.js';

/** Answers that say there is nobody we could thank; everything else is a fault that may pass. */
const nobody = new Set(['user_not_found', 'user_not_visible', 'users_not_found']);

/**
 * Makes sure that what is known of these people is at most a day old. People whom Slack does not know are simply not in
 * the result. Where Slack does not answer, what was known before serves.
 *
 * @throws the client's error when Slack does not answer about somebody never seen before.
 * @see https://docs.slack.dev/reference/methods/users.info
 */
export async function lookUpMembers(
  { db, client, workspace }: { db: Db; client: WebClient; workspace: Workspace },
  slackIds: string[],
  now: Date,
): Promise<Member[]> {
  const { members, toFetch } = await knownMembers(db, workspace, slackIds, now);
  if (toFetch.length === 0) return members;
  const answers = await Promise.all(
    toFetch.map(async slackId => {
      try {
        return await askOnce(client, workspace, slackId, now);
      } catch (error) {
        if (members.some(member => member.slackId === slackId)) return null;
        throw error;
      }
    }),
  );
  const fetched = await keep(
    db,
    workspace,
    answers.filter(answer => answer !== null),
  );
  return [...members.filter(member => !fetched.some(one => one.slackId === member.slackId)), ...fetched];
}

interface Answer {
  /** Null: Slack knows nobody by this id. */
  profile: MemberProfile | null;
  askedAt: Date;
}

/** Each as of when Slack was asked: somebody else may have asked before. */
async function keep(db: Db, workspace: Workspace, answers: Answer[]): Promise<Member[]> {
  const kept = answers.map(({ profile, askedAt }) =>
    profile ? saveMembers(db, workspace, [profile], askedAt) : [],
  );
  return (await Promise.all(kept)).flat();
}

/** Questions to Slack that have no answer yet: whoever asks the same meanwhile gets the same answer. */
const asked = new WeakMap<Workspace, Map<string, Promise<Answer>>>();

function askOnce(client: WebClient, workspace: Workspace, slackId: string, now: Date): Promise<Answer> {
  const open = asked.get(workspace) ?? new Map<string, Promise<Answer>>();
  asked.set(workspace, open);
  const existing = open.get(slackId);
  if (existing) return existing;
  const answer = askSlack(client, workspace, slackId)
    .then(profile => ({ profile, askedAt: now }))
    .finally(() => open.delete(slackId));
  open.set(slackId, answer);
  return answer;
}

/** Null: Slack knows nobody by this id. */
async function askSlack(
  client: WebClient,
  workspace: Workspace,
  slackId: string,
): Promise<MemberProfile | null> {
  try {
    return profileOf((await client.users.info({ user: slackId })).user, workspace);
  } catch (error) {
    if (error instanceof WebAPIPlatformError && nobody.has(error.data.error)) return null;
    throw error;
  }
}

/**
 * The groups with their members as Slack lists them now, or why it does not.
 * @throws the client's error when Slack does not answer.
 * @see https://docs.slack.dev/reference/methods/usergroups.users.list
 */
export function lookUpGroups(client: WebClient, groups: Group[]): Promise<NamedGroup[]> {
  return Promise.all(
    groups.map(async (group): Promise<NamedGroup> => {
      try {
        const { users = [] } = await client.usergroups.users.list({ usergroup: group.slackId });
        return { ...group, memberSlackIds: users, trouble: null };
      } catch (error) {
        const reason = error instanceof WebAPIPlatformError ? error.data.error : null;
        if (reason === 'plan_upgrade_required' || reason === 'paid_teams_only') {
          return { ...group, memberSlackIds: [], trouble: 'needsPaidPlan' };
        }
        if (reason === 'no_such_subteam' || reason === 'subteam_not_found') {
          return { ...group, memberSlackIds: [], trouble: 'unknown' };
        }
        throw error;
      }
    }),
  );
}

/** What is known of a channel that something may be announced in. */
export interface ChannelFacts {
  /** A conversation of some people, which is no channel. */
  isDirect: boolean;
  isPrivate: boolean;
  /** Null where it is nobody else's business, or Slack does not say. */
  name: string | null;
  /** Why nothing should be announced there; null: it can be. */
  trouble: ChannelTrouble | null;
}

/** How long an answer about a channel serves. Should it change meanwhile, the outbox waits and the giver is told. */
const channelFreshMilliseconds = 10 * 60 * 1000;
const mostChannels = 10_000;

const channels = new WeakMap<Workspace, Map<string, { facts: ChannelFacts; askedAt: Date }>>();

/**
 * What Slack says of a channel; asked at most every ten minutes for each that is in order. Null: Slack did not say.
 * @see https://docs.slack.dev/reference/methods/conversations.info
 */
export async function lookUpChannel(
  client: WebClient,
  workspace: Workspace,
  slackId: string,
  now: Date,
): Promise<ChannelFacts | null> {
  const known = channels.get(workspace) ?? new Map<string, { facts: ChannelFacts; askedAt: Date }>();
  channels.set(workspace, known);
  const before = known.get(slackId);
  const age = before && now.getTime() - before.askedAt.getTime();
  if (before && age !== undefined && age >= 0 && age < channelFreshMilliseconds) return before.facts;
  const facts = await askAboutChannel(client, slackId);
  known.delete(slackId);
  // What is closed may be opened at any moment: nobody should wait ten minutes after an invitation.
  if (facts && !facts.trouble) {
    const [oldest] = known.keys();
    if (known.size >= mostChannels && oldest !== undefined) known.delete(oldest);
    known.set(slackId, { facts, askedAt: now });
  }
  return facts;
}

async function askAboutChannel(client: WebClient, slackId: string): Promise<ChannelFacts | null> {
  try {
    const { channel } = await client.conversations.info({ channel: slackId });
    if (!channel) return null;
    const isDirect =
      channel.is_mpim === true || channel.is_im === true || channel.name?.startsWith('mpdm-') === true;
    const isPrivate = channel.is_private === true || isDirect;
    const isShared = channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
    const isClosed = isPrivate && channel.is_member === false;
    const trouble = channel.is_archived ? 'archived' : isShared ? 'shared' : isClosed ? 'notMember' : null;
    return { isDirect, isPrivate, name: isPrivate ? null : (channel.name ?? null), trouble };
  } catch (error) {
    // So Slack calls a private channel that the bot is not in.
    const isHidden = error instanceof WebAPIPlatformError && error.data.error === 'channel_not_found';
    return isHidden ? { isDirect: false, isPrivate: true, name: null, trouble: 'notMember' } : null;
  }
}

/** What one person is at Slack now, for a right that may have been taken away a minute ago. @throws when Slack does not say. */
export async function lookUpNow(
  { db, client, workspace }: { db: Db; client: WebClient; workspace: Workspace },
  slackId: string,
  now: Date,
): Promise<Member> {
  const [member] = await keep(db, workspace, [await askOnce(client, workspace, slackId, now)]);
  if (!member) throw new Error('Slack does not know the person who asks.');
  return member;
}

/** So many channels in one sentence are looked up. */
const mostMentioned = 20;

/** Why something cannot be posted in channels that are chosen now; none: it can, or Slack does not say. */
export async function lookUpTroubles<Choice>(
  client: WebClient,
  workspace: Workspace,
  chosen: { choice: Choice; slackId: string | null | undefined }[],
  now: Date,
): Promise<{ choice: Choice; trouble: ChannelTrouble }[]> {
  const troubles = await Promise.all(
    chosen.map(async ({ choice, slackId }) => {
      const facts = slackId ? await lookUpChannel(client, workspace, slackId, now) : null;
      return facts?.trouble ? [{ choice, trouble: facts.trouble }] : [];
    }),
  );
  return troubles.flat();
}

/**
 * What to call the channels that a text mentions, by Slack id. A private one is not named, whatever Slack sent along:
 * its name is for its members. One that Slack does not tell of is left out.
 */
export async function lookUpChannelNames(
  client: WebClient,
  workspace: Workspace,
  slackIds: string[],
  now: Date,
): Promise<Map<string, string>> {
  const names = await Promise.all(
    slackIds.slice(0, mostMentioned).map(async (slackId): Promise<[string, string][]> => {
      const facts = await lookUpChannel(client, workspace, slackId, now);
      if (facts?.isPrivate) return [[slackId, 'private channel']];
      return facts?.name ? [[slackId, facts.name]] : [];
    }),
  );
  return new Map(names.flat());
}
