// Reactions, and the shout-outs that they give and take back.
import { v7 as uuid } from 'uuid';
import type { ReactionEvent, Shoutout } from '../model.js';
import { changeGathered, changeTold, refreshGathered } from './change-shoutouts.js';
import type { Db, Reader, Tx } from './db.js';
import { insertRows } from './insert-rows.js';
import {
  insertAll,
  lookBack,
  type NewPost,
  type NewShoutout,
  postRows,
  shoutoutOf,
} from './insert-shoutouts.js';
import { shoutoutColumns, shoutoutFrom } from './shoutouts.js';
import { tallyShoutouts } from './tallies.js';

export type ReactionResult =
  /** An event that is not the latest about it, or that changes nothing. */
  | { kind: 'nothing' }
  | { kind: 'given'; shoutout: Shoutout; isNew: boolean }
  | { kind: 'overLimit' }
  | { kind: 'withdrawn'; shoutout: Shoutout }
  /** The reaction is gone, and a reason was given: the giver decides. */
  | { kind: 'hasReason'; shoutout: Shoutout };

/** Which reaction, and what it is for. */
type Mark = Pick<ReactionEvent, 'isOn' | 'memberSlackId' | 'message' | 'name' | 'eventTs'> & {
  workspaceId: string;
  /** One for all names of an emoji. */
  effect: string;
};

/** What is known of a reaction from before; null: nothing. */
export async function findEffect(
  db: Db,
  workspaceId: string,
  { message, memberSlackId, name }: Pick<ReactionEvent, 'message' | 'memberSlackId' | 'name'>,
): Promise<string | null> {
  const row = await db.read.reaction.findFirst({
    where: {
      workspaceId,
      channelSlackId: message.channelSlackId,
      messageTs: message.ts,
      memberSlackId,
      name,
    },
    select: { effect: true },
  });
  return row?.effect ?? null;
}

/**
 * Keeps what Slack says of a reaction, and gives, revives or withdraws the shout-out that it stands for.
 * @param about - the shout-out's key; `shoutout`: to be given if there is none, null where a reaction is only taken back;
 *   `memberIds`: of those concerned, who are locked, so that one key is one shout-out
 */
export function markReaction(
  db: Db,
  mark: Mark,
  about: { requestKey: string; shoutout: NewShoutout | null; memberIds: string[] },
  now: Date,
): Promise<ReactionResult> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Member', about.memberIds);
    if (!(await keep(tx, mark))) return { kind: 'nothing' };
    const isOn = await isAnyOn(tx, mark);
    const { workspaceId } = mark;
    const before = await findByKey(tx, workspaceId, about.requestKey);
    if (!before) return isOn && about.shoutout ? give(tx, about.shoutout, now) : { kind: 'nothing' };
    if (isOn && before.withdrawnHow && before.withdrawnHow !== 'removed') return revive(db, tx, before, now);
    if (isOn || before.withdrawnAt) return { kind: 'nothing' };
    if (before.message !== '' || before.impact !== '') return { kind: 'hasReason', shoutout: before };
    await tx.shoutout.updateMany({
      where: { id: before.id, workspaceId },
      data: { withdrawnAt: now, withdrawnHow: 'unreacted' },
    });
    await tallyShoutouts(tx, workspaceId, [before.id]);
    await changeGathered(tx, before, { leaves: true }, now);
    await changeTold(db, tx, before, now);
    return { kind: 'withdrawn', shoutout: before };
  });
}

/** The shout-out of a request, or null. */
export async function findByKey(
  reader: Pick<Reader, 'shoutout'>,
  workspaceId: string,
  requestKey: string,
): Promise<Shoutout | null> {
  const row = await reader.shoutout.findFirst({
    where: { workspaceId, requestKey },
    select: shoutoutColumns,
  });
  return row && shoutoutFrom(row);
}

/** Keeps what Slack says of a reaction that boosts, or nothing when it said something later before. */
export function markBoost(db: Db, mark: Mark): Promise<boolean> {
  return db.transaction(tx => keep(tx, mark));
}

/** Puts the reaction down as the event says. False: a later event has been heard of, or this very one. */
async function keep(tx: Tx, { workspaceId, message, ...mark }: Mark): Promise<boolean> {
  const { memberSlackId, name, effect, isOn, eventTs } = mark;
  const key = {
    workspaceId,
    channelSlackId: message.channelSlackId,
    messageTs: message.ts,
    memberSlackId,
    name,
  };
  const row = await tx.reaction.upsert({
    where: { workspaceId_channelSlackId_messageTs_memberSlackId_name: key },
    create: { ...key, effect, isOn, eventTs: '' },
    update: {},
    select: { eventTs: true },
  });
  // Slack's timestamps have as many digits before the point as after it, for centuries.
  if (row.eventTs >= eventTs) return false;
  await tx.reaction.updateMany({ where: key, data: { isOn, eventTs, effect } });
  return true;
}

async function isAnyOn(tx: Tx, { workspaceId, effect }: Mark): Promise<boolean> {
  return (await tx.reaction.count({ where: { workspaceId, effect, isOn: true } })) > 0;
}

async function give(tx: Tx, from: NewShoutout, now: Date): Promise<ReactionResult> {
  const { given } = await lookBack(tx, [from]);
  if ((given.get(from.giver.id) ?? 0) >= from.limit.most) return { kind: 'overLimit' };
  const shoutout = shoutoutOf(from);
  await insertAll(tx, [{ shoutout, from }]);
  await gather(tx, shoutout, now);
  return { kind: 'given', shoutout, isNew: true };
}

async function revive(db: Db, tx: Tx, shoutout: Shoutout, now: Date): Promise<ReactionResult> {
  const { id, workspaceId } = shoutout;
  await tx.shoutout.updateMany({
    where: { id, workspaceId },
    data: { withdrawnAt: null, withdrawnHow: null },
  });
  await tallyShoutouts(tx, workspaceId, [id]);
  await gather(tx, shoutout, now);
  await changeTold(db, tx, shoutout, now);
  return { kind: 'given', shoutout: { ...shoutout, withdrawnAt: null, withdrawnHow: null }, isNew: false };
}

/** How long reactions are gathered before their author hears of them. */
const gatheringMilliseconds = 60 * 60 * 1000;

/** Lets each recipient hear of it in the message that is being gathered for them, or in a new one, an hour from now. */
async function gather(tx: Tx, shoutout: Shoutout, now: Date): Promise<void> {
  const { id: shoutoutId, workspaceId } = shoutout;
  for (const { id: memberId, slackId } of shoutout.recipients) {
    const mine = { shoutoutId, workspaceId, memberId };
    const told = await tx.shoutoutRecipient.findFirst({ where: mine, select: { gatheredPostId: true } });
    const gatheredPost = told?.gatheredPostId
      ? await tx.post.findFirst({
          where: { id: told.gatheredPostId, workspaceId, state: { not: 'gone' } },
          select: { id: true },
        })
      : null;
    if (gatheredPost) {
      await refreshGathered(tx, { id: gatheredPost.id, workspaceId }, now);
      continue;
    }
    // In one statement, so that a message that is being sent right now is not taken for one that waits.
    const waiting = { workspaceId, memberId, kind: 'gathered', state: 'planned', postedTs: null };
    const open = await tx.post.findFirst({ where: waiting, select: { id: true } });
    const joined = open
      ? await tx.post.updateMany({
          where: { ...waiting, id: open.id },
          data: { wantedRevision: { increment: 1 } },
        })
      : { count: 0 };
    let postId = open?.id ?? '';
    if (joined.count === 0) {
      postId = uuid();
      const post: NewPost = {
        kind: 'gathered',
        key: `gathered:${slackId}:${postId}`,
        target: slackId,
        memberId,
        aboutPostId: null,
        byMemberId: null,
        nextTryAt: new Date(now.getTime() + gatheringMilliseconds),
      };
      await insertRows(tx, 'Post', [{ ...postRows(shoutout, [post], now)[0], id: postId }]);
    }
    await tx.shoutoutRecipient.updateMany({ where: mine, data: { gatheredPostId: postId } });
  }
}

/** The shout-outs that a gathered message tells of, those that still count, oldest first. */
export async function listGathered(db: Db, workspaceId: string, postId: string): Promise<Shoutout[]> {
  const rows = await db.read.shoutout.findMany({
    where: {
      workspaceId,
      withdrawnAt: null,
      recipients: { some: { gatheredPostId: postId } },
    },
    orderBy: { id: 'asc' },
    take: 200,
    select: shoutoutColumns,
  });
  return rows.map(shoutoutFrom);
}

/** The shout-out that a message of ours announces; null: it is no announcement. */
export async function findAnnounced(
  db: Db,
  workspaceId: string,
  { channelSlackId, ts }: { channelSlackId: string; ts: string },
): Promise<Shoutout | null> {
  const row = await db.read.post.findFirst({
    where: { workspaceId, postedChannelId: channelSlackId, postedTs: ts, kind: 'announcement' },
    select: { shoutout: { select: shoutoutColumns } },
  });
  return row?.shoutout ? shoutoutFrom(row.shoutout) : null;
}
