// Finds and marks shout-outs, with their recipients and values.
import type { CompanyValue, Member, Shoutout, Source } from '../model.js';
import type { Db } from './db.js';
import { memberColumns } from './members.js';
import { togetherIn } from './together.js';

export const shoutoutColumns = {
  id: true,
  workspaceId: true,
  giver: { select: memberColumns },
  recipients: { select: { member: { select: memberColumns } }, orderBy: { position: 'asc' } },
  values: {
    select: { value: { select: { id: true, slug: true, name: true, emoji: true, position: true } } },
  },
  groups: { select: { slackId: true, handle: true }, orderBy: { slackId: 'asc' } },
  message: true,
  channelSlackId: true,
  source: true,
  givenAt: true,
  answeredAt: true,
  undoneAt: true,
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

export async function findShoutout(db: Db, workspaceId: string, id: string): Promise<Shoutout | null> {
  const row = await db.read.shoutout.findFirst({ where: { id, workspaceId }, select: shoutoutColumns });
  return row && shoutoutFrom(row);
}

/** The giver's latest that has not been undone. */
export async function findLastShoutout(
  db: Db,
  workspaceId: string,
  giverSlackId: string,
): Promise<Shoutout | null> {
  const row = await db.read.shoutout.findFirst({
    where: { workspaceId, undoneAt: null, giver: { workspaceId, slackId: giverSlackId } },
    orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
    select: shoutoutColumns,
  });
  return row && shoutoutFrom(row);
}

/**
 * Marks it undone and plans every copy to go. Null: it was undone already.
 * `unreachable`: Slack never confirmed one of its copies, so that it cannot be deleted.
 */
export function markUndone(
  db: Db,
  { workspaceId, id, undoneAt }: { workspaceId: string; id: string; undoneAt: Date },
): Promise<{ unreachable: boolean } | null> {
  return db.transaction(async tx => {
    const { count } = await tx.shoutout.updateMany({
      where: { id, workspaceId, undoneAt: null },
      // The words were to be taken back; only that it was there is kept, so that a repetition is recognised.
      data: { undoneAt, message: '' },
    });
    if (count === 0) return null;
    const copies = { shoutoutId: id, workspaceId };
    await tx.post.updateMany({ where: copies, data: { wantedRevision: { increment: 1 } } });
    // Looked at after they were written to: whoever settles one from here on sees the undo.
    const unreachable = await tx.post.count({
      where: { ...copies, OR: [{ state: 'uncertain' }, { state: 'posted', postedTs: null }] },
    });
    // A copy that is being sent right now is planned anew when its sender settles it.
    await tx.post.updateMany({
      where: { ...copies, state: { in: ['planned', 'posted', 'blocked'] } },
      data: { state: 'planned', nextTryAt: undoneAt },
    });
    return { unreachable: unreachable > 0 };
  });
}

type ShoutoutRow = Omit<Shoutout, 'recipients' | 'values' | 'source'> & {
  recipients: { member: Member }[];
  values: { value: CompanyValue & { position: number } }[];
  source: string;
};

export function shoutoutFrom(row: ShoutoutRow): Shoutout {
  const { id, workspaceId, giver, message, channelSlackId, givenAt, answeredAt, undoneAt } = row;
  return {
    id,
    workspaceId,
    giver,
    recipients: row.recipients.map(({ member }) => member),
    values: row.values
      .map(({ value }) => value)
      .sort((a, b) => a.position - b.position)
      .map(({ id, slug, name, emoji }) => ({ id, slug, name, emoji })),
    message,
    channelSlackId,
    groups: row.groups,
    // Only `insertAll` writes this column, and it takes a Source.
    source: row.source as Source,
    givenAt,
    answeredAt,
    undoneAt,
  };
}
