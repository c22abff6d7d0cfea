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

/** To the giver, when a copy cannot be posted or deleted: what to do, or that it will not happen; and when it happened after all. */
export function notice(shoutout: Shoutout, about: Post, { botName }: { botName: string }): Message {
  const names = joinNames(shoutout.recipients.map(one => one.name));
  const reader = shoutout.recipients.find(one => one.id === about.memberId);
  const [before, after] = reader
    ? directNotice(shoutout, about, names, reader)
    : channelNotice(shoutout, about, names, botName);
  const place = reader ? [] : [plain(' '), channel(about.target), plain('.')];
  return {
    text: escapeText(`${before}${reader ? '' : ' the channel.'} ${after}`.trimEnd()),
    blocks: [richText(section(plain(before), ...place, plain(` ${after}`)), ...quoted(shoutout.message))],
  };
}

type AroundPlace = [before: string, after: string];

function directNotice({ undoneAt }: Shoutout, about: Post, names: string, reader: Member): AroundPlace {
  if (undoneAt && about.state === 'uncertain') {
    return [
      `You took back your shout-out to ${names}. Slack never told me whether ${reader.name} got my message about it.`,
      '',
    ];
  }
  return undoneAt
    ? [
        `You took back your shout-out to ${names}. Slack does not let me delete my message to ${reader.name} about it.`,
        '',
      ]
    : [
        `Your shout-out to ${names} is recorded and counts. Slack does not let me send ${reader.name} a message about it.`,
        'Tell them yourself, if you like.',
      ];
}

function channelNotice({ undoneAt }: Shoutout, about: Post, names: string, botName: string): AroundPlace {
  const { state, lastError } = about;
  const invite = `Type /invite @${botName} there, and I`;
  const hourly = 'I try again every hour for a week.';
  if (undoneAt) {
    const before = `You took back your shout-out to ${names}, and it no longer counts. I cannot delete its message in`;
    if (state === 'uncertain') {
      return [
        `You took back your shout-out to ${names}, and it no longer counts. Slack never told me whether its message appeared in`,
        'If you see it there, a workspace admin can delete it.',
      ];
    }
    if (state === 'gone')
      return [`You took back your shout-out to ${names}. By now its message is gone from`, ''];
    return [
      before,
      `${state === 'givenUp' ? '' : `${invite} delete it at once. `}A workspace admin can delete it too.`,
    ];
  }
  const recorded = `Your shout-out to ${names} is recorded and counts`;
  if (state === 'posted' || about.postedTs) return [`${recorded}. By now it is in`, ''];
  if (state === 'givenUp') {
    return [
      `${recorded}, but Slack did not let me post it in`,
      `I do not try again (${lastError ?? 'no reason given'}).`,
    ];
  }
  switch (lastError) {
    case 'is_archived':
      return [`${recorded}, but nobody can post in`, `The channel is archived. ${hourly}`];
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'restricted_action_non_threadable_channel':
    case 'posting_to_general_channel_denied':
      return [
        `${recorded}, but I am not allowed to post in`,
        `Ask a workspace admin to let apps post there. ${hourly}`,
      ];
    case 'missing_scope':
      return [
        `${recorded}, but I lack the permission to post in`,
        `Ask whoever installed me to reinstall the app with its manifest. ${hourly}`,
      ];
    default:
      return [`${recorded}, but I cannot post in`, `${invite} post it at once.`];
  }
}
