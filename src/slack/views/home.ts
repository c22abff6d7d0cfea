// The Home tab: one's own thanks, numbers and say; for those in charge the settings.
import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  HomeView,
  KnownBlock,
  RichTextElement,
} from '@slack/types';
import type { Commands } from '../../config.js';
import { type Preference, preferences, type Shoutout } from '../../model.js';
import type { Home } from '../../recognition/home.js';
import { actions, settingsSections } from '../ids.js';
import { outsider } from '../messages/answers.js';
import { briefSwitch } from '../messages/brief.js';
import { nextWords } from '../messages/digest-answers.js';
import {
  button,
  buttons,
  changeButtons,
  forRichValues,
  forValues,
  type Message,
  undoQuestion,
} from '../messages/parts.js';
import { glance, richGlance, sectionTitles, setUpOffer, viewersWords } from '../messages/settings.js';
import { guestGiverWords } from '../refusals.js';
import { bold, boldNames, cutText, joinNames, plain, quote, richText, section } from '../text.js';
import { agoWords, dateWords, dayWords } from '../time.js';

/** As much of a shout-out's message as Home shows. */
const excerptLength = 300;

export interface HomeFacts {
  commands: Commands;
  /** What an action that was taken in Home came to; null: nothing was. */
  notice: Message | null;
  now: Date;
}

export function homeView(home: Home, { commands, notice, now }: HomeFacts): HomeView {
  const { overview, rights } = home;
  if (!rights.seeOwn) return { type: 'home', blocks: outsider().blocks };
  return {
    type: 'home',
    blocks: [
      ...(notice ? [...notice.blocks, divider] : []),
      ...(rights.changeSettings && !overview.settings.isSetUp ? [...setUpOffer().blocks, divider] : []),
      ...(rights.give
        ? [called('give', buttons(button('Give a shout-out', actions.giveFromHome, 'give', 'primary')))]
        : []),
      ...unexplainedBlocks(home, now),
      ...receivedBlocks(home, now),
      ...givenBlocks(home, commands, now),
      ...countBlocks(home),
      ...preferenceBlocks(home),
      ...(home.brief ? [header('Your teams'), ...briefSwitch(home.brief, now)] : []),
      ...(rights.seeViewers ? [richText(section(plain(viewersWords(overview.viewers))))] : []),
      ...(overview.settings.isSetUp && rights.seeSettings ? settingsBlocks(home, { commands, now }) : []),
    ],
  };
}

/** A block keeps its id from one drawing to the next, so that what was pressed a moment before still is what it was. */
function called(id: string, block: ActionsBlock): ActionsBlock {
  return { ...block, block_id: id };
}

const divider: KnownBlock = { type: 'divider' };

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: true } };
}

function unexplainedBlocks({ unexplained }: Home, now: Date): KnownBlock[] {
  if (unexplained.length === 0) return [];
  return [
    header('Add why'),
    ...unexplained.map((shoutout): KnownBlock => {
      const names = joinNames(shoutout.recipients.map(one => one.name));
      const text = `Your reaction thanked ${names}${forValues(shoutout.values)}, ${agoWords(shoutout.givenAt, now)}.`;
      return {
        type: 'section',
        text: { type: 'plain_text', text: cutText(text, 3000), emoji: false },
        accessory: button('Add why', actions.addWhy, shoutout.id),
      };
    }),
  ];
}

function receivedBlocks({ received }: Home, now: Date): KnownBlock[] {
  return [
    header('You were thanked'),
    ...(received.length === 0
      ? [richText(section(plain('Not yet. What you receive stands here.')))]
      : received.map(shoutout =>
          shoutoutBlock(shoutout, [bold(shoutout.giver.name), plain(' thanked you')], now),
        )),
  ];
}

function givenBlocks({ given, rights }: Home, commands: Commands, now: Date): KnownBlock[] {
  return [
    header('You thanked'),
    ...(given.length === 0
      ? [
          richText(
            section(
              plain(
                rights.give
                  ? `Nobody yet. Type ${commands.shoutout} @somebody for what they did.`
                  : guestGiverWords,
              ),
            ),
          ),
        ]
      : given.flatMap(({ shoutout, isChangeable }) => [
          shoutoutBlock(
            shoutout,
            [plain('You thanked '), ...boldNames(shoutout.recipients.map(one => one.name))],
            now,
          ),
          ...(isChangeable ? [called(`shoutout:${shoutout.id}`, buttons(...askingButtons(shoutout)))] : []),
        ])),
  ];
}

/** As much of the names as a question of 300 characters has room for. */
const namesLength = 150;

/** Here the buttons stand among many, long after the answer, and a slip would erase words: Undo asks first. */
function askingButtons(shoutout: Shoutout): Button[] {
  const names = cutText(joinNames(shoutout.recipients.map(one => one.name)), namesLength);
  const confirm: ConfirmationDialog = {
    title: { type: 'plain_text', text: 'Undo a shout-out' },
    text: { type: 'plain_text', text: undoQuestion(names), emoji: false },
    confirm: { type: 'plain_text', text: 'Undo it' },
    deny: { type: 'plain_text', text: 'Cancel' },
  };
  return changeButtons(shoutout).map(one => (one.action_id === actions.undo ? { ...one, confirm } : one));
}

function shoutoutBlock(shoutout: Shoutout, start: RichTextElement[], now: Date): KnownBlock {
  const where = shoutout.visibility === 'private' ? ', in private' : '';
  return richText(
    section(
      ...start,
      ...forRichValues(shoutout.values),
      plain(`, ${agoWords(shoutout.givenAt, now)}${where}${shoutout.message ? ':' : '.'}`),
    ),
    ...(shoutout.message ? [quote(cutText(shoutout.message, excerptLength))] : []),
  );
}

function countBlocks({ stats }: Home): KnownBlock[] {
  const { received, given, perValue, without, period } = stats;
  const plainly =
    without.received + without.given > 0
      ? [section(plain(`Without a value: ${without.received} received, ${without.given} given`))]
      : [];
  return [
    header('This quarter'),
    richText(
      section(
        plain(`Since ${dayWords(period.from, period.timeZone)}: `),
        bold(`${received} received, ${given} given`),
        plain('.'),
      ),
      ...(perValue.length + plainly.length > 0
        ? [
            {
              type: 'rich_text_list' as const,
              style: 'bullet' as const,
              elements: [
                ...perValue.map(({ value, ...count }) =>
                  section(
                    { type: 'emoji', name: value.emoji },
                    plain(
                      ` ${value.name}${value.retiredAt ? ' (retired)' : ''}: ${count.received} received, ${count.given} given`,
                    ),
                  ),
                ),
                ...plainly,
              ],
            },
          ]
        : []),
    ),
  ];
}

const preferenceWords: Record<Preference, { text: string; description: string }> = {
  everywhere: { text: 'Everywhere', description: 'as whoever thanks you wishes' },
  notInDigest: { text: 'Not in the digest', description: 'announced as usual, but not told again on Friday' },
  onlyPrivately: {
    text: 'Only privately',
    description: 'no announcement of a shout-out to you names you; others see counts',
  },
  leaveMeOut: { text: 'Leave me out', description: 'nobody can thank you here, and you are on no list' },
};

/** What a preference is called. */
export function preferenceName(preference: Preference): string {
  return preferenceWords[preference].text;
}

function preferenceBlocks({ member, awayUntil }: Home): KnownBlock[] {
  const option = (preference: Preference) => ({
    text: { type: 'plain_text' as const, text: preferenceWords[preference].text },
    description: { type: 'plain_text' as const, text: preferenceWords[preference].description },
    value: preference,
  });
  return [
    header('Where thanks to you appear'),
    {
      type: 'actions',
      block_id: 'preference',
      elements: [
        {
          type: 'radio_buttons',
          action_id: actions.preference,
          options: preferences.map(option),
          initial_option: option(member?.preference ?? 'everywhere'),
        },
      ],
    },
    richText(
      section(plain('A change holds for what is posted from then on; what is there already stays as it is.')),
    ),
    header('Away'),
    richText(
      section(
        plain(
          awayUntil
            ? `You are away until the end of ${dateWords(awayUntil)}: lists of people who went unthanked leave you out until then.`
            : 'On leave? Say until when, and lists of people who went unthanked leave you out.',
        ),
      ),
    ),
    {
      type: 'actions',
      block_id: 'away',
      elements: [
        {
          type: 'datepicker',
          action_id: actions.awayUntil,
          placeholder: { type: 'plain_text', text: 'Away until' },
          ...(awayUntil ? { initial_date: awayUntil } : {}),
        },
        ...(awayUntil ? [button("I'm back", actions.back, 'back')] : []),
      ],
    },
  ];
}

function settingsBlocks(
  { overview, rights, values, teams, digest }: Home,
  { commands, now }: Pick<HomeFacts, 'commands' | 'now'>,
): KnownBlock[] {
  return [
    divider,
    header('Settings'),
    richText(
      section(
        bold('Your values: '),
        ...values.flatMap((value, index) => [
          ...(index > 0 ? [plain(', ')] : []),
          { type: 'emoji' as const, name: value.emoji },
          plain(` ${value.name}`),
        ]),
        plain(values.length > 0 ? '.' : 'none.'),
      ),
    ),
    ...(rights.changeValues
      ? [
          buttons({
            ...button('Change', actions.openValues, 'values'),
            accessibility_label: 'Change: Your values',
          }),
        ]
      : []),
    richText(section(bold('Teams here: '), plain(teamsWords(teams)))),
    ...(rights.changeTeams
      ? [
          called(
            'teams',
            buttons({
              ...button('Change', actions.openTeams, 'teams'),
              accessibility_label: 'Change: Teams here',
            }),
          ),
        ]
      : []),
    ...settingsSections.flatMap(one => [
      richText(
        section(
          bold(`${sectionTitles[one]}: `),
          ...richGlance(glance(one, overview)),
          ...(one === 'digest' && digest.nextAt ? [plain(` ${nextWords(digest, commands, now)}`)] : []),
        ),
      ),
      ...(rights.changeSettings ? [called(`settings:${one}`, buttons(changeButton(one)))] : []),
    ]),
  ];
}

/** So many teams are named one by one. */
const fewTeams = 10;

function teamsWords(teams: Home['teams']): string {
  if (teams.length === 0) return 'none but Everyone. Leads see the numbers of their team.';
  const named = teams
    .slice(0, fewTeams)
    .map(({ name, leads }) =>
      leads.length > 0 ? `${name} (led by ${joinNames(leads.map(one => one.name))})` : name,
    );
  const more = teams.length - named.length;
  return `${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')}.`;
}

function changeButton(one: (typeof settingsSections)[number]) {
  return {
    ...button('Change', actions.openSettings, one),
    accessibility_label: `Change: ${sectionTitles[one]}`,
  };
}
