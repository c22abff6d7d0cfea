// Joining in with a shout-out that is announced.
import type { Member, Post, Recipient, Shoutout, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findSettings } from '../../store/settings.js';
import { findShoutout } from '../../store/shoutouts.js';
import { announcementOf } from '../posts.js';
import type { ChangeRefusal } from '../refusal.js';
import { joiningRefusal } from '../rules/changes.js';
import { canReceive } from '../rules/people.js';

export type Joinable =
  /** `recipients`: whom the announcement names, and who can still be thanked. */
  | { kind: 'open'; shoutout: Shoutout; recipients: Recipient[]; announcement: Post }
  | { kind: 'impossible'; reason: ChangeRefusal };

/**
 * The shout-out that somebody wants to join in with, and its announcement, which is posted.
 * @param request - `by`: null: nobody whom Slack knows
 */
export async function findJoinable(
  db: Db,
  workspace: Workspace,
  { shoutoutId, by }: { shoutoutId: string; by: Member | null },
): Promise<Joinable> {
  const [shoutout, announcement, settings] = await Promise.all([
    findShoutout(db, workspace.id, shoutoutId),
    announcementOf(db, workspace, shoutoutId),
    findSettings(db, workspace.id),
  ]);
  const reason = by ? shoutout && joiningRefusal(shoutout, by, settings) : 'outsider';
  if (reason) return { kind: 'impossible', reason };
  if (!shoutout || !announcement?.postedTs) return { kind: 'impossible', reason: 'unknownShoutout' };
  const recipients = shoutout.recipients.filter(one => !one.isHidden && canReceive(one, settings));
  if (recipients.length === 0) return { kind: 'impossible', reason: 'nobodyLeft' };
  return { kind: 'open', shoutout, recipients, announcement };
}
