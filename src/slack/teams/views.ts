// The teams as admins see them: the list, the form of one, and the question before one is deleted.
import type { KnownBlock, ModalView, SectionBlock } from '@slack/types';
import type { Roster, Team } from '../../model.js';
import { longestTeamName } from '../../recognition/rules/teams.js';
import type { SeenTeam, TeamsOverview } from '../../recognition/teams/overview.js';
import { actions, callbacks, fields } from '../ids.js';
import { button, buttons } from '../messages/parts.js';
import { noGroup, type TeamField, type TeamFormContext, teamField } from '../parse/teams.js';
import type { ListContext } from '../parse/values.js';
import { boldMarkup, capital, cutText, escapeText, plain, richText, section } from '../text.js';
import { boxesField, channelField, groupedChoiceField, input, peopleField } from '../views/inputs.js';
import { listPage } from '../views/list-page.js';
import { form, hintBlocks } from '../views.js';
import { leadWords } from './words.js';

/** A section holds 3,000 characters, and each of many leads has a name. */
const longestRow = 2500;

/** The list that admins change. @param note - what has just been done, above it */
export function teamsView(
  { teams, groups }: TeamsOverview,
  { page: wanted }: ListContext,
  note: string | null = null,
): ModalView {
  const { page, onPage, turns } = listPage(teams, wanted, actions.teamsPage);
  const intro =
    'Leads see the numbers of their team, and shout-outs can go to a whole team. Who is in a team I take over from Slack: from a user group, or from the members of a channel.';
  return {
    type: 'modal',
    callback_id: callbacks.teams,
    title: { type: 'plain_text', text: 'Teams' },
    close: { type: 'plain_text', text: 'Close' },
    private_metadata: JSON.stringify({ page } satisfies ListContext),
    blocks: [
      ...(note ? [richText(section(plain(note))), { type: 'divider' as const }] : []),
      richText(section(plain(intro))),
      ...onPage.map(team => row(team, groups)),
      buttons(button('New team', actions.newTeam, 'new', 'primary'), ...turns),
    ],
  };
}

function row(team: SeenTeam, groups: TeamsOverview['groups']): SectionBlock {
  const { id, version, name, slug, roster, channelSlackId, isDigestOn } = team;
  const lines = [
    `${boldMarkup(name)}  \`team:${slug}\``,
    ...(roster.kind === 'everyone' ? [] : [escapeText(capital(leadWords(team)))]),
    peopleWords(team, groups),
    ...(channelSlackId
      ? [`Its own channel: <#${channelSlackId}>${isDigestOn ? ', with a digest of its own' : ''}`]
      : []),
    ...troubleLines(team),
  ];
  return {
    type: 'section',
    block_id: id,
    text: { type: 'mrkdwn', verbatim: true, text: cutText(lines.join('\n'), longestRow) },
    ...(roster.kind === 'everyone'
      ? {}
      : {
          accessory: {
            type: 'overflow',
            action_id: actions.teamMenu,
            options: [
              { text: { type: 'plain_text', text: 'Edit' }, value: `change:${id}:${version}` },
              { text: { type: 'plain_text', text: 'Delete' }, value: `delete:${id}:${version}` },
            ],
          },
        }),
  };
}

function peopleWords({ people, refreshedAt, roster }: SeenTeam, groups: TeamsOverview['groups']): string {
  const origin = originWords(roster, groups);
  if (!refreshedAt) return `I am reading who is in ${origin ?? 'its user group'}`;
  const counted = people === 1 ? '1 person' : `${people} people`;
  if (roster.kind === 'everyone') return `${counted}, all of this workspace`;
  return origin ? `${counted}, from ${origin}` : counted;
}

/** Null: a group that Slack does not list. */
function originWords(roster: Roster, groups: TeamsOverview['groups']): string | null {
  if (roster.kind === 'everyone') return 'this workspace';
  if (roster.kind === 'channel') return `<#${roster.slackId}>`;
  const group = groups.find(one => one.slackId === roster.slackId);
  return group ? escapeText(group.handle) : null;
}

function troubleLines({ trouble }: SeenTeam): string[] {
  if (trouble === 'group')
    return ['Slack does not list its user group any more, so its people stay as they are. Choose another.'];
  if (trouble === 'channel')
    return ['Slack did not tell me lately who is in its channel. If it is private, invite me there.'];
  return [];
}

/** The form of one team. @param team - null: a new one */
export function teamForm(
  team: Team | null,
  groups: TeamsOverview['groups'],
  { page, round }: Pick<TeamFormContext, 'page' | 'round'>,
  hint: string | null = null,
): ModalView {
  const context: TeamFormContext = { teamId: team?.id ?? null, version: team?.version ?? 0, page, round };
  const inRound = (field: TeamField, block: KnownBlock): KnownBlock => ({
    ...block,
    block_id: teamField(field, context),
  });
  const roster = team?.roster ?? null;
  const groupId = roster?.kind === 'group' ? roster.slackId : null;
  const hasGroups = groups.length > 0 || groupId !== null;
  return form(
    {
      callbackId: callbacks.team,
      title: team ? 'Edit a team' : 'New team',
      submit: team ? 'Save' : 'Add it',
      context,
    },
    [
      ...hintBlocks(hint),
      inRound('name', nameField(team)),
      ...(hasGroups ? [inRound('group', groupField(groups, groupId))] : []),
      inRound(
        'rosterChannel',
        channelField(
          {
            id: fields.rosterChannel,
            label: hasGroups ? 'Or who is in this channel' : 'Who is in it? The members of this channel',
            hint: 'Bots and people of other organisations are left out. Into a private channel, invite me first.',
          },
          roster?.kind === 'channel' ? roster.slackId : null,
          'A channel',
        ),
      ),
      inRound(
        'leads',
        peopleField(
          {
            id: fields.leads,
            label: 'Who leads it?',
            hint: 'They see the numbers of its members, and are told so. Whoever they look up sees that they looked.',
            optional: true,
          },
          team?.leads.map(one => one.slackId) ?? [],
          'Nobody yet',
        ),
      ),
      inRound(
        'channel',
        channelField(
          {
            id: fields.channel,
            label: 'Does it have a channel of its own for shout-outs?',
            hint: 'What its members give each other then appears there.',
          },
          team?.channelSlackId ?? null,
          'No, with all others',
        ),
      ),
      inRound(
        'teamDigest',
        boxesField(
          { id: fields.teamDigest, label: 'Its own digest' },
          [{ text: 'Tell its week in its own channel', value: 'on' }],
          team?.isDigestOn ? ['on'] : [],
        ),
      ),
    ],
  );
}

function nameField(team: Team | null): KnownBlock {
  return input(
    {
      id: fields.name,
      label: 'Name',
      hint: team
        ? `People type it as team:${team.slug}. After a new name they type that.`
        : 'People type it after team:, as in team:payments.',
    },
    {
      type: 'plain_text_input',
      action_id: fields.name,
      // Slack counts most emoji as two; our rule counts them as one, and decides.
      max_length: 2 * longestTeamName,
      ...(team ? { initial_value: team.name } : { focus_on_load: true }),
    },
  );
}

/** Slack takes 100 options in each part of a menu. */
const mostInPart = 100;

function groupField(groups: TeamsOverview['groups'], chosen: string | null): KnownBlock {
  const known = groups.map(({ slackId, handle, name }) => ({ text: `${handle} ${name}`, value: slackId }));
  const gone =
    chosen !== null && !groups.some(one => one.slackId === chosen)
      ? [{ text: 'a group that Slack no longer lists', value: chosen }]
      : [];
  const options = [...gone, ...known].slice(0, mostInPart * 99);
  const parts = Array.from({ length: Math.ceil(options.length / mostInPart) }, (_, index) => ({
    label: index === 0 ? 'User groups' : 'User groups, more',
    options: options.slice(index * mostInPart, (index + 1) * mostInPart),
  }));
  return groupedChoiceField(
    { id: fields.group, label: 'Who is in it? The people of this user group' },
    [{ label: 'A channel', options: [{ text: 'None: from a channel', value: noGroup }] }, ...parts],
    chosen ?? noGroup,
  );
}

/** Before a team is deleted. */
export function deleteForm({ id, name, version }: Team, page: number): ModalView {
  const context: TeamFormContext = { teamId: id, version, page, round: 0 };
  const words = `Delete ${name}? Nobody leads it any more, and who was in it, and when, is forgotten. What people gave and received stays.`;
  return form({ callbackId: callbacks.deleteTeam, title: 'Delete a team', submit: 'Delete it', context }, [
    richText(section(plain(words))),
  ]);
}
