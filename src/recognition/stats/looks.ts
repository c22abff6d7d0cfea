// Who looked at a person's numbers, and who could.
import type { Look, Member, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listLooks } from '../../store/looks.js';
import { listMembers } from '../../store/members.js';
import { findSettings, listViewers } from '../../store/settings.js';
import { listTeamsOf } from '../../store/teams.js';
import { zoneAmong } from '../calendar.js';
import { isGranted, may, rolesOf } from '../permissions.js';

/** So far back it is told; older ones stay kept. */
const mostLooks = 1000;
const pageSize = 20;
const hourMilliseconds = 60 * 60 * 1000;

export interface LooksAt {
  /** A page of them, the latest first. Several within an hour by one person at one thing are one, the first of them. */
  looks: Look[];
  /** From 0 on. */
  page: number;
  pages: number;
  /** The teams that they are in now and that somebody else leads, by name. */
  led: Pick<Team, 'id' | 'name' | 'leads'>[];
  /** Who else may see everyone's numbers. */
  viewers: Member[];
  /** The reader's, else the workspace's. */
  timeZone: string;
}

/** Who looked at somebody's numbers. Of somebody of whom nothing is kept, nobody has. @param page - too large: the last */
export async function findLooksAt(
  db: Db,
  workspace: Workspace,
  { memberSlackId, page }: { memberSlackId: string; page: number },
): Promise<LooksAt> {
  const [[member], settings, viewers] = await Promise.all([
    listMembers(db, workspace.id, [memberSlackId]),
    findSettings(db, workspace.id),
    listViewers(db, workspace.id),
  ]);
  const [kept, teams] = member
    ? await Promise.all([
        listLooks(db, workspace.id, { memberId: member.id, limit: mostLooks }),
        listTeamsOf(db, workspace.id, member.id),
      ])
    : [[], []];
  const looks = folded(kept);
  const pages = Math.max(Math.ceil(looks.length / pageSize), 1);
  const shown = Math.min(page, pages - 1);
  const isOther = (one: Member) => one.slackId !== memberSlackId;
  const maySee = (one: Member, about: Parameters<typeof rolesOf>[1]) =>
    isOther(one) && isGranted(may('seeTeam', rolesOf(one, about)));
  return {
    looks: looks.slice(shown * pageSize, (shown + 1) * pageSize),
    page: shown,
    pages,
    led: teams
      .map(({ id, name, leads }) => ({ id, name, leads: leads.filter(one => maySee(one, { leads })) }))
      .filter(team => team.leads.length > 0),
    viewers: viewers.map(one => one.member).filter(one => maySee(one, { viewers: [one] })),
    timeZone: zoneAmong(member?.timeZone, settings.timeZone),
  };
}

/** Turning a page or choosing other weeks is a look each, and reads as one. */
function folded(looks: Look[]): Look[] {
  const shown: Look[] = [];
  const latest = new Map<string, Look>();
  for (const look of looks.toReversed()) {
    const key = `${look.by.id} ${look.what} ${look.team?.id ?? ''}`;
    const before = latest.get(key);
    if (before && look.lookedAt.getTime() - before.lookedAt.getTime() < hourMilliseconds) continue;
    latest.set(key, look);
    shown.push(look);
  }
  return shown.toReversed();
}
