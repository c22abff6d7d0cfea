// Who may see whose numbers, and that they looked.
import type { Look, Member, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { hasLookedAt, insertLook } from '../../store/looks.js';
import { listViewers } from '../../store/settings.js';
import { listLedTeams, listTeamsOf } from '../../store/teams.js';
import { type Role, rolesOf } from '../permissions.js';

/** The roles of `by` where a person's numbers are concerned: their leads are those of the teams that they are in now. */
export async function rolesTowardMember(
  db: Db,
  workspace: Workspace,
  { by, about }: { by: Member; about: Pick<Member, 'id'> },
): Promise<Role[]> {
  const teams = await listTeamsOf(db, workspace.id, about.id);
  return rolesToward(
    db,
    workspace,
    by,
    teams.flatMap(team => team.leads),
  );
}

/** The roles of `by` where a team's numbers are concerned. */
export function rolesTowardTeam(
  db: Db,
  workspace: Workspace,
  { by, team }: { by: Member; team: Pick<Team, 'leads'> },
): Promise<Role[]> {
  return rolesToward(db, workspace, by, team.leads);
}

async function rolesToward(db: Db, workspace: Workspace, by: Member, leads: Member[]): Promise<Role[]> {
  const [viewers, led] = await Promise.all([
    listViewers(db, workspace.id),
    listLedTeams(db, workspace.id, by.id),
  ]);
  const isLead = leads.some(one => one.id === by.id);
  return rolesOf(by, {
    viewers: viewers.map(one => one.member),
    leads,
    otherLeads: led.length > 0 && !isLead ? [by] : [],
  });
}

/**
 * Keeps that somebody looked. To be called before the numbers or names are shown, so that nobody sees them unseen.
 * @param look - about a person (`aboutId`) or a team (`teamId`)
 */
export async function recordLook(
  db: Db,
  workspace: Workspace,
  look: { by: Pick<Member, 'id'>; what: Look['what'] } & ({ aboutId: string } | { teamId: string }),
  now: Date,
): Promise<void> {
  const { by, what } = look;
  await insertLook(db, workspace.id, {
    memberId: by.id,
    what,
    aboutId: 'aboutId' in look ? look.aboutId : null,
    teamId: 'teamId' in look ? look.teamId : null,
    lookedAt: now,
  });
}

const hourMilliseconds = 60 * 60 * 1000;

/** The same where somebody goes on with a page: within an hour it is the look that opened it. */
export async function recordLookOn(
  db: Db,
  workspace: Workspace,
  { by, aboutId }: { by: Pick<Member, 'id'>; aboutId: string },
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - hourMilliseconds);
  if (await hasLookedAt(db, workspace.id, { memberId: by.id, aboutId, since })) return;
  await recordLook(db, workspace, { by, what: 'page', aboutId }, now);
}

/** The teams that somebody leads now, by name. */
export function ledBy(db: Db, workspace: Workspace, by: Pick<Member, 'id'>): Promise<Team[]> {
  return listLedTeams(db, workspace.id, by.id);
}

/** Whether somebody is named to see everyone's numbers. */
export async function isViewer(db: Db, workspace: Workspace, by: Pick<Member, 'id'>): Promise<boolean> {
  return (await listViewers(db, workspace.id)).some(one => one.member.id === by.id);
}
