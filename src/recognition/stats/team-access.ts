// Whether somebody may see what is known of a team.
import type { Member, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findTeam } from '../../store/teams.js';
import { isGranted, may } from '../permissions.js';
import { rolesTowardTeam } from './rights.js';

export type TeamAccess = { kind: 'granted'; team: Team } | { kind: 'refused' } | { kind: 'gone' };

/** The team, for its leads and for those who may see everyone's numbers; to be asked for again with every press. */
export async function accessTeam(
  db: Db,
  workspace: Workspace,
  { by, teamId }: { by: Member; teamId: string },
): Promise<TeamAccess> {
  const team = await findTeam(db, workspace.id, teamId);
  const held = await rolesTowardTeam(db, workspace, { by, team: team ?? { leads: [] } });
  // Who may not see teams does not hear either which there were.
  if (team) return isGranted(may('seeTeam', held)) ? { kind: 'granted', team } : { kind: 'refused' };
  const isSomebody = held.includes('viewer') || held.includes('otherLead');
  return isSomebody ? { kind: 'gone' } : { kind: 'refused' };
}
