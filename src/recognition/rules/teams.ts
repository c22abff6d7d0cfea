// What a team can be.
import type { ChannelTrouble, SlackRoster, Team } from '../../model.js';
import { everyoneSlug } from '../../store/teams.js';
import { slugOf } from './values.js';

/** In characters, as code points. */
export const longestTeamName = 60;
/** A file of settings holds no more, and nobody would find theirs among them. */
export const mostTeams = 200;
export const mostLeads = 20;

/** They mean something else where a team can be named. */
const reserved: ReadonlySet<string> = new Set(['me', 'team', 'all', 'week', 'month', 'quarter', 'year']);

/** What somebody wants a team to be. */
export interface TeamContents {
  /** One line, as it was typed. */
  name: string;
  /** What is to be typed after `team:`; null: it follows from the name. */
  slug: string | null;
  /** Where its people are to come from: exactly one, or it is refused. */
  rosters: SlackRoster[];
  /** They must have been looked up. */
  leadSlackIds: string[];
  /** The Slack id of its own channel; null: none. */
  channelSlackId: string | null;
  isDigestOn: boolean;
}

/** Something that a team cannot be, which whoever asks can mend. */
export type TeamFault =
  | { code: 'noName' }
  | { code: 'nameTooLong'; length: number; limit: number }
  /** It could not be typed after `team:`. */
  | { code: 'nameWithoutLetter' }
  /** Its slug is another's. */
  | { code: 'nameTaken'; slug: string; by: string }
  /** Its slug means something else. */
  | { code: 'nameReserved'; slug: string }
  | { code: 'tooManyTeams'; limit: number }
  | { code: 'noRoster' }
  | { code: 'twoRosters' }
  | { code: 'closedRoster'; trouble: ChannelTrouble }
  /** Bots, guests, people who have left, and people of other organisations; or nobody Slack knows. */
  | { code: 'cannotLead'; names: string[] }
  | { code: 'tooManyLeads'; limit: number }
  | { code: 'closedChannel'; trouble: ChannelTrouble }
  | { code: 'digestWithoutChannel' };

/** What a team of this name is typed as; null: nothing. @param own - the team as it is; null: it is new */
export function teamSlug(
  { name, slug }: Pick<TeamContents, 'name' | 'slug'>,
  own: Team | null,
): string | null {
  if (slug !== null) return slug;
  return own?.name === name ? own.slug : slugOf(name);
}

/**
 * Every reason in the contents themselves why a team cannot be so. Empty: it can.
 * @param own - the team as it is; null: it is new
 * @param others - all other teams that there will be
 */
export function teamFaults(
  contents: TeamContents,
  { own, others }: { own: Team | null; others: Pick<Team, 'name' | 'slug'>[] },
): TeamFault[] {
  const { name, rosters, leadSlackIds, channelSlackId, isDigestOn } = contents;
  const slug = teamSlug(contents, own);
  const by = slug === null ? undefined : others.find(one => one.slug === slug);
  const length = [...name].length;
  return [
    ...(name === '' ? [{ code: 'noName' as const }] : []),
    ...(name !== '' && slug === null ? [{ code: 'nameWithoutLetter' as const }] : []),
    ...(length > longestTeamName ? [{ code: 'nameTooLong' as const, length, limit: longestTeamName }] : []),
    ...(slug !== null && (slug === everyoneSlug || reserved.has(slug))
      ? [{ code: 'nameReserved' as const, slug }]
      : []),
    ...(slug !== null && slug !== everyoneSlug && by
      ? [{ code: 'nameTaken' as const, slug, by: by.name }]
      : []),
    ...(own || others.length < mostTeams ? [] : [{ code: 'tooManyTeams' as const, limit: mostTeams }]),
    ...(rosters.length === 0 ? [{ code: 'noRoster' as const }] : []),
    ...(rosters.length > 1 ? [{ code: 'twoRosters' as const }] : []),
    ...(leadSlackIds.length > mostLeads ? [{ code: 'tooManyLeads' as const, limit: mostLeads }] : []),
    ...(isDigestOn && !channelSlackId ? [{ code: 'digestWithoutChannel' as const }] : []),
  ];
}
