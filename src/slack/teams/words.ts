// What is said about teams: faults, what a change came to, and to those who lead one.
import type { Commands } from '../../config.js';
import type { Team } from '../../model.js';
import type { TeamFault } from '../../recognition/rules/teams.js';
import type { TeamOutcome } from '../../recognition/teams/change.js';
import type { OwnTeams } from '../../recognition/teams/overview.js';
import { type Message, said } from '../messages/parts.js';
import { type TeamField, type TeamFormContext, teamField } from '../parse/teams.js';
import { closedChoiceWords, closedWords, errorsByField } from '../refusals.js';
import { joinNames } from '../text.js';

export const onlyAdmins = 'Only workspace admins change the teams, so nothing was changed.';

/** Why a team cannot be so, and what to do. */
export function faultWords(fault: TeamFault): string {
  switch (fault.code) {
    case 'noName':
      return 'Give it a name.';
    case 'nameTooLong':
      return `The name has ${fault.length} characters; up to ${fault.limit} fit.`;
    case 'nameWithoutLetter':
      return 'The name needs a letter, so that people can type it after team:.';
    case 'nameTaken':
      return `team:${fault.slug} is ${fault.by} already. Choose another name.`;
    case 'nameReserved':
      return fault.slug === 'everyone'
        ? 'Everyone is there already: all people of this workspace. Choose another name.'
        : `"${fault.slug}" means something else where statistics are asked for. Choose another name.`;
    case 'tooManyTeams':
      return `There are ${fault.limit} teams, and more would be hard to find one's way in. Delete one first.`;
    case 'noRoster':
      return 'Say who is in it: choose a channel, or a user group where you have some.';
    case 'twoRosters':
      return 'Choose a user group or a channel, not both.';
    case 'closedRoster':
      return fault.trouble === 'notMember'
        ? 'I cannot see who is in that private channel. Invite me there and try again, or choose another.'
        : closedWords(fault.trouble);
    case 'cannotLead':
      return `${joinNames(fault.names)} cannot lead a team: choose people of this workspace who are active and no guests.`;
    case 'tooManyLeads':
      return `Up to ${fault.limit} people can lead a team.`;
    case 'closedChannel':
      return closedChoiceWords(fault.trouble);
    case 'digestWithoutChannel':
      return 'Its own digest needs its own channel. Choose one above, or leave this empty.';
  }
}

const fieldOf: Record<TeamFault['code'], TeamField> = {
  noName: 'name',
  nameTooLong: 'name',
  nameWithoutLetter: 'name',
  nameTaken: 'name',
  nameReserved: 'name',
  tooManyTeams: 'name',
  noRoster: 'rosterChannel',
  twoRosters: 'rosterChannel',
  closedRoster: 'rosterChannel',
  cannotLead: 'leads',
  tooManyLeads: 'leads',
  closedChannel: 'channel',
  digestWithoutChannel: 'teamDigest',
};

/** The faults as errors of the form's fields: all of a field's words together. */
export function faultErrors(faults: TeamFault[], context: TeamFormContext): Record<string, string> {
  return errorsByField(faults, ({ code }) => teamField(fieldOf[code], context), faultWords);
}

/** What a change came to, for above the list. */
export function outcomeWords(outcome: TeamOutcome): string {
  switch (outcome.kind) {
    case 'changed':
      return outcome.before
        ? `Saved: ${outcome.name}.${outcome.before.slug === outcome.slug ? '' : ` It is typed team:${outcome.slug} from now on.`}`
        : `Added: ${outcome.name}, typed team:${outcome.slug}. Who is in it I find out now, and keep up to date.`;
    case 'deleted':
      return `Deleted: ${outcome.name}. What people gave and received stays.`;
    case 'changedMeanwhile':
      return `${outcome.team.name} was changed after you saw it, so I did nothing. Below is how it is now.`;
    case 'refused':
      return outcome.faults.map(faultWords).join(' ');
    case 'impossible':
      return outcome.reason === 'notAdmin'
        ? onlyAdmins
        : 'That team is not there any more, so I changed nothing.';
  }
}

/** Who leads a team. */
export function leadWords({ leads }: Pick<Team, 'leads'>): string {
  return leads.length > 0 ? `led by ${joinNames(leads.map(one => one.name))}` : 'nobody leads it yet';
}

/** To somebody who leads a team from now on. */
export function namedLead(by: string, team: string, { recognition }: Commands): Message {
  return said(
    `${by} named you a lead of ${team}. You see what its members were thanked for and gave, and whom nobody thanked lately: ${recognition} stats team. Looks are seen: whoever you look up can see that you did, and when.`,
  );
}

/** To somebody who does not change teams: theirs, and whom to ask. */
export function ownTeams({ teams, admins }: OwnTeams, { recognition }: Commands): Message {
  const yours =
    teams.length > 0
      ? `Your teams: ${teams.map(team => `${team.name} (team:${team.slug}), ${leadWords(team)}`).join('; ')}.`
      : 'You are in no team yet, only in Everyone, like all people here.';
  const names = admins.map(one => one.name);
  const ask =
    names.length > 0
      ? ` Ask one of them: ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names)}.`
      : '';
  return said(`${yours} Workspace admins make and change teams with ${recognition} teams.${ask}`);
}
