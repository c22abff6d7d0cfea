// The giver's private answer: it is recorded, who hears of it, what could be said besides, and how to change it.
import type { Button } from '@slack/types';
import type { CompanyValue, Place, Shoutout } from '../../model.js';
import { isShort } from '../../recognition/rules/words.js';
import type { GiveOutcome } from '../../recognition/shoutouts/give.js';
import { actions } from '../ids.js';
import { leftOutWords } from '../refusals.js';
import { boldNames, channel, escapeText, joinNames, plain, richText, section, valueLabel } from '../text.js';
import { button, buttons, changeButtons, forRichValues, forValues, type Message } from './parts.js';

/** From so many on the giver is told how many are left today. */
const mostLeftSaid = 2;
/** Values offered as buttons; a row of buttons holds 25. */
const mostValueButtons = 10;

export interface Given extends Omit<Extract<GiveOutcome, { kind: 'given' }>, 'kind' | 'created'> {
  place: Place;
  /** The giver chose the channel. */
  isChannelChosen: boolean;
  /** The workspace's values, to offer where none was given. */
  values: CompanyValue[];
}

export function given(facts: Given): Message {
  const { shoutout, announcedIn } = facts;
  const names = shoutout.recipients.map(one => one.name);
  const [before, tail] = whoHears(facts, names);
  const hints = hintsFor(shoutout, facts.values);
  const start = 'Recorded: your shout-out to ';
  return {
    text: [
      escapeText(`${start}${joinNames(names)}${forValues(shoutout.values)}. ${before}`),
      announcedIn ? `<#${announcedIn}>` : '',
      escapeText([tail, ...hints].join(' ')),
    ].join(''),
    blocks: [
      richText(
        section(
          plain(start),
          ...boldNames(names),
          ...forRichValues(shoutout.values),
          plain(`. ${before}`),
          ...(announcedIn ? [channel(announcedIn)] : []),
          ...(tail ? [plain(tail)] : []),
        ),
        ...hints.map(hint => section(plain(hint))),
      ),
      ...choices(shoutout, facts.values),
    ],
  };
}

/** The same after it was edited: what it says now, and what could still be added. */
export function edited(
  shoutout: Shoutout,
  { values, unreachable }: { values: CompanyValue[]; unreachable: boolean },
): Message {
  const names = shoutout.recipients.map(one => one.name);
  const hints = hintsFor(shoutout, values);
  const end = unreachable
    ? '. One message about it I cannot find, because Slack never told me whether it was posted: it may show the old words.'
    : '. All messages about it are being updated.';
  const start = 'Changed: your shout-out to ';
  return {
    text: escapeText([`${start}${joinNames(names)}${forValues(shoutout.values)}${end}`, ...hints].join(' ')),
    blocks: [
      richText(
        section(plain(start), ...boldNames(names), ...forRichValues(shoutout.values), plain(end)),
        ...hints.map(hint => section(plain(hint))),
      ),
      ...choices(shoutout, values),
    ],
  };
}

function whoHears(facts: Given, names: string[]): [before: string, tail: string] {
  const { announcedIn, place, hidden, giverLeftOut, leftOut, left, shoutout } = facts;
  const tail = [
    giverLeftOut ? ' You yourself are left out: a shout-out goes to others.' : '',
    leftOut.length > 0 ? ` ${leftOutWords(leftOut)}` : '',
    left > mostLeftSaid
      ? ''
      : left > 0
        ? ` You have ${left} left today.`
        : ' That was your last one for today.',
  ].join('');
  if (!announcedIn) {
    const preferring = shoutout.visibility === 'public' && hidden.length > 0;
    const why = preferring
      ? `${joinNames(hidden)} ${hidden.length === 1 ? 'keeps' : 'keep'} shout-outs private: only`
      : 'Only';
    return [
      `${why} ${joinNames(names)} ${names.length === 1 ? 'hears' : 'hear'} of it, by direct message.`,
      tail,
    ];
  }
  const here = place.kind === 'channel' && place.channelSlackId === announcedIn;
  const usual = facts.isTeamChannel ? "your team's channel " : 'the shout-out channel ';
  const where = here || facts.isChannelChosen ? '' : usual;
  const whom = names.length === 1 ? (names[0] ?? '') : 'each of them';
  const unnamed =
    hidden.length > 0
      ? ` It does not name ${joinNames(hidden)} there, who ${hidden.length === 1 ? 'keeps' : 'keep'} shout-outs private.`
      : '';
  return [`It goes to ${where}`, `, and to ${whom} by direct message.${unnamed}${tail}`];
}

/** What would make it say more. Never asked twice in one answer. */
function hintsFor(shoutout: Shoutout, values: CompanyValue[]): string[] {
  const hints: string[] = [];
  if (isShort(shoutout.message) && !shoutout.impact) hints.push('What did they do? What did it change?');
  if (shoutout.values.length === 0 && values.length > 0) hints.push('Does it show one of your values?');
  return hints.length > 0 ? [`${hints.join(' ')} You can add it.`] : [];
}

function choices(shoutout: Shoutout, values: CompanyValue[]) {
  const offered = shoutout.values.length === 0 ? values.slice(0, mostValueButtons) : [];
  return [
    ...(offered.length > 0 ? [buttons(...offered.map(value => valueButton(shoutout, value)))] : []),
    buttons(...changeButtons(shoutout)),
  ];
}

/** Adds a value with one click. */
export function valueButton({ id }: Shoutout, value: CompanyValue): Button {
  const { slug } = value;
  return button(valueLabel(value), `${actions.addValue}${slug}`.slice(0, 255), `${id}:${slug}`);
}
