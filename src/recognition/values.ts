// The values of a workspace.
import type { CompanyValue, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import * as store from '../store/values.js';

/** What a workspace starts with. */
export const starterValues = [
  { slug: 'teamwork', name: 'Teamwork', emoji: 'bee' },
  { slug: 'ownership', name: 'Ownership', emoji: 'compass' },
  { slug: 'craft', name: 'Craft', emoji: 'gem' },
  { slug: 'kindness', name: 'Kindness', emoji: 'sunflower' },
];

/** The values that can be given now, in the workspace's order. */
export function listValues(db: Db, workspace: Workspace): Promise<CompanyValue[]> {
  return store.listValues(db, workspace.id);
}
