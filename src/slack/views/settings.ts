// The forms of the first steps and of the settings.
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { CompanyValue, Settings, Weekday } from '../../model.js';
import { generalEmoji } from '../../recognition/rules/values.js';
import { mostDailyLimit, type Overview } from '../../recognition/settings.js';
import { emojiName } from '../emoji.js';
import { callbacks, fields, type SettingsSection } from '../ids.js';
import { sectionTitles } from '../messages/settings.js';
import { type SettingsContext, settingsBlock } from '../parse/settings.js';
import { plain, richText, section } from '../text.js';
import { hourWords, weekdayNames } from '../time.js';
import { form, hintBlocks, longestInput } from '../views.js';
import {
  boxesField,
  channelField,
  channelsField,
  choiceField,
  groupedChoiceField,
  input,
  numberField,
  type Option,
  peopleField,
  someField,
} from './inputs.js';

/** The settings, or some sections of them, as they are. */
export function settingsForm(
  overview: Overview,
  values: CompanyValue[],
  context: SettingsContext,
  hint: string | null = null,
): ModalView {
  const { sections } = context;
  const blocks = sections.flatMap(one => [
    ...(sections.length > 1 ? [header(sectionTitles[one])] : []),
    ...fieldsOf(one, overview, values),
  ]);
  return form({ callbackId: callbacks.settings, title: 'Settings', submit: 'Save', context }, [
    ...hintBlocks(hint),
    ...inRound(blocks, context),
  ]);
}

/** What the first steps begin with. */
export interface SetUpContents {
  settings: Settings;
  /** The workspace's values, one a line; null: too many for a field, so they stay as they are. */
  valueLines: string | null;
  keeperSlackIds: string[];
}

/** The first steps: three choices, and who keeps the bot. */
export function setUpForm(
  { settings, valueLines, keeperSlackIds }: SetUpContents,
  context: SettingsContext,
  hint: string | null = null,
): ModalView {
  return form({ callbackId: callbacks.setUp, title: 'Set up Shoutout', submit: 'Done', context }, [
    ...hintBlocks(hint),
    ...inRound(steps({ settings, valueLines, keeperSlackIds }), context),
  ]);
}

function steps({ settings, valueLines, keeperSlackIds }: SetUpContents): KnownBlock[] {
  return [
    header('1. Where shout-outs appear'),
    shoutoutChannelField(settings),
    header('2. Your values'),
    valueLines === null
      ? richText(
          section(plain('You have many: they stay as they are, and Home lets you change each of them.')),
        )
      : valuesField(valueLines),
    header('3. When the week is told'),
    ...digestTimeFields(settings),
    timeZoneField(settings),
    header('And who keeps Shoutout'),
    keepersField(keeperSlackIds),
  ];
}

function valuesField(valueLines: string): InputBlock {
  return input(
    {
      id: fields.valueLines,
      label: 'One on each line: an emoji, a name, and what it means',
      hint: 'People remember five. Reacting with the emoji to a message gives its author a shout-out. What is no longer listed is retired: it stays where it was given.',
    },
    {
      type: 'plain_text_input',
      action_id: fields.valueLines,
      multiline: true,
      initial_value: valueLines,
      max_length: longestInput,
    },
  );
}

/** Other block ids in each round, or Slack would keep in the fields what was typed before. */
function inRound(blocks: KnownBlock[], context: SettingsContext): KnownBlock[] {
  return blocks.map(block =>
    block.type === 'input' && block.block_id
      ? { ...block, block_id: settingsBlock(block.block_id, context) }
      : block,
  );
}

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function fieldsOf(
  wanted: SettingsSection,
  { settings, keepers, viewers }: Overview,
  values: CompanyValue[],
): KnownBlock[] {
  switch (wanted) {
    case 'place':
      return [shoutoutChannelField(settings), timeZoneField(settings)];
    case 'digest':
      return [
        boxesField(
          { id: fields.digestOn, label: 'The digest' },
          [
            { text: 'Post it once a week', value: 'on' },
            { text: 'Ask the channel that morning who made the week easier', value: 'invitation' },
          ],
          [...(settings.isDigestOn ? ['on'] : []), ...(settings.isInvitationOn ? ['invitation'] : [])],
        ),
        ...digestTimeFields(settings),
        channelField(
          {
            id: fields.digestChannel,
            label: 'In which channel?',
            hint: 'Empty: in the channel where shout-outs appear. Without either, there is no digest.',
          },
          settings.digestChannelId,
          'Where shout-outs appear',
        ),
      ];
    case 'giving':
      return givingFields(settings);
    case 'reactions':
      return reactionFields(settings, values);
    case 'people':
      return [
        keepersField(keepers.map(one => one.slackId)),
        peopleField(
          {
            id: fields.viewers,
            label: "Who may see everyone's statistics?",
            hint: "Empty: nobody. Naming anyone, yourself included, is logged, told to them, and shown in everyone's Home. Whoever's page they open sees that they looked.",
            optional: true,
          },
          viewers.map(one => one.member.slackId),
          'Nobody',
        ),
        richText(
          section(
            plain(
              'Who leads a team is said beside the teams, in Home. Workspace admins change settings, values and teams, and remove shout-outs.',
            ),
          ),
        ),
      ];
  }
}

function shoutoutChannelField({ shoutoutChannelId }: Settings): InputBlock {
  return channelField(
    {
      id: fields.shoutoutChannel,
      label: 'In which channel do shout-outs appear?',
      hint: 'Empty: in the channel where they are given. The weekly digest needs a channel.',
    },
    shoutoutChannelId,
    'Where they are given',
  );
}

function digestTimeFields({ digestWeekday, digestHour }: Settings): InputBlock[] {
  return [
    choiceField(
      { id: fields.digestWeekday, label: 'Day' },
      weekdays.map(day => ({ text: weekdayNames[day], value: String(day) })),
      String(digestWeekday),
    ),
    choiceField(
      { id: fields.digestHour, label: 'Hour' },
      hours.map(hour => ({ text: hourWords(hour), value: String(hour) })),
      String(digestHour),
    ),
  ];
}

const weekdays: Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

function timeZoneField({ timeZone }: Settings): InputBlock {
  return groupedChoiceField(
    { id: fields.timeZone, label: 'Time zone', hint: 'Type a city to find it.' },
    zoneGroups(timeZone),
    timeZone,
  );
}

const groupSize = 100;

/** Node lists some zones by names that their cities no longer go by. @see https://data.iana.org/time-zones/tzdb/backward */
const presentNames: Record<string, string> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Africa/Asmera': 'Africa/Asmara',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** All time zones by region. Slack takes 100 in a group; a zone that is set and has another name is among them. */
function zoneGroups(present: string | null): { label: string; options: Option[] }[] {
  const known = Intl.supportedValuesOf('timeZone').map(zone => presentNames[zone] ?? zone);
  const all = [...new Set([...known, 'UTC', ...(present ? [present] : [])])].sort();
  const regions = new Map<string, string[]>();
  for (const zone of all) {
    const region = zone.includes('/') ? (zone.split('/')[0] ?? zone) : 'Others';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions].flatMap(([region, zones]) =>
    Array.from({ length: Math.ceil(zones.length / groupSize) }, (_, index) => ({
      label: index === 0 ? region : `${region}, more`,
      options: zones
        .slice(index * groupSize, (index + 1) * groupSize)
        .map(zone => ({ text: zone.replaceAll('_', ' '), value: zone })),
    })),
  );
}

function givingFields(settings: Settings): KnownBlock[] {
  return [
    boxesField(
      {
        id: fields.required,
        label: 'Every shout-out',
        hint: 'Where a sentence is needed, a reaction alone gives nothing.',
      },
      [
        { text: 'names a value', value: 'value' },
        { text: 'says what for', value: 'message' },
      ],
      [...(settings.isValueRequired ? ['value'] : []), ...(settings.isMessageRequired ? ['message'] : [])],
    ),
    numberField(
      { id: fields.dailyLimit, label: 'How many may a person give on one day?' },
      settings.dailyLimit,
      {
        least: 1,
        most: mostDailyLimit,
      },
    ),
    boxesField(
      { id: fields.guests, label: 'Guests', hint: "They see nobody else's numbers." },
      [
        { text: 'may give shout-outs', value: 'give' },
        { text: 'may receive shout-outs', value: 'receive' },
      ],
      [...(settings.mayGuestsGive ? ['give'] : []), ...(settings.mayGuestsReceive ? ['receive'] : [])],
    ),
  ];
}

function reactionFields(
  { uncountedEmoji, uncountedChannelIds }: Settings,
  values: CompanyValue[],
): KnownBlock[] {
  const names = new Map([
    ...uncountedEmoji.map((name): [string, string] => [name, name]),
    [generalEmoji, 'without a value'],
    ...values.map((value): [string, string] => [emojiName(value.emoji), value.name]),
  ]);
  return [
    someField(
      {
        id: fields.uncountedEmoji,
        label: 'Emoji that give no shout-out here',
        hint: "Every value's emoji counts otherwise, and :mega: without a value.",
      },
      [...names].map(([name, meaning]) => ({ text: `:${name}: ${meaning}`, value: name })),
      uncountedEmoji,
      'All of them count',
    ),
    channelsField(
      { id: fields.uncountedChannels, label: 'Channels where no reaction gives a shout-out' },
      uncountedChannelIds,
      'They count wherever I am',
    ),
  ];
}

function keepersField(slackIds: string[]): InputBlock {
  return peopleField(
    {
      id: fields.keepers,
      label: 'Who keeps Shoutout?',
      hint: 'They get my messages to those in charge: reports, and what needs a decision. Nobody else does.',
    },
    slackIds,
    'One or more people',
  );
}
