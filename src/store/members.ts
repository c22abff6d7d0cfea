// Keeps what is known of people.
import { v7 as uuid } from 'uuid';
import type { Member, MemberProfile, Post, Preference } from '../model.js';
import type { Db } from './db.js';
import { Prisma } from './generated/sqlite/client.js';
import { insertRows } from './insert-rows.js';
import { togetherIn } from './together.js';

/** The columns that make a Member. */
export const memberColumns = {
  id: true,
  slackId: true,
  name: true,
  timeZone: true,
  isBot: true,
  isDeactivated: true,
  isGuest: true,
  isForeign: true,
  isAdmin: true,
  preference: true,
  awayUntil: true,
  fetchedAt: true,
} as const;

/** A member as the database hands it out: only `markPreference` writes the preference, and it takes a Preference. */
export function memberFrom(row: Omit<Member, 'preference'> & { preference: string }): Member {
  return { ...row, preference: row.preference as Preference };
}

/** Those known among `slackIds`, in no order. */
export function listMembers(db: Db, workspaceId: string, slackIds: string[]): Promise<Member[]> {
  return listed(db, { workspaceId, slackIds });
}

const listed = togetherIn(
  async (db: Db, asked: { workspaceId: string; slackIds: string[] }[]): Promise<Member[][]> => {
    const workspaceIds = [...new Set(asked.map(one => one.workspaceId))];
    const rows = await db.read.member.findMany({
      where: {
        OR: workspaceIds.map(workspaceId => ({
          workspaceId,
          slackId: { in: asked.flatMap(one => (one.workspaceId === workspaceId ? one.slackIds : [])) },
        })),
      },
      select: { ...memberColumns, workspaceId: true },
    });
    return asked.map(({ workspaceId, slackIds }) =>
      rows
        .filter(row => row.workspaceId === workspaceId && slackIds.includes(row.slackId))
        .map(({ workspaceId: _, ...member }) => memberFrom(member)),
    );
  },
);

/**
 * Inserts members, and refreshes those of whom nothing newer is known.
 * Returns them as kept, in the order of `profiles`.
 */
export function upsertMembers(
  db: Db,
  workspaceId: string,
  profiles: MemberProfile[],
  when: Asking,
): Promise<Member[]> {
  return upserted(db, { workspaceId, profiles, ...when });
}

/** When Slack was asked, or an event happened. */
export interface Asking {
  asOf: Date;
  /** What is known as of later than this comes from a clock that has been set back since, and is not newer. */
  latest: Date;
}

interface Upsert extends Asking {
  workspaceId: string;
  profiles: MemberProfile[];
}

const upserted = togetherIn((db: Db, upserts: Upsert[]): Promise<Member[][]> => {
  // The latest word on each person; sorted, so that two copies of the bot that keep the same people cannot wait for each other.
  const newest = new Map(
    upserts
      .toSorted((one, other) => one.asOf.getTime() - other.asOf.getTime())
      .flatMap(({ workspaceId, profiles, asOf }) =>
        profiles.map(
          profile => [keyOf(workspaceId, profile.slackId), { workspaceId, profile, asOf }] as const,
        ),
      ),
  );
  const sorted = [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const latest = new Date(Math.max(...upserts.map(one => one.latest.getTime())));
  const those = { OR: sorted.map(({ workspaceId, profile: { slackId } }) => ({ workspaceId, slackId })) };
  return db.transaction(async tx => {
    const present = await tx.member.findMany({ where: those, select: { id: true } });
    await db.lockRows(
      tx,
      'Member',
      present.map(member => member.id),
    );
    const rows = sorted.map(({ workspaceId, profile, asOf }) => ({
      id: uuid(),
      workspaceId,
      ...profile,
      fetchedAt: asOf,
    }));
    await insertRows(tx, 'Member', rows, unlessNewer(latest));
    const kept = await tx.member.findMany({ where: those, select: { ...memberColumns, workspaceId: true } });
    const byKey = new Map(
      kept.map(({ workspaceId, ...row }) => [keyOf(workspaceId, row.slackId), memberFrom(row)]),
    );
    return upserts.map(({ workspaceId, profiles }) =>
      profiles.flatMap(profile => byKey.get(keyOf(workspaceId, profile.slackId)) ?? []),
    );
  });
});

/** Not the key: PostgreSQL would then make whoever records a shout-out to this member wait, and could deadlock. */
const refreshed: (keyof MemberProfile | 'fetchedAt')[] = [
  'name',
  'timeZone',
  'isBot',
  'isDeactivated',
  'isGuest',
  'isForeign',
  'isAdmin',
  'fetchedAt',
];

/**
 * Inserted members who are there already are refreshed, unless what is known of them is newer.
 * @param latest - what is known as of later than this comes from a clock that has been set back
 */
export function unlessNewer(latest: Date): Prisma.Sql {
  const columns = Prisma.raw(refreshed.map(column => `"${column}" = excluded."${column}"`).join(', '));
  return Prisma.sql`ON CONFLICT ("workspaceId", "slackId") DO UPDATE SET ${columns}
    WHERE "Member"."fetchedAt" <= excluded."fetchedAt" OR "Member"."fetchedAt" > ${latest}`;
}

/**
 * Keeps what has changed of a member, in one statement with the question whether anything newer is known: two events
 * may be handled at once.
 * @param news - `isWhole`: all of them was shown, so that they are known as of then
 */
export async function markChanged(
  db: Db,
  workspaceId: string,
  { slackId, changed, isWhole }: { slackId: string; changed: Partial<MemberProfile>; isWhole: boolean },
  { asOf, latest }: Asking,
): Promise<void> {
  await db.write.member.updateMany({
    where: { workspaceId, slackId, OR: [{ fetchedAt: { lte: asOf } }, { fetchedAt: { gt: latest } }] },
    data: { ...changed, ...(isWhole ? { fetchedAt: asOf } : {}) },
  });
}

function keyOf(workspaceId: string, slackId: string): string {
  return `${workspaceId} ${slackId}`;
}

/** Those with these ids of ours, in no order. */
export async function listMembersById(db: Db, workspaceId: string, ids: string[]): Promise<Member[]> {
  if (ids.length === 0) return [];
  const rows = await db.read.member.findMany({
    where: { id: { in: ids }, workspaceId },
    select: memberColumns,
  });
  return rows.map(memberFrom);
}

/** The one with this id of ours. */
export async function findMember(db: Db, workspaceId: string, id: string): Promise<Member | null> {
  const row = await db.read.member.findFirst({ where: { id, workspaceId }, select: memberColumns });
  return row && memberFrom(row);
}

/**
 * People who can be meant by `name`: called so, or with a name that begins with it and a space; in no order.
 * @param name - letters, hyphens, apostrophes and spaces
 */
export async function listMembersCalled(
  db: Db,
  workspaceId: string,
  { name, most }: { name: string; most: number },
): Promise<Member[]> {
  const small = name.toLowerCase();
  const titled = small.replace(/(^|[ '-])(\p{L})/gu, letters => letters.toUpperCase());
  // The databases differ in whether they ignore case here.
  const spellings = [...new Set([name, small, titled])];
  const rows = await db.read.member.findMany({
    where: {
      workspaceId,
      isBot: false,
      isDeactivated: false,
      isForeign: false,
      OR: spellings.flatMap(one => [{ name: one }, { name: { startsWith: `${one} ` } }]),
    },
    take: most,
    select: memberColumns,
  });
  return rows.map(memberFrom);
}

/** A few who administer the workspace at Slack, by name. */
export async function listAdmins(db: Db, workspaceId: string, most: number): Promise<Member[]> {
  const rows = await db.read.member.findMany({
    where: { workspaceId, isAdmin: true, isDeactivated: false, isForeign: false },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most,
    select: memberColumns,
  });
  return rows.map(memberFrom);
}

/** Keeps what a person wants of announcements about them. */
export async function markPreference(
  db: Db,
  workspaceId: string,
  { memberId, preference }: { memberId: string; preference: Preference },
): Promise<void> {
  await db.write.member.updateMany({ where: { id: memberId, workspaceId }, data: { preference } });
}

/** Keeps until when a person is away; null: they are there. */
export async function markAway(
  db: Db,
  workspaceId: string,
  { memberId, awayUntil }: { memberId: string; awayUntil: string | null },
): Promise<void> {
  await db.write.member.updateMany({ where: { id: memberId, workspaceId }, data: { awayUntil } });
}

/** The post that explains to its reader what they can choose; null: none has yet. */
export async function findIntroduction(
  db: Db,
  workspaceId: string,
  memberId: string,
): Promise<string | null> {
  const row = await db.read.member.findFirst({
    where: { id: memberId, workspaceId },
    select: { introducedByPostId: true },
  });
  return row?.introducedByPostId ?? null;
}

/** Lets the post be the one that explains to its reader what they can choose. False: another one is. */
export async function claimIntroduction(
  db: Db,
  { workspaceId, memberId, id }: Pick<Post, 'workspaceId' | 'memberId' | 'id'>,
): Promise<boolean> {
  if (!memberId) return false;
  const { count } = await db.write.member.updateMany({
    where: { id: memberId, workspaceId, introducedByPostId: null },
    data: { introducedByPostId: id },
  });
  return count === 1;
}

/** How often a day a person is asked why. */
const mostQuestions = 3;

/** Takes one of the questions that a person may be asked on a day of theirs. False: enough, or they want none. */
export async function claimQuestion(
  db: Db,
  workspaceId: string,
  { memberId, day }: { memberId: string; day: string },
): Promise<boolean> {
  const asked = { id: memberId, workspaceId, isAskedWhy: true };
  const first = await db.write.member.updateMany({
    where: { ...asked, OR: [{ askedWhyOn: null }, { askedWhyOn: { not: day } }] },
    data: { askedWhyOn: day, askedWhyCount: 1 },
  });
  if (first.count > 0) return true;
  const next = await db.write.member.updateMany({
    where: { ...asked, askedWhyOn: day, askedWhyCount: { lt: mostQuestions } },
    data: { askedWhyCount: { increment: 1 } },
  });
  return next.count > 0;
}

/** They are asked no more. */
export async function markUnasked(db: Db, workspaceId: string, slackId: string): Promise<void> {
  await db.write.member.updateMany({ where: { workspaceId, slackId }, data: { isAskedWhy: false } });
}

/** Takes the right to tell a person something that they were last told before `since`. False: they know it. */
export function claimNudge(
  db: Db,
  workspaceId: string,
  { memberId, reason, since, now }: { memberId: string; reason: string; since: Date; now: Date },
): Promise<boolean> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Member', [memberId]);
    const known = await tx.nudge.findFirst({ where: { memberId, workspaceId, reason } });
    if (known && known.toldAt > since && known.toldAt <= now) return false;
    if (known) await tx.nudge.updateMany({ where: { memberId, workspaceId, reason }, data: { toldAt: now } });
    else await tx.nudge.create({ data: { memberId, workspaceId, reason, toldAt: now } });
    return true;
  });
}
