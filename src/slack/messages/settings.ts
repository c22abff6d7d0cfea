// What is said about the settings: at a glance, after a change, and to those concerned.
import type { RichTextElement } from '@slack/types';
import type { Commands } from '../../config.js';
import type { CompanyValue, Settings, Viewer } from '../../model.js';
import { generalEmoji } from '../../recognition/rules/values.js';
import type { SetUpOutcome } from '../../recognition/set-up.js';
import type { Overview, SettingsFault } from '../../recognition/settings.js';
import { isStandardEmoji } from '../emoji.js';
import { actions, fields, type SettingsSection } from '../ids.js';
import { closedChoiceWords, errorsByField } from '../refusals.js';
import { bold, channel, emoji, escapeText, joinNames, plain, richText, section } from '../text.js';
import { hourWords, weekdayNames } from '../time.js';
import { button, buttons, type Message, said } from './parts.js';

/** What each section is called. */
export const sectionTitles: Record<SettingsSection, string> = {
  place: 'Where shout-outs appear',
  digest: 'When the week is told',
  giving: 'What a shout-out needs',
  reactions: 'Which reactions count',
  people: 'Who is in charge',
};

/** One section of the settings in a sentence or two, to stand behind its title: plain text, channels and emoji. */
export type Glance = (string | { channelSlackId: string } | { emoji: string })[];

/** What a section says, as it is now. */
export function glance(wanted: SettingsSection, { settings, keepers, viewers }: Overview): Glance {
  switch (wanted) {
    case 'place':
      return [
        ...(settings.shoutoutChannelId
          ? ['in ', { channelSlackId: settings.shoutoutChannelId }]
          : ['in the channel where they are given']),
        `. Time zone: ${settings.timeZone ?? 'not chosen yet'}.`,
      ];
    case 'digest':
      return digestGlance(settings);
    case 'giving':
      return [
        `${neededWords(settings)}. Each person gives up to ${settings.dailyLimit} a day. ${guestWords(settings)}`,
      ];
    case 'reactions':
      return reactionGlance(settings);
    case 'people':
      return [
        `${keepers.length > 0 ? joinNames(keepers.map(one => one.name)) : 'nobody'} ${keepers.length > 1 ? 'keep' : 'keeps'} Shoutout${keepers.length > 0 ? '' : ' yet'}. ${viewersWords(viewers)}`,
      ];
  }
}

function digestGlance(settings: Settings): Glance {
  const channelSlackId = settings.digestChannelId ?? settings.shoutoutChannelId;
  if (!settings.isDigestOn) return ['not at all.'];
  if (!channelSlackId) return ['as soon as a channel is chosen for it.'];
  return [
    `on ${weekdayNames[settings.digestWeekday]}s at ${hourWords(settings.digestHour)} in `,
    { channelSlackId },
    settings.isInvitationOn ? ', and that morning it is asked who made the week easier.' : '.',
  ];
}

function neededWords({ isValueRequired, isMessageRequired }: Settings): string {
  const needed = [...(isValueRequired ? ['a value'] : []), ...(isMessageRequired ? ['a sentence'] : [])];
  return needed.length > 0 ? joinNames(needed) : 'only somebody to thank; a value and a sentence are welcome';
}

function guestWords({ mayGuestsGive, mayGuestsReceive }: Settings): string {
  if (mayGuestsGive && mayGuestsReceive) return 'Guests give and receive.';
  if (mayGuestsGive) return 'Guests give, and do not receive.';
  return mayGuestsReceive ? 'Guests receive, and do not give.' : 'Guests neither give nor receive.';
}

function reactionGlance({ uncountedEmoji, uncountedChannelIds, isMessageRequired }: Settings): Glance {
  if (isMessageRequired) return ['none gives a shout-out by itself, for every shout-out says what for.'];
  if (uncountedEmoji.length === 0 && uncountedChannelIds.length === 0)
    return ["every value's emoji, and ", { emoji: generalEmoji }, ' without a value, wherever I am.'];
  const withCommas = <T>(all: T[], show: (one: T) => Glance[number]) =>
    all.flatMap((one, index) => [...(index > 0 ? [', '] : []), show(one)]);
  return [
    "every value's emoji",
    ...(uncountedEmoji.length > 0 ? [' but ', ...withCommas(uncountedEmoji, name => ({ emoji: name }))] : []),
    ...(uncountedChannelIds.length > 0
      ? ['; none in ', ...withCommas(uncountedChannelIds, id => ({ channelSlackId: id }))]
      : []),
    '.',
  ];
}

/** Who may see everyone's numbers: everybody may know that. */
export function viewersWords(viewers: Viewer[]): string {
  if (viewers.length === 0) return "Nobody may see everyone's statistics.";
  return `${joinNames(viewers.map(one => one.member.name))} may see everyone's statistics.`;
}

export function richGlance(parts: Glance): RichTextElement[] {
  return parts.map(part => {
    if (typeof part === 'string') return plain(part);
    return 'emoji' in part ? emoji(part.emoji) : channel(part.channelSlackId);
  });
}

function glanceText(parts: Glance): string {
  return parts
    .map(part => {
      if (typeof part === 'string') return escapeText(part);
      return 'emoji' in part ? `:${part.emoji}:` : `<#${part.channelSlackId}>`;
    })
    .join('');
}

/** After a change: what holds now. */
export function changed(sections: SettingsSection[], overview: Overview): Message {
  return listed('Saved. From now on:', sections, overview);
}

/** After the first steps. */
export function setUpDone(
  {
    overview,
    active,
    retired,
  }: Pick<Extract<SetUpOutcome, { kind: 'setUp' }>, 'overview' | 'active' | 'retired'>,
  { shoutout, recognition }: Commands,
): Message {
  const names = (values: CompanyValue[]) => joinNames(values.map(value => value.name));
  const unknown = active.filter(value => !isStandardEmoji(value.emoji)).map(value => `:${value.emoji}:`);
  const end = [
    active.length > 0 ? `Your values: ${names(active)}.` : 'You have no values.',
    retired.length > 0
      ? `Retired, for they were not listed: ${names(retired)}. ${recognition} values brings them back.`
      : '',
    unknown.length > 0
      ? `I cannot see whether you have ${joinNames(unknown)}: where Slack shows only letters, choose another emoji.`
      : '',
    `Try it: ${shoutout} @somebody for what they did. Home has your numbers, and these settings. Who leads a team? ${recognition} teams.`,
  ]
    .filter(Boolean)
    .join(' ');
  const done = listed('Shoutout is ready.', ['place', 'digest', 'people'], overview, end);
  return {
    ...done,
    blocks: [...done.blocks, buttons(button('Name teams and their leads', actions.openTeams, 'teams'))],
  };
}

function listed(start: string, sections: SettingsSection[], overview: Overview, end?: string): Message {
  const lines = sections.map(one => ({ title: sectionTitles[one], parts: glance(one, overview) }));
  const texts = lines.map(({ title, parts }) => `${title}: ${glanceText(parts)}`);
  return {
    text: [escapeText(start), ...texts, ...(end ? [escapeText(end)] : [])].join('\n'),
    blocks: [
      richText(
        section(plain(start)),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: lines.map(({ title, parts }) => section(bold(`${title}: `), ...richGlance(parts))),
        },
        ...(end ? [section(plain(end))] : []),
      ),
    ],
  };
}

/** Above a form that is shown again, because somebody else was faster. */
export function changedMeanwhile({ changedBy }: Overview): string {
  return `${changedBy ? `${changedBy.name} changed` : 'Somebody changed'} the settings after you opened this form, so nothing of yours was saved. This is how they are now: change again what you still want.`;
}

/** The same, where it was the values. */
export const valuesChangedMeanwhile =
  'Somebody changed the values after you opened this form, so nothing of yours was saved. This is how they are now: change again what you still want.';

/** To an admin of a workspace that nobody has set up. */
export function setUpOffer(): Message {
  const text =
    'Hello. Three choices and Shoutout is ready: where shout-outs appear, your values, when the week is told.';
  return {
    text,
    blocks: [richText(section(plain(text))), buttons(button('Set up', actions.setUp, 'set_up', 'primary'))],
  };
}

/** To somebody who may see everyone's statistics from now on. */
export function namedViewer(by: string | null, { recognition }: Commands): Message {
  return said(
    `${by ?? 'Whoever runs Shoutout'} named you: you may see everyone's statistics. Type ${recognition} stats @somebody; they can see that you looked. Everyone's Home says that you may.`,
  );
}

/** To somebody who looks after the bot from now on. */
export function namedKeeper(by: string): Message {
  return said(
    `${by} made you one of those who keep Shoutout: you get my messages to those in charge, such as reports. Your Home shows the settings.`,
  );
}

/** When somebody who is no admin wants to change them. */
export function onlyAdmins(): Message {
  return said('Only workspace admins change the settings. Home shows what holds for you.');
}

/** What cannot be chosen, by the form's field. */
export function settingsErrors(faults: SettingsFault[]): Record<string, string> {
  return errorsByField(faults, fieldOf, settingsFaultWords);
}

/** What cannot be chosen, and what can. */
export function settingsFaultWords(fault: SettingsFault): string {
  switch (fault.code) {
    case 'badTimeZone':
      return `There is no time zone "${fault.typed}". Choose one such as Europe/Vienna.`;
    case 'badDailyLimit':
      return `Choose a whole number from 1 to ${fault.most}.`;
    case 'badDigestTime':
      return 'Choose a day of the week, and a full hour from 0 to 23.';
    case 'noKeepers':
      return 'Choose at least one person, who gets my messages to those in charge.';
    case 'cannotKeep':
      return `${joinNames(fault.names)} cannot keep me: choose people of this workspace who are active.`;
    case 'cannotView':
      return `${joinNames(fault.names)} cannot be named: choose people of this workspace who are active and no guests.`;
    case 'closedChannel':
      return closedChoiceWords(fault.trouble);
  }
}

function fieldOf(fault: SettingsFault): string {
  switch (fault.code) {
    case 'badTimeZone':
      return fields.timeZone;
    case 'badDailyLimit':
      return fields.dailyLimit;
    case 'badDigestTime':
      return fields.digestHour;
    case 'noKeepers':
    case 'cannotKeep':
      return fields.keepers;
    case 'cannotView':
      return fields.viewers;
    case 'closedChannel':
      return fault.choice === 'shoutoutChannelId' ? fields.shoutoutChannel : fields.digestChannel;
  }
}
