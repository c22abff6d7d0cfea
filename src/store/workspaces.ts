// Keeps workspaces.
import { v7 as uuid } from 'uuid';
import type { CompanyValue, Workspace } from '../model.js';
import type { Db } from './db.js';

/** Inserts or refreshes a workspace; a new one gets `values`, in their order, in the same transaction. */
export function upsertWorkspace(
  db: Db,
  identity: Omit<Workspace, 'id'>,
  values: Pick<CompanyValue, 'slug' | 'name' | 'meaning' | 'emoji'>[],
  now: Date,
): Promise<Workspace> {
  return db.transaction(async tx => {
    const { slackId, name, url, botSlackId, botName } = identity;
    const row = await tx.workspace.upsert({
      where: { slackId },
      create: { id: uuid(), slackId, name, url, botSlackId, botName, createdAt: now },
      update: { name, url, botSlackId, botName },
    });
    if ((await tx.companyValue.count({ where: { workspaceId: row.id } })) === 0) {
      await tx.companyValue.createMany({
        data: values.map((value, position) => ({ id: uuid(), workspaceId: row.id, position, ...value })),
      });
    }
    return { id: row.id, slackId, name, url, botSlackId, botName };
  });
}
