// Who in a team was not thanked lately.
import type { Member } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import type { Sum } from './strokes.js';

/** Who is looked for: those in the team now who were thanked by nobody since then. */
export interface UnthankedWish {
  teamId: string;
  since: Date;
  /** Only who has been in the team since then or longer is listed. */
  joinedBy: Date;
  /** Whoever is away on that day, such as `2026-11-22`, is not listed. */
  today: string;
  /** The id of the member by whom they were not thanked; null: by anybody. They are not listed themselves. */
  giverId: string | null;
}

/**
 * A page of those not thanked, wherever that would have been, by name, and how many there are in all. Who wishes not to be
 * thanked is not among them.
 */
export async function listUnthanked(
  db: Db,
  workspaceId: string,
  wish: UnthankedWish,
  page: { skip: number; most: number },
): Promise<{ members: Pick<Member, 'id' | 'slackId' | 'name'>[]; count: number }> {
  const which = unthanked(workspaceId, wish);
  const [members, [all]] = await Promise.all([
    db.readAside<Pick<Member, 'id' | 'slackId' | 'name'>>(Prisma.sql`
      SELECT "m"."id" AS "id", "m"."slackId" AS "slackId", "m"."name" AS "name" ${which}
      ORDER BY LOWER("m"."name"), "m"."id" LIMIT ${page.most} OFFSET ${page.skip}`),
    db.readAside<{ people: Sum }>(Prisma.sql`SELECT COUNT(*) AS "people" ${which}`),
  ]);
  return { members, count: Number(all?.people ?? 0) };
}

function unthanked(
  workspaceId: string,
  { teamId, since, joinedBy, today, giverId }: UnthankedWish,
): Prisma.Sql {
  const byThem = giverId === null ? Prisma.empty : Prisma.sql`AND "t"."giverId" = ${giverId}`;
  const others = giverId === null ? Prisma.empty : Prisma.sql`AND "m"."id" <> ${giverId}`;
  return Prisma.sql`FROM "TeamMember" AS "s" JOIN "Member" AS "m" ON "m"."id" = "s"."memberId"
    WHERE "s"."teamId" = ${teamId} AND "s"."workspaceId" = ${workspaceId} AND "s"."leftAt" IS NULL
    AND "s"."joinedAt" <= ${joinedBy} AND ("m"."awayUntil" IS NULL OR "m"."awayUntil" < ${today})
    AND "m"."preference" <> 'leaveMeOut' ${others}
    AND NOT EXISTS (SELECT 1 FROM "Tally" AS "t" WHERE "t"."recipientId" = "s"."memberId"
      AND "t"."workspaceId" = ${workspaceId} AND "t"."givenAt" >= ${since} ${byThem})`;
}
