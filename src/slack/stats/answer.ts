// `/recognition stats …`: finds out whose numbers are meant, and hands on to the view that shows them.
import type { Member, Team } from '../../model.js';
import { dateOf } from '../../recognition/calendar.js';
import { findCalled } from '../../recognition/members.js';
import { accountOf } from '../../recognition/permissions.js';
import type { StatsQuestion, StatsVocabulary } from '../../recognition/stats/question.js';
import { isViewer, ledBy } from '../../recognition/stats/rights.js';
import { statsHelp } from '../messages/help.js';
import { buttons, type Message, said } from '../messages/parts.js';
import type { StatsFault } from '../parse/stats.js';
import { cutText, joinNames } from '../text.js';
import { askButton } from './ask-button.js';
import { type Asked, type AskedBySomebody, type Asker, readAsked } from './asked.js';
import { everyoneMessage } from './everyone.js';
import { mostFaults, notUnderstood, takenWords } from './faults.js';
import { memberMessage, ownMessage } from './member.js';
import { unknownReader } from './reader.js';
import { teamMessage } from './team.js';

/**
 * The answer to what was typed after `stats`, in any order: whom, a value, a period. Whether whoever asks may see it is
 * checked by each view, each time.
 */
export async function statsMessage(asker: Asker, typed: string): Promise<Message> {
  if (typed.trim().toLowerCase() === 'help') return statsHelp(asker.bot.commands);
  const read = await understood(asker, typed);
  if ('text' in read) return read;
  return withNote(read.note, await viewOf(read.asked, read.whom, read.vocabulary));
}

/** What somebody asks, or words on what was not understood. */
export async function understood(
  asker: Asker,
  typed: string,
): Promise<
  | { asked: AskedBySomebody; whom: StatsQuestion['whom']; vocabulary: StatsVocabulary; note: string | null }
  | Message
> {
  const { asked, read, vocabulary } = await readAsked(asker, typed);
  if (read.faults.length > 0) {
    const { commands, now } = asker.bot;
    const today = dateOf(now(), asked.period.timeZone);
    const called = await peopleCalled(asked, read.faults);
    return notUnderstood(read.faults, vocabulary, { commands, today, called });
  }
  return { asked, whom: read.question.whom, vocabulary, note: takenWords(read) };
}

/** Who is called as what was not understood, where one person is. */
async function peopleCalled(
  { bot, workspace, by }: AskedBySomebody,
  faults: StatsFault[],
): Promise<Map<string, Member>> {
  // Slack shows guests only some of the people, and so a name may be news to them.
  if (!by || accountOf(by) !== 'member') return new Map();
  const unknown = faults
    .flatMap(fault => (fault.kind === 'unknown' ? [fault.typed] : []))
    .slice(0, mostFaults);
  const found = await Promise.all(
    unknown.map(async typed => [typed, await findCalled(bot.db, workspace, typed)] as const),
  );
  return new Map(found.flatMap(([typed, member]) => (member ? [[typed, member] as const] : [])));
}

async function viewOf(
  asked: AskedBySomebody,
  whom: StatsQuestion['whom'],
  vocabulary: StatsVocabulary,
): Promise<Message> {
  const { by } = asked;
  if (whom.kind === 'me') return ownMessage(asked);
  if (whom.kind === 'member' && whom.slackId === asked.memberSlackId) return ownMessage(asked);
  if (!by) {
    if (whom.kind === 'usual') return ownMessage(asked);
    return unknownReader();
  }
  const known = { ...asked, by };
  switch (whom.kind) {
    case 'member':
      return memberMessage(known, whom.slackId);
    case 'team':
      return teamMessage(known, whom.team);
    case 'everyone':
      return everyoneMessage(known);
    default:
      return ledMessage(known, whom.kind, vocabulary);
  }
}

/** Slack's rows of buttons hold 25. */
const mostTeamButtons = 20;

/** The team that somebody leads. Who leads several is asked; who leads none sees their own where they named nobody. */
async function ledMessage(
  asked: Asked,
  kind: 'usual' | 'led',
  vocabulary: StatsVocabulary,
): Promise<Message> {
  const { bot, workspace, by } = asked;
  const led = await ledBy(bot.db, workspace, by);
  const [only] = led;
  if (only && led.length === 1) return teamMessage(asked, only);
  if (led.length > 1) return whichTeam(asked, 'You lead', led);
  if (kind === 'usual') return ownMessage(asked);
  if (vocabulary.teams.length > 0 && (await isViewer(bot.db, workspace, by)))
    return whichTeam(asked, 'You may see the numbers of', vocabulary.teams);
  const { recognition } = bot.commands;
  return said(
    `A team's numbers are for those who lead it, and you lead none. ${recognition} stats me shows your own, ${recognition} stats everyone how the values are lived here.`,
  );
}

/** @param start - of the sentence that names the teams */
function whichTeam({ value, wish }: Asked, start: string, teams: Team[]): Message {
  const shown = teams.slice(0, mostTeamButtons);
  const more = teams.length - shown.length;
  const names = joinNames([...shown.map(one => one.name), ...(more > 0 ? [`${more} more`] : [])]);
  const asking = said(
    `${start} ${names}. Which one? Type its name, such as stats team:${shown[0]?.slug}, or press.`,
  );
  return {
    ...asking,
    blocks: [
      ...asking.blocks,
      buttons(
        ...shown.map((team, index) =>
          askButton(cutText(team.name, 75), { whom: { kind: 'team', team }, value, wish }, index),
        ),
      ),
    ],
  };
}

function withNote(note: string | null, message: Message): Message {
  if (note === null) return message;
  const first = said(note);
  const { richBlocks } = message;
  return {
    text: `${first.text}\n${message.text}`,
    blocks: [...first.blocks, ...message.blocks],
    ...(richBlocks ? { richBlocks: [...first.blocks, ...richBlocks] } : {}),
  };
}
