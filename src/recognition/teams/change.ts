// How a workspace's admins change its teams.
import { v5 as uuidFrom } from 'uuid';
import type { ChannelTrouble, Member, Team, Workspace } from '../../model.js';
import { markTeams, type TeamChange } from '../../store/change-teams.js';
import type { Db } from '../../store/db.js';
import { listMembers } from '../../store/members.js';
import type { TeamChoices } from '../../store/teams.js';
import { adminRefusal } from '../rules/changes.js';
import { type TeamContents, type TeamFault, teamFaults, teamSlug } from '../rules/teams.js';
import { canBeNamed } from '../settings.js';

export type TeamOutcome =
  /** `before`: as it was; null: it is new. `newLeads`: who leads it from now on and did not. */
  | { kind: 'changed'; name: string; slug: string; before: Team | null; newLeads: Member[] }
  | { kind: 'deleted'; name: string }
  | { kind: 'refused'; faults: TeamFault[] }
  | { kind: 'impossible'; reason: 'notAdmin' | 'unknownTeam' }
  /** It is not as whoever asks had seen it: nothing is written. */
  | { kind: 'changedMeanwhile'; team: Team };

export interface TeamRequest {
  /** As Slack says of them now. */
  by: Member;
  contents: TeamContents;
  /** Why the members of a channel that is chosen cannot be seen, or nothing can be posted in it. */
  channelTroubles: { choice: 'roster' | 'channel'; trouble: ChannelTrouble }[];
  /** The team that is changed and the version of it that was seen; or a key that names the form of a new one: one key is one team. */
  which: { teamId: string; seenVersion: number } | { key: string };
}

/**
 * Makes a team, or changes one. Safe to repeat.
 * @returns every fault at once
 */
export async function saveTeam(
  db: Db,
  workspace: Workspace,
  { by, contents, channelTroubles, which }: TeamRequest,
  now: Date,
): Promise<TeamOutcome> {
  if (adminRefusal(by, 'changeTeams')) return { kind: 'impossible', reason: 'notAdmin' };
  const { leads, strangers } = await leadsAmong(db, workspace, contents.leadSlackIds);
  const others: TeamFault[] = [
    ...channelTroubles.map(({ choice, trouble }) => ({
      code: choice === 'roster' ? ('closedRoster' as const) : ('closedChannel' as const),
      trouble,
    })),
    ...(strangers.length > 0 ? [{ code: 'cannotLead' as const, names: strangers }] : []),
  ];
  const id = 'key' in which ? uuidFrom(which.key, workspace.id) : which.teamId;
  const { decision, newLeads } = await markTeams(
    db,
    workspace.id,
    (present): { changes: TeamChange[]; outcome: TeamOutcome } => {
      const own = present.find(one => one.id === id && one.roster.kind !== 'everyone') ?? null;
      const nothing = (outcome: TeamOutcome) => ({ changes: [], outcome });
      if (!own && 'teamId' in which) return nothing({ kind: 'impossible', reason: 'unknownTeam' });
      if (own && isSo(own, contents)) return nothing(changed(own, own));
      if (own && ('key' in which || own.version !== which.seenVersion))
        return nothing({ kind: 'changedMeanwhile', team: own });
      const rest = present.filter(one => one.id !== id);
      const faults = [...teamFaults(contents, { own, others: rest }), ...others];
      const choices = choicesOf(contents, own);
      if (faults.length > 0 || !choices) return nothing({ kind: 'refused', faults });
      const leadIds = leads.map(one => one.id);
      return {
        changes: [
          own ? { kind: 'update', before: own, choices, leadIds } : { kind: 'insert', id, choices, leadIds },
        ],
        outcome: changed(choices, own),
      };
    },
    now,
  );
  const { outcome } = decision;
  if (outcome.kind !== 'changed') return outcome;
  const added = newLeads.flatMap(one => one.leadIds);
  return { ...outcome, newLeads: leads.filter(one => added.includes(one.id)) };
}

/** Deletes a team with what is known of who was in it. Shout-outs stay. Safe to repeat. */
export async function deleteTeam(
  db: Db,
  workspace: Workspace,
  { by, teamId, seenVersion }: { by: Member; teamId: string; seenVersion: number },
  now: Date,
): Promise<TeamOutcome> {
  if (adminRefusal(by, 'changeTeams')) return { kind: 'impossible', reason: 'notAdmin' };
  const { decision } = await markTeams(
    db,
    workspace.id,
    (present): { changes: TeamChange[]; outcome: TeamOutcome } => {
      const own = present.find(one => one.id === teamId && one.roster.kind !== 'everyone');
      if (!own) return { changes: [], outcome: { kind: 'impossible', reason: 'unknownTeam' } };
      if (own.version !== seenVersion)
        return { changes: [], outcome: { kind: 'changedMeanwhile', team: own } };
      return { changes: [{ kind: 'delete', id: teamId }], outcome: { kind: 'deleted', name: own.name } };
    },
    now,
  );
  return decision.outcome;
}

/** What the store keeps of the contents; null: they are not whole. */
export function choicesOf(contents: TeamContents, own: Team | null): TeamChoices | null {
  const { name, rosters, channelSlackId, isDigestOn } = contents;
  const slug = teamSlug(contents, own);
  const [roster] = rosters;
  return slug === null || !roster ? null : { name, slug, roster, channelSlackId, isDigestOn };
}

/** Whether a team is so already: the same form a second time is no other change. */
export function isSo(own: Team, contents: TeamContents): boolean {
  const written = (value: unknown) => JSON.stringify(value);
  const { name, slug, roster, channelSlackId, isDigestOn } = own;
  return (
    written(choicesOf(contents, own)) === written({ name, slug, roster, channelSlackId, isDigestOn }) &&
    written(own.leads.map(one => one.slackId).sort()) === written([...new Set(contents.leadSlackIds)].sort())
  );
}

/** The people with these Slack ids who can lead a team, and what to call the others. */
export async function leadsAmong(
  db: Db,
  workspace: Workspace,
  slackIds: string[],
): Promise<{ leads: Member[]; strangers: string[] }> {
  const known = await listMembers(db, workspace.id, slackIds);
  const leads = known.filter(one => canBeNamed(one, 'beLead'));
  const strangers = [...new Set(slackIds)]
    .filter(slackId => !leads.some(one => one.slackId === slackId))
    .map(slackId => known.find(one => one.slackId === slackId)?.name ?? slackId);
  return { leads, strangers };
}

function changed({ name, slug }: Pick<Team, 'name' | 'slug'>, before: Team | null): TeamOutcome {
  return { kind: 'changed', name, slug, before, newLeads: [] };
}
