// What the bot has done in channels.
import type { Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { claimGreeting } from '../store/greetings.js';

/** Whether the bot is to introduce itself there: once, whoever asks, and never again. */
export function greetOnce(db: Db, workspace: Workspace, channelSlackId: string, now: Date): Promise<boolean> {
  return claimGreeting(db, workspace.id, channelSlackId, now);
}
