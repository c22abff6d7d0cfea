// Until when people are away, as they say themselves or whoever leads them.
import type { Member, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listMembers } from '../store/members.js';
import { type AwayRefusal, awayUntilOf, changeAway } from './members.js';
import { isGranted, may } from './permissions.js';
import { rolesTowardMember } from './stats/rights.js';

export type AwayOutcome =
  /** `isNew`: it was not so already. */
  { kind: 'changed'; member: Member; isNew: boolean } | { kind: 'refused'; reason: AwayRefusal | 'notLead' };

/**
 * Keeps until which day somebody is away, that day included, as a lead of theirs says; null: they are back.
 * @param request - `by`: as Slack says of them now; `awayUntil`: such as `2026-11-30`, a day that has passed is refused
 */
export async function changeAwayOf(
  db: Db,
  workspace: Workspace,
  { by, memberSlackId, awayUntil }: { by: Member; memberSlackId: string; awayUntil: string | null },
  now: Date,
): Promise<AwayOutcome> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (!member) return { kind: 'refused', reason: 'unknown' };
  if (member.id !== by.id) {
    const held = await rolesTowardMember(db, workspace, { by, about: member });
    if (!isGranted(may('setAway', held))) return { kind: 'refused', reason: 'notLead' };
  }
  const reason = await changeAway(db, workspace, { memberSlackId, awayUntil }, now);
  if (reason) return { kind: 'refused', reason };
  return { kind: 'changed', member, isNew: awayUntilOf(member, now) !== awayUntil };
}
