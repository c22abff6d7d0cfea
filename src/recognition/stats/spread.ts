// How thanks are spread: over how many people, how evenly, whether they come back, and whether they cross teams.
import type { Member, Period, Span, Team, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { countSpread, countTeamSpread, type Spread } from '../../store/stats/spread.js';
import { findEveryone } from '../../store/team-people.js';
import { isGranted, may } from '../permissions.js';
import { rolesTowardTeam } from './rights.js';

/** With fewer people a number about all of them would be a number about one. */
export const fewestPeople = 5;

export type SpreadFound =
  | { kind: 'tooFew'; people: number }
  /** `before`: of the period it is compared with; null: there is none, or there were too few people in it. */
  | {
      kind: 'spread';
      now: Spread;
      before: Spread | null;
      /** There are teams beside Everyone. */
      hasTeams: boolean;
    };

/** How a team's thanks are spread: those that its people received while they were in it. */
export function teamSpread(
  db: Db,
  workspace: Workspace,
  { team, period }: { team: Pick<Team, 'id' | 'roster'>; period: Period },
): Promise<SpreadFound> {
  return findSpread(db, workspace, { team, period });
}

/** The same of the whole workspace, for those who may see everyone's numbers; null: somebody may not. */
export async function workspaceSpread(
  db: Db,
  workspace: Workspace,
  { by, period }: { by: Member; period: Period },
): Promise<SpreadFound | null> {
  const held = await rolesTowardTeam(db, workspace, { by, team: { leads: [] } });
  if (!isGranted(may('seeTeam', held))) return null;
  return findSpread(db, workspace, { team: null, period });
}

/** @param asked - `team`: null, or Everyone: the whole workspace */
async function findSpread(
  db: Db,
  workspace: Workspace,
  { team, period }: { team: Pick<Team, 'id' | 'roster'> | null; period: Period },
): Promise<SpreadFound> {
  const found = await findEveryone(db, workspace.id);
  const everyoneId = found.everyoneId ?? '';
  const count = (span: Span) =>
    team && team.roster.kind !== 'everyone'
      ? countTeamSpread(db, workspace.id, { teamId: team.id, everyoneId, span })
      : countSpread(db, workspace.id, { everyoneId, span });
  const { from, to } = period;
  const [now, before] = await Promise.all([count({ from, to }), period.before && count(period.before)]);
  if (now.roster < fewestPeople) return { kind: 'tooFew', people: now.roster };
  return {
    kind: 'spread',
    now,
    before: before && before.roster >= fewestPeople ? before : null,
    hasTeams: found.hasOthers,
  };
}
