// What people report to the keepers.
import { v7 as uuid } from 'uuid';
import type { Report, Shoutout } from '../model.js';
import type { Db } from './db.js';
import { insertRows } from './insert-rows.js';
import { type NewPost, postRows } from './insert-shoutouts.js';
import { memberColumns, memberFrom } from './members.js';

/** Inserts a report with the messages that tell the keepers. False: this member has reported it before. */
export function insertReport(
  db: Db,
  shoutout: Shoutout,
  { posts, ...report }: { memberId: string; reason: string; isPlacePrivate: boolean; posts: NewPost[] },
  now: Date,
): Promise<boolean> {
  const { id: shoutoutId, workspaceId } = shoutout;
  const { memberId } = report;
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Member', [memberId]);
    if ((await tx.report.count({ where: { shoutoutId, workspaceId, memberId } })) > 0) return false;
    await tx.report.create({ data: { id: uuid(), workspaceId, shoutoutId, ...report, createdAt: now } });
    await insertRows(tx, 'Post', postRows(shoutout, posts, now));
    return true;
  });
}

export async function findReport(
  db: Db,
  workspaceId: string,
  { shoutoutId, memberId }: { shoutoutId: string; memberId: string },
): Promise<Report | null> {
  const row = await db.read.report.findFirst({
    where: { workspaceId, shoutoutId, memberId },
    select: { reason: true, isPlacePrivate: true, member: { select: memberColumns } },
  });
  if (!row) return null;
  const { member, ...rest } = row;
  return { ...rest, by: memberFrom(member) };
}
