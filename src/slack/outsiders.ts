// Keeps what is seen here from people who do not belong to the workspace.
import { type Action, isGranted, may, rolesOf } from '../recognition/permissions.js';
import type { Desk } from './give/desk.js';
import { lookUpMembers } from './lookup.js';
import { outsider } from './messages/answers.js';
import type { Message } from './messages/parts.js';

/**
 * What `work` shows to somebody who belongs to the workspace, else that it is not for them. While Slack does not say who
 * they are they are shown it, for it is only what is theirs.
 */
export async function forInsiders(
  { bot, client, workspace }: Desk,
  memberSlackId: string,
  work: () => Promise<Message>,
  action: Action = 'seeOwn',
): Promise<Message> {
  const members = await lookUpMembers({ db: bot.db, client, workspace }, [memberSlackId], bot.now()).catch(
    error => {
      bot.log.info({ err: error }, 'A person could not be looked up.');
      return null;
    },
  );
  const isOutside = members !== null && !isGranted(may(action, rolesOf(members[0] ?? null)));
  return isOutside ? outsider() : work();
}
