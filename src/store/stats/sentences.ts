// The shout-outs behind a person's numbers: what for, and where they stand announced.
import type { MessagePointer, Shoutout, Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { shoutoutColumns, shoutoutFrom } from '../shoutouts.js';
import { during, type Sum } from './strokes.js';

/** Which of the shout-outs that somebody received. */
export interface SentencesWish {
  memberId: string;
  span: Span;
  /** Without one: of all values. */
  valueId?: string | undefined;
  /**
   * The Slack ids of channels that everybody may read: what somebody else may see is what is public and stands, or was
   * said, in one of them. Null: for the person themselves, who sees all of it.
   */
  openChannelIds: string[] | null;
}

export interface Sentence {
  shoutout: Shoutout;
  /** Where it stands announced; null: nowhere. */
  announcement: MessagePointer | null;
}

/** The latest first. @param page - `offset`: so many are passed over */
export async function listSentences(
  db: Db,
  workspaceId: string,
  wish: SentencesWish,
  { offset, limit }: { offset: number; limit: number },
): Promise<Sentence[]> {
  const rows = await db.read.$queryRaw<{ id: string }[]>`
    SELECT "t"."shoutoutId" AS "id" ${received(workspaceId, wish)}
    ORDER BY "t"."givenAt" DESC, "t"."shoutoutId" DESC LIMIT ${limit} OFFSET ${offset}`;
  const ids = rows.map(row => row.id);
  if (ids.length === 0) return [];
  const [shoutouts, posts] = await Promise.all([
    db.read.shoutout.findMany({
      where: { workspaceId, id: { in: ids }, withdrawnAt: null },
      select: shoutoutColumns,
    }),
    db.read.post.findMany({
      where: { workspaceId, shoutoutId: { in: ids }, key: 'announcement', state: { not: 'gone' } },
      select: { shoutoutId: true, postedChannelId: true, postedTs: true, threadTs: true },
    }),
  ]);
  const announced = new Map(
    posts.map(({ shoutoutId, postedChannelId, postedTs, threadTs }) => [
      shoutoutId,
      postedChannelId && postedTs ? { channelSlackId: postedChannelId, ts: postedTs, threadTs } : null,
    ]),
  );
  const byId = new Map(shoutouts.map(row => [row.id, shoutoutFrom(row)]));
  return ids.flatMap(id => {
    const shoutout = byId.get(id);
    return shoutout ? [{ shoutout, announcement: announced.get(id) ?? null }] : [];
  });
}

/** How many of them there are. */
export async function countSentences(db: Db, workspaceId: string, wish: SentencesWish): Promise<number> {
  const [row] = await db.read.$queryRaw<{ count: Sum }[]>`
    SELECT COUNT(*) AS "count" ${received(workspaceId, wish)}`;
  return Number(row?.count ?? 0);
}

/** The channels on which it depends what somebody else may see, those with the most shout-outs first. */
export async function listSentenceChannels(
  db: Db,
  workspaceId: string,
  wish: Omit<SentencesWish, 'openChannelIds'>,
  limit: number,
): Promise<string[]> {
  const rows = await db.read.$queryRaw<{ channel: string }[]>`
    SELECT "one"."channel" FROM (SELECT ${shownIn} AS "channel"
      ${received(workspaceId, { ...wish, openChannelIds: null })} AND ${isTold}) AS "one"
    WHERE "one"."channel" IS NOT NULL
    GROUP BY "one"."channel" ORDER BY COUNT(*) DESC, "one"."channel" LIMIT ${limit}`;
  return rows.map(row => row.channel);
}

/** Where others can read of it: where it is announced, else where it was given, unless that is nobody else's business. */
const shownIn = Prisma.sql`COALESCE("p"."target", CASE WHEN "s"."isPlacePrivate" THEN NULL ELSE "s"."channelSlackId" END)`;

const isTold = Prisma.sql`"s"."visibility" = 'public' AND NOT "r"."isHidden"`;

function received(workspaceId: string, { openChannelIds, ...wish }: SentencesWish): Prisma.Sql {
  return Prisma.sql`FROM "Tally" AS "t"
    JOIN "Shoutout" AS "s" ON "s"."id" = "t"."shoutoutId"
    JOIN "ShoutoutRecipient" AS "r" ON "r"."shoutoutId" = "t"."shoutoutId" AND "r"."memberId" = "t"."recipientId"
    LEFT JOIN "Post" AS "p" ON "p"."shoutoutId" = "t"."shoutoutId" AND "p"."key" = 'announcement' AND "p"."state" <> 'gone'
    WHERE ${strokes(workspaceId, wish)} ${openChannelIds === null ? Prisma.empty : Prisma.sql`AND ${isTold} AND ${isOpen(openChannelIds)}`}`;
}

function isOpen(channelIds: string[]): Prisma.Sql {
  return channelIds.length === 0 ? Prisma.sql`1 = 0` : Prisma.sql`${shownIn} IN (${Prisma.join(channelIds)})`;
}

/** How often others boosted what somebody received: each of them once for a shout-out, whatever their emoji. */
export async function countBoosts(
  db: Db,
  workspaceId: string,
  wish: Omit<SentencesWish, 'openChannelIds'>,
): Promise<number> {
  const [row] = await db.read.$queryRaw<{ count: Sum }[]>`
    SELECT COUNT(*) AS "count" FROM (SELECT DISTINCT "b"."effect", "b"."memberSlackId"
      FROM "Tally" AS "t" JOIN "Reaction" AS "b" ON "b"."workspaceId" = ${workspaceId}
        AND "b"."effect" = 'boost:' || "t"."shoutoutId" AND "b"."isOn"
      WHERE ${strokes(workspaceId, wish)}) AS "one"`;
  return Number(row?.count ?? 0);
}

/** One stroke of each of the shout-outs. */
function strokes(
  workspaceId: string,
  { memberId, span, valueId }: Omit<SentencesWish, 'openChannelIds'>,
): Prisma.Sql {
  const once = valueId === undefined ? Prisma.sql`"t"."thanks" = 1` : Prisma.sql`"t"."valueId" = ${valueId}`;
  return Prisma.sql`"t"."recipientId" = ${memberId} AND ${during(workspaceId, span)} AND ${once}`;
}
