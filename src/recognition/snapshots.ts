// Everything that a workspace has chosen, taken out at one moment and put in again, all of it or nothing.
import { v7 as uuid } from 'uuid';
import type { KeptValue, Member, Team, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listMembers } from '../store/members.js';
import type { SettingsChange } from '../store/settings.js';
import { type Kept, markSnapshot } from '../store/snapshots.js';
import { type TeamListFault, teamListDecision, type WantedTeam } from './rules/team-list.js';
import { type ListFault, listDecision, type WantedValue } from './rules/value-list.js';
import type { Canonical } from './rules/values.js';
import { type Choices, canBeNamed, choiceFaults, type SettingsFault } from './settings.js';

/** What a workspace has chosen. What people chose for themselves is theirs, and not in it. */
export interface Snapshot {
  choices: Choices;
  /** In the order of their Slack ids. */
  keepers: Member[];
  viewers: Member[];
  /** Retired ones too, in the workspace's order. */
  values: KeptValue[];
  /** Without Everyone. */
  teams: Team[];
}

/** A person in a list as handed in. */
export interface WantedPerson {
  /** Their place in it, from 0 on. */
  index: number;
  slackId: string;
}

/** What is to be chosen; what is left out stays. */
export interface SnapshotRequest {
  change: Partial<Choices>;
  keepers?: WantedPerson[];
  viewers?: WantedPerson[];
  /** All of them: those left out are retired, or deleted where nothing was ever given. */
  values?: WantedValue[];
  /** All of them: those left out are deleted. */
  teams?: WantedTeam[];
}

/** Something that cannot be, which whoever asks can mend. `index`: in the list as handed in. */
export type SnapshotFault =
  | { at: 'choices'; fault: SettingsFault }
  | { at: 'keepers' | 'viewers'; index: number; slackId: string; trouble: 'unknown' | { name: string } }
  | { at: 'values'; index: number; fault: ListFault }
  | { at: 'teams'; index: number; fault: TeamListFault };

export type SnapshotOutcome =
  | { kind: 'applied'; before: Snapshot; after: Snapshot }
  | { kind: 'refused'; faults: SnapshotFault[] };

export async function findSnapshot(db: Db, workspace: Workspace, now: Date): Promise<Snapshot> {
  const nothing = { settings: null, values: null, deletedValueIds: [], teams: [] };
  const { kept } = await markSnapshot(db, workspace.id, present => ({ ...nothing, kept: present }), now);
  return snapshotOf(kept);
}

/**
 * Chooses all that the request names, as whoever runs the bot: in one transaction, or nothing at all. Where it changes
 * nothing, nothing is written.
 * @param options - `canonical`: one name for all names of an emoji; `isTrial`: only says what would come of it
 * @returns every fault at once
 */
export async function applySnapshot(
  db: Db,
  workspace: Workspace,
  request: SnapshotRequest,
  { canonical, isTrial }: { canonical: Canonical; isTrial: boolean },
  now: Date,
): Promise<SnapshotOutcome> {
  const keepers = await peopleOf(db, workspace, 'keepers', request.keepers);
  const viewers = await peopleOf(db, workspace, 'viewers', request.viewers);
  const leads = request.teams?.flatMap(one => one.leadSlackIds ?? []) ?? [];
  const named = leads.length > 0 ? await listMembers(db, workspace.id, leads) : [];
  const decide = (kept: Kept) => {
    const before = snapshotOf(kept);
    const list = request.values
      ? listDecision(request.values, kept.values, { isFresh: kept.isFresh, canonical, newId: uuid, now })
      : { values: kept.values, deleted: [], faults: [] };
    const teams = request.teams
      ? teamListDecision(request.teams, kept.teams, {
          workspaceId: workspace.id,
          known: [...named, ...kept.teams.flatMap(one => one.leads)].filter(isFirst),
          canLead: member => canBeNamed(member, 'beLead'),
          newId: uuid,
        })
      : { teams: before.teams, changes: [], faults: [] };
    const faults: SnapshotFault[] = [
      ...choiceFaults(request.change).map(fault => ({ at: 'choices' as const, fault })),
      // A workspace that nobody keeps yet can say so.
      ...(request.keepers?.length === 0 && kept.keepers.length > 0
        ? [{ at: 'choices' as const, fault: { code: 'noKeepers' as const } }]
        : []),
      ...keepers.faults,
      ...viewers.faults,
      ...list.faults.map(fault => ({ at: 'values' as const, ...fault })),
      ...teams.faults.map(fault => ({ at: 'teams' as const, ...fault })),
    ];
    const after: Snapshot = {
      choices: { ...before.choices, ...request.change },
      keepers: keepers.members ?? before.keepers,
      viewers: viewers.members ?? before.viewers,
      values: list.values,
      teams: teams.teams,
    };
    const isWriting = faults.length === 0 && !isTrial;
    return {
      faults,
      before,
      after,
      settings: isWriting ? settingsChange(before, after) : null,
      values: isWriting ? list.values : null,
      deletedValueIds: isWriting ? list.deleted.map(one => one.id) : [],
      teams: isWriting ? teams.changes : [],
    };
  };
  const { faults, before, after } = await markSnapshot(db, workspace.id, decide, now);
  return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'applied', before, after };
}

function snapshotOf({ settings, keepers, viewers, values, teams }: Kept): Snapshot {
  const { version: _, changedById: __, updatedAt: ___, ...choices } = settings;
  return {
    choices,
    keepers: bySlackId(keepers),
    viewers: bySlackId(viewers),
    values,
    teams: teams.filter(one => one.roster.kind !== 'everyone'),
  };
}

function isFirst(one: Member, index: number, all: Member[]): boolean {
  return all.findIndex(other => other.id === one.id) === index;
}

/** What differs, as the store writes it; null: nothing does. */
function settingsChange(before: Snapshot, after: Snapshot): SettingsChange | null {
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const ids = (members: Member[]) => members.map(one => one.id);
  const choices = Object.fromEntries(
    Object.entries(after.choices).filter(([name, value]) =>
      differs(value, before.choices[name as keyof Choices]),
    ),
  ) as Partial<Choices>;
  const change: SettingsChange = {
    ...choices,
    ...(differs(ids(before.keepers), ids(after.keepers)) ? { keeperIds: ids(after.keepers) } : {}),
    ...(differs(ids(before.viewers), ids(after.viewers)) ? { viewerIds: ids(after.viewers) } : {}),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** The people of a list; null: there is no list. */
async function peopleOf(
  db: Db,
  workspace: Workspace,
  at: 'keepers' | 'viewers',
  wanted: WantedPerson[] | undefined,
): Promise<{ members: Member[] | null; faults: SnapshotFault[] }> {
  if (!wanted) return { members: null, faults: [] };
  const known = await listMembers(
    db,
    workspace.id,
    wanted.map(one => one.slackId),
  );
  const faults = wanted.flatMap(({ index, slackId }): SnapshotFault[] => {
    const member = known.find(one => one.slackId === slackId);
    if (!member) return [{ at, index, slackId, trouble: 'unknown' }];
    return canBeNamed(member, at === 'keepers' ? 'beKeeper' : 'beViewer')
      ? []
      : [{ at, index, slackId, trouble: { name: member.name } }];
  });
  return { members: bySlackId(known), faults };
}

function bySlackId(members: Member[]): Member[] {
  return [...members].sort((a, b) => (a.slackId < b.slackId ? -1 : 1));
}
