// Workspaces: known from their first contact on, with starter values.
import type { Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listWorkspaces as list, markHeard, upsertWorkspace } from '../store/workspaces.js';
import { starterValues } from './values.js';

/** Keeps what Slack says of the workspace; a new one gets the starter values. Safe to repeat. */
export function registerWorkspace(db: Db, identity: Omit<Workspace, 'id'>, now: Date): Promise<Workspace> {
  return upsertWorkspace(db, identity, starterValues, now);
}

/** Slack repeats what nobody took at once, after a minute and after five more. @see https://docs.slack.dev/apis/events-api#retries */
const repeatsMilliseconds = 6 * 60 * 1000;

/**
 * Notes that the bot hears from Slack, once a minute or so. Returns for how many milliseconds it had not, where Slack no
 * longer repeats what happened in that time; else null. Of several copies of the bot one is told.
 */
export async function noteContact(db: Db, workspace: Workspace, now: Date): Promise<number | null> {
  const heardAt = await markHeard(db, workspace.id, now);
  const away = heardAt ? now.getTime() - heardAt.getTime() : 0;
  return away > repeatsMilliseconds ? away : null;
}

/** All that are known, those known longest first. */
export function listWorkspaces(db: Db): Promise<Workspace[]> {
  return list(db);
}
