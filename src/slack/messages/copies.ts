// What goes out by itself: announcements, messages to recipients, and what the giver is asked or told about them.
import type { Group, Member, Post, Shoutout } from '../../model.js';
import { actions } from '../ids.js';
import { bold, boldNames, channel, escapeText, joinNames, link, plain, richText, section } from '../text.js';
import { button, buttons, forRichValues, forValues, type Message, quoted, said, saying } from './parts.js';

/** What everyone in the channel sees. */
export function announcement(shoutout: Shoutout): Message {
  const { giver, recipients, values, groups } = shoutout;
  return {
    text: `${escapeText(`${giver.name} gave ${joinNames(recipients.map(one => one.name))}${asGroups(groups)} a shout-out${forValues(values)}`)}${saying(shoutout.message)}`,
    blocks: [
      richText(
        section(
          bold(giver.name),
          plain(' gave '),
          ...boldNames(recipients.map(one => one.name)),
          plain(`${asGroups(shoutout.groups)} a shout-out`),
          ...forRichValues(values),
        ),
        ...quoted(shoutout.message),
      ),
    ],
  };
}

/** What a recipient gets: the whole shout-out, and a link to where it was announced. */
export function direct(
  shoutout: Shoutout,
  reader: Member,
  announcedAt: { channelSlackId: string; url: string } | null,
): Message {
  const others = shoutout.recipients.filter(one => one.id !== reader.id).map(one => one.name);
  const whom = joinNames(['you', ...others]);
  return {
    text: `${escapeText(`${shoutout.giver.name} gave ${whom}${asGroups(shoutout.groups)} a shout-out${forValues(shoutout.values)}`)}${saying(shoutout.message)}`,
    blocks: [
      richText(
        section(
          bold(shoutout.giver.name),
          plain(' gave '),
          ...boldNames(['you', ...others]),
          plain(`${asGroups(shoutout.groups)} a shout-out`),
          ...forRichValues(shoutout.values),
        ),
        ...quoted(shoutout.message),
        ...(announcedAt
          ? [
              section(
                plain('It is in '),
                channel(announcedAt.channelSlackId),
                plain(': '),
                link(announcedAt.url, 'see it there'),
              ),
            ]
          : []),
      ),
    ],
  };
}

/** Which groups are credited. Plain text: it pings nobody. */
function asGroups(groups: Group[]): string {
  return groups.length > 0 ? ` (${joinNames(groups.map(group => group.handle))})` : '';
}

/** To the giver, when nobody knows whether a copy reached Slack. */
export function question(shoutout: Shoutout, about: Post): Message {
  const inChannel = about.kind === 'announcement';
  const reader = shoutout.recipients.find(one => one.id === about.memberId);
  const names = joinNames(shoutout.recipients.map(one => one.name));
  const start = `Your shout-out to ${names} is recorded, but Slack did not say whether`;
  const what = inChannel
    ? ' it appeared in '
    : ` my message about it reached ${reader?.name ?? 'its reader'}.`;
  const next = inChannel
    ? 'Is it there? If not, I post it again.'
    : 'You can ask them, or let me send it again: then they may get it twice.';
  return {
    text: escapeText(`${start}${inChannel ? `${what}the channel.` : what} ${next}`),
    blocks: [
      richText(
        section(
          plain(start),
          plain(what),
          ...(inChannel ? [channel(about.target), plain('.')] : []),
          plain(` ${next}`),
        ),
        ...quoted(shoutout.message),
      ),
      buttons(
        button(inChannel ? 'Post it again' : 'Send it again', actions.postAgain, about.id, 'primary'),
        button(inChannel ? 'It is there' : 'Leave it', actions.itIsThere, about.id),
      ),
    ],
  };
}

/** The question again, after it was answered. */
export function questionAnswered(answer: 'postAgain' | 'itIsThere'): Message {
  return said(answer === 'postAgain' ? 'Thank you. It goes out again now.' : 'Thank you. It stays as it is.');
}

/** The question again, when there is nothing to answer any more. */
export function questionSettled(): Message {
  return said('This is settled already: nothing more to do.');
}

/** To the giver, when a copy cannot be posted: what to do, or that it will not come. */
export function notice(shoutout: Shoutout, about: Post, { botName }: { botName: string }): Message {
  const names = joinNames(shoutout.recipients.map(one => one.name));
  const reader = shoutout.recipients.find(one => one.id === about.memberId);
  const recorded = `Your shout-out to ${names} is recorded and counts, but `;
  const { before, after } = reader
    ? {
        before: `${recorded}Slack does not let me send ${reader.name} a message about it.`,
        after: ' Tell them yourself, if you like.',
      }
    : noticeWords(about, recorded, botName);
  return {
    text: escapeText(`${before}${reader ? '' : ' the channel.'}${after}`),
    blocks: [
      richText(
        section(
          plain(before),
          ...(reader ? [] : [plain(' '), channel(about.target), plain('.')]),
          plain(after),
        ),
        ...quoted(shoutout.message),
      ),
    ],
  };
}

function noticeWords(
  { state, lastError }: Post,
  recorded: string,
  botName: string,
): { before: string; after: string } {
  if (state === 'givenUp') {
    return {
      before: `${recorded}Slack did not let me post it in`,
      after: ` I do not try again (${lastError ?? 'no reason given'}).`,
    };
  }
  switch (lastError) {
    case 'is_archived':
      return {
        before: `${recorded}nobody can post in`,
        after: ' The channel is archived. Once it is open again, I post it there within the hour.',
      };
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'restricted_action_non_threadable_channel':
    case 'posting_to_general_channel_denied':
      return {
        before: `${recorded}I am not allowed to post in`,
        after: ' Ask a workspace admin to let apps post there. I try again every hour for a week.',
      };
    case 'missing_scope':
      return {
        before: `${recorded}I lack the permission to post in`,
        after:
          ' Ask whoever installed me to reinstall the app with its manifest. I try again every hour for a week.',
      };
    default:
      return {
        before: `${recorded}I cannot post in`,
        after: ` Type /invite @${botName} there, and I post it at once.`,
      };
  }
}
