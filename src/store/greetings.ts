// In which channels the bot has introduced itself.
import type { Db } from './db.js';

/** Takes the right to introduce itself in a channel. False: it has. */
export function claimGreeting(
  db: Db,
  workspaceId: string,
  channelSlackId: string,
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    const key = { workspaceId, channelSlackId };
    if ((await tx.greeting.count({ where: key })) > 0) return false;
    await tx.greeting.create({ data: { ...key, greetedAt: now } });
    return true;
  });
}
