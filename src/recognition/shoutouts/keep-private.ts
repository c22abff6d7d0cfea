// The recipient's say: not in public, this time or always.
import type { Shoutout, Workspace } from '../../model.js';
import { markHidden } from '../../store/change-shoutouts.js';
import type { Db } from '../../store/db.js';
import { markPreference } from '../../store/members.js';
import { findShoutout } from '../../store/shoutouts.js';
import { isGranted, may, rolesIn } from '../permissions.js';
import type { ChangeRefusal } from '../refusal.js';
import { withdrawnRefusal } from '../rules/changes.js';

/** What holds for the shout-outs to come, where somebody asked about those too. `none`: they are left out altogether. */
export type Later = 'private' | 'none';

export type KeepPrivateOutcome = { later: Later | null } & (
  | {
      kind: 'kept';
      shoutout: Shoutout;
      /** Slack never confirmed the announcement, so that it cannot be changed. */
      unreachable: boolean;
    }
  | { kind: 'impossible'; reason: ChangeRefusal }
);

/**
 * Takes a recipient out of the announcement, which goes when it names nobody else; the giver is told.
 * It counts as before, and its recipients and its giver still see it. Safe to repeat.
 * @param request - `always`: the same for all that come later, unless they asked to be left out of them altogether
 */
export async function keepPrivate(
  db: Db,
  workspace: Workspace,
  { shoutoutId, memberSlackId, always }: { shoutoutId: string; memberSlackId: string; always: boolean },
  now: Date,
): Promise<KeepPrivateOutcome> {
  const shoutout = await findShoutout(db, workspace.id, shoutoutId);
  if (!shoutout) return { kind: 'impossible', reason: 'unknownShoutout', later: null };
  const reader = shoutout.recipients.find(one => one.slackId === memberSlackId);
  if (!reader || !isGranted(may('keepPrivate', rolesIn(shoutout, memberSlackId))))
    return { kind: 'impossible', reason: 'notRecipient', later: null };
  const later = always ? (reader.preference === 'leaveMeOut' ? 'none' : 'private') : null;
  if (later === 'private') {
    await markPreference(db, workspace.id, { memberId: reader.id, preference: 'onlyPrivately' });
  }
  const withdrawn = withdrawnRefusal(shoutout);
  if (withdrawn) return { kind: 'impossible', reason: withdrawn, later };
  const { giver } = shoutout;
  const word = {
    kind: 'keptPrivate' as const,
    key: `keptPrivate:${reader.slackId}`,
    target: giver.slackId,
    memberId: giver.id,
    aboutPostId: null,
    byMemberId: reader.id,
    nextTryAt: now,
  };
  const hidden = await markHidden(db, shoutout, { memberId: reader.id, posts: [word] }, now);
  return { kind: 'kept', shoutout, unreachable: hidden?.unreachable ?? false, later };
}
