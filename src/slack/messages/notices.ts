// What the bot says for itself: what is asked or told about copies that did not go as planned, and what others did.
import type { Member, Post, Recipient, Report, Shoutout } from '../../model.js';
import { actions } from '../ids.js';
import { sharedChannel } from '../post/shared.js';
import { channel, escapeText, joinNames, link, plain, quote, richText, section } from '../text.js';
import { button, buttons, type Message, namesForOthers, quoted, said } from './parts.js';

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

/**
 * To whoever asked, when a copy cannot be posted, changed or deleted: what to do, or that it will not happen; and when
 * it happened after all.
 * @param reader - whom it tells
 */
export function notice(
  shoutout: Shoutout,
  about: Post,
  { botName, reader }: { botName: string; reader: Pick<Member, 'id'> },
): Message {
  const recipient = shoutout.recipients.find(one => one.id === about.memberId);
  const [before, after] = recipient
    ? directNotice(shoutout, about, { recipient, reader })
    : channelNotice(shoutout, about, { botName, reader });
  const place = recipient ? [] : [plain(' '), channel(about.target), plain('.')];
  const own = reader.id === shoutout.giver.id ? quoted(shoutout.message) : [];
  return {
    text: escapeText(`${before}${recipient ? '' : ' the channel.'} ${after}`.trimEnd()),
    blocks: [richText(section(plain(before), ...place, ...(after ? [plain(` ${after}`)] : [])), ...own)],
  };
}

export type AroundPlace = [before: string, after: string];

/** "You took back your shout-out to Ana", or what else the reader did with it. */
function deedWords(shoutout: Shoutout, reader: Pick<Member, 'id'>): string {
  const { giver, withdrawnHow, recipients } = shoutout;
  if (giver.id === reader.id) {
    const which = `our shout-out to ${joinNames(recipients.map(one => one.name))}`;
    if (!withdrawnHow) return `You changed y${which}`;
    return withdrawnHow === 'undone'
      ? `You took back y${which}, and it no longer counts`
      : `Y${which} no longer counts`;
  }
  if (recipients.some(one => one.id === reader.id)) {
    return withdrawnHow
      ? `${giver.name}'s shout-out to you no longer counts`
      : `You keep ${giver.name}'s shout-out private`;
  }
  return `You removed ${giver.name}'s shout-out to ${namesForOthers(shoutout)}, and it no longer counts`;
}

function directNotice(
  shoutout: Shoutout,
  about: Post,
  { recipient, reader }: { recipient: Recipient; reader: Pick<Member, 'id'> },
): AroundPlace {
  const deed = deedWords(shoutout, reader);
  const isKnown = [shoutout.giver, ...shoutout.recipients].some(one => one.id === reader.id);
  const whom = recipient.isHidden && !isKnown ? 'somebody who keeps it private' : recipient.name;
  if (shoutout.withdrawnAt) {
    return about.state === 'uncertain'
      ? [`${deed}. Slack never told me whether ${whom} got my message about it.`, '']
      : [`${deed}. Slack does not let me delete my message to ${whom} about it.`, ''];
  }
  if (about.postedTs) {
    return isShown(about)
      ? [`${deed}. By now my message to ${recipient.name} shows it.`, '']
      : [
          `${deed}. Slack does not let me change my message to ${recipient.name}: it shows what it was before.`,
          '',
        ];
  }
  const names = joinNames(shoutout.recipients.map(one => one.name));
  return [
    `Your shout-out to ${names} is recorded and counts. Slack does not let me send ${recipient.name} a message about it.`,
    'Tell them yourself, if you like.',
  ];
}

export function isShown({ shownRevision, wantedRevision }: Post): boolean {
  return shownRevision >= wantedRevision;
}

function channelNotice(
  shoutout: Shoutout,
  about: Post,
  { botName, reader }: { botName: string; reader: Pick<Member, 'id'> },
): AroundPlace {
  const { state } = about;
  const invite = `Type /invite @${botName} there, and I`;
  const deed = deedWords(shoutout, reader);
  const goes = shoutout.withdrawnAt !== null || shoutout.recipients.every(one => one.isHidden);
  if (goes && state === 'uncertain') {
    return [
      `${deed}. Slack never told me whether its message appeared in`,
      'If you see it there, a workspace admin can delete it.',
    ];
  }
  if (goes && state === 'gone') return [`${deed}. By now its message is gone from`, ''];
  if (goes) {
    return [
      `${deed}. I cannot delete its message in`,
      `${state === 'givenUp' ? '' : `${invite} delete it at once. `}A workspace admin can delete it too.`,
    ];
  }
  if (about.postedTs && about.shownRevision > 0 && !isShown(about)) {
    return [
      `${deed}. I cannot change its message in`,
      `It shows what it was before.${state === 'givenUp' ? '' : ` ${invite} change it at once.`}`,
    ];
  }
  const names = joinNames(shoutout.recipients.map(one => one.name));
  return unpostedNotice(`Your shout-out to ${names} is recorded and counts`, about, invite);
}

/**
 * Why something is not in its channel, and what to do.
 * @param recorded - what is the case all the same, without a full stop
 */
export function unpostedNotice(recorded: string, about: Post, invite: string): AroundPlace {
  const { state, lastError } = about;
  const hourly = 'I try again every hour for a week.';
  if (state === 'posted' || about.postedTs) return [`${recorded}. By now it is in`, ''];
  if (state === 'givenUp') {
    return [
      `${recorded}, but Slack did not let me post it in`,
      `I do not try again (${lastError ?? 'no reason given'}).`,
    ];
  }
  switch (lastError) {
    case sharedChannel:
      return [
        `${recorded}, but I do not post it in`,
        `That channel is shared with another organisation, and shout-outs stay in this one. ${hourly}`,
      ];
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

/** To the giver, after an admin removed their shout-out. */
export function removal({ recipients }: Shoutout, announcement: Post | null): Message {
  const start = `A workspace admin removed your shout-out to ${joinNames(recipients.map(one => one.name))}`;
  const end = 'It no longer counts. Ask them if that surprises you.';
  return {
    text: `${escapeText(start)}${announcement ? ` from <#${announcement.target}>` : ''}. ${end}`,
    blocks: [
      richText(
        section(
          plain(start),
          ...(announcement ? [plain(' from '), channel(announcement.target)] : []),
          plain(`. ${end}`),
        ),
      ),
    ],
  };
}

/** To the giver, after a recipient chose to keep it private. */
export function keptPrivate({ recipients }: Shoutout, by: Member): Message {
  const others = recipients.some(one => !one.isHidden) ? ' The others are named as before.' : '';
  return said(
    `${by.name} would rather keep your shout-out private, so the announcement does not name them any more.${others} It counts as before.`,
  );
}

/** To a keeper, when somebody finds a shout-out not all right. Not what it says: that is for those who see it where it is. */
export function report({ by, reason, isPlacePrivate }: Report, url: string | null): Message {
  const start = `${by.name} reported a shout-out${reason ? ':' : '.'}`;
  const where =
    isPlacePrivate || !url
      ? `It is in a private conversation: ask ${by.name} about it.`
      : 'A workspace admin can remove it, in its menu.';
  return {
    text: escapeText(`${start} ${reason ? `${reason} – ` : ''}${where}`),
    blocks: [
      richText(
        section(plain(start)),
        ...(reason ? [quote(reason)] : []),
        section(...(url && !isPlacePrivate ? [link(url, 'See it there'), plain('. ')] : []), plain(where)),
      ),
    ],
  };
}
