// Finds shout-outs, with their recipients and values.
import type { Shoutout, Source, Visibility, Withdrawal } from '../model.js';
import type { Db, Reader } from './db.js';
import { memberColumns, memberFrom } from './members.js';
import { togetherIn } from './together.js';
import { valueColumns, valueFrom } from './values.js';

export const shoutoutColumns = {
  id: true,
  workspaceId: true,
  giver: { select: memberColumns },
  recipients: { select: { isHidden: true, member: { select: memberColumns } }, orderBy: { position: 'asc' } },
  values: {
    select: { value: { select: { ...valueColumns, position: true } } },
  },
  groups: { select: { slackId: true, handle: true }, orderBy: { slackId: 'asc' } },
  message: true,
  impact: true,
  visibility: true,
  channelSlackId: true,
  isPlacePrivate: true,
  aboutChannelSlackId: true,
  aboutTs: true,
  aboutThreadTs: true,
  source: true,
  givenAt: true,
  answeredAt: true,
  editedAt: true,
  edits: true,
  withdrawnAt: true,
  withdrawnHow: true,
} as const;

/** When the giver of a shout-out had our answer. */
export interface Answer {
  workspaceId: string;
  id: string;
  answeredAt: Date;
}

/** Notes when the giver had our answer; the first time counts. Resolves to true. */
export const markAnswered: (db: Db, answer: Answer) => Promise<boolean> = togetherIn(
  async (db: Db, answers: Answer[]) => {
    await db.write.shoutout.updateMany({
      where: {
        id: { in: answers.map(one => one.id) },
        workspaceId: { in: [...new Set(answers.map(one => one.workspaceId))] },
        answeredAt: null,
      },
      data: { answeredAt: new Date(Math.max(...answers.map(one => one.answeredAt.getTime()))) },
    });
    return answers.map(() => true);
  },
);

export async function findShoutout(
  db: Db,
  workspaceId: string,
  id: string,
  reader: Pick<Reader, 'shoutout'> = db.read,
): Promise<Shoutout | null> {
  const row = await reader.shoutout.findFirst({ where: { id, workspaceId }, select: shoutoutColumns });
  return row && shoutoutFrom(row);
}

/** The giver's latest that still counts. */
export async function findLastShoutout(
  db: Db,
  workspaceId: string,
  giverSlackId: string,
): Promise<Shoutout | null> {
  const row = await db.read.shoutout.findFirst({
    where: { workspaceId, withdrawnAt: null, giver: { workspaceId, slackId: giverSlackId } },
    orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
    select: shoutoutColumns,
  });
  return row && shoutoutFrom(row);
}

/** Which of a member's shout-outs. */
export type Listing =
  | { kind: 'given' }
  | { kind: 'received' }
  /** Given by reaction since `since`, and nobody has said why. */
  | { kind: 'unexplained'; since: Date };

/** A member's latest that still count, the latest first. */
export async function listShoutouts(
  db: Db,
  {
    workspaceId,
    memberId,
    listing,
    limit,
  }: { workspaceId: string; memberId: string; listing: Listing; limit: number },
): Promise<Shoutout[]> {
  const rows = await db.read.shoutout.findMany({
    where: { workspaceId, withdrawnAt: null, ...whereOf(listing, memberId) },
    orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: shoutoutColumns,
  });
  return rows.map(shoutoutFrom);
}

function whereOf(listing: Listing, memberId: string) {
  switch (listing.kind) {
    case 'given':
      return { giverId: memberId };
    case 'received':
      return { recipients: { some: { memberId } } };
    case 'unexplained':
      return { giverId: memberId, source: 'reaction', message: '', givenAt: { gte: listing.since } };
  }
}

type MemberRow = Parameters<typeof memberFrom>[0];

interface ShoutoutRow
  extends Omit<
    Shoutout,
    'giver' | 'recipients' | 'values' | 'source' | 'visibility' | 'withdrawnHow' | 'about'
  > {
  giver: MemberRow;
  recipients: { isHidden: boolean; member: MemberRow }[];
  values: { value: Parameters<typeof valueFrom>[0] & { position: number } }[];
  source: string;
  visibility: string;
  withdrawnHow: string | null;
  aboutChannelSlackId: string | null;
  aboutTs: string | null;
  aboutThreadTs: string | null;
}

export function shoutoutFrom(row: ShoutoutRow): Shoutout {
  const { aboutChannelSlackId, aboutTs, aboutThreadTs, ...rest } = row;
  return {
    ...rest,
    giver: memberFrom(row.giver),
    recipients: row.recipients.map(({ member, isHidden }) => ({ ...memberFrom(member), isHidden })),
    values: row.values
      .map(({ value }) => value)
      .sort((a, b) => a.position - b.position)
      .map(({ position: _, ...value }) => valueFrom(value)),
    about:
      aboutChannelSlackId && aboutTs
        ? { channelSlackId: aboutChannelSlackId, ts: aboutTs, threadTs: aboutThreadTs }
        : null,
    // Only this folder writes these columns, and it takes the types of the model.
    source: row.source as Source,
    visibility: row.visibility as Visibility,
    withdrawnHow: row.withdrawnHow as Withdrawal | null,
  };
}
