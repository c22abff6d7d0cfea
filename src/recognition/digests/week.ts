// Reads a digest's week without its words, and decides who stands where in it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompanyValue, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import {
  type DigestScope,
  findDigestWeek,
  listAllValues,
  listFacts,
  listKeepingOut,
  listThanked,
} from '../../store/digest-facts.js';
import { findSettings } from '../../store/settings.js';
import { dateOf } from '../calendar.js';
import { mondayOf, weekMilliseconds } from './around.js';
import { type KeepOut, type Standing, standingOf } from './choice.js';
import type { DigestAudience, DigestChoice, DigestCounts, DigestFact, DigestTally } from './digest.js';
import { byValue, type Placement, spread, type Told, tally } from './order.js';

/** So far back "least recently thanked" looks; whoever was thanked before that counts as never thanked. */
const lookBackMilliseconds = 8 * weekMilliseconds;
const stepMilliseconds = 2 * 24 * 60 * 60 * 1000;

/** What all compositions begin with. */
export interface Week {
  scope: DigestScope;
  week: string;
  /** What was true at this instant is told, whenever it is composed. */
  at: Date;
  facts: DigestFact[];
  standings: Map<string, Standing>;
  keepOut: KeepOut;
  values: (CompanyValue & { isRetired: boolean })[];
  tallies: DigestTally[];
  lastThanked: Map<string, number>;
  /** Shout-outs that are told, by value. */
  told: Told[];
  /** The same of those by reaction without a word. */
  reactions: Told[];
}

export function scopeOf({ id }: Workspace, choice: DigestChoice): DigestScope {
  return { workspaceId: id, digestId: choice.kind === 'digest' ? choice.digestId : null };
}

/** Null: the workspace has no such digest. */
export async function readWeek(
  db: Db,
  workspace: Workspace,
  choice: DigestChoice & DigestAudience,
  now: Date,
): Promise<Week | null> {
  const scope = scopeOf(workspace, choice);
  const digest = scope.digestId ? await findDigestWeek(db, workspace.id, scope.digestId) : null;
  if (scope.digestId && !digest) return null;
  const at = digest?.claimedAt ?? now;
  const [values, keepOut, settings] = await Promise.all([
    listAllValues(db, workspace.id),
    listKeepingOut(db, workspace.id),
    findSettings(db, workspace.id),
  ]);
  const facts = await readFacts(db, scope, values);
  const lastThanked = facts.length > 0 ? await lookBack(db, scope, at) : new Map<string, number>();
  await nextTurn();
  const tallies = tally(facts, values);
  await nextTurn();
  const standings = new Map(facts.map(fact => [fact.id, standingOf(fact, choice, keepOut)]));
  const those = (standing: Standing) => facts.filter(({ id }) => standings.get(id) === standing);
  const told: Told[] = [];
  for (const one of byValue(those('told'), tallies)) {
    await nextTurn();
    told.push({ ...one, facts: spread(one.facts, lastThanked, keepOut) });
  }
  return {
    scope,
    week: digest?.week ?? mondayOf(dateOf(now, settings.timeZone ?? 'UTC')),
    at,
    facts,
    standings,
    keepOut,
    values,
    tallies,
    lastThanked,
    told,
    reactions: byValue(those('byReaction'), tallies),
  };
}

async function readFacts(db: Db, scope: DigestScope, values: CompanyValue[]): Promise<DigestFact[]> {
  const positions = new Map(values.map((value, position) => [value.id, position]));
  const facts: DigestFact[] = [];
  for await (const rows of listFacts(db, scope)) {
    for (const { visibility, valueIds, ...row } of rows) {
      facts.push({
        ...row,
        isPrivate: visibility !== 'public',
        valueIds: valueIds.sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0)),
      });
    }
  }
  return facts;
}

/** When people were last thanked, by other shout-outs than these: a few days at a time, so that no query is a long one. */
async function lookBack(db: Db, scope: DigestScope, at: Date): Promise<Map<string, number>> {
  const last = new Map<string, number>();
  const start = at.getTime() - lookBackMilliseconds;
  for (let to = at.getTime(); to > start; to -= stepMilliseconds) {
    const span = { from: new Date(to - stepMilliseconds), to: new Date(to) };
    for (const [id, when] of await listThanked(db, scope, span)) if (!last.has(id)) last.set(id, when);
  }
  return last;
}

/** @see DigestCounts for what each of them is. */
export function countsOf({ facts, standings }: Week, { here, thread, behind }: Placement): DigestCounts {
  const entries = (told: Told[]) => told.reduce((sum, one) => sum + one.facts.length, 0);
  const count = (standing: Standing) => facts.filter(({ id }) => standings.get(id) === standing).length;
  return {
    recorded: facts.length,
    thanked: new Set(facts.flatMap(fact => fact.recipients.map(one => one.memberId))).size,
    givers: new Set(facts.map(fact => fact.giverId)).size,
    here: entries(here),
    inThread: entries(thread.flat()),
    behind,
    byReaction: count('byReaction'),
    unnamed: count('unnamed'),
  };
}
