// Keeps Slack's user groups and who is in them.
// One query after the other on SQLite never gives the event loop a turn of its own: whoever goes through many breathes in between.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Sync, UserGroup } from '../model.js';
import type { Db, Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';
import { markSync, type SyncChange } from './syncs.js';

/** So many people are read, inserted or deleted at once: a few milliseconds each, in which nobody else can write. */
const most = 500;

/**
 * Keeps a group as Slack lists it, where anything has changed: its names, and of its members who is new and who has left.
 * One of many members is kept in several transactions, so that nobody's shout-out waits for it; safe to repeat after a
 * break.
 */
export async function upsertUserGroup(
  db: Db,
  workspaceId: string,
  { slackId, handle, name, memberSlackIds }: UserGroup,
): Promise<void> {
  const key = { workspaceId, slackId };
  const known = await db.read.userGroup.findUnique({
    where: { workspaceId_slackId: key },
    select: { handle: true, name: true },
  });
  const kept = known ? await listGroupMembers(db, workspaceId, slackId) : new Set<string>();
  const listed = new Set(memberSlackIds);
  const [first, ...rest] = chunks([...listed].filter(memberSlackId => !kept.has(memberSlackId)));
  if (first || known?.handle !== handle || known.name !== name) {
    await db.transaction(async tx => {
      await tx.userGroup.upsert({
        where: { workspaceId_slackId: key },
        create: { ...key, handle, name },
        update: { handle, name },
      });
      await insertMembers(tx, key, first ?? []);
    });
  }
  for (const some of rest) {
    await breathe();
    await db.transaction(tx => insertMembers(tx, key, some));
  }
  for (const some of chunks([...kept].filter(memberSlackId => !listed.has(memberSlackId)))) {
    await breathe();
    await db.write.userGroupMember.deleteMany({
      where: { workspaceId, groupSlackId: slackId, memberSlackId: { in: some } },
    });
  }
}

function insertMembers(
  tx: Tx,
  { workspaceId, slackId }: { workspaceId: string; slackId: string },
  memberSlackIds: string[],
): Promise<void> {
  const rows = memberSlackIds.map(memberSlackId => ({ workspaceId, groupSlackId: slackId, memberSlackId }));
  return insertRows(tx, 'UserGroupMember', rows, Prisma.sql`ON CONFLICT DO NOTHING`);
}

/** The Slack ids of those in a group. */
export async function listGroupMembers(db: Db, workspaceId: string, slackId: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (let last = ''; ; await breathe()) {
    const rows = await db.read.userGroupMember.findMany({
      where: { workspaceId, groupSlackId: slackId, memberSlackId: { gt: last } },
      orderBy: { memberSlackId: 'asc' },
      take: most,
      select: { memberSlackId: true },
    });
    for (const { memberSlackId } of rows) found.add(memberSlackId);
    const end = rows.at(-1);
    if (!end || rows.length < most) return found;
    last = end.memberSlackId;
  }
}

/**
 * Ends a run: groups that Slack does not list any more are deleted. Returns how many those are; null: somebody else has
 * taken the sync over, and nothing was done.
 * @param slackIds - those that it lists
 * @param wantedAt - when to list them again where something has changed since
 */
export async function deleteUnlistedGroups(
  db: Db,
  sync: Sync,
  slackIds: string[],
  { change, wantedAt }: { change: SyncChange; wantedAt: Date },
): Promise<number | null> {
  const { workspaceId } = sync;
  const listed = new Set(slackIds);
  return db.transaction(async tx => {
    if (!(await markSync(tx, sync, change, wantedAt))) return null;
    const kept = await tx.userGroup.findMany({ where: { workspaceId }, select: { slackId: true } });
    const gone = kept.map(({ slackId }) => slackId).filter(slackId => !listed.has(slackId));
    for (const some of chunks(gone)) {
      await tx.userGroup.deleteMany({ where: { workspaceId, slackId: { in: some } } });
    }
    return gone.length;
  });
}

function chunks(slackIds: string[]): string[][] {
  return Array.from({ length: Math.ceil(slackIds.length / most) }, (_, index) =>
    slackIds.slice(index * most, (index + 1) * most),
  );
}

/** Slack's user groups without their members, by handle. */
export function listUserGroups(db: Db, workspaceId: string): Promise<Omit<UserGroup, 'memberSlackIds'>[]> {
  return db.read.userGroup.findMany({
    where: { workspaceId },
    orderBy: [{ handle: 'asc' }, { slackId: 'asc' }],
    select: { slackId: true, handle: true, name: true },
  });
}
