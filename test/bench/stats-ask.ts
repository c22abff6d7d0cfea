// Asks for statistics many times, and says how long it took and how long the event loop was held meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Period } from '../../src/model.js';
import { memberPage } from '../../src/recognition/stats/member.js';
import { teamSpread } from '../../src/recognition/stats/spread.js';
import { findTeamStats } from '../../src/recognition/stats/team.js';
import { findUnthanked } from '../../src/recognition/stats/unthanked.js';
import { valuesPage } from '../../src/recognition/stats/values.js';
import type { Db } from '../../src/store/db.js';
import { findMember } from '../../src/store/members.js';
import { listTeams } from '../../src/store/teams.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { leadId, now, workspaceId } from './stats-seed.js';

/** In milliseconds. */
export interface Times {
  what: string;
  p50: number;
  p95: number;
  max: number;
  /** The longest that the event loop was held. */
  held: number;
  /** What this process worked for one of them, its threads too; other processes, such as PostgreSQL's, not. */
  cpu: number;
}

const questions = 200;
const wholeQuestions = 50;
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const period: Period = {
  from: daysAgo(90),
  to: now,
  before: { from: daysAgo(180), to: daysAgo(90) },
  timeZone: 'UTC',
  isUnfinished: true,
};

/** A quarter, and the one before to compare, as each view asks for them. */
export async function ask(db: Db): Promise<Times[]> {
  const [workspace] = await listWorkspaces(db);
  const [by, teams, people] = await Promise.all([
    findMember(db, workspaceId, leadId),
    listTeams(db, workspaceId),
    db.read.member.findMany({ where: { workspaceId }, select: { id: true } }),
  ]);
  const everyone = teams.find(team => team.roster.kind === 'everyone');
  if (!workspace || !by || !everyone) throw new Error('The database is not seeded.');
  const others = teams.filter(team => team !== everyone);
  const each = <T>(list: T[], index: number): T => {
    const one = list[(index * 37) % list.length];
    if (!one) throw new Error('The database is not seeded.');
    return one;
  };
  const views: [string, number, (index: number) => Promise<unknown>][] = [
    [
      'a person',
      questions,
      index => {
        const { id: memberId } = each(people, index);
        return memberPage(db, workspace, { memberId, period, value: null, openChannelIds: null });
      },
    ],
    [
      "a team's table",
      questions,
      index => findTeamStats(db, workspace, { team: each(others, index), period, value: null, page: 0 }),
    ],
    ["a team's spread", questions, index => teamSpread(db, workspace, { team: each(others, index), period })],
    [
      'names not thanked',
      questions,
      index => findUnthanked(db, workspace, { team: each(others, index), reader: by, weeks: 4 }, now),
    ],
    [
      'the values',
      wholeQuestions,
      () => valuesPage(db, workspace, { by, period, value: null, teamsPage: 0 }),
    ],
    ["everybody's spread", wholeQuestions, () => teamSpread(db, workspace, { team: everyone, period })],
    [
      "everybody's table",
      wholeQuestions,
      () => findTeamStats(db, workspace, { team: everyone, period, value: null, page: 0 }),
    ],
  ];
  const results: Times[] = [];
  for (const [what, times, once] of views) results.push(await timed(what, times, once));
  return results;
}

async function timed(what: string, times: number, once: (index: number) => Promise<unknown>): Promise<Times> {
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
