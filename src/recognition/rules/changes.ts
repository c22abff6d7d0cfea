// The reasons to refuse a change to a shout-out that exists.
import type { Member, Settings, Shoutout } from '../../model.js';
import { type Action, isGranted, may, rolesIn, rolesOf } from '../permissions.js';
import type { ChangeRefusal } from '../refusal.js';

/** How long a giver may edit a shout-out or take it back. */
const changeMilliseconds = 24 * 60 * 60 * 1000;

/** What a giver does with a shout-out of theirs. */
export type GiverAction = Extract<Action, 'edit' | 'addValue' | 'addReason' | 'undo'>;

/** Why this member may not change a shout-out in this way; null: they may. */
export function changeRefusal(
  shoutout: Shoutout,
  memberSlackId: string,
  action: GiverAction,
  now: Date,
): 'notYours' | 'tooLate' | 'alreadyUndone' | 'alreadyRemoved' | null {
  const verdict = may(action, rolesIn(shoutout, memberSlackId));
  if (verdict === 'no') return 'notYours';
  const firstDay = now.getTime() - shoutout.givenAt.getTime() < changeMilliseconds;
  return withdrawnRefusal(shoutout) ?? (isGranted(verdict, { firstDay }) ? null : 'tooLate');
}

/** What is for those in charge of the workspace. */
export type AdminAction = Extract<Action, 'changeSettings' | 'changeTeams' | 'changeValues' | 'remove'>;

/** Why somebody may not do what is for admins; null: they may. @param by - as Slack says of them now */
export function adminRefusal(by: Member, action: AdminAction): 'notAdmin' | null {
  return isGranted(may(action, rolesOf(by))) ? null : 'notAdmin';
}

/** Why somebody may not remove it; null: they may. @param by - as Slack says of them now */
export function removalRefusal(shoutout: Shoutout, by: Member): ChangeRefusal | null {
  return adminRefusal(by, 'remove') ?? absenceRefusal(shoutout, by) ?? withdrawnRefusal(shoutout);
}

/** Why somebody may not report it; null: they may. */
export function reportRefusal(shoutout: Shoutout, by: Member): ChangeRefusal | null {
  if (!isGranted(may('report', rolesOf(by, { shoutout })))) return 'outsider';
  return absenceRefusal(shoutout, by) ?? withdrawnRefusal(shoutout);
}

/** Why somebody may not join in with it; null: they may. */
export function joiningRefusal(
  shoutout: Shoutout,
  by: Member,
  settings: Pick<Settings, 'mayGuestsGive'>,
): ChangeRefusal | null {
  const absent = absenceRefusal(shoutout, by) ?? withdrawnRefusal(shoutout);
  if (absent) return absent;
  const held = rolesOf(by, { shoutout });
  if (isGranted(may('joinIn', held), { guestsGive: settings.mayGuestsGive })) return null;
  if (held.includes('giver') || held.includes('recipient')) return 'partOfIt';
  return held.includes('guest') ? 'guestGiver' : 'outsider';
}

/** A private shout-out is not there for anybody but those in it, whatever they have in hand. */
function absenceRefusal(shoutout: Shoutout, by: Member): 'unknownShoutout' | null {
  if (shoutout.visibility === 'public') return null;
  return isGranted(may('seePrivate', rolesOf(by, { shoutout }))) ? null : 'unknownShoutout';
}

/** Whether it has ceased to count, as a reason to do nothing more with it. */
export function withdrawnRefusal({
  withdrawnHow,
}: Pick<Shoutout, 'withdrawnHow'>): 'alreadyUndone' | 'alreadyRemoved' | null {
  if (!withdrawnHow) return null;
  return withdrawnHow === 'removed' ? 'alreadyRemoved' : 'alreadyUndone';
}
