// Reads and writes a workspace's values.
import type { CompanyValue, KeptValue } from '../model.js';
import type { Db, Reader, Tx } from './db.js';
import { togetherIn } from './together.js';

/** The columns that make a CompanyValue. */
export const valueColumns = {
  id: true,
  slug: true,
  formerSlugs: true,
  name: true,
  meaning: true,
  emoji: true,
  retiredAt: true,
} as const;

export function valueFrom(row: Omit<CompanyValue, 'formerSlugs'> & { formerSlugs: string }): CompanyValue {
  return { ...row, formerSlugs: wordsOf(row.formerSlugs) };
}

const inOrder = [{ position: 'asc' as const }, { slug: 'asc' as const }];

/** Those that can be given, in the workspace's order. */
export const listValues: (db: Db, workspaceId: string) => Promise<CompanyValue[]> = togetherIn(
  async (db: Db, workspaceIds: string[]) => {
    const rows = await db.read.companyValue.findMany({
      where: { workspaceId: { in: [...new Set(workspaceIds)] }, retiredAt: null },
      orderBy: inOrder,
      select: { ...valueColumns, workspaceId: true },
    });
    return workspaceIds.map(workspaceId =>
      rows
        .filter(row => row.workspaceId === workspaceId)
        .map(({ workspaceId: _, ...value }) => valueFrom(value)),
    );
  },
);

/** All of them, retired ones too, in the workspace's order. */
export async function listKeptValues(
  db: Db,
  workspaceId: string,
  reader: Pick<Reader, 'companyValue'> = db.read,
): Promise<KeptValue[]> {
  const rows = await reader.companyValue.findMany({
    where: { workspaceId },
    orderBy: inOrder,
    select: { ...valueColumns, position: true, version: true },
  });
  return rows.map(row => ({ ...row, formerSlugs: wordsOf(row.formerSlugs) }));
}

/**
 * Changes the workspace's values as `decide` says of their present state, which nobody changes meanwhile.
 * @param decide - `values`: all of them as they are to be, none left out, and new ones besides; null: nothing changes.
 *   Called again when the transaction is repeated.
 * @returns what `decide` came to
 */
export function markValues<Decision extends { values: KeptValue[] | null }>(
  db: Db,
  workspaceId: string,
  decide: (present: KeptValue[]) => Decision,
): Promise<Decision> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    const present = await listKeptValues(db, workspaceId, tx);
    const decision = decide(present);
    if (decision.values) await writeValues(tx, workspaceId, { present, values: decision.values });
    return decision;
  });
}

/** Writes those that differ, in a transaction that has locked the workspace's row. `present`: all of them as they are. */
export async function writeValues(
  tx: Tx,
  workspaceId: string,
  { present, values }: { present: KeptValue[]; values: KeptValue[] },
): Promise<void> {
  for (const value of values) {
    const before = present.find(one => one.id === value.id);
    const { id, formerSlugs, ...rest } = value;
    const data = { ...rest, formerSlugs: ['', ...formerSlugs, ''].join(' ') };
    if (!before) await tx.companyValue.create({ data: { id, workspaceId, ...data } });
    else if (before.version !== value.version || before.position !== value.position)
      await tx.companyValue.updateMany({ where: { id, workspaceId }, data });
  }
}

function wordsOf(column: string): string[] {
  return column.split(' ').filter(word => word !== '');
}
