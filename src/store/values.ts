// Reads a workspace's values.
import type { CompanyValue } from '../model.js';
import type { Db } from './db.js';

/** Those that can be given, in the workspace's order. */
export async function listValues(db: Db, workspaceId: string): Promise<CompanyValue[]> {
  return db.read.companyValue.findMany({
    where: { workspaceId, retiredAt: null },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { id: true, slug: true, name: true, emoji: true },
  });
}
