// Who looks after the bot in a workspace.
import type { Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { markKeepers } from '../store/keepers.js';
import { listMembers } from '../store/members.js';

/** These and nobody else are the keepers from now on. People whom the workspace does not know are passed over. */
export async function changeKeepers(db: Db, workspace: Workspace, slackIds: string[]): Promise<void> {
  const members = await listMembers(db, workspace.id, slackIds);
  await markKeepers(
    db,
    workspace.id,
    members.map(member => member.id),
  );
}
