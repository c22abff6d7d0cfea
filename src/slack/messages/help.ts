// How it is used, with examples.
import type { RichTextElement } from '@slack/types';
import type { Commands } from '../../config.js';
import type { CompanyValue } from '../../model.js';
import { cleanText, cutText, emoji, escapeText, plain, richText, section } from '../text.js';
import { type Message, said } from './parts.js';

/** How to give, with examples. */
export function shoutoutHelp(commands: Commands, values: CompanyValue[]): Message {
  const name = commands.shoutout;
  const value = values[0] ? ` #${values[0].slug}` : '';
  const lines: [example: string, meaning: string][] = [
    [`${name} @ana${value} for untangling the release script`, 'thanks Ana, for all to see'],
    [`${name} @ana @ben for last night`, 'thanks both; a value is welcome, not required'],
    [name, 'opens a form: also for a private one, or another channel'],
    [`${name} last`, 'shows your last shout-out, and Undo for 24 hours'],
    [`${commands.recognition} stats me`, 'your own numbers, for your eyes only'],
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
      [
        `${commands.recognition} stats`,
        "numbers, for your eyes only: your own; the team's where you lead one",
      ],
      [`${commands.recognition} stats everyone month`, 'how the values are lived here, without names'],
      [`${commands.recognition} stats help`, 'whose, of which value and when, in any order'],
      [
        `${commands.recognition} values`,
        'your values, and how often each was lived; admins change them there',
      ],
      [`${commands.recognition} teams`, 'your teams and who leads them; admins change them there'],
      [`${commands.recognition} privacy`, 'who looked at your numbers and when, and who could'],
      [
        `${commands.recognition} away 2026-12-01`,
        'until when you are away, or back; with @somebody whom you lead, that they are',
      ],
      [`${commands.recognition} settings`, 'what holds here, for workspace admins to change'],
      [`${commands.recognition} digest`, 'the weekly digest: for those who look after me here'],
      [`${commands.recognition} help`, 'this list'],
      [`${commands.shoutout} help`, 'how to give a shout-out'],
    ],
    [],
    '',
  );
}

/** What `/recognition stats` knows. */
export function statsHelp(commands: Commands): Message {
  const name = `${commands.recognition} stats`;
  return helpMessage(
    'Numbers, for your eyes only. Whom, which value and when, in any order:',
    [
      [`${name} me`, 'your own, this quarter'],
      [`${name} #craft month`, 'of one value, this month; also week, quarter, year or all'],
      [`${name} last month`, 'also last week, quarter or year, today, yesterday, October, Q3'],
      [`${name} 2026-03`, 'a month; also 2026, 2026-Q1, or days: 2026-01-01..2026-03-31'],
      [`${name} everyone`, 'how the values are lived here, without names'],
      [`${name} team`, 'the team that you lead; others by name: team:payments'],
      [`${name} @ana`, 'somebody in a team that you lead'],
    ],
    [],
    '',
  );
}

/** What `/recognition away` knows. */
export function awayHelp(commands: Commands): Message {
  const name = `${commands.recognition} away`;
  return helpMessage(
    'Lists of people who went unthanked leave out who is away:',
    [
      [`${name} 2026-12-01`, 'you are away until the end of that day'],
      [`${name} back`, 'you are back'],
      [`${name} @ana 2026-12-01`, 'Ana is away, where you lead a team of hers; she is told'],
      [`${name} @ana back`, 'Ana is back'],
    ],
    [],
    '',
  );
}

/** What `/recognition digest` knows. */
export function digestHelp(commands: Commands): Message {
  const name = `${commands.recognition} digest`;
  return helpMessage(
    'The weekly digest, for those who look after me here:',
    [
      [`${name} preview`, 'what it would say now, for your eyes only'],
      [`${name} now`, 'posts it now'],
      [`${name} skip 2026-12-25`, 'posts none in the week of that day'],
      [`${name} pause`, 'posts none until you resume it'],
      [`${name} resume`, 'goes on, also in the weeks you skipped'],
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

/** When Slack hands us a command that is not ours by the settings. */
export function unknownCommand(command: string, commands: Commands): Message {
  return said(
    `I am not set up for ${command}, but for ${commands.shoutout} and ${commands.recognition}. Whoever installed me can put the app's manifest and my settings in line.`,
  );
}

/** When somebody asks for a ranking. @param isLead - they lead a team, and so have numbers of one to see */
export function noRanking(commands: Commands, { isLead }: { isLead: boolean }): Message {
  const words =
    'There is no ranking here: studies found that rankings make people feel less appreciated. Try ';
  const code = (text: string): RichTextElement => ({ type: 'text', text, style: { code: true } });
  const ofTeam = `${commands.recognition} stats team`;
  const ofAll = `${commands.recognition} stats everyone`;
  const others = ' Or, for everybody: ';
  return {
    text: escapeText(`${words}\`${ofTeam}\`.${isLead ? '' : `${others}\`${ofAll}\`.`}`),
    blocks: [
      richText(
        section(
          plain(words),
          code(ofTeam),
          plain('.'),
          ...(isLead ? [] : [plain(others), code(ofAll), plain('.')]),
        ),
      ),
    ],
  };
}

/** A sentence, and how it is used under it. */
export function withHelp(words: string, help: Message): Message {
  return {
    text: `${escapeText(words)} ${help.text}`,
    blocks: [richText(section(plain(words))), ...help.blocks],
  };
}

/** When the words after a command mean nothing to us. @param meant - what probably was, as it is typed; null: nothing is near */
export function notUnderstood(typed: string, help: Message, meant: string | null = null): Message {
  const sorry = `I do not know "${cutText(cleanText(typed), 100)}".`;
  return withHelp(meant ? `${sorry} Did you mean ${meant}?` : sorry, help);
}
