// The teams of a workspace as people see them: all of them for admins, one's own for everybody.
import type { Group, Member, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listAdmins, listMembers } from '../../store/members.js';
import { listSyncs } from '../../store/syncs.js';
import { countStaying, findTeam as find, listTeams, listTeamsOf } from '../../store/teams.js';
import { listUserGroups } from '../../store/user-groups.js';

/** A team as admins see it. */
export interface SeenTeam extends Team {
  /** Who is in it now. */
  people: number;
  /** `group`: Slack does not list its group any more; `channel`: Slack did not tell who is in its channel lately. */
  trouble: 'group' | 'channel' | null;
}

export interface TeamsOverview {
  /** By name, Everyone last. */
  teams: SeenTeam[];
  /** Slack's user groups by handle; empty on plans without. */
  groups: (Group & { name: string })[];
}

export async function findTeams(db: Db, workspace: Workspace): Promise<TeamsOverview> {
  const [teams, groups, counts, syncs] = await Promise.all([
    listTeams(db, workspace.id),
    listUserGroups(db, workspace.id),
    countStaying(db, workspace.id),
    listSyncs(db, workspace.id),
  ]);
  const hasFailed = (team: Team) => syncs.some(one => one.subject === `team:${team.id}` && one.failures > 0);
  const troubleOf = (team: Team) => {
    const { roster } = team;
    if (roster.kind === 'group') return groups.some(one => one.slackId === roster.slackId) ? null : 'group';
    return roster.kind === 'channel' && hasFailed(team) ? 'channel' : null;
  };
  return {
    teams: teams.map(team => ({ ...team, people: counts.get(team.id) ?? 0, trouble: troubleOf(team) })),
    groups,
  };
}

/** The team with this id; null: it is not there any more, or is Everyone, which nobody changes. */
export async function findTeam(db: Db, workspace: Workspace, teamId: string): Promise<Team | null> {
  const team = await find(db, workspace.id, teamId);
  return team && team.roster.kind !== 'everyone' ? team : null;
}

export interface OwnTeams {
  /** By name, without Everyone. */
  teams: Team[];
  /** A few of those who can change teams. */
  admins: Member[];
}

/** So many admins are named. */
const fewAdmins = 3;

/** The teams that somebody is in now. */
export async function findOwnTeams(db: Db, workspace: Workspace, memberSlackId: string): Promise<OwnTeams> {
  const [[member], admins] = await Promise.all([
    listMembers(db, workspace.id, [memberSlackId]),
    listAdmins(db, workspace.id, fewAdmins),
  ]);
  const teams = member ? await listTeamsOf(db, workspace.id, member.id) : [];
  return { teams: teams.filter(one => one.roster.kind !== 'everyone'), admins };
}
