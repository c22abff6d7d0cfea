// Joining in with a shout-out that is announced.
import type { Member, Post, Shoutout, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findSettings } from '../../store/settings.js';
import { findShoutout } from '../../store/shoutouts.js';
import { announcementOf } from '../posts.js';
import type { ChangeRefusal } from '../refusal.js';
import { joiningRefusal } from '../rules/changes.js';

export type Joinable =
  | { kind: 'open'; shoutout: Shoutout; announcement: Post }
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
  return { kind: 'open', shoutout, announcement };
}
