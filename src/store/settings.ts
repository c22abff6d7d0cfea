// Reads and writes what a workspace has chosen.
import type { Settings, Viewer, Weekday } from '../model.js';
import type { Db, Prisma, Reader, Tx } from './db.js';
import { memberColumns, memberFrom } from './members.js';
import { togetherIn } from './together.js';

/** What a workspace has that has not chosen otherwise. */
const usual: Settings = {
  isSetUp: false,
  shoutoutChannelId: null,
  timeZone: null,
  dailyLimit: 20,
  isValueRequired: false,
  isMessageRequired: false,
  mayGuestsGive: true,
  mayGuestsReceive: true,
  isDigestOn: true,
  digestWeekday: 5,
  digestHour: 16,
  digestChannelId: null,
  digestSince: null,
  isInvitationOn: true,
  uncountedEmoji: [],
  uncountedChannelIds: [],
  version: 0,
  changedById: null,
  updatedAt: null,
};

/** The workspace's settings; null, or the usual, where nothing has been chosen. */
export const findSettings: (db: Db, workspaceId: string) => Promise<Settings> = togetherIn(
  async (db: Db, workspaceIds: string[]) => {
    const rows = await db.read.settings.findMany({
      where: { workspaceId: { in: [...new Set(workspaceIds)] } },
    });
    return workspaceIds.map(id => settingsFrom(rows.find(one => one.workspaceId === id)));
  },
);

/** A row as settings; null, or the usual, where nothing has been chosen. */
export function settingsFrom(row: Prisma.SettingsModel | null | undefined): Settings {
  if (!row) return usual;
  const { workspaceId: _, setUpAt, dailyLimit, digestWeekday, digestHour, ...rest } = row;
  return {
    ...rest,
    isSetUp: setUpAt !== null,
    dailyLimit: dailyLimit ?? usual.dailyLimit,
    // Only `markSettings` writes it, and it takes a Weekday.
    digestWeekday: (digestWeekday ?? usual.digestWeekday) as Weekday,
    digestHour: digestHour ?? usual.digestHour,
    uncountedEmoji: words(row.uncountedEmoji),
    uncountedChannelIds: words(row.uncountedChannelIds),
  };
}

/** What a change of settings writes; what it does not name stays. */
export type SettingsChange = Partial<Omit<Settings, 'version' | 'changedById' | 'updatedAt'>> & {
  /** Ids of ours: these and nobody else are the keepers from now on. */
  keeperIds?: string[];
  /** Ids of ours: these and nobody else may see everyone's statistics from now on. */
  viewerIds?: string[];
};

/**
 * Writes the change, all of it or nothing.
 * @param seenVersion - what whoever asks had seen; null: whatever there is
 * @returns false: somebody changed the settings since, and nothing was written
 */
export function markSettings(
  db: Db,
  workspaceId: string,
  {
    change,
    seenVersion,
    changedById,
  }: { change: SettingsChange; seenVersion: number | null; changedById: string | null },
  now: Date,
): Promise<boolean> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    const present = await tx.settings.findUnique({ where: { workspaceId }, select: { version: true } });
    if (seenVersion !== null && seenVersion !== (present?.version ?? 0)) return false;
    await writeSettings(tx, workspaceId, { change, changedById }, now);
    return true;
  });
}

/** Writes the change in a transaction that has locked the workspace's row. */
export async function writeSettings(
  tx: Tx,
  workspaceId: string,
  { change, changedById }: { change: SettingsChange; changedById: string | null },
  now: Date,
): Promise<void> {
  const { keeperIds, viewerIds, isSetUp, uncountedEmoji, uncountedChannelIds, ...plain } = change;
  const data = {
    ...plain,
    ...(isSetUp === undefined ? {} : { setUpAt: isSetUp ? now : null }),
    ...(uncountedEmoji ? { uncountedEmoji: uncountedEmoji.join(' ') } : {}),
    ...(uncountedChannelIds ? { uncountedChannelIds: uncountedChannelIds.join(' ') } : {}),
    changedById,
    updatedAt: now,
  };
  const { count } = await tx.settings.updateMany({
    where: { workspaceId },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) await tx.settings.create({ data: { workspaceId, ...data, version: 1 } });
  if (keeperIds) {
    await tx.keeper.deleteMany({ where: { workspaceId } });
    if (keeperIds.length > 0)
      await tx.keeper.createMany({ data: keeperIds.map(memberId => ({ workspaceId, memberId })) });
  }
  if (viewerIds) {
    await tx.viewer.deleteMany({ where: { workspaceId, memberId: { notIn: viewerIds } } });
    const stay = await tx.viewer.findMany({ where: { workspaceId }, select: { memberId: true } });
    const added = viewerIds.filter(id => !stay.some(one => one.memberId === id));
    if (added.length > 0)
      await tx.viewer.createMany({
        data: added.map(memberId => ({
          workspaceId,
          memberId,
          namedById: changedById ?? memberId,
          namedAt: now,
        })),
      });
  }
}

/** Who may see everyone's statistics, those named first first. */
export async function listViewers(
  db: Db,
  workspaceId: string,
  reader: Pick<Reader, 'viewer'> = db.read,
): Promise<Viewer[]> {
  const rows = await reader.viewer.findMany({
    where: { workspaceId },
    orderBy: [{ namedAt: 'asc' }, { memberId: 'asc' }],
    select: { namedById: true, namedAt: true, member: { select: memberColumns } },
  });
  return rows.map(row => ({ ...row, member: memberFrom(row.member) }));
}

function words(column: string): string[] {
  return column.split(' ').filter(word => word !== '');
}
