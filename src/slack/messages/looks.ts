// Who looked at one's numbers, in words.
import type { RichTextElement, RichTextSection } from '@slack/types';
import type { Look } from '../../model.js';
import type { LooksAt } from '../../recognition/stats/looks.js';
import { actions } from '../ids.js';
import { bold, joinNames, plain, richText, richTextLines, section } from '../text.js';
import { minuteWords } from '../time.js';
import { type Message, turnButtons } from './parts.js';

/** A page of it, with buttons to the pages beside it. */
export function looksAt(found: LooksAt, { now }: { now: () => Date }): Message {
  const { looks, page, pages, timeZone } = found;
  const title = section(bold('Who looked at your numbers'), plain(` – only you see this.`));
  const list =
    looks.length > 0
      ? [
          {
            type: 'rich_text_list' as const,
            style: 'bullet' as const,
            elements: looks.map(look => lookLine(look, { timeZone, now: now() })),
          },
          section(plain(placeWords({ page, pages, timeZone }))),
        ]
      : [
          section(
            plain('Nobody has, neither at your page nor at a table or a list of names of a team of yours.'),
          ),
        ];
  const rest = [
    section(...whoCould(found)),
    ...(found.led.length > 0 ? [section(plain(toldAnyway))] : []),
    section(plain(neverSeen)),
  ];
  const turns = turnButtons(actions.looksPage, found, String, ['Later ones', 'Earlier ones']);
  const blocks = [richText(title, ...list), ...rest.map(one => richText(one))];
  return {
    text: richTextLines(blocks).join('\n'),
    blocks: [...blocks, ...turns],
  };
}

function placeWords({ page, pages, timeZone }: Pick<LooksAt, 'page' | 'pages' | 'timeZone'>): string {
  const place = pages > 1 ? `Page ${page + 1} of ${pages}, the latest first. ` : '';
  return `${place}The times are those of ${timeZone}.`;
}

function lookLine(
  { by, what, team, lookedAt }: Look,
  when: { timeZone: string; now: Date },
): RichTextSection {
  return section(
    plain(`${minuteWords(lookedAt, when.timeZone, when.now)}: `),
    bold(by.name),
    plain(` ${thing(what, team?.name ?? 'your team')}`),
  );
}

function thing(what: Look['what'], team: string): string {
  switch (what) {
    case 'page':
      return 'looked at your page';
    case 'table':
      return `looked at the table of ${team}`;
    case 'names':
      return `looked at who in ${team} was not thanked lately`;
  }
}

function whoCould({ led, viewers }: LooksAt): RichTextElement[] {
  const leads = led.map(team => `${joinNames(team.leads.map(one => one.name))} (${team.name})`);
  const named = viewers.map(one => one.name);
  const sentences = [
    ...(leads.length > 0 ? [`your leads, ${joinNames(leads)}`] : []),
    ...(named.length > 0 ? [`${joinNames(named)}, who may see everyone's numbers`] : []),
  ];
  const words =
    sentences.length > 0
      ? ` ${sentences.join('; and ')}. Whenever they do, it stands above.`
      : " nobody. Nobody else leads a team that you are in, and nobody is named to see everyone's numbers.";
  return [bold('Who could look:'), plain(words)];
}

const toldAnyway =
  'On Thursdays leads are told who in their team was thanked in public, and for what. That is not a look.';
const neverSeen =
  'Others never see the words of a private shout-out (it counts in numbers only), a ranking, or this list. Colleagues see no numbers of yours, and being a workspace admin shows nobody any.';
