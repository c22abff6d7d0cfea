// Who asks for numbers, and words for those who do not get them.
import type { Member } from '../../model.js';
import type { TeamAccess } from '../../recognition/stats/team-access.js';
import type { Desk } from '../give/desk.js';
import { lookUpMembers } from '../lookup.js';
import { type Message, said } from '../messages/parts.js';

/** The person, as Slack said of them within the last day; null: Slack does not say who they are. */
export async function readerOf(
  { bot, client, workspace }: Desk,
  memberSlackId: string,
): Promise<Member | null> {
  const platform = { db: bot.db, client, workspace };
  const [reader = null] = await lookUpMembers(platform, [memberSlackId], bot.now()).catch(error => {
    bot.log.info({ err: error }, 'Slack did not say who asks for numbers.');
    return [];
  });
  return reader;
}

/** To somebody who asks for numbers, of whom Slack does not say who they are. */
export function unknownReader(): Message {
  return said('Slack does not tell me who you are at the moment. Please try again in a minute.');
}

/** The same, after a press of a button under a team's numbers. */
export function nobodyKnown(): Message {
  return said(
    'Slack did not tell me who you are just now, so I cannot show you that. Please try again in a minute.',
  );
}

/** Why somebody does not see a team. */
export function teamRefusal(kind: Exclude<TeamAccess['kind'], 'granted'>): Message {
  return said(
    kind === 'gone'
      ? 'This team is not there any more.'
      : "A team's numbers are for those who lead it, and for those who may see everyone's numbers.",
  );
}
