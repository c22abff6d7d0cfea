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
