// A person's page: their own, or somebody else's for whom it is to see.
import type { Member } from '../../model.js';
import { channelsOfThanks, memberPage } from '../../recognition/stats/member.js';
import { recordLook } from '../../recognition/stats/rights.js';
import { lookUpChannel } from '../lookup.js';
import type { Message } from '../messages/parts.js';
import { memberPageMessage, type PageFacts } from '../messages/stats-member.js';
import { statsTyped } from '../parse/stats.js';
import type { Asked, AskedBySomebody } from './asked.js';
import { whomToSee } from './refused.js';
import { isAhead, nothingYet } from './words.js';

/** One's own page; of somebody whom nobody knows yet, with nothing in it. */
export async function ownMessage(asked: AskedBySomebody): Promise<Message> {
  const { bot, workspace, by, period, value } = asked;
  const wish = { memberId: by?.id ?? null, period, value, openChannelIds: null };
  return memberPageMessage(await memberPage(bot.db, workspace, wish), ownFacts(asked));
}

/** What is said of one's own page, and of all one was thanked for. */
export function ownFacts({ bot, workspace, value, period, wish }: AskedBySomebody): PageFacts {
  const { recognition } = bot.commands;
  return {
    name: null,
    value,
    period,
    wish,
    typed: statsTyped({ whom: { kind: 'me' }, value, wish }),
    site: workspace,
    recognition,
    closing: `Only you see this.${value ? '' : ' A shout-out with two values counts under both, and once in the total.'} ${recognition} privacy shows who looked at your numbers.`,
  };
}

/** Somebody else's page, or words on why there is none to see. Whoever is shown one is written down first. */
export async function memberMessage(asked: Asked, slackId: string): Promise<Message> {
  const { bot, workspace, by, period, value } = asked;
  const about = await whomToSee(asked, slackId);
  if ('text' in about) return about;
  if (isAhead(period)) return nothingYet();
  const openChannelIds = await openChannels(asked, about);
  const page = await memberPage(bot.db, workspace, { memberId: about.id, period, value, openChannelIds });
  await recordLook(bot.db, workspace, { by, what: 'page', aboutId: about.id }, bot.now());
  return memberPageMessage(page, othersFacts(asked, about));
}

/** What is said of somebody else's page. */
export function othersFacts({ bot, workspace, value, period, wish }: Asked, about: Member): PageFacts {
  return {
    name: about.name,
    value,
    period,
    wish,
    typed: statsTyped({ whom: { kind: 'member', slackId: about.slackId }, value, wish }),
    site: workspace,
    recognition: bot.commands.recognition,
    closing: `Only you see this, and ${about.name} can see that you looked.`,
  };
}

/** Slack answers about fifty channels a minute, and others want to know something too. */
const mostChannels = 25;

/** Which channels everybody may read, of those that decide what of somebody's sentences others may see. */
export async function openChannels(
  { bot, client, workspace, period, value }: Asked,
  { id }: Pick<Member, 'id'>,
): Promise<string[]> {
  const wish = { memberId: id, period, value };
  const channels = await channelsOfThanks(bot.db, workspace, wish, mostChannels);
  const facts = await Promise.all(
    channels.map(channel => lookUpChannel(client, workspace, channel, bot.now())),
  );
  return channels.filter((_, index) => facts[index]?.isPrivate === false);
}
