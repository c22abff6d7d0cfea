// What a workspace has chosen.
import type { Settings, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { findSettings, upsertSettings } from '../store/settings.js';

/** The workspace's settings; null, or the usual, where nothing has been chosen. */
export function settingsOf(db: Db, workspace: Workspace): Promise<Settings> {
  return findSettings(db, workspace.id);
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
