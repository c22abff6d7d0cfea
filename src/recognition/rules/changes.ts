// The reasons to refuse a change to a shout-out that exists.
import type { Member, Shoutout } from '../../model.js';
import type { ChangeRefusal } from '../refusal.js';

/** How long a giver may edit a shout-out or take it back. */
const changeMilliseconds = 24 * 60 * 60 * 1000;

/** Why this member may not edit a shout-out or take it back; null: they may. */
export function changeRefusal(
  shoutout: Shoutout,
  memberSlackId: string,
  now: Date,
): Exclude<ChangeRefusal, 'unknownShoutout'> | null {
  return (
    giverRefusal(shoutout, memberSlackId) ??
    (now.getTime() - shoutout.givenAt.getTime() < changeMilliseconds ? null : 'tooLate')
  );
}

/** Why this member may do nothing with it that only its giver may; null: they may. */
export function giverRefusal(
  shoutout: Shoutout,
  memberSlackId: string,
): 'notYours' | 'alreadyUndone' | 'alreadyRemoved' | null {
  return shoutout.giver.slackId === memberSlackId ? withdrawnRefusal(shoutout) : 'notYours';
}

/** Why somebody may not do what only Slack's admins of the workspace may; null: they may. */
export function adminRefusal(by: Member): 'notAdmin' | null {
  return by.isAdmin && !by.isForeign && !by.isDeactivated ? null : 'notAdmin';
}

/** Whether it has ceased to count, as a reason to do nothing more with it. */
export function withdrawnRefusal({
  withdrawnHow,
}: Pick<Shoutout, 'withdrawnHow'>): 'alreadyUndone' | 'alreadyRemoved' | null {
  if (!withdrawnHow) return null;
  return withdrawnHow === 'removed' ? 'alreadyRemoved' : 'alreadyUndone';
}
