// Every message the bot says, as pure values: { text, blocks }. The text is whole without the blocks.
//
// How we write: short, warm, plain. What happened, then what to do next. Names are bold and never ping. What a person
// typed only ever goes through `quote` (blocks) or `escapeText` (text).
import type { ActionsBlock, Button, KnownBlock, RichTextElement } from '@slack/types';
import type { Commands } from '../config.js';
import type { CompanyValue, Member, MemberStats, Place, Post, Shoutout } from '../model.js';
import { actions } from './ids.js';
import {
  bold,
  boldNames,
  channel,
  cleanText,
  cutText,
  emoji,
  escapeText,
  joinNames,
  link,
  plain,
  quote,
  richText,
  section,
} from './text.js';

export interface Message {
  /** For notifications and screen readers; escaped. */
  text: string;
  blocks: KnownBlock[];
}

/** As much of what a person wrote as a fallback text shows. Escaping can make it five times as long; 4,000 is what `chat.update` takes. */
const fallbackLimit = 600;

/** What everyone in the channel sees. */
export function announcement(shoutout: Shoutout): Message {
  const { giver, recipients, values } = shoutout;
  return {
    text: `${escapeText(`${giver.name} gave ${joinNames(recipients.map(one => one.name))} a shout-out${forValues(values)}`)}${saying(shoutout.message)}`,
    blocks: [
      richText(
        section(
          bold(giver.name),
          plain(' gave '),
          ...boldNames(recipients.map(one => one.name)),
          plain(' a shout-out'),
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
    text: `${escapeText(`${shoutout.giver.name} gave ${whom} a shout-out${forValues(shoutout.values)}`)}${saying(shoutout.message)}`,
    blocks: [
      richText(
        section(
          bold(shoutout.giver.name),
          plain(' gave '),
          ...boldNames(['you', ...others]),
          plain(' a shout-out'),
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

/** The giver's private answer: it is recorded, who hears of it and how to take it back. */
export function given({
  shoutout,
  announcedIn,
  place,
  giverLeftOut,
}: {
  shoutout: Shoutout;
  announcedIn: string | null;
  place: Place;
  giverLeftOut: boolean;
}): Message {
  const names = shoutout.recipients.map(one => one.name);
  const who = names.length === 1 ? 'They get' : 'Each of them gets';
  const here = place.kind === 'channel' && place.channelSlackId === announcedIn;
  const where = announcedIn
    ? {
        text: here ? 'It appears here in the channel' : 'It appears in the shout-out channel',
        rich: here
          ? [plain('It appears here in '), channel(announcedIn)]
          : [plain('It appears in '), channel(announcedIn)],
      }
    : { text: 'Nothing is announced here', rich: [plain('Nothing is announced here')] };
  const tail = `, and ${who.charAt(0).toLowerCase()}${who.slice(1)} a message from me.${giverLeftOut ? ' You yourself are left out: a shout-out goes to others.' : ''}`;
  return {
    text: escapeText(
      `Recorded: your shout-out to ${joinNames(names)}${forValues(shoutout.values)}. ${where.text}${tail}`,
    ),
    blocks: [
      richText(
        section(
          plain('Recorded: your shout-out to '),
          ...boldNames(names),
          ...forRichValues(shoutout.values),
          plain('. '),
          ...where.rich,
          plain(tail),
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
  draftId: string;
}): Message {
  const why = reasons.length === 1 ? ` ${reasons[0]}` : '';
  const list = reasons.length > 1 ? reasons : [];
  return {
    text:
      escapeText(
        `Not sent:${why}${list.map(reason => `\n• ${reason}`).join('')}${list.length > 0 ? '\n' : ' '}Nothing was recorded.`,
      ) + saying(message),
    blocks: [
      richText(
        section(bold('Not sent:'), plain(why || ' ')),
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
        ...quoted(cutText(message, 2900)),
      ),
      buttons(button('Fix it', actions.openForm, draftId, 'primary')),
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
    text: `${escapeText(`Your last shout-out, ${ago}, to ${joinNames(names)}${forValues(shoutout.values)}.${tail}`)}${saying(shoutout.message)}`,
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

/** How to give, with examples. */
export function shoutoutHelp(commands: Commands, values: CompanyValue[]): Message {
  const name = commands.shoutout;
  const value = values[0]?.slug ?? 'teamwork';
  const lines: [example: string, meaning: string][] = [
    [`${name} @ana #${value} for untangling the release script`, 'thanks Ana, for all to see'],
    [`${name} @ana @ben for last night`, 'thanks both; a value is welcome, not required'],
    [name, 'opens a form'],
    [`${name} last`, 'shows your last shout-out, and Undo for 24 hours'],
    [`${commands.recognition} stats`, 'your own tallies, for your eyes only'],
  ];
  return helpMessage(
    'Thank people for what they did. First whom, then what for:',
    lines,
    values.length > 0
      ? [
          plain('Your values: '),
          ...values.flatMap((one, index) => [
            ...(index > 0 ? [plain(', ')] : []),
            emoji(one.emoji),
            plain(` #${one.slug}`),
          ]),
        ]
      : [],
    values.length > 0 ? `Your values: ${values.map(one => `#${one.slug}`).join(', ')}` : '',
  );
}

/** What `/recognition` knows. */
export function recognitionHelp(commands: Commands): Message {
  return helpMessage(
    'What there is:',
    [
      [`${commands.recognition} stats`, 'your own tallies this quarter, for your eyes only'],
      [`${commands.recognition} help`, 'this list'],
      [`${commands.shoutout} help`, 'how to give a shout-out'],
    ],
    [],
    '',
  );
}

function helpMessage(
  intro: string,
  lines: [example: string, meaning: string][],
  outro: RichTextElement[],
  outroText: string,
): Message {
  return {
    text: escapeText(
      [
        intro,
        ...lines.map(([example, meaning]) => `• ${example} – ${meaning}`),
        ...(outroText ? [outroText] : []),
      ].join('\n'),
    ),
    blocks: [
      richText(
        section(plain(intro)),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: lines.map(([example, meaning]) =>
            section({ type: 'text', text: example, style: { code: true } }, plain(`  ${meaning}`)),
          ),
        },
        ...(outro.length > 0 ? [section(...outro)] : []),
      ),
    ],
  };
}

/** When the answer takes longer than Slack waits. */
export function checking(): Message {
  return said('Checking… I tell you here in a moment.');
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
  return said(`You have no shout-out yet. ${commands.shoutout} help shows how to give one.`);
}

/** When the words after a command mean nothing to us. */
export function notUnderstood(typed: string, help: Message): Message {
  const sorry = `I do not know "${cutText(cleanText(typed), 100)}".`;
  return {
    text: `${escapeText(sorry)} ${help.text}`,
    blocks: [richText(section(plain(sorry))), ...help.blocks],
  };
}

/** One plain sentence or two. */
export function said(text: string): Message {
  return { text: escapeText(text), blocks: [richText(section(plain(text)))] };
}

function quoted(message: string) {
  return message ? [quote(message)] : [];
}

function saying(message: string): string {
  return message ? `: ${escapeText(cutText(message, fallbackLimit))}` : '';
}

function forValues(values: CompanyValue[]): string {
  return values.length > 0 ? ` for ${joinNames(values.map(value => value.name))}` : '';
}

function forRichValues(values: CompanyValue[]): RichTextElement[] {
  if (values.length === 0) return [];
  const byName = new Map(values.map(value => [value.name, value]));
  return [
    plain(' for '),
    ...boldNames(values.map(value => value.name)).flatMap(element => {
      const value = element.type === 'text' ? byName.get(element.text) : undefined;
      return value && element.type === 'text' && element.style?.bold
        ? [emoji(value.emoji), plain(' '), element]
        : [element];
    }),
  ];
}

function undoButton(shoutout: Shoutout): Button {
  return button('Undo', actions.undo, shoutout.id);
}

function button(text: string, actionId: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text },
    value,
    ...(style ? { style } : {}),
  };
}

function buttons(...elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}
