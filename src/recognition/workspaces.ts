// Workspaces: known from their first contact on, with starter values.
import type { Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { upsertWorkspace } from '../store/workspaces.js';
import { starterValues } from './values.js';

/** Keeps what Slack says of the workspace; a new one gets the starter values. Safe to repeat. */
export function registerWorkspace(db: Db, identity: Omit<Workspace, 'id'>, now: Date): Promise<Workspace> {
  return upsertWorkspace(db, identity, starterValues, now);
}
