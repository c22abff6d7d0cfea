// Shout-outs by reaction: what an emoji put on or taken off comes to.
import type { CompanyValue, Member, MessagePointer, ReactionEvent, Shoutout, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import type { NewShoutout } from '../store/insert-shoutouts.js';
import { claimNudge, claimQuestion, listMembers, markUnasked } from '../store/members.js';
import {
  findAnnounced,
  findByKey,
  findEffect,
  markBoost,
  markReaction,
  type ReactionResult,
} from '../store/reactions.js';
import { findSettings } from '../store/settings.js';
import { listValues } from '../store/values.js';
import { dateOf, dayStart, zoneAmong } from './calendar.js';
import { mayChoose } from './members.js';
import { isGranted, may, rolesOf } from './permissions.js';
import type { ReactionRefusal } from './refusal.js';
import { reactionRefusal, whereThereAreValues } from './rules/giving.js';
import { recipientOf } from './rules/people.js';
import { generalEmoji } from './rules/values.js';

const nudgeMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** What a reaction would do, by its emoji and its message, before anything is looked up. */
export type Meaning =
  | { kind: 'gives'; value: CompanyValue | null }
  | { kind: 'boosts'; shoutout: Shoutout }
  /** It is taken back, whatever its emoji means by now. */
  | { kind: 'takesBack'; effect: string };

/**
 * What a reaction means here; null: nothing, so that nobody need be looked up and nothing is kept.
 * @param canonical - one name for all aliases and skin tones of an emoji
 */
export async function meaningOf(
  db: Db,
  workspace: Workspace,
  event: ReactionEvent,
  canonical: (name: string) => string,
): Promise<Meaning | null> {
  const effect = event.isOn ? null : await findEffect(db, workspace.id, event);
  if (effect) return { kind: 'takesBack', effect };
  const [values, settings] = await Promise.all([
    listValues(db, workspace.id),
    findSettings(db, workspace.id),
  ]);
  const value = values.find(one => canonical(one.emoji) === event.emoji) ?? null;
  if (!value && event.emoji !== generalEmoji) return null;
  const { channelSlackId, ts } = event.message;
  if (settings.uncountedEmoji.includes(event.emoji)) return null;
  if (settings.uncountedChannelIds.includes(channelSlackId)) return null;
  const isOurs = event.authorSlackId === null || event.authorSlackId === workspace.botSlackId;
  const shoutout = isOurs ? await findAnnounced(db, workspace.id, { channelSlackId, ts }) : null;
  return shoutout ? { kind: 'boosts', shoutout } : { kind: 'gives', value };
}

export type ReactionOutcome = ReactionResult | { kind: 'refused'; reason: ReactionRefusal };

/**
 * Gives the shout-out that a reaction stands for, or takes it back. Safe to repeat, and in any order: what happened last
 * by Slack's clock holds.
 */
export async function applyReaction(
  db: Db,
  workspace: Workspace,
  {
    event,
    value,
    giver,
    author,
  }: { event: ReactionEvent; value: CompanyValue | null; giver: Member; author: Member | null },
  now: Date,
): Promise<ReactionOutcome> {
  const settings = await findSettings(db, workspace.id);
  const values = value ? [value] : await listValues(db, workspace.id);
  const refused = reactionRefusal({ author, giver, value }, whereThereAreValues(settings, values));
  if (!author || refused) return { kind: 'refused', reason: refused ?? 'bot' };
  const requestKey = keyOf(event, value?.id ?? '');
  const { place } = event;
  const shoutout: NewShoutout = {
    workspaceId: workspace.id,
    teamSlackId: event.teamSlackId,
    requestKey,
    giver,
    recipients: [recipientOf(author)],
    values: value ? [value] : [],
    groups: [],
    message: '',
    impact: '',
    visibility: 'public',
    channelSlackId: place.kind === 'channel' ? place.channelSlackId : null,
    isPlacePrivate: place.kind === 'direct' || place.isPrivate,
    about: event.message,
    source: 'reaction',
    givenAt: now,
    posts: [],
    limit: { most: settings.dailyLimit, since: dayStart(now, zoneAmong(giver.timeZone, settings.timeZone)) },
    askIfSameSince: null,
  };
  const mark = { ...event, workspaceId: workspace.id, effect: `${givesPrefix}${requestKey}` };
  const about = { requestKey, shoutout, memberIds: [giver.id, author.id] };
  const result = await markReaction(db, mark, about, now);
  return result.kind === 'overLimit' ? { kind: 'refused', reason: 'dailyLimit' } : result;
}

/** Takes back what a reaction gave or boosted. Safe to repeat, and in any order. */
export async function takeBack(
  db: Db,
  workspace: Workspace,
  { event, effect }: { event: ReactionEvent; effect: string },
  now: Date,
): Promise<ReactionResult> {
  const mark = { ...event, workspaceId: workspace.id, effect };
  if (!effect.startsWith(givesPrefix)) {
    await markBoost(db, mark);
    return { kind: 'nothing' };
  }
  const requestKey = effect.slice(givesPrefix.length);
  const shoutout = await findByKey(db.read, workspace.id, requestKey);
  const memberIds = shoutout ? [shoutout.giver.id, ...shoutout.recipients.map(one => one.id)] : [];
  return markReaction(db, mark, { requestKey, shoutout: null, memberIds }, now);
}

const givesPrefix = 'shoutout:';

/** A counting reaction on an announcement, if it is one for `by` to boost. @param about - `by`: null: nobody Slack knows */
export async function applyBoost(
  db: Db,
  workspace: Workspace,
  { event, shoutout, by }: { event: ReactionEvent; shoutout: Shoutout; by: Member | null },
): Promise<void> {
  if (!isGranted(may('boost', rolesOf(by, { shoutout })))) return;
  await markBoost(db, { ...event, workspaceId: workspace.id, effect: `boost:${shoutout.id}` });
}

/** One for all names of an emoji: the shout-out of this giver, message and value. */
function keyOf({ message, memberSlackId }: ReactionEvent, valueId: string): string {
  return `reaction:${message.channelSlackId}:${message.ts}:${memberSlackId}:${valueId}`;
}

/** Whether the giver may be asked for a reason now: three times on a day of theirs, unless they want none of it. */
export function mayAskWhy(db: Db, workspace: Workspace, giver: Member, now: Date): Promise<boolean> {
  const day = dateOf(now, zoneAmong(giver.timeZone));
  return claimQuestion(db, workspace.id, { memberId: giver.id, day });
}

/** They are asked no more. Returns why not, or null. */
export async function stopAsking(
  db: Db,
  workspace: Workspace,
  memberSlackId: string,
): Promise<'outsider' | null> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (member && !mayChoose(member)) return 'outsider';
  await markUnasked(db, workspace.id, memberSlackId);
  return null;
}

/**
 * Whether to tell somebody why a reaction gave nothing: once a week for each reason. Where only a sentence is missing,
 * once for each message: they wanted to give a shout-out, and must know that it is not recorded.
 */
export function mayNudge(
  db: Db,
  workspace: Workspace,
  { member, reason, message }: { member: Member; reason: ReactionRefusal; message: MessagePointer },
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - nudgeMilliseconds);
  const about = reason === 'messageRequired' ? `:${message.channelSlackId}:${message.ts}` : '';
  return claimNudge(db, workspace.id, {
    memberId: member.id,
    reason: `reaction:${reason}${about}`,
    since,
    now,
  });
}
