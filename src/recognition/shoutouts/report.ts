// Telling the keepers that a shout-out is not all right.
import type { Member, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listKeepers } from '../../store/keepers.js';
import { insertReport } from '../../store/reports.js';
import { findShoutout } from '../../store/shoutouts.js';
import { isGranted, may, rolesOf } from '../permissions.js';
import type { ChangeRefusal } from '../refusal.js';
import { reportRefusal } from '../rules/changes.js';

/**
 * Tells every keeper, once per reporter. Returns why not, or null.
 * Refused where there are no keepers, for a shout-out that is withdrawn already, and for people from elsewhere.
 * @param request - `reason`: plain text, may be empty; `isPlacePrivate`: it was seen where only some people may look
 */
export async function reportShoutout(
  db: Db,
  workspace: Workspace,
  {
    shoutoutId,
    by,
    reason,
    isPlacePrivate,
  }: { shoutoutId: string; by: Member; reason: string; isPlacePrivate: boolean },
  now: Date,
): Promise<ChangeRefusal | null> {
  const [shoutout, keepers] = await Promise.all([
    findShoutout(db, workspace.id, shoutoutId),
    listKeepers(db, workspace.id),
  ]);
  if (!shoutout) return 'unknownShoutout';
  const refused = reportRefusal(shoutout, by);
  if (refused) return refused;
  const told = keepers.filter(one => isGranted(may('hearReports', rolesOf(one, { shoutout, keepers }))));
  if (told.length === 0) return 'noKeepers';
  const posts = told.map(keeper => ({
    kind: 'report' as const,
    key: `report:${by.slackId}:${keeper.slackId}`,
    target: keeper.slackId,
    memberId: keeper.id,
    aboutPostId: null,
    byMemberId: by.id,
    nextTryAt: now,
  }));
  const isNew = await insertReport(db, shoutout, { memberId: by.id, reason, isPlacePrivate, posts }, now);
  return isNew ? null : 'alreadyReported';
}

/** Whether there is anybody to report to. */
export async function hasKeepers(db: Db, workspace: Workspace): Promise<boolean> {
  return (await listKeepers(db, workspace.id)).length > 0;
}
