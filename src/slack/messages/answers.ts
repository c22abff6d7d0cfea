// The private answers to what a person did.
import type { Commands } from '../../config.js';
import type { MemberStats, Place, Shoutout } from '../../model.js';
import { actions } from '../ids.js';
import { leftOutWords } from '../refusals.js';
import { bold, boldNames, channel, emoji, escapeText, joinNames, plain, richText, section } from '../text.js';
import {
  button,
  buttons,
  forRichValues,
  forValues,
  type Message,
  quoted,
  said,
  undoButton,
  wrote,
} from './parts.js';

/** From so many on the giver is told how many are left today. */
const mostLeftSaid = 2;

/** The giver's private answer: it is recorded, who hears of it and how to take it back. */
export function given({
  shoutout,
  announcedIn,
  place,
  giverLeftOut,
  left,
  leftOut,
}: {
  shoutout: Shoutout;
  announcedIn: string | null;
  place: Place;
  giverLeftOut: boolean;
  /** How many more the giver may give today; said when it is few. */
  left: number;
  /** Names of members of a group who cannot receive. */
  leftOut: string[];
}): Message {
  const names = shoutout.recipients.map(one => one.name);
  const whom = names.length === 1 ? (names[0] ?? '') : 'each of them';
  const here = place.kind === 'channel' && place.channelSlackId === announcedIn;
  const [before, where, after] = announcedIn
    ? ['It goes to ', here ? 'this channel' : 'the shout-out channel', `, and to ${whom} by direct message.`]
    : [`Only ${joinNames(names)} ${names.length === 1 ? 'hears' : 'hear'} of it, by direct message.`, '', ''];
  const tail = [
    after,
    giverLeftOut ? ' You yourself are left out: a shout-out goes to others.' : '',
    leftOut.length > 0 ? ` ${leftOutWords(leftOut)}` : '',
    left > mostLeftSaid ? '' : left > 0 ? ` ${left} left today.` : ' That was the last one for today.',
  ].join('');
  return {
    text: escapeText(
      `Recorded: your shout-out to ${joinNames(names)}${forValues(shoutout.values)}. ${before}${where}${tail}`,
    ),
    blocks: [
      richText(
        section(
          plain('Recorded: your shout-out to '),
          ...boldNames(names),
          ...forRichValues(shoutout.values),
          plain(`. ${before}`),
          ...(announcedIn ? [channel(announcedIn)] : []),
          ...(tail ? [plain(tail)] : []),
        ),
      ),
      buttons(undoButton(shoutout)),
    ],
  };
}

/** Why a shout-out was not recorded, with the giver's own words. */
export function refused({
  reasons,
  message,
  draftId,
}: {
  reasons: string[];
  message: string;
  draftId: string | null;
}): Message {
  const why = reasons.length === 1 ? ` ${reasons[0]}` : '';
  const list = reasons.length > 1 ? reasons : [];
  return {
    text:
      escapeText(
        `Not sent:${why}${list.map(reason => `\n• ${reason}`).join('')}${list.length > 0 ? '\n' : ' '}Nothing was recorded.`,
      ) + wrote(message),
    blocks: [
      richText(
        section(bold('Not sent:'), ...(why ? [plain(why)] : [])),
        ...(list.length > 0
          ? [
              {
                type: 'rich_text_list' as const,
                style: 'bullet' as const,
                elements: list.map(reason => section(plain(reason))),
              },
            ]
          : []),
        section(plain('Nothing was recorded.')),
        ...quoted(message),
      ),
      ...(draftId ? [buttons(button('Fix it', actions.openForm, draftId, 'primary'))] : []),
    ],
  };
}

/** Before the same words are recorded a second time. */
export function sameAgain({ earlier, draftId }: { earlier: Shoutout; draftId: string }): Message {
  const names = joinNames(earlier.recipients.map(one => one.name));
  const text = `You gave ${names} this very shout-out a moment ago. It is recorded, even if Slack told you that it failed. Record it a second time?`;
  return {
    text: escapeText(text),
    blocks: [
      richText(section(plain(text)), ...quoted(earlier.message)),
      buttons(
        button('No, once is right', actions.dropDraft, draftId, 'primary'),
        button('Record it again', actions.recordAgain, draftId),
      ),
    ],
  };
}

/** When the form cannot be opened without another click. */
export function openForm(draftId: string): Message {
  const text = 'Slack took a little long. Your words are kept: open the form to go on.';
  return {
    text,
    blocks: [
      richText(section(plain(text))),
      buttons(button('Open the form', actions.openForm, draftId, 'primary')),
    ],
  };
}

/** The giver's latest shout-out, with Undo while there is time. */
export function last(shoutout: Shoutout, { undoable, ago }: { undoable: boolean; ago: string }): Message {
  const names = shoutout.recipients.map(one => one.name);
  const tail = undoable ? '' : ' It can no longer be undone: that is possible for 24 hours.';
  return {
    text: `${escapeText(`Your last shout-out, ${ago}, to ${joinNames(names)}${forValues(shoutout.values)}.${tail}`)}${wrote(shoutout.message)}`,
    blocks: [
      richText(
        section(
          plain(`Your last shout-out, ${ago}, to `),
          ...boldNames(names),
          ...forRichValues(shoutout.values),
          plain(`.${tail}`),
        ),
        ...quoted(shoutout.message),
      ),
      ...(undoable ? [buttons(undoButton(shoutout))] : []),
    ],
  };
}

/** After an undo. `unreachable` tells which copies Slack never confirmed, so that nobody can delete them. */
export function undone(shoutout: Shoutout, { unreachable }: { unreachable: boolean }): Message {
  const names = joinNames(shoutout.recipients.map(one => one.name));
  return said(
    `Undone: your shout-out to ${names} no longer counts, and its messages are being deleted.${
      unreachable
        ? ' One of them I cannot find, because Slack never told me whether it was posted. If you see it, ask a workspace admin to delete it.'
        : ''
    }`,
  );
}

/** When Slack delivers a request again whose shout-out has been undone since. */
export function undoneSince(): Message {
  return said('This shout-out was recorded and has been undone since: it does not count.');
}

/** A person's own tallies. */
export function stats(numbers: MemberStats, { since }: { since: string }): Message {
  const { received, given: gave, perValue } = numbers;
  const lines = perValue.map(({ value, received, given }) => ({
    value,
    words: `: ${received} received, ${given} given`,
  }));
  return {
    text: escapeText(
      `Your shout-outs since ${since}: ${received} received, ${gave} given.${lines.map(({ value, words }) => `\n• ${value.name}${words}`).join('')}`,
    ),
    blocks: [
      richText(
        section(
          plain(`Your shout-outs since ${since}: `),
          bold(`${received} received, ${gave} given`),
          plain('.'),
        ),
        ...(lines.length > 0
          ? [
              {
                type: 'rich_text_list' as const,
                style: 'bullet' as const,
                elements: lines.map(({ value, words }) =>
                  section(emoji(value.emoji), plain(` ${value.name}${words}`)),
                ),
              },
            ]
          : []),
        section(
          plain('Only you see this. A shout-out with two values counts under both, and once in the total.'),
        ),
      ),
    ],
  };
}

/** When the answer takes longer than Slack waits. */
export function checking(): Message {
  return said('Checking… I tell you here in a moment.');
}

/** The same about a shout-out. True whatever happens next, for the bot may die before it has recorded anything. */
export function checkingShoutout(commands: Commands): Message {
  return said(
    `Checking… It is not recorded yet; I tell you here in a moment. If you hear nothing within a minute, ${commands.shoutout} last shows whether it was.`,
  );
}

/** When the words behind a button are no longer kept. */
export function draftGone(commands: Commands): Message {
  return said(
    `Those words are no longer kept: I keep them for a day. Please type ${commands.shoutout} again.`,
  );
}

export function onceIsRight(): Message {
  return said('Good: it stays recorded once.');
}

/** When somebody has not given a shout-out yet, or has undone it. */
export function noneYet(commands: Commands): Message {
  return said(
    `There is none: you have not given a shout-out yet, or have undone it. ${commands.shoutout} help shows how to give one.`,
  );
}
