// Writes what is chosen of teams.

import type { Team } from '../model.js';
import type { Db, Tx } from './db.js';
import { keepLooksAt } from './looks.js';
import { refreshTold } from './posts.js';
import { restartRoster } from './rosters.js';
import { insertTeam, listTeams, type TeamChoices, writeLeads } from './teams.js';

/** What becomes of a team. Ids of ours. */
export type TeamChange =
  | { kind: 'insert'; id: string; choices: TeamChoices; leadIds: string[] }
  | { kind: 'update'; before: Team; choices: TeamChoices; leadIds: string[] }
  | { kind: 'delete'; id: string };

/** Whom a change made a lead, of which team. */
export interface NewLeads {
  teamId: string;
  leadIds: string[];
}

/**
 * Changes a workspace's teams as `decide` says of those that there are, which nobody changes meanwhile: all of it or
 * nothing.
 * @param decide - called again when the transaction is repeated
 * @returns what `decide` came to, and who leads a team from now on and did not
 */
export function markTeams<Decision extends { changes: TeamChange[] }>(
  db: Db,
  workspaceId: string,
  decide: (present: Team[]) => Decision,
  now: Date,
): Promise<{ decision: Decision; newLeads: NewLeads[] }> {
  return db.transaction(async tx => {
    await db.lockRows(tx, 'Workspace', [workspaceId]);
    const decision = decide(await listTeams(db, workspaceId, tx));
    return { decision, newLeads: await writeTeams(tx, workspaceId, decision.changes, now) };
  });
}

/** Writes the changes in a transaction that has locked the workspace's row. Teams may take each other's slugs. */
export async function writeTeams(
  tx: Tx,
  workspaceId: string,
  changes: TeamChange[],
  now: Date,
): Promise<NewLeads[]> {
  for (const change of changes) {
    if (change.kind === 'delete') {
      // First, so that a run that is under way writes nothing more.
      await tx.sync.deleteMany({ where: { workspaceId, subject: `team:${change.id}` } });
      await keepLooksAt(tx, workspaceId, change.id);
      const told = { workspaceId, kind: 'brief', brief: { teams: { some: { teamId: change.id } } } };
      await refreshTold(tx, told, now);
      await tx.team.deleteMany({ where: { id: change.id, workspaceId } });
    } else if (change.kind === 'update' && change.before.slug !== change.choices.slug) {
      const { id } = change.before;
      await tx.team.updateMany({ where: { id, workspaceId }, data: { slug: `~${id}` } });
    }
  }
  const newLeads: NewLeads[] = [];
  for (const change of changes) {
    if (change.kind === 'delete') continue;
    const { choices, leadIds } = change;
    const teamId = change.kind === 'insert' ? change.id : change.before.id;
    if (change.kind === 'insert') await insertTeam(tx, workspaceId, { id: teamId, ...choices }, now);
    else await updateTeam(tx, workspaceId, change, now);
    newLeads.push({ teamId, leadIds: await writeLeads(tx, workspaceId, { teamId, leadIds }, now) });
  }
  return newLeads;
}

async function updateTeam(
  tx: Tx,
  workspaceId: string,
  { before, choices: { roster, ...chosen } }: { before: Team; choices: TeamChoices },
  now: Date,
): Promise<void> {
  const { id } = before;
  await tx.team.updateMany({
    where: { id, workspaceId },
    data: {
      ...chosen,
      ...(roster.kind === 'everyone' ? {} : { rosterKind: roster.kind, rosterSlackId: roster.slackId }),
      ...(chosen.isDigestOn && !before.isDigestOn ? { digestSince: now } : {}),
      version: { increment: 1 },
    },
  });
  if (JSON.stringify(roster) !== JSON.stringify(before.roster)) await restartRoster(tx, workspaceId, id, now);
}
