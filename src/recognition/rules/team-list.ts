// What becomes of a workspace's teams when somebody hands in the whole list of them.
import type { Member, SlackRoster, Team } from '../../model.js';
import type { TeamChange } from '../../store/change-teams.js';
import { choicesOf, isSo } from '../teams/change.js';
import { type TeamContents, type TeamFault, teamFaults, teamSlug } from './teams.js';

/** A team as it is to be; what is left out stays, or is the usual for a new one. */
export interface WantedTeam {
  /** Its place in the list as handed in, from 0 on. */
  index: number;
  /** Left out: what its name is typed as. */
  slug?: string;
  /** One line. */
  name: string;
  /** Where its people come from: exactly one, or it is refused. A new team needs it. */
  rosters?: SlackRoster[];
  leadSlackIds?: string[];
  channelSlackId?: string | null;
  isDigestOn?: boolean;
}

/** Something that a team of the list cannot be. */
export type TeamListFault =
  | TeamFault
  /** Nobody knows them yet. */
  | { code: 'unknownLead'; slackId: string };

export interface TeamListDecision {
  /** As they are to be, in the order of the list, without Everyone. */
  teams: Team[];
  changes: TeamChange[];
  faults: { index: number; fault: TeamListFault }[];
}

/**
 * The teams as the list wants them: those that it leaves out are deleted. A team of the list is one that is there if it
 * has its slug, else its name.
 * @param facts - `known`: those of the leads who are known; `canLead`: whether somebody can lead a team; `newId` makes an
 *   id of ours
 */
export function teamListDecision(
  wanted: WantedTeam[],
  present: Team[],
  {
    workspaceId,
    known,
    canLead,
    newId,
  }: { workspaceId: string; known: Member[]; canLead: (member: Member) => boolean; newId: () => string },
): TeamListDecision {
  const before = present.filter(one => one.roster.kind !== 'everyone');
  const slugs = wanted.map(one => teamSlug({ name: one.name, slug: one.slug ?? null }, null));
  const teams: Team[] = [];
  const changes: TeamChange[] = [];
  const faults: TeamListDecision['faults'] = [];
  for (const [at, one] of wanted.entries()) {
    const free = before.filter(team => !teams.some(({ id }) => id === team.id));
    const own =
      free.find(team => team.slug === slugs[at]) ??
      free.find(team => team.name === one.name && !slugs.includes(team.slug)) ??
      null;
    const contents = contentsOf(one, own);
    const leads = known.filter(member => contents.leadSlackIds.includes(member.slackId));
    const strangers = leads.filter(member => !canLead(member) && !isLead(own, member));
    const found: TeamListFault[] = [
      ...teamFaults(contents, { own, others: teams }),
      ...contents.leadSlackIds
        .filter(slackId => !leads.some(member => member.slackId === slackId))
        .map(slackId => ({ code: 'unknownLead' as const, slackId })),
      ...(strangers.length > 0
        ? [{ code: 'cannotLead' as const, names: strangers.map(member => member.name) }]
        : []),
    ];
    faults.push(...found.map(fault => ({ index: one.index, fault })));
    const choices = choicesOf(contents, own);
    if (found.length > 0 || !choices) continue;
    const id = own?.id ?? newId();
    const version = own?.version ?? 0;
    const blank = { digestSince: null, refreshedAt: null };
    teams.push({ ...blank, ...own, id, workspaceId, ...choices, leads, version });
    const leadIds = leads.map(member => member.id);
    if (!own) changes.push({ kind: 'insert', id, choices, leadIds });
    else if (!isSo(own, contents)) changes.push({ kind: 'update', before: own, choices, leadIds });
  }
  const gone = before.filter(team => !teams.some(({ id }) => id === team.id));
  changes.push(...gone.map(({ id }) => ({ kind: 'delete' as const, id })));
  return { teams, changes, faults };
}

function contentsOf(wanted: WantedTeam, own: Team | null): TeamContents {
  const roster = own && own.roster.kind !== 'everyone' ? [own.roster] : [];
  return {
    name: wanted.name,
    slug: wanted.slug ?? null,
    rosters: wanted.rosters ?? roster,
    leadSlackIds: [...new Set(wanted.leadSlackIds ?? own?.leads.map(one => one.slackId) ?? [])],
    channelSlackId:
      wanted.channelSlackId === undefined ? (own?.channelSlackId ?? null) : wanted.channelSlackId,
    isDigestOn: wanted.isDigestOn ?? own?.isDigestOn ?? false,
  };
}

/** Who has left since they were named does not keep the rest of a list from being taken. */
function isLead(own: Team | null, member: Member): boolean {
  return own?.leads.some(one => one.id === member.id) === true;
}
