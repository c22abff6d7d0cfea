// Keeps what is known of people.
import { v7 as uuid } from 'uuid';
import type { Member, MemberProfile, Post, Preference } from '../model.js';
import type { Db } from './db.js';
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

/** Inserts or refreshes members. Returns them as kept, in the order of `profiles`. */
export function upsertMembers(
  db: Db,
  workspaceId: string,
  profiles: MemberProfile[],
  now: Date,
): Promise<Member[]> {
  return upserted(db, { workspaceId, profiles, now });
}

interface Upsert {
  workspaceId: string;
  profiles: MemberProfile[];
  now: Date;
}

const upserted = togetherIn((db: Db, upserts: Upsert[]): Promise<Member[][]> => {
  // The latest word on each person; sorted, so that two copies of the bot that keep the same people cannot wait for each other.
  const latest = new Map(
    upserts.flatMap(({ workspaceId, profiles, now }) =>
      profiles.map(profile => [keyOf(workspaceId, profile.slackId), { workspaceId, profile, now }] as const),
    ),
  );
  const sorted = [...latest].sort(([a], [b]) => (a < b ? -1 : 1));
  return db.transaction(async tx => {
    const present = await tx.member.findMany({
      where: {
        OR: sorted.map(([, { workspaceId, profile }]) => ({ workspaceId, slackId: profile.slackId })),
      },
      select: { id: true },
    });
    await db.lockRows(
      tx,
      'Member',
      present.map(member => member.id),
    );
    const kept = new Map<string, Member>();
    for (const [key, { workspaceId, profile, now }] of sorted) {
      const member = await tx.member.upsert({
        where: { workspaceId_slackId: { workspaceId, slackId: profile.slackId } },
        create: { id: uuid(), workspaceId, ...profile, fetchedAt: now },
        // Not the key: PostgreSQL would then make whoever records a shout-out to this member wait, and could deadlock.
        update: { ...withoutKey(profile), fetchedAt: now },
        select: memberColumns,
      });
      kept.set(key, memberFrom(member));
    }
    return upserts.map(({ workspaceId, profiles }) =>
      profiles.flatMap(profile => kept.get(keyOf(workspaceId, profile.slackId)) ?? []),
    );
  });
});

function withoutKey({ slackId: _, ...rest }: MemberProfile): Omit<MemberProfile, 'slackId'> {
  return rest;
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
