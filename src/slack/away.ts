// `/recognition away`: until when one is away oneself, or somebody whom one leads.
import type { Member } from '../model.js';
import { type AwayOutcome, changeAwayOf } from '../recognition/away.js';
import { awayUntilOf } from '../recognition/members.js';
import { tell } from './answer.js';
import type { Desk } from './give/desk.js';
import { awayRefusalWords, awayWords } from './home/choices.js';
import { refreshHome } from './home/open.js';
import { lookUpMembers, lookUpNow } from './lookup.js';
import { awayHelp, notUnderstood, withHelp } from './messages/help.js';
import { type Message, said } from './messages/parts.js';
import { parseAway } from './parse/away.js';
import { dateWords } from './time.js';

/** What somebody's `/recognition away …` comes to. @param typed - what follows `away` */
export async function awayMessage(
  { bot, client, workspace, memberSlackId }: Desk & { memberSlackId: string },
  typed: string,
): Promise<Message> {
  const asked = parseAway(typed);
  const help = awayHelp(bot.commands);
  if (asked.kind === 'unclear') return asked.words === '' ? help : notUnderstood(asked.words, help);
  const lookup = { db: bot.db, client, workspace };
  if (asked.kind === 'asked') {
    const member = await lookUpNow(lookup, memberSlackId, bot.now());
    return withHelp(isAwayWords(awayUntilOf(member, bot.now())), help);
  }
  const about = asked.memberSlackId ?? memberSlackId;
  const { awayUntil } = asked;
  const [by] = await Promise.all([
    lookUpNow(lookup, memberSlackId, bot.now()),
    lookUpMembers(lookup, [about], bot.now()),
  ]);
  const request = { by, memberSlackId: about, awayUntil };
  const outcome = await changeAwayOf(bot.db, workspace, request, bot.now());
  if (outcome.kind === 'refused') return said(refusalWords(outcome.reason));
  void refreshHome({ bot, client, workspace, memberSlackId: about });
  const { member, isNew } = outcome;
  if (member.id === by.id) return said(awayWords(awayUntil));
  if (isNew)
    void tell(
      { bot, client, responseUrl: null, memberSlackId: about },
      said(
        `${by.name} noted for you that ${toldWords(awayUntil)} ${bot.commands.recognition} away changes it.`,
      ),
    );
  return said(`${notedWords(member, awayUntil)}${isNew ? ' I told them so.' : ''}`);
}

function isAwayWords(awayUntil: string | null): string {
  return awayUntil ? `You are away until the end of ${dateWords(awayUntil)}.` : 'You are not away.';
}

function notedWords({ name }: Member, awayUntil: string | null): string {
  return awayUntil
    ? `Noted: ${name} is away until the end of ${dateWords(awayUntil)}, and lists of people who went unthanked leave them out until then.`
    : `Noted: ${name} is back.`;
}

function toldWords(awayUntil: string | null): string {
  return awayUntil
    ? `you are away until the end of ${dateWords(awayUntil)}: lists of people who went unthanked leave you out until then.`
    : 'you are back.';
}

function refusalWords(reason: Extract<AwayOutcome, { kind: 'refused' }>['reason']): string {
  return reason === 'notLead'
    ? 'Only they themselves, and whoever leads a team that they are in, say that somebody is away. Nothing was changed.'
    : awayRefusalWords(reason);
}
