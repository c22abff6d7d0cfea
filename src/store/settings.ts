// Reads and writes what a workspace has chosen.
import type { Settings } from '../model.js';
import type { Db } from './db.js';

/** The workspace's settings; all null where nothing has been chosen. */
export async function findSettings(db: Db, workspaceId: string): Promise<Settings> {
  const row = await db.read.settings.findUnique({ where: { workspaceId } });
  return { shoutoutChannelId: row?.shoutoutChannelId ?? null, timeZone: row?.timeZone ?? null };
}

/** Changes what is given in `change`. */
export async function upsertSettings(
  db: Db,
  workspaceId: string,
  change: Partial<Settings>,
  now: Date,
): Promise<void> {
  await db.write.settings.upsert({
    where: { workspaceId },
    create: { workspaceId, ...change, updatedAt: now },
    update: { ...change, updatedAt: now },
  });
}
