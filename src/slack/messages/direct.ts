// What a recipient gets, by direct message.
import type { RichTextBlock } from '@slack/types';
import type { Recipient, Shoutout } from '../../model.js';
import type { Later } from '../../recognition/shoutouts/keep-private.js';
import { actions } from '../ids.js';
import { bold, boldNames, channel, escapeText, joinNames, link, plain, richText, section } from '../text.js';
import {
  asGroups,
  button,
  buttons,
  forRichValues,
  forValues,
  type Message,
  overflow,
  quotedWords,
  sayingWords,
} from './parts.js';

export interface DirectFacts {
  /** Where it was announced, while it stands there. */
  announcedAt: { channelSlackId: string; url: string } | null;
  /** It is announced, also where Slack never told us the place of it. */
  isAnnounced: boolean;
  /** Of the message it is about. */
  aboutUrl: string | null;
  /** It explains to its reader what they can choose. */
  introduces: boolean;
}

/** The whole shout-out, where it can be seen, and the reader's say in that. */
export function direct(
  shoutout: Shoutout,
  reader: Recipient,
  { announcedAt, isAnnounced, aboutUrl, introduces }: DirectFacts,
): Message {
  const others = shoutout.recipients.filter(one => one.id !== reader.id).map(one => one.name);
  const whom = ['you', ...others];
  const groups = asGroups(shoutout.groups);
  // Where it is announced for others only, this reader is not led there.
  const shownAt = reader.isHidden ? null : announcedAt;
  const privacy = privacyWords(shoutout, reader, others);
  const asks = introduces && shownAt !== null;
  return {
    text:
      `${escapeText(`${shoutout.giver.name} gave ${joinNames(whom)}${groups} a shout-out${forValues(shoutout.values)}`)}${sayingWords(shoutout)}` +
      `${privacy ? ` (${escapeText(privacy)})` : ''}${asks ? ` (It is in <#${shownAt.channelSlackId}>. Rather not in public?)` : ''}`,
    blocks: [
      richText(
        section(
          bold(shoutout.giver.name),
          plain(' gave '),
          ...boldNames(whom),
          plain(`${groups} a shout-out`),
          ...forRichValues(shoutout.values),
        ),
        ...quotedWords(shoutout),
        ...whereabouts(shownAt, aboutUrl),
        ...(privacy ? [section(plain(privacy))] : []),
        ...(asks ? [section(plain('Rather not in public?'))] : []),
      ),
      ...choices(shoutout, reader, { asks, isPublic: isAnnounced && !reader.isHidden }),
    ],
  };
}

function whereabouts(
  shownAt: DirectFacts['announcedAt'],
  aboutUrl: string | null,
): RichTextBlock['elements'] {
  return [
    ...(shownAt
      ? [
          section(
            plain('It is in '),
            channel(shownAt.channelSlackId),
            plain(': '),
            link(shownAt.url, 'see it there'),
          ),
        ]
      : []),
    ...(aboutUrl ? [section(link(aboutUrl, 'See what it is about'))] : []),
  ];
}

/** Who else sees it, where that is nobody. */
function privacyWords({ visibility, giver }: Shoutout, reader: Recipient, others: string[]): string | null {
  if (visibility === 'private') return `Only ${joinNames(['you', ...others, giver.name])} see this.`;
  return reader.isHidden ? 'You keep it private: no announcement names you.' : null;
}

function choices(
  { id }: Shoutout,
  reader: Recipient,
  { asks, isPublic }: { asks: boolean; isPublic: boolean },
) {
  if (asks) {
    return [
      buttons(
        button('Keep this one private', actions.keepPrivate, id),
        button('Always keep mine private', actions.keepAllPrivate, id),
      ),
    ];
  }
  if (isPublic) {
    return [
      overflow(actions.directMenu, [
        { text: 'Keep this one private', value: `${actions.keepPrivate}:${id}` },
        { text: 'Always keep mine private', value: `${actions.keepAllPrivate}:${id}` },
      ]),
    ];
  }
  return reader.isHidden && reader.preference === 'onlyPrivately'
    ? [buttons(button('From now on in public', actions.publicAgain, id))]
    : [];
}

/** After a recipient chose to keep one, or all, private. */
export function keptPrivate(
  { giver }: Shoutout,
  { later, unreachable }: { later: Later | null; unreachable: boolean },
): string {
  return [
    `It becomes private: the announcement is changed so that it does not name you, or deleted. It counts as before. ${giver.name} is being told. Should the words still tell that it was you, ask ${giver.name} to edit them.`,
    laterWords(later),
    unreachable
      ? ' One message I cannot find, because Slack never told me whether it was posted. If you see it, ask a workspace admin to delete it.'
      : '',
  ].join('');
}

/** What holds for those to come: a sentence after others, or nothing. */
export function laterWords(later: Later | null): string {
  switch (later) {
    case 'private':
      return ' From now on every shout-out to you is private; a button under such a message lets you change that.';
    case 'none':
      return ' Nobody can thank you here, as you chose; your Home lets you change that.';
    case null:
      return '';
  }
}
