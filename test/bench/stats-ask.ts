// Asks for statistics many times, and says how long it took and how long the event loop was held meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Db } from '../../src/store/db.js';
import { countMember, countMemberBuckets } from '../../src/store/stats/person.js';
import { countSpread, countTeamSpread } from '../../src/store/stats/spread.js';
import { countLeft, countTeam, countTeamBuckets, listTeamRows } from '../../src/store/stats/team.js';
import { countWorkspace, countWorkspaceBuckets } from '../../src/store/stats/workspace.js';
import { listThanked } from '../../src/store/team-people.js';
import { everyoneId, now, type Seeded, workspaceId } from './stats-seed.js';

/** In milliseconds. */
export interface Times {
  what: 'person' | 'team' | 'workspace';
  p50: number;
  p95: number;
  max: number;
  /** The longest that the event loop was held. */
  held: number;
  /** What this process worked for one of them, its threads too; other processes, such as PostgreSQL's, not. */
  cpu: number;
}

const questions = 200;
const wholeQuestions = 20;
const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
const quarter = { from: daysAgo(90), to: now };
const before = { from: daysAgo(180), to: daysAgo(90) };
const borders = Array.from({ length: 13 }, (_, week) => daysAgo((12 - week) * 7));

/** What the views of a person, a team and a whole workspace ask for: a quarter, and the one before. */
export async function ask(db: Db, { people, teams }: Seeded): Promise<Times[]> {
  const each = (ids: string[], index: number) => ids[(index * 37) % ids.length] ?? '';
  return [
    await timed('person', questions, async index => {
      const memberId = each(people, index);
      await Promise.all([
        countMember(db, workspaceId, { memberId, span: quarter }),
        countMember(db, workspaceId, { memberId, span: before }),
        countMemberBuckets(db, workspaceId, { memberId, borders }),
      ]);
    }),
    await timed('team', questions, async index => {
      const teamId = each(teams, index);
      const team = { teamId, span: quarter };
      await Promise.all([
        countTeam(db, workspaceId, team),
        countTeam(db, workspaceId, { teamId, span: before }),
        listTeamRows(db, workspaceId, team, { skip: 0, most: 100 }),
        countTeamBuckets(db, workspaceId, { teamId, borders }),
        countTeamSpread(db, workspaceId, { ...team, everyoneId }),
        countTeamSpread(db, workspaceId, { teamId, everyoneId, span: before }),
        countLeft(db, workspaceId, team),
        listThanked(db, workspaceId, { teamId, from: daysAgo(28), giverIds: null }),
      ]);
    }),
    await timed('workspace', wholeQuestions, async () => {
      await Promise.all([
        countWorkspace(db, workspaceId, quarter),
        countWorkspace(db, workspaceId, before),
        countWorkspaceBuckets(db, workspaceId, { borders }),
        countSpread(db, workspaceId, { everyoneId, span: quarter }),
        countSpread(db, workspaceId, { everyoneId, span: before }),
      ]);
    }),
  ];
}

async function timed(
  what: Times['what'],
  times: number,
  once: (index: number) => Promise<void>,
): Promise<Times> {
  // What is kept in memory after the first few is what a bot that runs has, too.
  for (let index = 0; index < 3; index += 1) await once(times + index);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const took: number[] = [];
  const worked = process.cpuUsage();
  for (let index = 0; index < times; index += 1) {
    const start = performance.now();
    await once(index);
    took.push(performance.now() - start);
    // As between two payloads: else nothing but the questions would run, and nobody could see how long they held the loop.
    await new Promise(resolve => setImmediate(resolve));
  }
  delay.disable();
  const { user, system } = process.cpuUsage(worked);
  took.sort((one, other) => one - other);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return {
    what,
    p50: at(0.5),
    p95: at(0.95),
    max: at(1),
    held: delay.max / 1e6,
    cpu: (user + system) / 1000 / times,
  };
}
