// Keeps what is known of people.
import { v7 as uuid } from 'uuid';
import type { Member, MemberProfile } from '../model.js';
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
  fetchedAt: true,
} as const;

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
        .map(({ workspaceId: _, ...member }) => member),
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
  // Sorted, so that two copies of the bot that keep the same people cannot wait for each other.
  const sorted = [...profiles].sort((a, b) => (a.slackId < b.slackId ? -1 : 1));
  return db.transaction(async tx => {
    const kept: Member[] = [];
    for (const profile of sorted) {
      kept.push(
        await tx.member.upsert({
          where: { workspaceId_slackId: { workspaceId, slackId: profile.slackId } },
          create: { id: uuid(), workspaceId, ...profile, fetchedAt: now },
          update: { ...profile, fetchedAt: now },
          select: memberColumns,
        }),
      );
    }
    return profiles.flatMap(profile => kept.find(member => member.slackId === profile.slackId) ?? []);
  });
}
