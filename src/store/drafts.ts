// Keeps what people typed and have not sent.
import { v7 as uuid } from 'uuid';
import type { Db } from './db.js';

export interface DraftRecord {
  workspaceId: string;
  memberSlackId: string;
  /** JSON. */
  request: string;
  createdAt: Date;
}

/** Returns the new draft's id. */
export async function insertDraft(db: Db, draft: DraftRecord): Promise<string> {
  const { id } = await db.write.draft.create({ data: { id: uuid(), ...draft }, select: { id: true } });
  return id;
}

export async function findDraft(db: Db, workspaceId: string, id: string): Promise<DraftRecord | null> {
  return db.read.draft.findFirst({ where: { id, workspaceId } });
}

/** Deletes one, if it is this person's. */
export async function deleteDraft(
  db: Db,
  { workspaceId, id, memberSlackId }: { workspaceId: string; id: string; memberSlackId: string },
): Promise<void> {
  await db.write.draft.deleteMany({ where: { id, workspaceId, memberSlackId } });
}

export async function deleteDraftsBefore(db: Db, workspaceId: string, before: Date): Promise<void> {
  await db.write.draft.deleteMany({ where: { workspaceId, createdAt: { lt: before } } });
}
