// What a lead reads of their teams' week, and about getting it.
import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { Commands } from '../../config.js';
import type { Post } from '../../model.js';
import type { BriefOutlook } from '../../recognition/briefs/choice.js';
import type { BriefContents, BriefEntry, BriefTeam } from '../../recognition/briefs/contents.js';
import { actions } from '../ids.js';
import { messageUrl } from '../links.js';
import {
  bold,
  boldNames,
  cutText,
  escapeText,
  joinNames,
  link,
  plain,
  richText,
  richTextLines,
  section,
  typed,
} from '../text.js';
import { momentWords } from '../time.js';
import { asText } from './digest.js';
import { type Site, shortName, shortWords } from './digest-entries.js';
import { questionSettled } from './notices.js';
import { button, buttons, forRichValues, type Message, said } from './parts.js';

/** Whoever was not thanked for so many weeks is on the list behind the button. */
const unthankedWeeks = 4;
const mostValues = 3;
const longestButton = 75;

export interface BriefForm {
  site: Site;
  /** Where the lead is. */
  timeZone: string;
  commands: Commands;
}

/** The week of a lead's teams, for that lead alone. */
export function briefMessage(contents: BriefContents, { site, timeZone, commands }: BriefForm): Message {
  const { from, teams, moreTeams } = contents;
  const isOne = teams.length === 1 && moreTeams === 0;
  const title = `Your ${isOne ? "team's" : "teams'"} week in thanks`;
  const intro = richText(
    section(
      plain(
        `What people in your ${isOne ? 'team' : 'teams'} were thanked for since ${sinceWords(from, timeZone)}. Worth a word when you next meet one-to-one.`,
      ),
    ),
  );
  const parts = teams.map(one => teamBlock(one, { site, commands }));
  const end = richText(
    section(
      plain(
        `${moreTeams > 0 ? `You lead ${moreTeams} more ${moreTeams === 1 ? 'team' : 'teams'}: ${commands.recognition} stats has them all. ` : ''}Only you get this. What somebody keeps private is not in it.`,
      ),
    ),
  );
  return {
    text: asText([escapeText(title), ...richTextLines([intro, ...parts, end])]),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title } },
      intro,
      ...teams.flatMap((one, index): KnownBlock[] => [
        ...parts.slice(index, index + 1),
        buttons(unthankedButton(one, isOne)),
      ]),
      end,
      buttons(button('Stop these', actions.stopBriefs, 'brief')),
    ],
  };
}

/** "Thursday 7 May". */
function sinceWords(from: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone,
  }).format(from);
}

function teamBlock(
  { team, entries, more, byReaction }: BriefTeam,
  { site, commands }: Pick<BriefForm, 'site' | 'commands'>,
): RichTextBlock {
  const isQuiet = entries.length === 0 && byReaction.names.length === 0;
  return richText(
    section(bold(shortName(team.name)), ...(isQuiet ? [plain(': nothing to tell this time.')] : [])),
    ...(entries.length > 0
      ? [
          {
            type: 'rich_text_list' as const,
            style: 'bullet' as const,
            elements: entries.map(entry => section(...entryLine(entry, site))),
          },
        ]
      : []),
    ...(more > 0 ? [section(plain(`And ${more} more: ${commands.recognition} stats has them all.`))] : []),
    ...(byReaction.names.length > 0 ? [section(plain(`By reaction: ${reactionWords(byReaction)}.`))] : []),
  );
}

/** "Ben, thanked by Ana (from Payments) for Craft: what for (see it)". */
function entryLine(
  { thanked, giver, from, values, words, announcement }: BriefEntry,
  site: Site,
): RichTextElement[] {
  return [
    ...boldNames(thanked.map(shortName)),
    plain(`, thanked by ${shortName(giver)}${fromWords(from)}`),
    ...forRichValues(values.slice(0, mostValues)),
    ...(words ? [plain(': '), ...typed(shortWords(words))] : []),
    ...(announcement ? [plain(' '), link(messageUrl(site, announcement), 'see it')] : []),
  ];
}

function fromWords(from: BriefEntry['from']): string {
  if (!from) return '';
  return ` (from ${from.length === 0 ? 'outside the team' : joinNames(from.map(shortName))})`;
}

function reactionWords({ names, others }: BriefTeam['byReaction']): string {
  const shown = names.map(shortName);
  return joinNames(others > 0 ? [...shown, others === 1 ? '1 other' : `${others} others`] : shown);
}

/** @param isAlone - there is only this team in the message */
function unthankedButton({ team }: BriefTeam, isAlone: boolean) {
  const label = 'Who went unthanked for four weeks?';
  return {
    ...button(label, actions.unthanked, JSON.stringify({ teamId: team.id, weeks: unthankedWeeks })),
    ...(isAlone ? {} : { accessibility_label: cutText(`${label} ${team.name}`, longestButton) }),
  };
}

/** To a lead, when nobody knows whether a brief reached them. */
export function briefQuestion(about: Post): Message {
  if (about.state !== 'uncertain') return questionSettled();
  const words =
    "Slack did not say whether your team's week in thanks reached you. Is it here, above? If not, I post it again.";
  return {
    text: words,
    blocks: [
      richText(section(plain(words))),
      buttons(
        button('Post it again', actions.postAgain, about.id, 'primary'),
        button('It is there', actions.itIsThere, about.id),
      ),
    ],
  };
}

/** After a lead stopped their briefs, or started them again. @param withButton - with what takes it back */
export function briefChanged({ isOn, ...outlook }: BriefOutlook, now: Date, withButton: boolean): Message {
  const words = isOn
    ? `You get your team's week in thanks again. ${nextWords(outlook, now)}`
    : "Stopped: your team's week in thanks does not come any more.";
  const { text, blocks } = said(words);
  return { text, blocks: withButton ? [...blocks, buttons(switchButton(isOn))] : blocks };
}

/** To somebody who leads no team. */
export function briefNotForYou(): Message {
  return said("A team's week in thanks goes to whoever leads it. You lead none, so nothing was changed.");
}

/** In a lead's Home. */
export function briefSwitch({ isOn, ...outlook }: BriefOutlook, now: Date): KnownBlock[] {
  const words = isOn
    ? `On Thursdays at 09:00 I tell you who in your team was thanked, and for what. ${nextWords(outlook, now)}`
    : 'On Thursdays I can tell you who in your team was thanked, and for what. You stopped that.';
  return [richText(section(plain(words))), { ...buttons(switchButton(isOn)), block_id: 'brief' }];
}

function switchButton(isOn: boolean) {
  return isOn
    ? button('Stop these', actions.stopBriefs, 'brief')
    : button('Start again', actions.startBriefs, 'brief');
}

function nextWords({ nextAt, timeZone }: Pick<BriefOutlook, 'nextAt' | 'timeZone'>, now: Date): string {
  return nextAt <= now
    ? 'The next one comes in a few minutes, if there is something to tell.'
    : `The next one comes on ${momentWords(nextAt, timeZone, now)}, if there is something to tell.`;
}
