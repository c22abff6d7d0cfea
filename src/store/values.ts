// Reads a workspace's values.
import type { CompanyValue } from '../model.js';
import type { Db } from './db.js';
import { togetherIn } from './together.js';

/** The columns that make a CompanyValue. */
export const valueColumns = {
  id: true,
  slug: true,
  formerSlugs: true,
  name: true,
  meaning: true,
  emoji: true,
} as const;

export function valueFrom(row: Omit<CompanyValue, 'formerSlugs'> & { formerSlugs: string }): CompanyValue {
  return { ...row, formerSlugs: row.formerSlugs.split(' ').filter(slug => slug !== '') };
}

/** Those that can be given, in the workspace's order. */
export const listValues: (db: Db, workspaceId: string) => Promise<CompanyValue[]> = togetherIn(
  async (db: Db, workspaceIds: string[]) => {
    const rows = await db.read.companyValue.findMany({
      where: { workspaceId: { in: [...new Set(workspaceIds)] }, retiredAt: null },
      orderBy: [{ position: 'asc' }, { slug: 'asc' }],
      select: { ...valueColumns, workspaceId: true },
    });
    return workspaceIds.map(workspaceId =>
      rows
        .filter(row => row.workspaceId === workspaceId)
        .map(({ workspaceId: _, ...value }) => valueFrom(value)),
    );
  },
);
