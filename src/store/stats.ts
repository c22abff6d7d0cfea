// Counts shout-outs.
import type { Db } from './db.js';

/** Counts by the value's id. */
export interface ShoutoutCounts {
  received: number;
  given: number;
  receivedPerValue: Map<string, number>;
  givenPerValue: Map<string, number>;
}

/** One member's tallies from `from` on, without what has been undone. */
export async function countShoutouts(
  db: Db,
  { workspaceId, memberId, from }: { workspaceId: string; memberId: string; from: Date },
): Promise<ShoutoutCounts> {
  const counts = { workspaceId, withdrawnAt: null, givenAt: { gte: from } };
  const given = { ...counts, giverId: memberId };
  const received = { ...counts, recipients: { some: { memberId } } };
  const perValue = (shoutout: typeof given | typeof received) =>
    db.read.shoutoutValue.groupBy({ by: ['valueId'], where: { workspaceId, shoutout }, _count: true });
  const [receivedCount, givenCount, receivedRows, givenRows] = await Promise.all([
    db.read.shoutout.count({ where: received }),
    db.read.shoutout.count({ where: given }),
    perValue(received),
    perValue(given),
  ]);
  return {
    received: receivedCount,
    given: givenCount,
    receivedPerValue: new Map(receivedRows.map(row => [row.valueId, row._count])),
    givenPerValue: new Map(givenRows.map(row => [row.valueId, row._count])),
  };
}
