// What leaves stays in the organisation: nothing is posted in a channel that others read.
import type { WebClient } from '@slack/web-api';
import type { Post, Workspace } from '../../model.js';
import { lookUpChannel } from '../lookup.js';

/** Why a copy is not posted, as the outbox keeps it. */
export const sharedChannel = 'shared_channel';

/** Whether a copy is for a channel that is shared with another organisation, as far as Slack says. */
export async function isShared(
  client: WebClient,
  workspace: Workspace,
  { target, memberId }: Pick<Post, 'target' | 'memberId'>,
  now: Date,
): Promise<boolean> {
  if (memberId !== null) return false;
  return (await lookUpChannel(client, workspace, target, now))?.trouble === 'shared';
}
