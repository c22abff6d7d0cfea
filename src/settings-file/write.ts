// What a workspace has chosen, as the file says it: always in the same order, for people to read and compare.
import type { KeptValue, Member, Team } from '../model.js';
import type { Snapshot } from '../recognition/snapshots.js';
import { emojiName } from '../slack/emoji.js';

/** Rises when files of before can no longer be read as they are. */
export const formatNumber = 1;

/** As ISO counts them, from Monday on. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

export type SettingsDocument = ReturnType<typeof documentOf>;

/** What the file holds. Whoever reads it passes over the names beside people: they are for those who look at it. */
export function documentOf({ choices, keepers, viewers, values, teams }: Snapshot) {
  return {
    format: formatNumber,
    setUp: choices.isSetUp,
    channel: choices.shoutoutChannelId,
    zone: choices.timeZone,
    digest: {
      on: choices.isDigestOn,
      weekday: weekdays[choices.digestWeekday - 1],
      hour: choices.digestHour,
      channel: choices.digestChannelId,
      invitation: choices.isInvitationOn,
    },
    limits: { perDay: choices.dailyLimit },
    needs: { value: choices.isValueRequired, message: choices.isMessageRequired },
    guests: { give: choices.mayGuestsGive, receive: choices.mayGuestsReceive },
    reactions: { uncountedEmoji: choices.uncountedEmoji, uncountedChannels: choices.uncountedChannelIds },
    keepers: keepers.map(personEntry),
    viewers: viewers.map(personEntry),
    values: values.map(valueEntry),
    teams: teams.map(teamEntry),
  };
}

/** The file's text. */
export function textOf(snapshot: Snapshot): string {
  return `${JSON.stringify(documentOf(snapshot), null, 2)}\n`;
}

function personEntry({ slackId, name }: Member) {
  return { id: slackId, name };
}

function valueEntry({ slug, formerSlugs, name, meaning, emoji, retiredAt }: KeptValue) {
  return { slug, formerSlugs, name, meaning, emoji: emojiName(emoji), retired: retiredAt !== null };
}

function teamEntry({ slug, name, roster, leads, channelSlackId, isDigestOn }: Team) {
  return {
    slug,
    name,
    // Everyone, which has none, is in no file.
    roster: roster.kind === 'everyone' ? {} : { [roster.kind]: roster.slackId },
    leads: bySlackId(leads).map(personEntry),
    channel: channelSlackId,
    digest: isDigestOn,
  };
}

function bySlackId(members: Member[]): Member[] {
  return members.toSorted((a, b) => (a.slackId < b.slackId ? -1 : 1));
}
