// Everything that a workspace has chosen, at one moment: read and written in one transaction.
import type { KeptValue, Member, Settings, Team } from '../model.js';
import { type TeamChange, writeTeams } from './change-teams.js';
import type { Db, Reader } from './db.js';
import { listKeepers } from './keepers.js';
import { listViewers, type SettingsChange, settingsFrom, writeSettings } from './settings.js';
import { listTeams } from './teams.js';
import { listKeptValues, writeValues } from './values.js';

/** What a workspace has. */
export interface Kept {
  settings: Settings;
  keepers: Member[];
  viewers: Member[];
  /** Retired ones too, in the workspace's order. */
  values: KeptValue[];
  /** By name, Everyone last. */
  teams: Team[];
  /** Whether anything was ever given here. */
  isFresh: boolean;
}

/**
 * Changes settings, values and teams together as `decide` says of what there is, which nobody changes meanwhile: all of it or
 * nothing.
 * @param decide - `settings`: what changes; `values`: all of them as they are to be but those with `deletedValueIds`,
 *   which nothing may refer to; null: nothing changes. Called again when the transaction is repeated.
 * @returns what `decide` came to
 */
export function markSnapshot<
  Decision extends {
    settings: SettingsChange | null;
    values: KeptValue[] | null;
    deletedValueIds: string[];
    teams: TeamChange[];
  },
>(db: Db, workspaceId: string, decide: (kept: Kept) => Decision, now: Date): Promise<Decision> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    const kept = await keptIn(db, workspaceId, tx);
    const decision = decide(kept);
    const { settings, values, deletedValueIds, teams } = decision;
    if (deletedValueIds.length > 0)
      await tx.companyValue.deleteMany({ where: { workspaceId, id: { in: deletedValueIds } } });
    if (values) await writeValues(tx, workspaceId, { present: kept.values, values });
    if (settings) await writeSettings(tx, workspaceId, { change: settings, changedById: null }, now);
    await writeTeams(tx, workspaceId, teams, now);
    return decision;
  });
}

async function keptIn(db: Db, workspaceId: string, reader: Reader): Promise<Kept> {
  return {
    settings: settingsFrom(await reader.settings.findUnique({ where: { workspaceId } })),
    keepers: await listKeepers(db, workspaceId, reader),
    viewers: (await listViewers(db, workspaceId, reader)).map(one => one.member),
    values: await listKeptValues(db, workspaceId, reader),
    teams: await listTeams(db, workspaceId, reader),
    isFresh: (await reader.shoutout.findFirst({ where: { workspaceId }, select: { id: true } })) === null,
  };
}
