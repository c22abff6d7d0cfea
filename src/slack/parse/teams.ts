// Reads what admins do with teams: the list's menus, and the forms.
import { z } from 'zod';
import type { SlackRoster } from '../../model.js';
import type { TeamContents } from '../../recognition/rules/teams.js';
import { fields } from '../ids.js';
import { cleanText } from '../text.js';

const formContext = z.object({
  /** Null: it is a new one. */
  teamId: z.string().nullable(),
  /** The version that was seen; of a new one 0. */
  version: z.number().int(),
  /** The page of the list below. */
  page: z.number().int().min(0).default(0),
  /** How often the form has been shown anew. */
  round: z.number().int().default(0),
});

/** What the form of a team has to remember. */
export type TeamFormContext = z.infer<typeof formContext>;

/** @throws when the view is not one of ours. */
export function parseTeamFormContext(privateMetadata: string): TeamFormContext {
  return formContext.parse(JSON.parse(privateMetadata));
}

const teamFields = ['name', 'group', 'rosterChannel', 'leads', 'channel', 'teamDigest'] as const;
export type TeamField = (typeof teamFields)[number];

/** The id of a field's block: another one each time the form is shown anew, or Slack would keep in it what was chosen before. */
export function teamField(field: TeamField, { round }: Pick<TeamFormContext, 'round'>): string {
  return round === 0 ? fields[field] : `${fields[field]}:${round}`;
}

/** In the menu of groups: the team's people come from a channel. */
export const noGroup = 'none';

const option = z.object({ value: z.string() });

const state = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: z.string().nullish(),
      selected_option: option.nullish(),
      selected_options: z.array(option).nullish(),
      selected_conversation: z.string().nullish(),
      selected_users: z.array(z.string()).nullish(),
    }),
  ),
);

/** What the form says. */
export function parseTeamForm(values: unknown, context: Pick<TeamFormContext, 'round'>): TeamContents {
  const form = state.parse(values);
  const at = (field: TeamField) => form[teamField(field, context)]?.[fields[field]];
  const group = at('group')?.selected_option?.value ?? noGroup;
  const channel = at('rosterChannel')?.selected_conversation ?? null;
  const rosters: SlackRoster[] = [
    ...(group === noGroup ? [] : [{ kind: 'group' as const, slackId: group }]),
    ...(channel ? [{ kind: 'channel' as const, slackId: channel }] : []),
  ];
  return {
    name: cleanText(at('name')?.value ?? '')
      .replace(/\s+/g, ' ')
      .normalize('NFC'),
    slug: null,
    rosters,
    leadSlackIds: [...new Set(at('leads')?.selected_users ?? [])],
    channelSlackId: at('channel')?.selected_conversation ?? null,
    isDigestOn: at('teamDigest')?.selected_options?.some(one => one.value === 'on') === true,
  };
}

const menuChoice = z
  .tuple([z.enum(['change', 'delete']), z.string(), z.coerce.number().int()])
  .transform(([kind, teamId, seenVersion]) => ({ kind, teamId, seenVersion }));

/** What an admin chose in a team's menu. @throws when the menu is not ours. */
export function parseTeamMenu(value: string): z.infer<typeof menuChoice> {
  return menuChoice.parse(value.split(':'));
}
