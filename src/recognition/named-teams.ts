// Teams as recipients: what was typed after `team:`, or chosen in the form, as a named group.
import type { Member, NamedGroup, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listMembersOfTeam, listTeamNames, type TeamName } from '../store/named-teams.js';
import { everyoneSlug } from '../store/teams.js';
import { accountOf } from './permissions.js';
import type { Refusal } from './refusal.js';
import { recipientLimit, teamGroupId } from './rules/people.js';
import { asSlug, nearestSlug } from './rules/values.js';

/** Of a team so many are looked at: enough to find that they are too many. */
const mostRead = 100;

/** A team as it was typed after `team:`, or as it was chosen: its id, and its name as it was then. */
export type TeamWish = { typed: string } | { teamId: string; name: string };

/**
 * The teams that somebody named, with those in each now, without the giver. A team that is not there has the trouble
 * `unknownTeam` and is called as it was named; one of more people than a shout-out reaches, `tooLarge`.
 */
export async function nameTeams(
  db: Db,
  workspace: Workspace,
  { wishes, giverSlackId }: { wishes: TeamWish[]; giverSlackId: string },
): Promise<NamedGroup[]> {
  if (wishes.length === 0) return [];
  const teams = await listTeamNames(db, workspace.id);
  const isTheOne = (team: TeamName, wish: TeamWish) =>
    'typed' in wish ? team.slug === asSlug(wish.typed) : team.id === wish.teamId;
  const found = wishes.map(wish => ({ wish, team: teams.find(team => isTheOne(team, wish)) }));
  const named = await Promise.all(
    found.map(async ({ wish, team }): Promise<NamedGroup> => {
      if (!team) {
        const handle = 'typed' in wish ? wish.typed : wish.name;
        return { slackId: teamGroupId(handle), handle, memberSlackIds: [], trouble: 'unknownTeam' };
      }
      const group = { slackId: teamGroupId(team.id), handle: `team ${team.name}` };
      const members = await listMembersOfTeam(db, workspace.id, { teamId: team.id, limit: mostRead });
      const memberSlackIds = members
        .filter(member => member.slackId !== giverSlackId && isSomebody(member))
        .map(member => member.slackId);
      return memberSlackIds.length > recipientLimit || members.length === mostRead
        ? { ...group, memberSlackIds: [], trouble: 'tooLarge' }
        : { ...group, memberSlackIds, trouble: null };
    }),
  );
  return named.filter((one, index) => named.findIndex(other => other.slackId === one.slackId) === index);
}

/** Whether somebody of this workspace is there to be thanked; a roster may not know yet that they left. */
function isSomebody(member: Member): boolean {
  const account = accountOf(member);
  return account === 'member' || account === 'guest';
}

/** What all teams are called. */
export function listNamedTeams(db: Db, workspace: Workspace): Promise<TeamName[]> {
  return listTeamNames(db, workspace.id);
}

/** The teams that a form offers, by name: all but Everyone. */
export async function listOfferedTeams(db: Db, workspace: Workspace): Promise<TeamName[]> {
  const teams = await listTeamNames(db, workspace.id);
  return teams.filter(team => team.slug !== everyoneSlug);
}

/** The same reasons to refuse, each unknown team with the one that looks most like it, the last one with all there are. */
export async function explainTeams(db: Db, workspace: Workspace, reasons: Refusal[]): Promise<Refusal[]> {
  const last = reasons.findLastIndex(({ code }) => code === 'unknownTeam');
  if (last < 0) return reasons;
  const teams = await listTeamNames(db, workspace.id);
  const slugs = teams.map(team => team.slug);
  return reasons.map((reason, index) =>
    reason.code === 'unknownTeam'
      ? { ...reason, nearest: nearestSlug(reason.typed, teams), slugs: index === last ? slugs : null }
      : reason,
  );
}
