// The private answers to what a person did.
import type { Commands } from '../../config.js';
import type { Shoutout } from '../../model.js';
import { actions } from '../ids.js';
import { outsiderWords } from '../refusals.js';
import { bold, boldNames, escapeText, joinNames, plain, richText, section } from '../text.js';
import {
  button,
  buttons,
  changeButtons,
  forRichValues,
  forValues,
  type Message,
  namesForOthers,
  quoted,
  said,
  wrote,
} from './parts.js';

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

/** When the form cannot be opened without another click. @param why - a sentence */
export function openForm(draftId: string, why: string): Message {
  const text = `${why} Open the form to go on.`;
  return {
    text,
    blocks: [
      richText(section(plain(text))),
      buttons(button('Open the form', actions.openForm, draftId, 'primary')),
    ],
  };
}

/** The giver's latest shout-out, with Edit and Undo while there is time. */
export function last(shoutout: Shoutout, { changeable, ago }: { changeable: boolean; ago: string }): Message {
  const names = shoutout.recipients.map(one => one.name);
  const tail = changeable ? '' : ' It can no longer be changed or undone: that is possible for 24 hours.';
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
      ...(changeable ? [buttons(...changeButtons(shoutout))] : []),
    ],
  };
}

/** After an undo, or a removal by `by`. `unreachable`: Slack never confirmed a copy, so that nobody can delete it. */
export function withdrawn(
  shoutout: Shoutout,
  { by, unreachable }: { by: 'giver' | 'admin'; unreachable: boolean },
): Message {
  const what =
    by === 'giver'
      ? `Undone: your shout-out to ${joinNames(shoutout.recipients.map(one => one.name))} no longer counts, and its messages are being deleted.`
      : `Removed: ${shoutout.giver.name}'s shout-out to ${namesForOthers(shoutout)} no longer counts, and its messages are being deleted. ${shoutout.giver.name} is being told.`;
  return said(
    `${what}${
      unreachable
        ? ' One of them I cannot find, because Slack never told me whether it was posted. If you see it, ask a workspace admin to delete it.'
        : ''
    }`,
  );
}

/** When a form is sent a second time with other words: the first ones were recorded. */
export function recordedBefore(shoutout: Shoutout): Message {
  const text = `This form was recorded before, to ${joinNames(shoutout.recipients.map(one => one.name))} and with these words. Press Edit to change it.`;
  return {
    text: escapeText(text) + wrote(shoutout.message),
    blocks: [
      richText(section(plain(text)), ...quoted(shoutout.message)),
      buttons(...changeButtons(shoutout)),
    ],
  };
}

/** When Slack delivers a request again whose shout-out has been withdrawn since. */
export function withdrawnSince(): Message {
  return said('This shout-out was recorded and has been withdrawn since: it does not count.');
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

/** After somebody named the bot in a conversation, and Slack will say it again because something failed. */
export function notYet(): Message {
  return said(
    'Something went wrong on my side, and your shout-out is not confirmed. I try again within six minutes, and tell you then. Please do not send it again before.',
  );
}

/** After somebody named the bot, but not in front. */
export function notInFront(botName: string): Message {
  return said(`To thank somebody, start your message with my name: @${botName} @ana for …`);
}

/** After a report. */
export function reported(): Message {
  return said('Thank you. Those who look after me get your report, with your name.');
}

/** After somebody let announcements name them again. */
export function publicAgain(): Message {
  return said('From now on announcements name you again. What is private already stays so.');
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

/** To somebody who does not belong to the workspace, in place of what they would see. */
export function outsider(): Message {
  return said(`Welcome. ${outsiderWords}`);
}

/** When somebody has not given a shout-out yet, or has undone it. */
export function noneYet(commands: Commands): Message {
  return said(
    `There is none: you have not given a shout-out yet, or it was undone or removed. ${commands.shoutout} help shows how to give one.`,
  );
}
