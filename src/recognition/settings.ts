// What a workspace has chosen.
import type { Settings, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { upsertSettings } from '../store/settings.js';

/** Changes what is given in `change`, and nothing else. */
export function changeSettings(
  db: Db,
  workspace: Workspace,
  change: Partial<Settings>,
  now: Date,
): Promise<void> {
  return upsertSettings(db, workspace.id, change, now);
}
