// Changes shout-outs that exist. Every change lets each of their copies know, in the same transaction.
import type { CompanyValue, PostKind, Recipient, Shoutout, Withdrawal } from '../model.js';
import { changeBriefs } from './briefs.js';
import type { Db, Tx } from './db.js';
import { insertRows } from './insert-rows.js';
import { type NewPost, postRows, recipientRows, valueRows } from './insert-shoutouts.js';
import { refreshTold, unposted } from './posts.js';
import { findShoutout } from './shoutouts.js';
import { tallyShoutouts } from './tallies.js';

/** What an edit makes of a shout-out. */
export interface Edit {
  message: string;
  impact: string;
  values: CompanyValue[];
  /** Those to be thanked besides. */
  added: Recipient[];
  /** What the added ones get. */
  posts: NewPost[];
}

/**
 * Edits a shout-out as `decide` says of its present state, which nobody changes meanwhile.
 * `unreachable`: Slack never confirmed one of its copies, so that it cannot be changed.
 * @param decide - null: no. Called again when the transaction is repeated.
 */
export function markEdited(
  db: Db,
  { workspaceId, id, giverId }: { workspaceId: string; id: string; giverId: string },
  decide: (present: Shoutout) => Edit | null,
  now: Date,
): Promise<{ shoutout: Shoutout; unreachable: boolean } | null> {
  return db.transaction(async tx => {
    // All that changes a shout-out takes its giver's lock first.
    await db.lockRows(tx, 'Member', [giverId]);
    const present = await findShoutout(db, workspaceId, id, tx);
    const edit = present && decide(present);
    if (!edit) return null;
    const { message, impact, values, added, posts } = edit;
    await tx.shoutout.updateMany({
      where: { id, workspaceId },
      data: { message, impact, editedAt: now, edits: { increment: 1 } },
    });
    await tx.shoutoutValue.deleteMany({ where: { shoutoutId: id, workspaceId } });
    await insertRows(tx, 'ShoutoutValue', valueRows(present, values));
    await insertRows(tx, 'ShoutoutRecipient', recipientRows(present, added, present.recipients.length));
    await tallyShoutouts(tx, workspaceId, [id]);
    await changeCopies(db, tx, present, { askedById: giverId }, now);
    if (present.source === 'reaction') {
      // With a reason it has a message of its own.
      await changeGathered(tx, present, { leaves: present.message === '' && message !== '' }, now);
    }
    if (added.some(one => !one.isHidden)) await reviveAnnouncement(tx, present, now);
    await planPosts(tx, present, posts, now);
    const unreachable = await isUnreachable(tx, present, ['announcement', 'direct']);
    const shoutout = {
      ...present,
      message,
      impact,
      values,
      recipients: [...present.recipients, ...added],
      editedAt: now,
      edits: present.edits + 1,
    };
    return { shoutout, unreachable };
  });
}

/**
 * Marks it withdrawn, erases its words, and plans every copy to go. Null: it was withdrawn already.
 * `unreachable`: Slack never confirmed one of its copies, so that it cannot be deleted.
 */
export function markWithdrawn(
  db: Db,
  shoutout: Shoutout,
  { how, askedById, posts }: { how: Withdrawal; askedById: string; posts: NewPost[] },
  now: Date,
): Promise<{ unreachable: boolean } | null> {
  const { id, workspaceId } = shoutout;
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Member', [shoutout.giver.id]);
    const { count } = await tx.shoutout.updateMany({
      where: { id, workspaceId, withdrawnAt: null },
      // The words were to go; only that it was there is kept, so that a repetition is recognised.
      data: { withdrawnAt: now, withdrawnHow: how, message: '', impact: '' },
    });
    if (count === 0) return null;
    await tallyShoutouts(tx, workspaceId, [id]);
    await changeCopies(db, tx, shoutout, { askedById }, now);
    await changeGathered(tx, shoutout, { leaves: true }, now);
    const unreachable = await isUnreachable(tx, shoutout, ['announcement', 'direct']);
    await insertRows(tx, 'Post', postRows(shoutout, posts, now));
    return { unreachable };
  });
}

/**
 * Hides a recipient from its announcement. Null: they were hidden already, or it has been withdrawn.
 * `unreachable`: Slack never confirmed the announcement, so that it cannot be changed.
 */
export function markHidden(
  db: Db,
  shoutout: Shoutout,
  { memberId, posts }: { memberId: string; posts: NewPost[] },
  now: Date,
): Promise<{ unreachable: boolean } | null> {
  const { id, workspaceId } = shoutout;
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Member', [shoutout.giver.id]);
    const { count } = await tx.shoutoutRecipient.updateMany({
      where: { shoutoutId: id, workspaceId, memberId, isHidden: false, shoutout: { withdrawnAt: null } },
      data: { isHidden: true },
    });
    if (count === 0) {
      // Asked once more, what Slack refused is tried once more.
      await tx.post.updateMany({
        where: { ...copiesOf(shoutout), kind: 'announcement', state: 'givenUp', postedTs: { not: null } },
        data: { state: 'planned', nextTryAt: now },
      });
      return null;
    }
    // A digest that is claiming it right now is waited for.
    await db.lockRows(tx, 'Shoutout', [id]);
    await changeCopies(db, tx, shoutout, { askedById: memberId }, now);
    const unreachable = await isUnreachable(tx, shoutout, ['announcement']);
    await insertRows(tx, 'Post', postRows(shoutout, posts, now));
    return { unreachable };
  });
}

/** Hides recipients from an announcement that is not there yet, and from what may have told of it already. */
export async function markAllHidden(
  db: Db,
  shoutout: Shoutout,
  memberIds: string[],
  now: Date,
): Promise<void> {
  const { id, workspaceId } = shoutout;
  await db.transaction(async tx => {
    await tx.shoutoutRecipient.updateMany({
      where: { shoutoutId: id, workspaceId, memberId: { in: memberIds } },
      data: { isHidden: true },
    });
    await changeTold(db, tx, shoutout, now);
  });
}

/** The copies that show the shout-out, or ask and tell about one that does. */
function copiesOf({ id, workspaceId }: Shoutout) {
  return { shoutoutId: id, workspaceId, kind: { in: ['announcement', 'direct', 'question', 'notice'] } };
}

async function changeCopies(
  db: Db,
  tx: Tx,
  shoutout: Shoutout,
  { askedById }: { askedById: string },
  now: Date,
): Promise<void> {
  const copies = copiesOf(shoutout);
  // Who asked before, and has not been shown it yet, is still to be told should it fail.
  await tx.post.updateMany({
    where: { ...copies, shownRevision: { gte: tx.post.fields.wantedRevision } },
    data: { askedByIds: '' },
  });
  await tx.$executeRaw`UPDATE "Post" SET "askedByIds" = "askedByIds" || ${` ${askedById}`}, "wantedRevision" = "wantedRevision" + 1
    WHERE "shoutoutId" = ${shoutout.id} AND "workspaceId" = ${shoutout.workspaceId}
    AND "kind" IN ('announcement', 'direct', 'question', 'notice')`;
  // A copy that is being sent right now is planned anew when its sender settles it.
  await tx.post.updateMany({
    where: {
      ...copies,
      // What waits for its announcement, or was never sent, goes its own way and shows what is true by then. One that
      // Slack never confirmed cannot be reached; one that it did not let us change is tried again.
      OR: [
        { state: { in: ['posted', 'givenUp'] }, postedTs: { not: null } },
        { state: 'blocked' },
        { state: 'planned', nextTryAt: { not: null } },
      ],
    },
    data: { state: 'planned', nextTryAt: now },
  });
  await changeTold(db, tx, shoutout, now);
}

/** What tells of it together with others, the digest and leads' briefs, shows what holds now. To be called after the shout-out was written to, so that whoever claims it meanwhile is seen. */
export async function changeTold(db: Db, tx: Tx, shoutout: Shoutout, now: Date): Promise<void> {
  await changeDigest(tx, shoutout, now);
  await changeBriefs(db, tx, shoutout, now);
}

async function changeDigest(tx: Tx, { id, workspaceId }: Shoutout, now: Date): Promise<void> {
  const told = await tx.shoutout.findFirst({ where: { id, workspaceId }, select: { digestId: true } });
  if (!told?.digestId) return;
  const copies = { workspaceId, digestId: told.digestId, kind: { in: ['digest', 'digestReply'] } };
  await refreshTold(tx, copies, now);
}

/**
 * Messages that tell of it together with others: those that were sent show what holds now.
 * @param leaves - it is no longer to be told of there: those that were not sent forget it
 */
export async function changeGathered(
  tx: Tx,
  { id, workspaceId }: Shoutout,
  { leaves }: { leaves: boolean },
  now: Date,
): Promise<void> {
  const rows = await tx.shoutoutRecipient.findMany({
    where: { shoutoutId: id, workspaceId, gatheredPostId: { not: null } },
    select: { gatheredPostId: true },
  });
  for (const gatheredPostId of new Set(rows.flatMap(row => row.gatheredPostId ?? []))) {
    const post = { id: gatheredPostId, workspaceId };
    const change = { wantedRevision: { increment: 1 } };
    const unsent = await tx.post.updateMany({
      where: { ...post, state: 'planned', postedTs: null },
      data: change,
    });
    if (unsent.count > 0) {
      if (!leaves) continue;
      await tx.shoutoutRecipient.updateMany({
        where: { shoutoutId: id, workspaceId, gatheredPostId },
        data: { gatheredPostId: null },
      });
    } else await refreshGathered(tx, post, now);
  }
}

/** A message that was sent, or is being sent, shows what holds now. */
export async function refreshGathered(
  tx: Tx,
  post: { id: string; workspaceId: string },
  now: Date,
): Promise<void> {
  await tx.post.updateMany({ where: post, data: { wantedRevision: { increment: 1 } } });
  await tx.post.updateMany({
    where: { ...post, state: 'posted' },
    data: { state: 'planned', nextTryAt: now },
  });
}

/** Plans copies. One of an earlier reason, which went with it, is posted anew. */
async function planPosts(tx: Tx, shoutout: Shoutout, posts: NewPost[], now: Date): Promise<void> {
  const { id, workspaceId } = shoutout;
  const ofThis = { shoutoutId: id, workspaceId };
  const rows = await tx.post.findMany({
    where: { ...ofThis, key: { in: posts.map(post => post.key) } },
    select: { key: true },
  });
  const known = new Set(rows.map(row => row.key));
  for (const { key, target, nextTryAt } of posts.filter(post => known.has(post.key))) {
    await tx.post.updateMany({
      where: { ...ofThis, key, state: 'gone' },
      data: { ...unposted, target, nextTryAt, createdAt: now },
    });
  }
  const unknown = posts.filter(post => !known.has(post.key));
  await insertRows(tx, 'Post', postRows(shoutout, unknown, now));
}

/** An announcement that went because it named nobody any more is posted anew. */
async function reviveAnnouncement(tx: Tx, { id, workspaceId }: Shoutout, now: Date): Promise<void> {
  await tx.post.updateMany({
    where: { shoutoutId: id, workspaceId, kind: 'announcement', state: 'gone' },
    data: { ...unposted, nextTryAt: now },
  });
}

/** Looked at after the copies were written to: whoever settles one from then on sees the change. */
async function isUnreachable(tx: Tx, shoutout: Shoutout, kinds: PostKind[]): Promise<boolean> {
  const unconfirmed = await tx.post.count({
    where: {
      ...copiesOf(shoutout),
      kind: { in: kinds },
      OR: [{ state: 'uncertain' }, { state: 'posted', postedTs: null }],
    },
  });
  return unconfirmed > 0;
}
