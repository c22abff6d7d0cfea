// What a workspace has chosen.
import type { Settings, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { findSettings as find, upsertSettings } from '../store/settings.js';

/** What the workspace has chosen; null, or the usual, where nothing has been. */
export function findSettings(db: Db, workspace: Workspace): Promise<Settings> {
  return find(db, workspace.id);
}

/** Changes what is given in `change`, and nothing else. */
export function changeSettings(
  db: Db,
  workspace: Workspace,
  change: Partial<Settings>,
  now: Date,
): Promise<void> {
  return upsertSettings(db, workspace.id, change, now);
}
