// What a lead chooses about their brief.
import type { Member, Workspace } from '../../model.js';
import { isBriefed, isBriefSettled, markBriefed } from '../../store/briefs.js';
import type { Db } from '../../store/db.js';
import { listMembers } from '../../store/members.js';
import { findSettings } from '../../store/settings.js';
import { listLedTeams } from '../../store/teams.js';
import { zoneAmong } from '../calendar.js';
import { weekOf } from '../digests/schedule.js';
import { isGranted, may, rolesOf } from '../permissions.js';
import { nextBriefAt } from './schedule.js';

/** Whether somebody gets briefs, and when the next one comes. */
export interface BriefOutlook {
  isOn: boolean;
  /** If there is something to tell. */
  nextAt: Date;
  timeZone: string;
}

/** Null: they get none, because they lead no team. */
export async function briefOutlook(
  db: Db,
  workspace: Workspace,
  member: Member,
  now: Date,
): Promise<BriefOutlook | null> {
  const led = await listLedTeams(db, workspace.id, member.id);
  const held = rolesOf(member, { leads: led.length > 0 ? [member] : [] });
  if (!isGranted(may('beBriefed', held))) return null;
  const settings = await findSettings(db, workspace.id);
  const timeZone = zoneAmong(member.timeZone, settings.timeZone);
  const week = { memberId: member.id, week: weekOf(now, timeZone) };
  const [isOn, isSettled] = await Promise.all([
    isBriefed(db, workspace.id, member.id),
    isBriefSettled(db, workspace.id, week),
  ]);
  return { isOn, nextAt: nextBriefAt(timeZone, isSettled, now), timeZone };
}

/** Stops somebody's briefs, or starts them again. Null: they lead no team, and nothing is changed. */
export async function changeBriefing(
  db: Db,
  workspace: Workspace,
  { memberSlackId, isOn }: { memberSlackId: string; isOn: boolean },
  now: Date,
): Promise<BriefOutlook | null> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  const outlook = member ? await briefOutlook(db, workspace, member, now) : null;
  if (!member || !outlook) return null;
  await markBriefed(db, workspace.id, { memberId: member.id, isOn });
  return { ...outlook, isOn };
}
