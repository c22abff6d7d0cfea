// Inserts shout-outs, those that wait together in one transaction.
import { v7 as uuid } from 'uuid';
import type { CompanyValue, Post, Recipient, Shoutout } from '../model.js';
import type { Db, Tx } from './db.js';
import { insertRows } from './insert-rows.js';
import { shoutoutColumns, shoutoutFrom } from './shoutouts.js';
import { tallyShoutouts } from './tallies.js';
import { togetherIn } from './together.js';

/** A copy to be planned with its shout-out. */
export type NewPost = Pick<
  Post,
  'kind' | 'key' | 'target' | 'memberId' | 'aboutPostId' | 'byMemberId' | 'nextTryAt'
> &
  Partial<Pick<Post, 'threadTs'>>;

export interface NewShoutout
  extends Pick<
    Shoutout,
    | 'workspaceId'
    | 'giver'
    | 'recipients'
    | 'values'
    | 'groups'
    | 'message'
    | 'impact'
    | 'visibility'
    | 'channelSlackId'
    | 'isPlacePrivate'
    | 'about'
    | 'source'
    | 'givenAt'
  > {
  teamSlackId: string;
  requestKey: string;
  posts: NewPost[];
  /** Do not insert when the giver gave the same since then and may have been told that it failed; null: insert in any case. */
  askIfSameSince: Date | null;
  /** At most so many by this giver that are not undone, from an instant on. */
  limit: { most: number; since: Date };
}

export type InsertResult =
  /** `left`: how many more the giver may give today. */
  | { kind: 'inserted'; shoutout: Shoutout; created: boolean; left: number }
  | { kind: 'overLimit' }
  | { kind: 'sameAgain'; earlier: Shoutout };

/**
 * Inserts a shout-out with all that belongs to it; one request key is one shout-out.
 * `created: false` hands back the one that this request made before.
 * Whatever arrives while an earlier insertion runs goes into one transaction with it.
 */
export const insertShoutout: (db: Db, shoutout: NewShoutout) => Promise<InsertResult> =
  togetherIn(insertShoutouts);

async function insertShoutouts(db: Db, batch: NewShoutout[]): Promise<InsertResult[]> {
  return db.transaction(async tx => {
    // Another copy's batch with the same givers waits here, so that nobody slips past a limit or a request key.
    await db.lockRows(
      tx,
      'Member',
      batch.map(one => one.giver.id),
    );
    const before = await findByRequestKeys(tx, batch);
    const { given, unanswered } = await lookBack(tx, batch);

    const inserted: { shoutout: Shoutout; from: NewShoutout }[] = [];
    const results = batch.map((one): InsertResult => {
      const isThis = (other: { workspaceId: string; requestKey: string }) =>
        other.workspaceId === one.workspaceId && other.requestKey === one.requestKey;
      const earlier = before.find(isThis)?.shoutout ?? inserted.find(({ from }) => isThis(from))?.shoutout;
      const left = one.limit.most - (given.get(one.giver.id) ?? 0);
      if (earlier) return { kind: 'inserted', shoutout: earlier, created: false, left };
      const { askIfSameSince } = one;
      const same = askIfSameSince
        ? [...unanswered, ...inserted.map(({ shoutout }) => shoutout)].find(
            other => other.givenAt >= askIfSameSince && saysTheSame(other, one),
          )
        : undefined;
      if (same) return { kind: 'sameAgain', earlier: same };
      if (left <= 0) return { kind: 'overLimit' };
      const shoutout = shoutoutOf(one);
      given.set(one.giver.id, one.limit.most - left + 1);
      inserted.push({ shoutout, from: one });
      return { kind: 'inserted', shoutout, created: true, left: left - 1 };
    });

    if (inserted.length > 0) await insertAll(tx, inserted);
    return results;
  });
}

async function findByRequestKeys(tx: Tx, batch: NewShoutout[]) {
  const rows = await tx.shoutout.findMany({
    where: {
      workspaceId: { in: [...new Set(batch.map(one => one.workspaceId))] },
      requestKey: { in: batch.map(one => one.requestKey) },
    },
    select: { ...shoutoutColumns, requestKey: true },
  });
  return rows.map(row => ({
    workspaceId: row.workspaceId,
    requestKey: row.requestKey,
    shoutout: shoutoutFrom(row),
  }));
}

/**
 * What each giver has given lately, under their lock, so that nobody slips past a limit: how many since their limit
 * counts, and those of which they may have been told that they failed.
 */
export async function lookBack(
  tx: Tx,
  batch: NewShoutout[],
): Promise<{ given: Map<string, number>; unanswered: Shoutout[] }> {
  const starts = batch.flatMap(({ limit, askIfSameSince }) => [limit.since, askIfSameSince ?? limit.since]);
  const rows = await tx.shoutout.findMany({
    where: {
      workspaceId: { in: [...new Set(batch.map(one => one.workspaceId))] },
      giverId: { in: [...new Set(batch.map(one => one.giver.id))] },
      givenAt: { gte: new Date(Math.min(...starts.map(start => start.getTime()))) },
      withdrawnAt: null,
    },
    select: { id: true, giverId: true, givenAt: true, answeredAt: true },
  });
  const given = new Map<string, number>();
  for (const { giver, limit } of batch) {
    const counted = rows.filter(row => row.giverId === giver.id && row.givenAt >= limit.since);
    given.set(giver.id, counted.length);
  }
  const ids = rows.flatMap(row => (row.answeredAt === null ? [row.id] : []));
  const unanswered =
    ids.length > 0 ? await tx.shoutout.findMany({ where: { id: { in: ids } }, select: shoutoutColumns }) : [];
  return { given, unanswered: unanswered.map(shoutoutFrom) };
}

function saysTheSame(earlier: Shoutout, one: NewShoutout): boolean {
  const ids = (things: { id: string }[]) =>
    things
      .map(thing => thing.id)
      .sort()
      .join();
  return (
    earlier.workspaceId === one.workspaceId &&
    earlier.giver.id === one.giver.id &&
    earlier.message === one.message &&
    earlier.impact === one.impact &&
    ids(earlier.recipients) === ids(one.recipients) &&
    ids(earlier.values) === ids(one.values)
  );
}

/** Inserts shout-outs with all that belongs to them. */
export async function insertAll(
  tx: Tx,
  inserted: { shoutout: Shoutout; from: NewShoutout }[],
): Promise<void> {
  await insertRows(
    tx,
    'Shoutout',
    inserted.map(({ shoutout, from }) => ({
      id: shoutout.id,
      workspaceId: from.workspaceId,
      teamSlackId: from.teamSlackId,
      requestKey: from.requestKey,
      giverId: from.giver.id,
      message: from.message,
      impact: from.impact,
      visibility: from.visibility,
      channelSlackId: from.channelSlackId,
      isPlacePrivate: from.isPlacePrivate,
      aboutChannelSlackId: from.about?.channelSlackId ?? null,
      aboutTs: from.about?.ts ?? null,
      aboutThreadTs: from.about?.threadTs ?? null,
      source: from.source,
      givenAt: from.givenAt,
    })),
  );
  await insertRows(
    tx,
    'ShoutoutRecipient',
    inserted.flatMap(({ shoutout }) => recipientRows(shoutout, shoutout.recipients)),
  );
  await insertRows(
    tx,
    'ShoutoutValue',
    inserted.flatMap(({ shoutout }) => valueRows(shoutout, shoutout.values)),
  );
  await insertRows(
    tx,
    'ShoutoutGroup',
    inserted.flatMap(({ shoutout, from }) =>
      from.groups.map(group => ({ shoutoutId: shoutout.id, workspaceId: from.workspaceId, ...group })),
    ),
  );
  for (const workspaceId of new Set(inserted.map(({ from }) => from.workspaceId))) {
    const ids = inserted.flatMap(({ shoutout, from }) =>
      from.workspaceId === workspaceId ? [shoutout.id] : [],
    );
    await tallyShoutouts(tx, workspaceId, ids, { areNew: true });
  }
  await insertRows(
    tx,
    'Post',
    inserted.flatMap(({ shoutout, from }) => postRows(shoutout, from.posts, from.givenAt)),
  );
}

/** The rows of people who are thanked, in their order, from position `from` on. */
export function recipientRows({ id, workspaceId }: Shoutout, recipients: Recipient[], from = 0) {
  return recipients.map((recipient, index) => ({
    shoutoutId: id,
    memberId: recipient.id,
    workspaceId,
    position: from + index,
    isHidden: recipient.isHidden,
  }));
}

export function valueRows({ id, workspaceId }: Shoutout, values: CompanyValue[]) {
  return values.map(value => ({ shoutoutId: id, valueId: value.id, workspaceId }));
}

export function postRows({ id, workspaceId }: Shoutout, posts: NewPost[], createdAt: Date) {
  return posts.map(post => ({ id: uuid(), workspaceId, shoutoutId: id, createdAt, threadTs: null, ...post }));
}

/** A shout-out as it will be once it is inserted. */
export function shoutoutOf(one: NewShoutout): Shoutout {
  const {
    teamSlackId: _team,
    requestKey: _key,
    posts: _posts,
    askIfSameSince: _ask,
    limit: _limit,
    ...said
  } = one;
  return {
    id: uuid(),
    ...said,
    answeredAt: null,
    editedAt: null,
    edits: 0,
    withdrawnAt: null,
    withdrawnHow: null,
  };
}
