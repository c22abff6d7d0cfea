// Who looked at numbers or names that are not their own.
import { v7 as uuid } from 'uuid';
import type { Db, Prisma } from './db.js';

/** A look as it is kept. `memberId` is who looked. */
export type NewLook = Pick<Prisma.LookModel, 'memberId' | 'aboutId' | 'teamId' | 'what' | 'lookedAt'>;

export async function insertLook(db: Db, workspaceId: string, look: NewLook): Promise<void> {
  await db.write.look.create({ data: { id: uuid(), workspaceId, ...look } });
}
