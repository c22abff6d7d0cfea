// Tallies of shout-outs.
import type { MemberStats, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listMembers } from '../../store/members.js';
import { findSettings } from '../../store/settings.js';
import { countShoutouts } from '../../store/stats.js';
import { listKeptValues } from '../../store/values.js';
import { quarterStart, zoneAmong } from '../calendar.js';

/**
 * A person's own tallies since the calendar quarter began, in the workspace's zone, else their own, else UTC.
 * A shout-out counts once as given; each recipient has received one, and one under each of its values.
 * Undone ones do not count. A retired value is listed last, where it was given or received.
 */
export async function memberStats(
  db: Db,
  workspace: Workspace,
  memberSlackId: string,
  now: Date,
): Promise<MemberStats & { timeZone: string }> {
  const [settings, members, values] = await Promise.all([
    findSettings(db, workspace.id),
    listMembers(db, workspace.id, [memberSlackId]),
    listKeptValues(db, workspace.id),
  ]);
  const member = members[0];
  const timeZone = zoneAmong(settings.timeZone, member?.timeZone);
  const from = quarterStart(now, timeZone);
  const counts = member
    ? await countShoutouts(db, { workspaceId: workspace.id, memberId: member.id, from })
    : {
        received: 0,
        given: 0,
        receivedPerValue: new Map<string, number>(),
        givenPerValue: new Map<string, number>(),
      };
  const perValue = values.map(value => ({
    value,
    received: counts.receivedPerValue.get(value.id) ?? 0,
    given: counts.givenPerValue.get(value.id) ?? 0,
  }));
  return {
    from,
    timeZone,
    received: counts.received,
    given: counts.given,
    perValue: [
      ...perValue.filter(one => !one.value.retiredAt),
      ...perValue.filter(one => one.value.retiredAt && one.received + one.given > 0),
    ],
  };
}
