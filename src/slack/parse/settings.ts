// Reads the forms of the first steps and of the settings.
import { z } from 'zod';
import type { Weekday } from '../../model.js';
import type { Choices, SettingsRequest } from '../../recognition/settings.js';
import { fields, settingsSections } from '../ids.js';
import { cleanText } from '../text.js';

const settingsContext = z.object({
  /** The version of the settings that the form shows. */
  version: z.number(),
  sections: z.array(z.enum(settingsSections)),
  /** The fingerprint of the values that the first steps show. */
  seenValues: z.string().optional(),
  /** How often the form has been shown anew. */
  round: z.number().default(0),
});

/** What a form of settings has to remember. */
export type SettingsContext = z.input<typeof settingsContext>;

/** @throws when the view is not one of ours. */
export function parseSettingsContext(privateMetadata: string): z.output<typeof settingsContext> {
  return settingsContext.parse(JSON.parse(privateMetadata));
}

/** The id of a field's block: another one in each round, or Slack would keep in it what was typed before. */
export function settingsBlock(field: string, { round = 0 }: Pick<SettingsContext, 'round'>): string {
  return round === 0 ? field : `${field}:${round}`;
}

const option = z.object({ value: z.string() });

const anyValue = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
  selected_users: z.array(z.string()).nullish(),
});

const state = z.record(z.string(), z.record(z.string(), anyValue));

/** What a form says: only of the fields that it has. */
export type SettingsState = Pick<SettingsRequest, 'keeperSlackIds' | 'viewerSlackIds'> & {
  change: Partial<Choices>;
  /** The values, one a line, as they were typed. */
  valueLines: string | null;
};

/** @throws when the view is not one of ours. Numbers that are none come out as NaN, and are refused by the rules. */
export function parseSettings(viewState: unknown, context: Pick<SettingsContext, 'round'>): SettingsState {
  const parsed = state.parse(viewState);
  const at = (field: string) => parsed[settingsBlock(field, context)]?.[field];
  const ticked = (field: string) => at(field)?.selected_options?.map(one => one.value) ?? [];
  const number = (field: string) =>
    Number(at(field)?.selected_option?.value ?? at(field)?.value ?? Number.NaN);
  const change: Partial<Choices> = {};
  if (at(fields.shoutoutChannel))
    change.shoutoutChannelId = at(fields.shoutoutChannel)?.selected_conversation ?? null;
  if (at(fields.timeZone)) change.timeZone = at(fields.timeZone)?.selected_option?.value ?? null;
  if (at(fields.digestOn)) {
    change.isDigestOn = ticked(fields.digestOn).includes('on');
    change.isInvitationOn = ticked(fields.digestOn).includes('invitation');
  }
  // Whether it is one of the seven days is for the rules to say.
  if (at(fields.digestWeekday)) change.digestWeekday = number(fields.digestWeekday) as Weekday;
  if (at(fields.digestHour)) change.digestHour = number(fields.digestHour);
  if (at(fields.digestChannel))
    change.digestChannelId = at(fields.digestChannel)?.selected_conversation ?? null;
  if (at(fields.required)) {
    change.isValueRequired = ticked(fields.required).includes('value');
    change.isMessageRequired = ticked(fields.required).includes('message');
  }
  if (at(fields.dailyLimit)) change.dailyLimit = number(fields.dailyLimit);
  if (at(fields.guests)) {
    change.mayGuestsGive = ticked(fields.guests).includes('give');
    change.mayGuestsReceive = ticked(fields.guests).includes('receive');
  }
  if (at(fields.uncountedEmoji)) change.uncountedEmoji = ticked(fields.uncountedEmoji);
  if (at(fields.uncountedChannels))
    change.uncountedChannelIds = at(fields.uncountedChannels)?.selected_conversations ?? [];
  const keepers = at(fields.keepers);
  const viewers = at(fields.viewers);
  const lines = at(fields.valueLines);
  return {
    change,
    ...(keepers ? { keeperSlackIds: keepers.selected_users ?? [] } : {}),
    ...(viewers ? { viewerSlackIds: viewers.selected_users ?? [] } : {}),
    valueLines: lines ? cleanText(lines.value ?? '') : null,
  };
}
