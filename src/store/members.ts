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
