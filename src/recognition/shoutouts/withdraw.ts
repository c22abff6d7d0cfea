// Withdrawing a shout-out: undone by its giver, or removed by a workspace admin.
import type { Member, Shoutout, Workspace } from '../../model.js';
import { markWithdrawn } from '../../store/change-shoutouts.js';
import type { Db } from '../../store/db.js';
import { findShoutout } from '../../store/shoutouts.js';
import type { ChangeRefusal } from '../refusal.js';
import { changeRefusal, removalRefusal } from '../rules/changes.js';

export type WithdrawOutcome =
  /** `unreachable`: Slack never confirmed one of its copies, so that it cannot be deleted. */
  | { kind: 'withdrawn'; shoutout: Shoutout; unreachable: boolean }
  | { kind: 'impossible'; reason: ChangeRefusal };

/**
 * Takes a shout-out back: it no longer counts, its words are erased, and every copy of it is planned to go.
 * Refused for anyone but its giver, after 24 hours, and when it has been withdrawn already.
 */
export async function undoShoutout(
  db: Db,
  workspace: Workspace,
  { shoutoutId, memberSlackId }: { shoutoutId: string; memberSlackId: string },
  now: Date,
): Promise<WithdrawOutcome> {
  const shoutout = await findShoutout(db, workspace.id, shoutoutId);
  const reason = shoutout ? changeRefusal(shoutout, memberSlackId, 'undo', now) : 'unknownShoutout';
  if (!shoutout || reason) return { kind: 'impossible', reason: reason ?? 'unknownShoutout' };
  const how = { how: 'undone' as const, askedById: shoutout.giver.id, posts: [] };
  const undone = await markWithdrawn(db, shoutout, how, now);
  return undone
    ? { kind: 'withdrawn', shoutout, ...undone }
    : { kind: 'impossible', reason: 'alreadyUndone' };
}

/**
 * Removes a shout-out for a workspace admin, at any time: as an undo, and its giver is told.
 * @param by - as Slack says of them now
 */
export async function removeShoutout(
  db: Db,
  workspace: Workspace,
  { shoutoutId, by }: { shoutoutId: string; by: Member },
  now: Date,
): Promise<WithdrawOutcome> {
  const shoutout = await findShoutout(db, workspace.id, shoutoutId);
  const reason = shoutout ? removalRefusal(shoutout, by) : 'unknownShoutout';
  if (!shoutout || reason) return { kind: 'impossible', reason: reason ?? 'unknownShoutout' };
  const { giver } = shoutout;
  const word = {
    kind: 'removal' as const,
    key: 'removal',
    target: giver.slackId,
    memberId: giver.id,
    aboutPostId: null,
    byMemberId: by.id,
    nextTryAt: now,
  };
  const removed = await markWithdrawn(
    db,
    shoutout,
    { how: 'removed', askedById: by.id, posts: giver.id === by.id ? [] : [word] },
    now,
  );
  return removed
    ? { kind: 'withdrawn', shoutout, ...removed }
    : { kind: 'impossible', reason: 'alreadyRemoved' };
}
