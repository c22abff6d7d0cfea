// In whose digest a shout-out is told that is in none yet: a team's own, or the workspace's. Each belongs to exactly one.
import { Prisma } from './generated/sqlite/client.js';
import type { DigestTeam, OwnDigests } from './team-channels.js';

/**
 * Those that count and are in no digest, as far as one digest tells them. As a condition on the shout-out `s`.
 * @param teamId - whose digest; null: the workspace's, which tells what no team's does
 */
export function untoldBy(
  { workspaceId, teamId }: { workspaceId: string; teamId: string | null },
  own: OwnDigests,
): Prisma.Sql {
  const telling = own.teams.filter(team => team.isDigestOn);
  const those = teamId === null ? telling : telling.filter(team => team.id === teamId);
  const isTheirs = toldByTeams(those, own);
  return Prisma.sql`s."workspaceId" = ${workspaceId} AND s."digestId" IS NULL AND s."withdrawnAt" IS NULL
    AND ${teamId === null ? Prisma.sql`NOT (${isTheirs})` : isTheirs}`;
}

/** What teams' own digests will tell. As a condition on the shout-out `s`, which is in no digest. */
export function toldByAnyTeam(own: OwnDigests): Prisma.Sql {
  return toldByTeams(
    own.teams.filter(team => team.isDigestOn),
    own,
  );
}

/**
 * A team's digest tells what is announced in its channel, and what is announced nowhere but would be there: it is public,
 * and giver and named recipients are in the team now. Of several teams with one channel the smallest one's tells what is
 * announced there. Where the channel is the workspace's shout-out channel too, only what stays in the team.
 */
function toldByTeams(those: DigestTeam[], own: OwnDigests): Prisma.Sql {
  if (those.length === 0) return Prisma.sql`1 = 0`;
  const telling = own.teams.filter(team => team.isDigestOn);
  const isShared = (team: DigestTeam) => team.channelSlackId === own.shoutoutChannelId;
  const hasChannel = (team: DigestTeam) =>
    telling.find(one => one.channelSlackId === team.channelSlackId) === team;
  const channels = those.filter(team => !isShared(team) && hasChannel(team)).map(team => team.channelSlackId);
  const inShared = those.filter(isShared);
  const conditions = [
    ...(channels.length > 0 ? [Prisma.sql`${announcedIn} IN (${Prisma.join(channels)})`] : []),
    Prisma.sql`(s."visibility" = 'public' AND ${isGivenIn(those)} AND ${announcedIn} = '' AND ${staysIn(own.teams)} IN (${idsOf(those)}))`,
    ...(inShared.length > 0
      ? [
          Prisma.sql`(${announcedIn} = ${own.shoutoutChannelId} AND ${staysIn(own.teams)} IN (${idsOf(inShared)}))`,
        ]
      : []),
  ];
  return Prisma.sql`(${Prisma.join(conditions, ' OR ')})`;
}

function idsOf(teams: DigestTeam[]): Prisma.Sql {
  return Prisma.join(teams.map(team => team.id));
}

/** Its giver is in one of these now: for most shout-outs nothing more need be looked up. */
function isGivenIn(teams: DigestTeam[]): Prisma.Sql {
  return Prisma.sql`s."giverId" IN (SELECT t."memberId" FROM "TeamMember" t WHERE t."teamId" IN (${idsOf(teams)}) AND t."leftAt" IS NULL)`;
}

/** The channel that it is announced in, or waits to be; empty: none. */
const announcedIn = Prisma.sql`COALESCE((SELECT p."target" FROM "Post" p
  WHERE p."shoutoutId" = s."id" AND p."key" = 'announcement' AND p."state" <> 'gone'), '')`;

/** The first of the teams that the giver and all whom it may name are in now; empty: none. */
function staysIn(teams: DigestTeam[]): Prisma.Sql {
  // A number that is a parameter would be a text to PostgreSQL, and be ordered as one.
  const ranks = teams.map(({ id }, rank) => Prisma.sql`WHEN ${id} THEN ${Prisma.raw(String(rank))}`);
  return Prisma.sql`COALESCE((SELECT g."teamId" FROM "TeamMember" g
    WHERE g."memberId" = s."giverId" AND g."leftAt" IS NULL AND g."teamId" IN (${idsOf(teams)})
    AND EXISTS (SELECT 1 FROM "ShoutoutRecipient" r WHERE r."shoutoutId" = s."id" AND r."isHidden" = ${false})
    AND NOT EXISTS (SELECT 1 FROM "ShoutoutRecipient" r WHERE r."shoutoutId" = s."id" AND r."isHidden" = ${false}
      AND NOT EXISTS (SELECT 1 FROM "TeamMember" m
        WHERE m."teamId" = g."teamId" AND m."memberId" = r."memberId" AND m."leftAt" IS NULL))
    ORDER BY CASE g."teamId" ${Prisma.join(ranks, ' ')} END LIMIT 1), '')`;
}
