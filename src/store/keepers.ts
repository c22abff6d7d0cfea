// Who looks after the bot in a workspace.
import type { Member } from '../model.js';
import type { Db, Reader } from './db.js';
import { memberColumns, memberFrom } from './members.js';

export async function listKeepers(
  db: Db,
  workspaceId: string,
  reader: Pick<Reader, 'keeper'> = db.read,
): Promise<Member[]> {
  const rows = await reader.keeper.findMany({
    where: { workspaceId },
    orderBy: { memberId: 'asc' },
    select: { member: { select: memberColumns } },
  });
  return rows.map(row => memberFrom(row.member));
}
