// Reads what a digest is composed of, in small pages with a turn of the event loop before each, so that nothing else waits
// for a large week: SQLite answers within the turn that asks it, and one query after the other would be one long turn.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompanyValue, MessagePointer } from '../model.js';
import type { Db } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import type { OwnDigests } from './team-channels.js';
import { toldByAnyTeam, untoldBy } from './untold.js';
import { valueColumns, valueFrom } from './values.js';

/** The shout-outs of one digest, or, with null, those that the workspace's next one tells. Withdrawn ones are left out. */
export type DigestScope =
  | { workspaceId: string; digestId: string }
  | { workspaceId: string; digestId: null; own: OwnDigests };

/** Reading so many rows holds the event loop for a few milliseconds. */
const pageSize = 250;
/** Ids in one statement. */
export const idsAtOnce = 250;

/** One shout-out without its words. What several of them have in common they share: change nothing in it. */
export interface FactRow {
  id: string;
  giverId: string;
  isPrivate: boolean;
  channelSlackId: string | null;
  isPlacePrivate: boolean;
  /** Given by a reaction, and without words. */
  isWordless: boolean;
  givenAt: Date;
  /** In the giver's order. */
  recipients: { memberId: string; isHidden: boolean }[];
  /** In the workspace's order. */
  valueIds: string[];
  /** The channel that it is announced in, or waits to be; null: none. */
  announcedIn: string | null;
}

/** As the databases hand out a boolean, and an instant, that was read or computed by a statement of our own. */
type RawBoolean = boolean | number | bigint;
export type RawInstant = Date | string | number | bigint;

type RawFact = Pick<FactRow, 'id' | 'giverId' | 'channelSlackId' | 'announcedIn'> & {
  isPrivate: RawBoolean;
  isPlacePrivate: RawBoolean;
  isWordless: RawBoolean;
  givenAt: RawInstant;
  /** Ids with a space between them, after a `-` those who are hidden, after a `+` the others. */
  recipients: string | null;
  /** Ids with a space between them. */
  valueIds: string | null;
};

/**
 * All shout-outs of the scope, a page at a time, in the order in which they were recorded. A statement of our own that
 * begins at the scope's index: given a list of ids beside the workspace's, SQLite reads the whole workspace instead. It
 * brings each with its recipients and values as one row, for rows are what reading costs, and looks its announcement up:
 * joined, PostgreSQL would read all announcements there ever were for each page.
 */
export async function* listFacts(db: Db, scope: DigestScope): AsyncGenerator<FactRow[]> {
  const text = shared(one => one);
  const recipient = shared(one => ({ memberId: text(one.slice(1)), isHidden: one.startsWith('-') }));
  const values = shared(itemsOf);
  for (let after = ''; ; ) {
    await nextTurn();
    const rows = await db.read.$queryRaw<RawFact[]>(
      Prisma.sql`SELECT s."id", s."giverId", s."channelSlackId", s."isPlacePrivate", s."givenAt",
        CASE WHEN s."visibility" = 'public' THEN 0 ELSE 1 END AS "isPrivate",
        CASE WHEN s."source" = 'reaction' AND s."message" = '' AND s."impact" = '' THEN 1 ELSE 0 END AS "isWordless",
        (SELECT p."target" FROM "Post" p
          WHERE p."shoutoutId" = s."id" AND p."key" = 'announcement' AND p."state" <> 'gone') AS "announcedIn",
        (SELECT STRING_AGG(CASE WHEN r."isHidden" THEN '-' ELSE '+' END || r."memberId", ' ' ORDER BY r."position")
          FROM "ShoutoutRecipient" r WHERE r."shoutoutId" = s."id") AS "recipients",
        (SELECT STRING_AGG(v."valueId", ' ' ORDER BY c."position", c."slug")
          FROM "ShoutoutValue" v JOIN "CompanyValue" c ON c."id" = v."valueId" WHERE v."shoutoutId" = s."id") AS "valueIds"
        FROM "Shoutout" s WHERE ${inScope(scope)} AND s."id" > ${after} ORDER BY s."id" LIMIT ${pageSize}`,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(row => ({
      id: row.id,
      giverId: text(row.giverId),
      isPrivate: Boolean(row.isPrivate),
      channelSlackId: row.channelSlackId === null ? null : text(row.channelSlackId),
      isPlacePrivate: Boolean(row.isPlacePrivate),
      isWordless: Boolean(row.isWordless),
      givenAt: row.givenAt instanceof Date ? row.givenAt : new Date(instant(row.givenAt)),
      recipients: itemsOf(row.recipients ?? '').map(recipient),
      valueIds: values(row.valueIds ?? ''),
      announcedIn: row.announcedIn === null ? null : text(row.announcedIn),
    }));
    after = last.id;
  }
}

/** What is read from equal texts is made once: a week has them by the thousand. */
function shared<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = read(text);
    known.set(text, made);
    return made;
  };
}

function itemsOf(list: string): string[] {
  return list === '' ? [] : list.split(' ');
}

/** What counts and belongs to the scope. */
export function inScope(scope: DigestScope): Prisma.Sql {
  const { workspaceId } = scope;
  return scope.digestId === null
    ? untoldBy({ workspaceId, teamId: null }, scope.own)
    : Prisma.sql`s."workspaceId" = ${workspaceId} AND s."digestId" = ${scope.digestId} AND s."withdrawnAt" IS NULL`;
}

/** What is not of the scope. */
export function beside(scope: DigestScope): Prisma.Sql {
  return scope.digestId === null
    ? Prisma.sql`(s."digestId" IS NOT NULL OR ${toldByAnyTeam(scope.own)})`
    : Prisma.sql`(s."digestId" IS NULL OR s."digestId" <> ${scope.digestId})`;
}

export function instant(value: RawInstant): number {
  return new Date(typeof value === 'bigint' ? Number(value) : value).getTime();
}

/**
 * The channels on which it depends whether public shout-outs of the scope may be told in `channelSlackId`: where they were
 * given and where they are announced, those with the most of them first; at most `limit`. What is announced in that
 * channel itself depends on none.
 */
export async function listOtherChannels(
  db: Db,
  scope: DigestScope,
  { channelSlackId, limit }: { channelSlackId: string; limit: number },
): Promise<string[]> {
  const rows = await db.read.$queryRaw<{ channel: string }[]>(
    Prisma.sql`WITH told AS (SELECT s."channelSlackId" AS "place",
        (SELECT p."target" FROM "Post" p
          WHERE p."shoutoutId" = s."id" AND p."key" = 'announcement' AND p."state" <> 'gone') AS "announcedIn"
        FROM "Shoutout" s WHERE ${inScope(scope)} AND s."visibility" = 'public' AND s."isPlacePrivate" = ${false}),
      other AS (SELECT * FROM told WHERE "announcedIn" IS NULL OR "announcedIn" <> ${channelSlackId})
      SELECT one."channel" FROM (SELECT "place" AS "channel" FROM other
          UNION ALL SELECT "announcedIn" FROM other WHERE "place" IS NULL OR "announcedIn" <> "place") one
        WHERE one."channel" <> ${channelSlackId}
        GROUP BY one."channel" ORDER BY COUNT(*) DESC, one."channel" LIMIT ${limit}`,
  );
  return rows.map(({ channel }) => channel);
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
