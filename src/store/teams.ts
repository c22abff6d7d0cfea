// Teams: who is in them, and who leads them.

import { v7 as uuid } from 'uuid';
import type { Member, Roster, Span, Stay, Team } from '../model.js';
import type { Db, Reader, Tx } from './db.js';
import { memberColumns, memberFrom } from './members.js';

/** The slug of the team that everybody is in. */
export const everyoneSlug = 'everyone';

const teamColumns = {
  id: true,
  workspaceId: true,
  name: true,
  slug: true,
  rosterKind: true,
  rosterSlackId: true,
  channelSlackId: true,
  isDigestOn: true,
  digestSince: true,
  refreshedAt: true,
  version: true,
  leads: { select: { member: { select: memberColumns } } },
} as const;

type Row = Omit<Team, 'roster' | 'leads'> & {
  rosterKind: string;
  rosterSlackId: string;
  leads: { member: Omit<Member, 'preference'> & { preference: string } }[];
};

function teamFrom({ rosterKind, rosterSlackId, leads, ...row }: Row): Team {
  return {
    ...row,
    roster: rosterFrom(rosterKind, rosterSlackId),
    leads: leads.map(({ member }) => memberFrom(member)).sort(byName),
  };
}

/** Where a roster comes from, as the database keeps it. */
export function rosterFrom(kind: string, slackId: string): Roster {
  return kind === 'group' || kind === 'channel' ? { kind, slackId } : { kind: 'everyone' };
}

/** For sorting, in an order that is always the same. */
export function byName(one: { name: string; id: string }, other: { name: string; id: string }): number {
  return one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1);
}

/** All teams of a workspace, by name; Everyone is the last. */
export async function listTeams(
  db: Db,
  workspaceId: string,
  reader: Pick<Reader, 'team'> = db.read,
): Promise<Team[]> {
  const rows = await reader.team.findMany({ where: { workspaceId }, select: teamColumns });
  const teams = rows.map(teamFrom).sort(byName);
  const isEveryone = ({ roster }: Team) => roster.kind === 'everyone';
  return [...teams.filter(one => !isEveryone(one)), ...teams.filter(isEveryone)];
}

/** The teams that somebody leads, by name. */
export async function listLedTeams(db: Db, workspaceId: string, memberId: string): Promise<Team[]> {
  const rows = await db.read.team.findMany({
    where: { workspaceId, leads: { some: { memberId } } },
    select: teamColumns,
  });
  return rows.map(teamFrom).sort(byName);
}

/** The teams that somebody is in now, by name, with Everyone among them. */
export async function listTeamsOf(db: Db, workspaceId: string, memberId: string): Promise<Team[]> {
  const rows = await db.read.team.findMany({
    where: { workspaceId, members: { some: { memberId, leftAt: null } } },
    select: teamColumns,
  });
  return rows.map(teamFrom).sort(byName);
}

/** Who was in a team at some time of the span, by name; who left and came back has several stays. */
export async function listStays(
  db: Db,
  workspaceId: string,
  { teamId, span }: { teamId: string; span: Span },
): Promise<Stay[]> {
  const rows = await db.read.teamMember.findMany({
    where: {
      workspaceId,
      teamId,
      joinedAt: { lt: span.to },
      OR: [{ leftAt: null }, { leftAt: { gt: span.from } }],
    },
    select: { joinedAt: true, leftAt: true, member: { select: memberColumns } },
  });
  return rows
    .map(({ member, ...stay }) => ({ ...stay, member: memberFrom(member) }))
    .sort(
      (one, other) => byName(one.member, other.member) || one.joinedAt.getTime() - other.joinedAt.getTime(),
    );
}

/** What is chosen of a team. */
export type TeamChoices = Pick<Team, 'name' | 'slug' | 'roster' | 'channelSlackId' | 'isDigestOn'>;

/** Inserts a team that nobody is in yet; its roster is to be taken over at once. Returns its id. */
export async function insertTeam(
  tx: Tx,
  workspaceId: string,
  { id = uuid(), roster, ...chosen }: TeamChoices & { id?: string },
  now: Date,
): Promise<string> {
  await tx.team.create({
    data: {
      id,
      workspaceId,
      ...chosen,
      rosterKind: roster.kind,
      rosterSlackId: roster.kind === 'everyone' ? '' : roster.slackId,
      digestSince: chosen.isDigestOn ? now : null,
      createdAt: now,
    },
  });
  return id;
}

/** Makes these people, and nobody else, the team's leads. Returns those who were not. @param leadIds - ids of ours */
export async function writeLeads(
  tx: Tx,
  workspaceId: string,
  { teamId, leadIds }: { teamId: string; leadIds: string[] },
  now: Date,
): Promise<string[]> {
  const before = await tx.teamLead.findMany({ where: { teamId, workspaceId }, select: { memberId: true } });
  const known = before.map(one => one.memberId);
  const removed = known.filter(id => !leadIds.includes(id));
  await tx.teamLead.deleteMany({ where: { teamId, workspaceId, memberId: { in: removed } } });
  const added = [...new Set(leadIds.filter(id => !known.includes(id)))];
  for (const memberId of added)
    await tx.teamLead.create({ data: { teamId, memberId, workspaceId, since: now } });
  return added;
}

/** The team with this id. */
export async function findTeam(db: Db, workspaceId: string, id: string): Promise<Team | null> {
  const row = await db.read.team.findFirst({ where: { id, workspaceId }, select: teamColumns });
  return row && teamFrom(row);
}

/** How many are in each team now, by its id; a team without anybody is not in it. */
export async function countStaying(db: Db, workspaceId: string): Promise<Map<string, number>> {
  const rows = await db.read.teamMember.groupBy({
    by: ['teamId'],
    where: { workspaceId, leftAt: null },
    _count: { memberId: true },
  });
  return new Map(rows.map(row => [row.teamId, row._count.memberId]));
}
