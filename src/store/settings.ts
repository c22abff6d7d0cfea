// Reads and writes what a workspace has chosen.
import type { Settings } from '../model.js';
import type { Db } from './db.js';
import { togetherIn } from './together.js';

/** What a workspace has that has not chosen otherwise. */
const usualDailyLimit = 20;

/** The workspace's settings; null, or the usual, where nothing has been chosen. */
export const findSettings: (db: Db, workspaceId: string) => Promise<Settings> = togetherIn(
  async (db: Db, workspaceIds: string[]) => {
    const rows = await db.read.settings.findMany({
      where: { workspaceId: { in: [...new Set(workspaceIds)] } },
    });
    return workspaceIds.map(workspaceId => {
      const row = rows.find(one => one.workspaceId === workspaceId);
      return {
        shoutoutChannelId: row?.shoutoutChannelId ?? null,
        timeZone: row?.timeZone ?? null,
        dailyLimit: row?.dailyLimit ?? usualDailyLimit,
      };
    });
  },
);

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
