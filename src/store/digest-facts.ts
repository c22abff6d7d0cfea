// Reads what a digest is composed of, in small pages with a turn of the event loop before each, so that nothing else waits
// for a large week: SQLite answers within the turn that asks it, and one query after the other would be one long turn.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompanyValue, MessagePointer } from '../model.js';
import type { Db } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { valueColumns, valueFrom } from './values.js';

/** The shout-outs of one digest, or, with null, those that are in none yet. Withdrawn ones are left out. */
export interface DigestScope {
  workspaceId: string;
  digestId: string | null;
}

/** Reading so many rows holds the event loop for a few milliseconds. */
const pageSize = 250;
const idsAtOnce = 250;

/** Null: there is no such digest here. */
export function findDigestWeek(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<{ week: string; claimedAt: Date | null } | null> {
  return db.read.digest.findFirst({ where: { id, workspaceId }, select: { week: true, claimedAt: true } });
}

/** One shout-out without its words. */
export interface FactRow {
  id: string;
  giverId: string;
  visibility: string;
  channelSlackId: string | null;
  isPlacePrivate: boolean;
  /** Given by a reaction, and without words. */
  isWordless: boolean;
  givenAt: Date;
  /** In the giver's order. */
  recipients: { memberId: string; isHidden: boolean }[];
  valueIds: string[];
  announcedIn: string | null;
}

/** As the databases hand out a boolean, and an instant, that was read or computed by a statement of our own. */
type RawBoolean = boolean | number | bigint;
type RawInstant = Date | string | number | bigint;

type RawFact = Pick<FactRow, 'id' | 'giverId' | 'visibility' | 'channelSlackId' | 'announcedIn'> & {
  isPlacePrivate: RawBoolean;
  isWordless: RawBoolean;
  givenAt: RawInstant;
};

/**
 * All shout-outs of the scope, a page at a time, in the order in which they were recorded. Statements of our own that begin
 * at the scope's index: given a list of ids beside the workspace's, SQLite reads the whole workspace instead.
 */
export async function* listFacts(db: Db, scope: DigestScope): AsyncGenerator<FactRow[]> {
  for (let after = ''; ; ) {
    await nextTurn();
    const rows = await db.read.$queryRaw<RawFact[]>(
      Prisma.sql`SELECT s."id", s."giverId", s."visibility", s."channelSlackId", s."isPlacePrivate", s."givenAt",
        CASE WHEN s."source" = 'reaction' AND s."message" = '' AND s."impact" = '' THEN 1 ELSE 0 END AS "isWordless",
        p."target" AS "announcedIn"
        FROM "Shoutout" s LEFT JOIN "Post" p ON p."shoutoutId" = s."id" AND p."key" = 'announcement' AND p."state" <> 'gone'
        WHERE ${inScope(scope)} AND s."id" > ${after} ORDER BY s."id" LIMIT ${pageSize}`,
    );
    const last = rows.at(-1);
    if (!last) return;
    const page = Prisma.sql`${inScope(scope)} AND s."id" > ${after} AND s."id" <= ${last.id}`;
    await nextTurn();
    const recipients = await db.read.$queryRaw<
      { shoutoutId: string; memberId: string; isHidden: RawBoolean }[]
    >(
      Prisma.sql`SELECT r."shoutoutId", r."memberId", r."isHidden" FROM "Shoutout" s
        JOIN "ShoutoutRecipient" r ON r."shoutoutId" = s."id" WHERE ${page} ORDER BY s."id", r."position"`,
    );
    await nextTurn();
    const values = await db.read.$queryRaw<{ shoutoutId: string; valueId: string }[]>(
      Prisma.sql`SELECT v."shoutoutId", v."valueId" FROM "Shoutout" s
        JOIN "ShoutoutValue" v ON v."shoutoutId" = s."id" WHERE ${page}`,
    );
    const facts = new Map(
      rows.map((row): [string, FactRow] => [
        row.id,
        {
          ...row,
          isPlacePrivate: Boolean(row.isPlacePrivate),
          isWordless: Boolean(row.isWordless),
          givenAt: new Date(instant(row.givenAt)),
          recipients: [],
          valueIds: [],
        },
      ]),
    );
    for (const { shoutoutId, memberId, isHidden } of recipients) {
      facts.get(shoutoutId)?.recipients.push({ memberId, isHidden: Boolean(isHidden) });
    }
    for (const { shoutoutId, valueId } of values) facts.get(shoutoutId)?.valueIds.push(valueId);
    yield [...facts.values()];
    after = last.id;
  }
}

/** What counts and belongs to the scope. */
function inScope({ workspaceId, digestId }: DigestScope): Prisma.Sql {
  const own = digestId === null ? Prisma.sql`s."digestId" IS NULL` : Prisma.sql`s."digestId" = ${digestId}`;
  return Prisma.sql`s."workspaceId" = ${workspaceId} AND ${own} AND s."withdrawnAt" IS NULL`;
}

/** When each of those who were thanked from `from` until `to`, in shout-outs beside the scope's, last was; by id, in milliseconds. */
export async function listThanked(
  db: Db,
  { workspaceId, digestId }: DigestScope,
  { from, to }: { from: Date; to: Date },
): Promise<Map<string, number>> {
  await nextTurn();
  const rows = await db.read.$queryRaw<{ memberId: string; lastAt: RawInstant }[]>(
    Prisma.sql`SELECT r."memberId", MAX(s."givenAt") AS "lastAt" FROM "Shoutout" s
      JOIN "ShoutoutRecipient" r ON r."shoutoutId" = s."id"
      WHERE s."workspaceId" = ${workspaceId} AND s."givenAt" >= ${from} AND s."givenAt" < ${to}
      AND s."withdrawnAt" IS NULL AND ${beside(digestId)}
      GROUP BY r."memberId"`,
  );
  return new Map(rows.map(({ memberId, lastAt }) => [memberId, instant(lastAt)]));
}

/** Those among `memberIds` who, before `before`, had given (`thanked`: had been thanked in) no shout-out beside the scope's. */
export async function listNewcomers(
  db: Db,
  { workspaceId, digestId }: DigestScope,
  { memberIds, before, role }: { memberIds: string[]; before: Date; role: 'gave' | 'thanked' },
): Promise<Set<string>> {
  if (memberIds.length === 0) return new Set();
  // A member's shout-outs are of the member's workspace. Named here too, SQLite would look for them by it.
  const counted = Prisma.sql`s."withdrawnAt" IS NULL AND s."givenAt" < ${before} AND ${beside(digestId)}`;
  const earlier =
    role === 'gave'
      ? Prisma.sql`SELECT 1 FROM "Shoutout" s WHERE s."giverId" = m."id" AND ${counted}`
      : Prisma.sql`SELECT 1 FROM "ShoutoutRecipient" r JOIN "Shoutout" s ON s."id" = r."shoutoutId" WHERE r."memberId" = m."id" AND ${counted}`;
  await nextTurn();
  const rows = await db.read.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT m."id" FROM "Member" m WHERE m."workspaceId" = ${workspaceId}
      AND m."id" IN (${Prisma.join(memberIds)}) AND NOT EXISTS (${earlier})`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** What is not of the scope. */
function beside(digestId: string | null): Prisma.Sql {
  return digestId === null
    ? Prisma.sql`s."digestId" IS NOT NULL`
    : Prisma.sql`(s."digestId" IS NULL OR s."digestId" <> ${digestId})`;
}

function instant(value: RawInstant): number {
  return new Date(typeof value === 'bigint' ? Number(value) : value).getTime();
}

/** Where public shout-outs of the scope are announced, beside the place that they were given in and `channelSlackId`; at most `limit`. */
export async function listOtherChannels(
  db: Db,
  scope: DigestScope,
  { channelSlackId, limit }: { channelSlackId: string; limit: number },
): Promise<string[]> {
  const rows = await db.read.$queryRaw<{ target: string }[]>(
    Prisma.sql`SELECT DISTINCT p."target" FROM "Shoutout" s JOIN "Post" p ON p."shoutoutId" = s."id" AND p."key" = 'announcement'
      WHERE ${inScope(scope)} AND s."visibility" = 'public'
      AND s."isPlacePrivate" = ${false} AND p."state" <> 'gone'
      AND p."target" <> ${channelSlackId} AND p."target" <> s."channelSlackId"
      ORDER BY p."target" LIMIT ${limit}`,
  );
  return rows.map(({ target }) => target);
}

/** The values of a workspace in its order, those too that can no longer be given. */
export async function listAllValues(
  db: Db,
  workspaceId: string,
): Promise<(CompanyValue & { isRetired: boolean })[]> {
  const rows = await db.read.companyValue.findMany({
    where: { workspaceId },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: valueColumns,
  });
  return rows.map(row => ({ ...valueFrom(row), isRetired: row.retiredAt !== null }));
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

/** What a shout-out says, and where it stands announced. */
export interface WordsRow {
  message: string;
  impact: string;
  announcement: MessagePointer | null;
}

/** By id, of shout-outs of the scope. Those withdrawn meanwhile are missing. */
export async function listWords(db: Db, scope: DigestScope, ids: string[]): Promise<Map<string, WordsRow>> {
  const words = new Map<string, WordsRow>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    await nextTurn();
    const rows = await db.read.$queryRaw<RawWords[]>(
      Prisma.sql`SELECT s."id", s."message", s."impact", p."postedChannelId", p."postedTs", p."threadTs" FROM "Shoutout" s
        LEFT JOIN "Post" p ON p."shoutoutId" = s."id" AND p."key" = 'announcement' AND p."state" <> 'gone' AND p."postedTs" IS NOT NULL
        WHERE ${inScope(scope)} AND s."id" IN (${Prisma.join(ids.slice(from, from + idsAtOnce))})`,
    );
    for (const { id, message, impact, postedChannelId, postedTs, threadTs } of rows) {
      const announcement =
        postedChannelId && postedTs ? { channelSlackId: postedChannelId, ts: postedTs, threadTs } : null;
      words.set(id, { message, impact, announcement });
    }
  }
  return words;
}

type RawWords = Pick<WordsRow, 'message' | 'impact'> & {
  id: string;
  postedChannelId: string | null;
  postedTs: string | null;
  threadTs: string | null;
};

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
    const rows = await db.read.member.findMany({
      where: {
        workspaceId,
        id: { gt: after },
        isBot: false,
        isDeactivated: false,
        isGuest: false,
        isForeign: false,
        preference: { not: 'leaveMeOut' },
      },
      orderBy: { id: 'asc' },
      take: pageSize * 2,
      select: { id: true, slackId: true },
    });
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}
