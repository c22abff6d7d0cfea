// Reads what a digest wants to know of people: what they are called, when they were last thanked, who is new. In small pages too.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from './db.js';
import { beside, type DigestScope, idsAtOnce, instant, type RawInstant } from './digest-facts.js';
import { Prisma } from './generated/sqlite/client.js';

/** Reading so many rows holds the event loop for a few milliseconds. */
const pageSize = 500;

/** When each of those who were thanked from `from` until `to`, in shout-outs beside the scope's, last was; by id, in milliseconds. */
export async function listThanked(
  db: Db,
  scope: DigestScope,
  { from, to }: { from: Date; to: Date },
): Promise<Map<string, number>> {
  await nextTurn();
  const rows = await db.read.$queryRaw<{ memberId: string; lastAt: RawInstant }[]>(
    Prisma.sql`SELECT r."memberId", MAX(s."givenAt") AS "lastAt" FROM "Shoutout" s
      JOIN "ShoutoutRecipient" r ON r."shoutoutId" = s."id"
      WHERE s."workspaceId" = ${scope.workspaceId} AND s."givenAt" >= ${from} AND s."givenAt" < ${to}
      AND s."withdrawnAt" IS NULL AND ${beside(scope)}
      GROUP BY r."memberId"`,
  );
  return new Map(rows.map(({ memberId, lastAt }) => [memberId, instant(lastAt)]));
}

/** The same of those among `memberIds`, 250 at most, by way of all that they were ever thanked for: for the few who were not lately. */
export async function listThankedAmong(
  db: Db,
  scope: DigestScope,
  { from, to, memberIds }: { from: Date; to: Date; memberIds: string[] },
): Promise<Map<string, number>> {
  if (memberIds.length === 0) return new Map();
  await nextTurn();
  const rows = await db.read.$queryRaw<{ memberId: string; lastAt: RawInstant }[]>(
    // The workspace is named of the recipients only: of the shout-outs, SQLite would read all of the span by it.
    Prisma.sql`SELECT r."memberId", MAX(s."givenAt") AS "lastAt" FROM "ShoutoutRecipient" r
      JOIN "Shoutout" s ON s."id" = r."shoutoutId"
      WHERE r."workspaceId" = ${scope.workspaceId} AND r."memberId" IN (${Prisma.join(memberIds)})
      AND s."givenAt" >= ${from} AND s."givenAt" < ${to} AND s."withdrawnAt" IS NULL AND ${beside(scope)}
      GROUP BY r."memberId"`,
  );
  return new Map(rows.map(({ memberId, lastAt }) => [memberId, instant(lastAt)]));
}

/** Those among `memberIds` who, before `before`, had given (`thanked`: had been thanked in) no shout-out beside the scope's. */
export async function listNewcomers(
  db: Db,
  scope: DigestScope,
  { memberIds, before, role }: { memberIds: string[]; before: Date; role: 'gave' | 'thanked' },
): Promise<Set<string>> {
  if (memberIds.length === 0) return new Set();
  // A member's shout-outs are of the member's workspace. Named here too, SQLite would look for them by it.
  const counted = Prisma.sql`s."withdrawnAt" IS NULL AND s."givenAt" < ${before} AND ${beside(scope)}`;
  const earlier =
    role === 'gave'
      ? Prisma.sql`SELECT 1 FROM "Shoutout" s WHERE s."giverId" = m."id" AND ${counted}`
      : Prisma.sql`SELECT 1 FROM "ShoutoutRecipient" r JOIN "Shoutout" s ON s."id" = r."shoutoutId" WHERE r."memberId" = m."id" AND ${counted}`;
  await nextTurn();
  const rows = await db.read.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT m."id" FROM "Member" m WHERE m."workspaceId" = ${scope.workspaceId}
      AND m."id" IN (${Prisma.join(memberIds)}) AND NOT EXISTS (${earlier})`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** The ids of those who want to be in no digest. */
export async function listKeepingOut(db: Db, workspaceId: string): Promise<Set<string>> {
  const rows = await db.read.member.findMany({
    where: { workspaceId, preference: { not: 'everywhere' } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** What the people with these ids of ours are called, by id. */
export async function listNames(db: Db, workspaceId: string, ids: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    await nextTurn();
    const rows = await db.read.$queryRaw<{ id: string; name: string }[]>(
      Prisma.sql`SELECT m."id", m."name" FROM "Member" m WHERE m."workspaceId" = ${workspaceId}
        AND m."id" IN (${Prisma.join(ids.slice(from, from + idsAtOnce))})`,
    );
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}

/** When the workspace's first shout-out was given; null: there is none. */
export async function findFirstUse(db: Db, workspaceId: string): Promise<Date | null> {
  const row = await db.read.shoutout.findFirst({
    where: { workspaceId },
    orderBy: { givenAt: 'asc' },
    select: { givenAt: true },
  });
  return row?.givenAt ?? null;
}

/** The ids of the workspace's people who can be thanked, guests aside, with Slack's, a page at a time. */
export async function* listThankable(
  db: Db,
  workspaceId: string,
): AsyncGenerator<{ id: string; slackId: string }[]> {
  for (let after = ''; ; ) {
    await nextTurn();
    const rows = await db.read.$queryRaw<{ id: string; slackId: string }[]>(
      Prisma.sql`SELECT m."id", m."slackId" FROM "Member" m WHERE m."workspaceId" = ${workspaceId} AND m."slackId" > ${after}
        AND m."isBot" = ${false} AND m."isDeactivated" = ${false} AND m."isGuest" = ${false} AND m."isForeign" = ${false}
        AND m."preference" <> 'leaveMeOut' ORDER BY m."slackId" LIMIT ${pageSize}`,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.slackId;
  }
}
