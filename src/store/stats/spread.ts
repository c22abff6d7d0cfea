// How thanks are spread: over how many people, how evenly, whether they come back, and whether they cross teams.
import type { Span } from '../../model.js';
import type { Db } from '../db.js';
import { Prisma } from '../generated/sqlite/client.js';
import { during, type Sum, stayingIn, staysThen } from './strokes.js';

export interface Spread {
  /** How many people there were at some time of the span, and how many of them were thanked. */
  roster: number;
  thanked: number;
  /** How often somebody was thanked. */
  received: number;
  /**
   * The tenth of those people who were thanked most: how many they are (a tenth of `roster`, rounded up, so one where there
   * are ten or fewer), and how often they were thanked.
   */
  mostThanked: { people: number; received: number };
  /** How many pairs of a giver and a recipient there were, a pair counting once in each direction; and for how many of them the recipient thanked the giver in the span, too. */
  pairs: number;
  returned: number;
  /** How many of `received` came from somebody who was, at that time, in no team with the recipient but Everyone. */
  across: number;
}

/** Of a whole workspace; its people are those of its team Everyone. */
export async function countSpread(
  db: Db,
  workspaceId: string,
  { everyoneId, span }: { everyoneId: string; span: Span },
): Promise<Spread> {
  const strokes = Prisma.sql`FROM "Tally" AS "t" WHERE ${during(workspaceId, span)}`;
  const stays = stayingIn(workspaceId, { teamId: everyoneId, span });
  const [roster] = await db.readAside<{ people: Sum }>(Prisma.sql`
    SELECT COUNT(DISTINCT "s"."memberId") AS "people" FROM "TeamMember" AS "s" WHERE ${stays}`);
  const people = Number(roster?.people ?? 0);
  const tenth = Math.ceil(people / 10);
  const perPerson = Prisma.sql`SELECT "t"."recipientId" AS "id", SUM("t"."thanks") AS "thanks" ${strokes} GROUP BY "t"."recipientId"`;
  const [[all], [most], [pairs], [across]] = await Promise.all([
    db.readAside<{ thanked: Sum; thanks: Sum }>(Prisma.sql`
      SELECT SUM("thanks") AS "thanks",
        SUM(CASE WHEN "id" IN (SELECT "s"."memberId" FROM "TeamMember" AS "s" WHERE ${stays}) THEN 1 ELSE 0 END) AS "thanked"
      FROM (${perPerson}) AS "people"`),
    db.readAside<{ thanks: Sum }>(Prisma.sql`
      SELECT SUM("thanks") AS "thanks" FROM (${perPerson} ORDER BY 2 DESC LIMIT ${tenth}) AS "people"`),
    db.readAside<{ pairs: Sum; returned: Sum }>(Prisma.sql`
      SELECT SUM("there" + "back") AS "pairs", SUM(2 * "there" * "back") AS "returned"
      FROM (SELECT MAX(CASE WHEN "t"."giverId" < "t"."recipientId" THEN 1 ELSE 0 END) AS "there",
          MAX(CASE WHEN "t"."giverId" > "t"."recipientId" THEN 1 ELSE 0 END) AS "back"
        ${strokes}
        GROUP BY CASE WHEN "t"."giverId" < "t"."recipientId" THEN "t"."giverId" ELSE "t"."recipientId" END,
          CASE WHEN "t"."giverId" < "t"."recipientId" THEN "t"."recipientId" ELSE "t"."giverId" END) AS "couples"`),
    db.readAside<{ across: Sum }>(Prisma.sql`
      SELECT COUNT(*) AS "across" ${strokes} AND "t"."thanks" = 1 AND NOT ${areTeammates(everyoneId)}`),
  ]);
  return {
    roster: people,
    thanked: Number(all?.thanked ?? 0),
    received: Number(all?.thanks ?? 0),
    mostThanked: { people: tenth, received: Number(most?.thanks ?? 0) },
    pairs: Number(pairs?.pairs ?? 0),
    returned: Number(pairs?.returned ?? 0),
    across: Number(across?.across ?? 0),
  };
}

/** Of a team: what its people received while they were in it, from anybody. */
export async function countTeamSpread(
  db: Db,
  workspaceId: string,
  { everyoneId, ...team }: { teamId: string; everyoneId: string; span: Span },
): Promise<Spread> {
  const stays = stayingIn(workspaceId, team);
  const strokes = Prisma.sql`FROM "TeamMember" AS "s"
    JOIN "Tally" AS "t" ON "t"."recipientId" = "s"."memberId" AND ${during(workspaceId, team.span)} AND ${staysThen}
    WHERE ${stays}`;
  const [[roster], perPerson, [pairs], [across]] = await Promise.all([
    db.readAside<{ people: Sum }>(Prisma.sql`
      SELECT COUNT(DISTINCT "s"."memberId") AS "people" FROM "TeamMember" AS "s" WHERE ${stays}`),
    db.readAside<{ thanks: Sum }>(Prisma.sql`
      SELECT SUM("t"."thanks") AS "thanks" ${strokes} GROUP BY "t"."recipientId" ORDER BY 1 DESC`),
    db.readAside<{ pairs: Sum; returned: Sum }>(Prisma.sql`
      SELECT COUNT(*) AS "pairs", SUM(CASE WHEN EXISTS (SELECT 1 FROM "Tally" AS "t"
          WHERE "t"."recipientId" = "pair"."giverId" AND "t"."giverId" = "pair"."recipientId" AND ${during(workspaceId, team.span)})
        THEN 1 ELSE 0 END) AS "returned"
      FROM (SELECT DISTINCT "t"."giverId" AS "giverId", "t"."recipientId" AS "recipientId" ${strokes}) AS "pair"`),
    db.readAside<{ across: Sum }>(Prisma.sql`
      SELECT COUNT(*) AS "across" ${strokes} AND "t"."thanks" = 1 AND NOT ${areTeammates(everyoneId)}`),
  ]);
  const people = Number(roster?.people ?? 0);
  const tenth = Math.ceil(people / 10);
  const sum = (rows: { thanks: Sum }[]) => rows.reduce((total, row) => total + Number(row.thanks), 0);
  return {
    roster: people,
    thanked: perPerson.length,
    received: sum(perPerson),
    mostThanked: { people: tenth, received: sum(perPerson.slice(0, tenth)) },
    pairs: Number(pairs?.pairs ?? 0),
    returned: Number(pairs?.returned ?? 0),
    across: Number(across?.across ?? 0),
  };
}

/** Whether giver and recipient of the stroke `t` were in a team together at that time. */
function areTeammates(everyoneId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "TeamMember" AS "o"
    JOIN "TeamMember" AS "s" ON "s"."teamId" = "o"."teamId" AND "s"."memberId" = "t"."recipientId" AND ${staysThen}
    WHERE "o"."memberId" = "t"."giverId" AND "o"."teamId" <> ${everyoneId}
    AND "o"."joinedAt" <= "t"."givenAt" AND ("o"."leftAt" IS NULL OR "o"."leftAt" > "t"."givenAt"))`;
}
