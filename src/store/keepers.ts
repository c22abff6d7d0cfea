// Who looks after the bot in a workspace.
import type { Member } from '../model.js';
import type { Db } from './db.js';
import { memberColumns, memberFrom } from './members.js';

export async function listKeepers(db: Db, workspaceId: string): Promise<Member[]> {
  const rows = await db.read.keeper.findMany({
    where: { workspaceId },
    orderBy: { memberId: 'asc' },
    select: { member: { select: memberColumns } },
  });
  return rows.map(row => memberFrom(row.member));
}

/** These and nobody else are the keepers from now on. */
export async function markKeepers(db: Db, workspaceId: string, memberIds: string[]): Promise<void> {
  await db.transaction(async tx => {
    await tx.keeper.deleteMany({ where: { workspaceId } });
    if (memberIds.length > 0) {
      await tx.keeper.createMany({ data: memberIds.map(memberId => ({ workspaceId, memberId })) });
    }
  });
}
