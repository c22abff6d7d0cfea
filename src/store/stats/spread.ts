// How thanks are spread: over how many people, how evenly, whether they come back, and whether they cross teams.
import type { Span } from '../../model.js';
import type { Db } from '../db.js';
import type { SpreadFigures } from '../engines/aside.js';
import { Prisma } from '../generated/sqlite/client.js';
import {
  during,
  otherStaysThen,
  receivedIn,
  type Sum,
  stayingDuring,
  stayingIn,
  staysThen,
} from './strokes.js';
import { allDuring } from './workspace.js';

export interface Spread {
  /** How many people were there at some time of the span, and how many of them were thanked while they were. */
  roster: number;
  thanked: number;
  /** How often somebody was thanked. */
  received: number;
  /**
   * The tenth of those people who were thanked most: how many they are (a tenth of `roster`, rounded up, so one where there
   * are ten or fewer), and how often they were thanked.
   */
  mostThanked: { people: number; received: number };
  /**
   * How many pairs of a giver and a recipient there were, a pair counting once in each direction; and for how many of them
   * the recipient thanked the giver in the span, too.
   */
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
  const { evenness, ...counted } = await db.spreadAside({
    everyoneId,
    stays: Prisma.sql`SELECT "s"."memberId", "n"."number", "s"."teamId",
        CASE WHEN "s"."joinedAt" > ${span.from} THEN "s"."joinedAt" END AS "joined",
        CASE WHEN "s"."leftAt" < ${span.to} THEN "s"."leftAt" END AS "left"
      FROM "TeamMember" AS "s" LEFT JOIN "PersonNumber" AS "n" ON "n"."memberId" = "s"."memberId"
      WHERE ${stayingDuring(workspaceId, span)}`,
    strokes: Prisma.sql`SELECT "t"."giverNumber", "t"."recipientNumber", "t"."givenAt" FROM "Tally" AS "t"
      WHERE ${await allDuring(db, workspaceId, span)} AND "t"."thanks" = 1`,
  });
  return { ...evennessOf(evenness), ...counted };
}

/** Of a team: what its people received while they were in it, from anybody. */
export async function countTeamSpread(
  db: Db,
  workspaceId: string,
  { everyoneId, ...team }: { teamId: string; everyoneId: string; span: Span },
): Promise<Spread> {
  const strokes = receivedIn(workspaceId, team);
  const [evenness, [pairs], [across]] = await Promise.all([
    countEvenness(db, workspaceId, team),
    db.readAside<{ pairs: Sum; returned: Sum }>(Prisma.sql`
      SELECT COUNT(*) AS "pairs", SUM(CASE WHEN EXISTS (SELECT 1 FROM "Tally" AS "t"
          WHERE "t"."recipientId" = "pair"."giverId" AND "t"."giverId" = "pair"."recipientId" AND ${during(workspaceId, team.span)})
        THEN 1 ELSE 0 END) AS "returned"
      FROM (SELECT DISTINCT "t"."giverId" AS "giverId", "t"."recipientId" AS "recipientId" ${strokes}) AS "pair"`),
    db.readAside<{ across: Sum }>(Prisma.sql`
      SELECT COUNT(*) AS "across" ${strokes} AND "t"."thanks" = 1 AND NOT ${areTeammates(everyoneId)}`),
  ]);
  return {
    ...evenness,
    pairs: Number(pairs?.pairs ?? 0),
    returned: Number(pairs?.returned ?? 0),
    across: Number(across?.across ?? 0),
  };
}

/** What people received while they were in a team. Comes as how many people were thanked how often: few rows for many people. */
async function countEvenness(
  db: Db,
  workspaceId: string,
  team: { teamId: string; span: Span },
): Promise<Pick<Spread, 'roster' | 'thanked' | 'received' | 'mostThanked'>> {
  const rows = await db.readAside<{ times: Sum; people: Sum }>(Prisma.sql`
    SELECT "times", COUNT(*) AS "people"
    FROM (SELECT "s"."memberId", COALESCE(SUM("t"."thanks"), 0) AS "times" FROM "TeamMember" AS "s"
      LEFT JOIN "Tally" AS "t" ON "t"."recipientId" = "s"."memberId" AND ${during(workspaceId, team.span)} AND ${staysThen}
      WHERE ${stayingIn(workspaceId, team)} GROUP BY "s"."memberId") AS "each"
    GROUP BY "times"`);
  return evennessOf(rows.map(row => ({ times: Number(row.times), people: Number(row.people) })));
}

/** @param counted - how many people were thanked how often, in any order */
function evennessOf(
  counted: SpreadFigures['evenness'],
): Pick<Spread, 'roster' | 'thanked' | 'received' | 'mostThanked'> {
  const groups = counted.toSorted((one, other) => other.times - one.times);
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  const roster = sum(groups.map(group => group.people));
  const tenth = Math.ceil(roster / 10);
  let left = tenth;
  const most = groups.map(({ times, people }) => {
    const taken = Math.min(people, left);
    left -= taken;
    return taken * times;
  });
  return {
    roster,
    thanked: sum(groups.map(group => (group.times > 0 ? group.people : 0))),
    received: sum(groups.map(group => group.times * group.people)),
    mostThanked: { people: tenth, received: sum(most) },
  };
}

/** Whether giver and recipient of the stroke `t` were in a team together at that time. */
function areTeammates(everyoneId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "TeamMember" AS "o"
    JOIN "TeamMember" AS "s" ON "s"."teamId" = "o"."teamId" AND "s"."memberId" = "t"."recipientId" AND ${staysThen}
    WHERE "o"."memberId" = "t"."giverId" AND "o"."teamId" <> ${everyoneId}
    AND ${otherStaysThen})`;
}
