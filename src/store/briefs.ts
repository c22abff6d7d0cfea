// The leads' briefs: who is due one, which weeks are settled, and what each is read from.
import { v7 as uuid } from 'uuid';
import type { Brief, CompanyValue, Member, MessagePointer, Shoutout, Span, Team } from '../model.js';
import type { Db, Tx } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';
import type { NewPost } from './insert-shoutouts.js';
import { listMembersById } from './members.js';
import { refreshTold } from './posts.js';
import { valueColumns, valueFrom } from './values.js';

const briefColumns = {
  id: true,
  workspaceId: true,
  memberId: true,
  week: true,
  from: true,
  to: true,
} as const;

/** The zones of those who lead a team and want briefs, each once; null: Slack gave none. */
export async function listLeadZones(db: Db, workspaceId: string): Promise<(string | null)[]> {
  const rows = await db.read.$queryRaw<{ timeZone: string | null }[]>(
    Prisma.sql`SELECT DISTINCT m."timeZone" FROM "TeamLead" l JOIN "Member" m ON m."id" = l."memberId"
      WHERE l."workspaceId" = ${workspaceId} AND m."isBriefed" = ${true}`,
  );
  return rows.map(row => row.timeZone);
}

/** Those in these zones who lead a team, want briefs, and whose week is not settled; at most `limit`. */
export async function listUnbriefed(
  db: Db,
  workspaceId: string,
  { week, zones, limit }: { week: string; zones: (string | null)[]; limit: number },
): Promise<Member[]> {
  const named = zones.filter(zone => zone !== null);
  const inZones = named.length > 0 ? Prisma.sql`m."timeZone" IN (${Prisma.join(named)})` : Prisma.sql`1 = 0`;
  const zoned = zones.includes(null) ? Prisma.sql`(m."timeZone" IS NULL OR ${inZones})` : inZones;
  const rows = await db.read.$queryRaw<{ id: string }[]>(
    // The workspace is named of the leads only: of the members, SQLite would read all of them by it.
    Prisma.sql`SELECT DISTINCT m."id" FROM "TeamLead" l JOIN "Member" m ON m."id" = l."memberId"
      WHERE l."workspaceId" = ${workspaceId} AND m."isBriefed" = ${true} AND ${zoned}
      AND NOT EXISTS (SELECT 1 FROM "Brief" b
        WHERE b."workspaceId" = ${workspaceId} AND b."memberId" = m."id" AND b."week" = ${week})
      ORDER BY m."id" LIMIT ${limit}`,
  );
  return listMembersById(
    db,
    workspaceId,
    rows.map(row => row.id),
  );
}

export interface BriefClaim {
  memberId: string;
  week: string;
  /** What it covers ends there. */
  to: Date;
  /** Where it begins. @param last - where what the lead was told of before ends; null: they were told of nothing yet */
  from: (last: Date | null) => Date;
  /** What is planned where there may be something to tell; null: nothing in any case. */
  post: NewPost | null;
}

/**
 * Settles a lead's week, and plans its message in the same transaction where anybody in their teams was thanked in public.
 * Of all who try, one does it. Returns whether something is to be sent.
 */
export function claimBrief(db: Db, workspaceId: string, claim: BriefClaim, now: Date): Promise<boolean> {
  const { memberId, week, to, post } = claim;
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Member', [memberId]);
    const known = await tx.brief.findFirst({ where: { workspaceId, memberId, week }, select: { id: true } });
    if (known) return false;
    const from = claim.from(await lastTold(tx, { workspaceId, memberId, until: to }));
    const id = uuid();
    await tx.brief.create({ data: { id, workspaceId, memberId, week, from, to, createdAt: now } });
    if (!post) return false;
    const about = { workspaceId, memberId, from, to };
    const [any] = await listThanksIds(tx, about, await listPeopleIds(tx, about), 1);
    if (!any) return false;
    const led = await tx.teamLead.findMany({ where: { workspaceId, memberId }, select: { teamId: true } });
    await insertRows(
      tx,
      'BriefTeam',
      led.map(({ teamId }) => ({ briefId: id, teamId, workspaceId })),
    );
    await insertRows(tx, 'Post', [
      { id: uuid(), workspaceId, briefId: id, createdAt: now, threadTs: null, ...post },
    ]);
    return true;
  });
}

/** What a brief that never went out was to tell, the next one tells. A time that lies ahead is of a clock that was set back. */
async function lastTold(
  tx: Tx,
  { workspaceId, memberId, until }: { workspaceId: string; memberId: string; until: Date },
): Promise<Date | null> {
  const last = await tx.brief.findFirst({
    where: {
      workspaceId,
      memberId,
      to: { lte: until },
      posts: { none: { kind: 'brief', postedTs: null, state: { in: ['gone', 'givenUp'] } } },
    },
    orderBy: { to: 'desc' },
    select: { to: true },
  });
  if (last) return last.to;
  const first = await tx.brief.findFirst({
    where: { workspaceId, memberId, to: { lte: until } },
    orderBy: { to: 'asc' },
    select: { from: true },
  });
  return first?.from ?? null;
}

export function findBrief(db: Db, workspaceId: string, id: string): Promise<Brief | null> {
  return db.read.brief.findFirst({ where: { id, workspaceId }, select: briefColumns });
}

/** Whether a lead's week is settled. */
export async function isBriefSettled(
  db: Db,
  workspaceId: string,
  { memberId, week }: Pick<Brief, 'memberId' | 'week'>,
): Promise<boolean> {
  return (await db.read.brief.count({ where: { workspaceId, memberId, week } })) > 0;
}

/** Whether somebody wants briefs, should they lead a team. */
export async function isBriefed(db: Db, workspaceId: string, memberId: string): Promise<boolean> {
  const row = await db.read.member.findFirst({
    where: { id: memberId, workspaceId },
    select: { isBriefed: true },
  });
  return row?.isBriefed === true;
}

/** Keeps whether somebody wants briefs. */
export async function markBriefed(
  db: Db,
  workspaceId: string,
  { memberId, isOn }: { memberId: string; isOn: boolean },
): Promise<void> {
  await db.write.member.updateMany({ where: { id: memberId, workspaceId }, data: { isBriefed: isOn } });
}

/** A team that a brief told of and its lead leads still, with those who are in it now and were when the brief's time ended. */
export interface LedTeam extends Pick<Team, 'id' | 'name'> {
  members: Pick<Member, 'id' | 'name'>[];
  leads: Pick<Member, 'id'>[];
}

/** Without an order. */
export async function listLedPeople(db: Db, { id, workspaceId, memberId, to }: Brief): Promise<LedTeam[]> {
  const rows = await db.read.team.findMany({
    where: { workspaceId, leads: { some: { memberId } }, told: { some: { briefId: id } } },
    select: {
      id: true,
      name: true,
      leads: { select: { member: { select: { id: true } } } },
      members: {
        where: { leftAt: null, joinedAt: { lt: to } },
        select: { member: { select: { id: true, name: true } } },
      },
    },
  });
  return rows.map(({ members, leads, ...team }) => ({
    ...team,
    members: members.map(one => one.member),
    leads: leads.map(one => one.member),
  }));
}

/** A shout-out as a brief reads it. */
export interface BriefFact
  extends Pick<Shoutout, 'id' | 'givenAt' | 'message' | 'impact' | 'isPlacePrivate'> {
  giver: Pick<Member, 'id' | 'name'>;
  recipients: (Pick<Member, 'id' | 'name' | 'preference'> & { isHidden: boolean })[];
  values: CompanyValue[];
  channelSlackId: string | null;
  /** The channel that it is announced in, or waits to be; null: none. */
  announcedIn: string | null;
  /** Its announcement, where that stands. */
  announcement: MessagePointer | null;
}

/** Of a lead's time more is not looked at. */
const mostFacts = 1000;
const factsAtOnce = 100;

/**
 * The public shout-outs that thanked one of these people but the lead, in the order given; not those that the lead gave. Found
 * by the tallies, so that it takes no longer for somebody with a long history.
 */
export async function listBriefFacts(
  db: Db,
  brief: Brief,
  people: Pick<Member, 'id'>[],
): Promise<BriefFact[]> {
  const personIds = new Set(people.map(one => one.id).filter(id => id !== brief.memberId));
  const ids = await listThanksIds(db.read, brief, [...personIds], mostFacts);
  const facts: BriefFact[] = [];
  for (let from = 0; from < ids.length; from += factsAtOnce) {
    facts.push(...(await factsOf(db, brief.workspaceId, ids.slice(from, from + factsAtOnce))));
  }
  return facts.sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** Ids in one statement. */
const peopleAtOnce = 250;

/**
 * The ids of public shout-outs that thanked one of these people and were not given by the lead, `limit` at most. By lists of
 * ids: given the teams to look them up in, PostgreSQL reads every stroke of the time.
 */
async function listThanksIds(
  reader: Pick<Tx, '$queryRaw'>,
  { workspaceId, memberId, from, to }: Span & Pick<Brief, 'workspaceId' | 'memberId'>,
  people: string[],
  limit: number,
): Promise<string[]> {
  const ids = new Set<string>();
  for (let first = 0; first < people.length && ids.size < limit; first += peopleAtOnce) {
    const some = people.slice(first, first + peopleAtOnce);
    const rows = await reader.$queryRaw<{ id: string }[]>(
      // The workspace is not named of the shout-outs: SQLite would read all of them by it.
      Prisma.sql`SELECT DISTINCT t."shoutoutId" AS "id" FROM "Tally" t JOIN "Shoutout" s ON s."id" = t."shoutoutId"
        WHERE t."recipientId" IN (${Prisma.join(some)}) AND t."workspaceId" = ${workspaceId}
        AND t."givenAt" >= ${from} AND t."givenAt" < ${to} AND t."giverId" <> ${memberId}
        AND s."visibility" = 'public' AND s."withdrawnAt" IS NULL
        ORDER BY "id" DESC LIMIT ${limit}`,
    );
    for (const { id } of rows) ids.add(id);
  }
  return [...ids].slice(0, limit);
}

/** Those in the teams that somebody leads, now and when the time ended; not the lead. */
async function listPeopleIds(
  reader: Pick<Tx, '$queryRaw'>,
  { workspaceId, memberId, to }: Pick<Brief, 'workspaceId' | 'memberId' | 'to'>,
): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT DISTINCT p."memberId" AS "id" FROM "TeamLead" l JOIN "TeamMember" p ON p."teamId" = l."teamId"
      WHERE l."memberId" = ${memberId} AND l."workspaceId" = ${workspaceId}
      AND p."leftAt" IS NULL AND p."joinedAt" < ${to} AND p."memberId" <> ${memberId}`,
  );
  return rows.map(row => row.id);
}

async function factsOf(db: Db, workspaceId: string, ids: string[]): Promise<BriefFact[]> {
  const person = { id: true, name: true, preference: true } as const;
  const rows = await db.read.shoutout.findMany({
    where: { workspaceId, id: { in: ids }, withdrawnAt: null, visibility: 'public' },
    select: {
      id: true,
      givenAt: true,
      message: true,
      impact: true,
      isPlacePrivate: true,
      channelSlackId: true,
      giver: { select: { id: true, name: true } },
      recipients: { orderBy: { position: 'asc' }, select: { isHidden: true, member: { select: person } } },
      values: {
        orderBy: [{ value: { position: 'asc' } }, { value: { slug: 'asc' } }],
        select: { value: { select: valueColumns } },
      },
      posts: {
        where: { key: 'announcement', state: { not: 'gone' } },
        select: { target: true, postedChannelId: true, postedTs: true, threadTs: true },
      },
    },
  });
  return rows.map(({ recipients, values, posts: [announcement], ...row }) => ({
    ...row,
    recipients: recipients.map(({ isHidden, member }) => ({
      ...member,
      // Only store/members.ts writes it, and takes a Preference.
      preference: member.preference as Member['preference'],
      isHidden,
    })),
    values: values.map(one => valueFrom(one.value)),
    announcedIn: announcement?.target ?? null,
    announcement:
      announcement?.postedChannelId && announcement.postedTs
        ? {
            channelSlackId: announcement.postedChannelId,
            ts: announcement.postedTs,
            threadTs: announcement.threadTs,
          }
        : null,
  }));
}

/** The names of the teams that these people are in now, by the person's id; Everyone is not among them. */
export async function listTeamNames(
  db: Db,
  workspaceId: string,
  memberIds: string[],
): Promise<Map<string, string[]>> {
  const rows = await db.read.teamMember.findMany({
    where: {
      workspaceId,
      memberId: { in: memberIds },
      leftAt: null,
      team: { rosterKind: { not: 'everyone' } },
    },
    select: { memberId: true, team: { select: { name: true } } },
  });
  const names = new Map<string, string[]>();
  for (const { memberId, team } of rows) names.set(memberId, [...(names.get(memberId) ?? []), team.name]);
  return names;
}

/**
 * The briefs that tell of it show what holds now: those of whoever leads, or led by then, a team that somebody thanked by
 * it is in, or was. To be called after the shout-out was written to.
 */
export async function changeBriefs(
  db: Db,
  tx: Tx,
  { id, workspaceId }: Pick<Shoutout, 'id' | 'workspaceId'>,
  now: Date,
): Promise<void> {
  const teams = await tx.team.findMany({
    where: { workspaceId, members: { some: { member: { received: { some: { shoutoutId: id } } } } } },
    select: { id: true, leads: { select: { memberId: true } } },
  });
  if (teams.length === 0) return;
  const memberIds = [...new Set(teams.flatMap(team => team.leads.map(one => one.memberId)))];
  // A brief that is being claimed right now is waited for.
  await db.lockRows(tx, 'Member', memberIds);
  const shoutout = await tx.shoutout.findFirst({ where: { id, workspaceId }, select: { givenAt: true } });
  if (!shoutout) return;
  const briefs = await tx.brief.findMany({
    where: {
      workspaceId,
      from: { lte: shoutout.givenAt },
      to: { gt: shoutout.givenAt },
      OR: [
        { memberId: { in: memberIds } },
        { teams: { some: { teamId: { in: teams.map(team => team.id) } } } },
      ],
    },
    select: { id: true },
  });
  if (briefs.length === 0) return;
  await refreshTold(tx, { workspaceId, briefId: { in: briefs.map(one => one.id) }, kind: 'brief' }, now);
}
