// Whose page somebody may see, and what is said where they may not.
import type { Member } from '../../model.js';
import { accountOf, isGranted, may } from '../../recognition/permissions.js';
import { ledBy, rolesTowardMember } from '../../recognition/stats/rights.js';
import { lookUpMembers } from '../lookup.js';
import { type Message, said } from '../messages/parts.js';
import { joinNames } from '../text.js';
import type { Asked } from './asked.js';

/** The person, if whoever asks may see their page now; else words that tell nothing of the numbers. */
export async function whomToSee(asked: Asked, slackId: string): Promise<Member | Message> {
  const { bot, client, workspace, by } = asked;
  const platform = { db: bot.db, client, workspace };
  const found = await lookUpMembers(platform, [slackId], bot.now()).catch(error => {
    bot.log.info({ err: error }, 'A person could not be looked up.');
    return null;
  });
  if (!found) return said('Slack does not tell me who that is at the moment. Please try again in a minute.');
  const [about] = found;
  if (!about)
    return said('Slack does not know that person, or does not show them to me. Is it the one you meant?');
  const { name } = about;
  switch (accountOf(about)) {
    case 'bot':
      return said(`${name} is a bot, and numbers are of people.`);
    case 'foreign':
      return said(`${name} belongs to another organisation, and shout-outs stay in this one.`);
    case 'deactivated':
      return said(`${name}'s account is deactivated. Numbers of people who have left are shown to nobody.`);
    default: {
      const roles = await rolesTowardMember(bot.db, workspace, { by, about });
      return isGranted(may('seeOthersStats', roles)) ? about : notTheirs(asked, about);
    }
  }
}

async function notTheirs({ bot, workspace, by }: Asked, { name }: Member): Promise<Message> {
  const { recognition } = bot.commands;
  const led = await ledBy(bot.db, workspace, by);
  const own =
    led.length === 0
      ? 'You lead no team.'
      : `You lead ${joinNames(led.map(one => one.name))}, and ${name} is not in ${led.length === 1 ? 'it' : 'them'} now.`;
  return said(
    `Only ${name}'s leads, and those who may see everyone's numbers, see this. ${own} ${name} sees their own with ${recognition} stats me, and can show them to you.`,
  );
}
