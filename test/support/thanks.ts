// Shout-outs put straight into a running bot's database, with their strokes, for what only reads them.
import { v7 as uuid } from 'uuid';
import { tallyShoutouts } from '../../src/store/tallies.js';
import type { TestBot } from './start-bot.js';

export interface Recorded {
  /** Slack ids of people that the bot knows. */
  by: string;
  to: string[];
  /** Slugs. */
  values?: string[];
  message?: string;
  givenAt: Date;
}

/** Records them in their order, as public and given in #general. */
export async function recordThanks({ db, workspace }: TestBot, given: Recorded[]): Promise<void> {
  const where = { workspaceId: workspace.id };
  const [members, values] = await Promise.all([
    db.read.member.findMany({ where, select: { id: true, slackId: true } }),
    db.read.companyValue.findMany({ where, select: { id: true, slug: true } }),
  ]);
  const memberId = (slackId: string) => idOf(members.find(one => one.slackId === slackId));
  const valueId = (slug: string) => idOf(values.find(one => one.slug === slug));
  await db.transaction(async tx => {
    const ids: string[] = [];
    for (const one of given) {
      const id = uuid();
      ids.push(id);
      await tx.shoutout.create({
        data: {
          id,
          workspaceId: workspace.id,
          teamSlackId: workspace.slackId,
          requestKey: id,
          giverId: memberId(one.by),
          message: one.message ?? '',
          impact: '',
          visibility: 'public',
          channelSlackId: 'C0GENERAL',
          isPlacePrivate: false,
          source: 'command',
          givenAt: one.givenAt,
        },
      });
      await tx.shoutoutRecipient.createMany({
        data: one.to.map((slackId, position) => ({
          shoutoutId: id,
          memberId: memberId(slackId),
          workspaceId: workspace.id,
          position,
        })),
      });
      await tx.shoutoutValue.createMany({
        data: (one.values ?? []).map(slug => ({
          shoutoutId: id,
          valueId: valueId(slug),
          workspaceId: workspace.id,
        })),
      });
    }
    await tallyShoutouts(tx, workspace.id, ids, { areNew: true });
  });
}

function idOf(row: { id: string } | undefined): string {
  if (!row) throw new Error('Nobody knows it.');
  return row.id;
}
