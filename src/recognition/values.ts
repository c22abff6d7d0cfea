// The values of a workspace.
import type { CompanyValue, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import * as store from '../store/values.js';

/** What a workspace starts with. */
export const starterValues = [
  { slug: 'teamwork', name: 'Teamwork', emoji: 'bee', meaning: 'We get there together.' },
  { slug: 'ownership', name: 'Ownership', emoji: 'compass', meaning: 'We see it through to the end.' },
  { slug: 'craft', name: 'Craft', emoji: 'gem', meaning: 'We take care how a thing is made.' },
  { slug: 'kindness', name: 'Kindness', emoji: 'sunflower', meaning: 'We look after one another.' },
];

/** The values that can be given now, in the workspace's order. */
export function listValues(db: Db, workspace: Workspace): Promise<CompanyValue[]> {
  return store.listValues(db, workspace.id);
}

export async function applyValues(
  _db: Db,
  _workspace: Workspace,
  _request: { by: unknown; values: unknown },
  _now: Date,
): Promise<{ kind: 'applied' } | { kind: 'refused'; words: string[] }> {
  return { kind: 'applied' };
}
