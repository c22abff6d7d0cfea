// Reads and writes what a workspace has chosen.
import type { KeptValue, Settings, Viewer, Weekday } from '../model.js';
import type { Db, Prisma, Reader, Tx } from './db.js';
import { memberColumns, memberFrom } from './members.js';
import { togetherIn } from './together.js';
import { listKeptValues, writeValues } from './values.js';

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
 * What becomes of the values in the same transaction. `values`: all of them as they are to be, and new ones besides;
 * null: they stay. `isDeclined`: then nothing at all is written.
 */
export type AlsoValues = (present: KeptValue[]) => { values: KeptValue[] | null; isDeclined: boolean };

/** Who is in charge from now on and was not, and who is no longer. Ids of ours. */
export interface Appointed {
  addedKeeperIds: string[];
  addedViewerIds: string[];
  removedViewerIds: string[];
}

export type MarkedSettings =
  | { kind: 'written'; appointed: Appointed }
  /** Somebody changed the settings since they were seen, and nothing was written. */
  | { kind: 'stale' }
  | { kind: 'declined' };

/**
 * Writes the change, all of it or nothing.
 * @param request - `seenVersion`: what whoever asks had seen; null: whatever there is. `alsoValues` is called again when
 *   the transaction is repeated.
 */
export function markSettings(
  db: Db,
  workspaceId: string,
  {
    change,
    seenVersion,
    changedById,
    alsoValues,
  }: {
    change: SettingsChange;
    seenVersion: number | null;
    changedById: string | null;
    alsoValues?: AlsoValues;
  },
  now: Date,
): Promise<MarkedSettings> {
  return db.transaction(async (tx): Promise<MarkedSettings> => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    const settings = await tx.settings.findUnique({ where: { workspaceId }, select: { version: true } });
    if (seenVersion !== null && seenVersion !== (settings?.version ?? 0)) return { kind: 'stale' };
    if (alsoValues) {
      const present = await listKeptValues(db, workspaceId, tx);
      const { values, isDeclined } = alsoValues(present);
      if (isDeclined) return { kind: 'declined' };
      if (values) await writeValues(tx, workspaceId, { present, values });
    }
    const appointed = await writeSettings(tx, workspaceId, { change, changedById }, now);
    return { kind: 'written', appointed };
  });
}

/** Writes the change in a transaction that has locked the workspace's row. Returns whom it appoints. */
export async function writeSettings(
  tx: Tx,
  workspaceId: string,
  { change, changedById }: { change: SettingsChange; changedById: string | null },
  now: Date,
): Promise<Appointed> {
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
  const keepers = keeperIds && (await writeKeepers(tx, workspaceId, keeperIds));
  const viewers = viewerIds && (await writeViewers(tx, workspaceId, { viewerIds, changedById }, now));
  return {
    addedKeeperIds: keepers?.added ?? [],
    addedViewerIds: viewers?.added ?? [],
    removedViewerIds: viewers?.removed ?? [],
  };
}

interface Difference {
  added: string[];
  removed: string[];
}

function differenceOf(before: { memberId: string }[], after: string[]): Difference {
  const known = before.map(one => one.memberId);
  return {
    added: after.filter(id => !known.includes(id)),
    removed: known.filter(id => !after.includes(id)),
  };
}

async function writeKeepers(tx: Tx, workspaceId: string, keeperIds: string[]): Promise<Difference> {
  const before = await tx.keeper.findMany({ where: { workspaceId }, select: { memberId: true } });
  const { added, removed } = differenceOf(before, keeperIds);
  await tx.keeper.deleteMany({ where: { workspaceId, memberId: { in: removed } } });
  if (added.length > 0)
    await tx.keeper.createMany({ data: added.map(memberId => ({ workspaceId, memberId })) });
  return { added, removed };
}

async function writeViewers(
  tx: Tx,
  workspaceId: string,
  { viewerIds, changedById }: { viewerIds: string[]; changedById: string | null },
  now: Date,
): Promise<Difference> {
  const before = await tx.viewer.findMany({ where: { workspaceId }, select: { memberId: true } });
  const { added, removed } = differenceOf(before, viewerIds);
  await tx.viewer.deleteMany({ where: { workspaceId, memberId: { in: removed } } });
  if (added.length > 0)
    await tx.viewer.createMany({
      data: added.map(memberId => ({
        workspaceId,
        memberId,
        namedById: changedById ?? memberId,
        namedAt: now,
      })),
    });
  return { added, removed };
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
