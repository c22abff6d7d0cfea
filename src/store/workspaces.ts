// Keeps workspaces.
import { v7 as uuid } from 'uuid';
import type { CompanyValue, Workspace } from '../model.js';
import type { Db } from './db.js';

/**
 * Keeps that the bot hears from Slack at `now`. Returns when that was last known; null: never, or another copy of the bot
 * has kept it meanwhile.
 */
export async function markHeard(db: Db, id: string, now: Date): Promise<Date | null> {
  const row = await db.read.workspace.findFirst({ where: { id }, select: { heardAt: true } });
  const heardAt = row?.heardAt ?? null;
  const { count } = await db.write.workspace.updateMany({ where: { id, heardAt }, data: { heardAt: now } });
  return count === 1 ? heardAt : null;
}

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

/** All of them, those known longest first. */
export async function listWorkspaces(db: Db): Promise<Workspace[]> {
  return db.read.workspace.findMany({
    orderBy: [{ createdAt: 'asc' }, { slackId: 'asc' }],
    select: { id: true, slackId: true, name: true, url: true, botSlackId: true, botName: true },
  });
}
