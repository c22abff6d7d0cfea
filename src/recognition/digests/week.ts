// Reads a digest's week without its words, and decides who stands where in it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompanyValue, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { type DigestScope, listAllValues, listFacts } from '../../store/digest-facts.js';
import { listKeepingOut } from '../../store/digest-people.js';
import { findDigest } from '../../store/digests.js';
import { findSettings } from '../../store/settings.js';
import { listOwnDigests } from '../../store/team-channels.js';
import { dateOf, zoneAmong } from '../calendar.js';
import { mondayOf, weekMilliseconds } from './around.js';
import { type KeepOut, type Standing, standingOf } from './choice.js';
import type { DigestAudience, DigestChoice, DigestCounts, DigestFact, DigestTally } from './digest.js';
import { type LookBack, lookBackFrom } from './look-back.js';
import { byValue, type Placement, spread, type Told, tally } from './order.js';

/** So far back "least recently thanked" looks; whoever was thanked before that counts as never thanked. */
const lookBackMilliseconds = 8 * weekMilliseconds;

/** What all compositions begin with. */
export interface Week {
  scope: DigestScope;
  week: string;
  /** What was true at this instant is told, whenever it is composed. */
  at: Date;
  facts: DigestFact[];
  /** The same ones, by where they stand. */
  standing: Record<Standing, DigestFact[]>;
  /** Everybody who was thanked by them. */
  thanked: ReadonlySet<string>;
  keepOut: KeepOut;
  values: (CompanyValue & { isRetired: boolean })[];
  tallies: DigestTally[];
  lookBack: LookBack;
  /** Shout-outs that are told, by value. */
  told: Told[];
  /** The same of those by reaction without a word. */
  reactions: Told[];
}

export async function scopeOf(db: Db, { id }: Workspace, choice: DigestChoice): Promise<DigestScope> {
  return choice.kind === 'digest'
    ? { workspaceId: id, digestId: choice.digestId }
    : { workspaceId: id, digestId: null, own: await listOwnDigests(db.read, id) };
}

/** Null: the workspace has no such digest. */
export async function readWeek(
  db: Db,
  workspace: Workspace,
  choice: DigestChoice & DigestAudience,
  now: Date,
): Promise<Week | null> {
  const scope = await scopeOf(db, workspace, choice);
  const digest = scope.digestId ? await findDigest(db, workspace.id, scope.digestId) : null;
  if (scope.digestId && !digest) return null;
  const at = digest?.claimedAt ?? now;
  const [values, keepOut, settings] = await Promise.all([
    listAllValues(db, workspace.id),
    listKeepingOut(db, workspace.id),
    findSettings(db, workspace.id),
  ]);
  const facts: DigestFact[] = [];
  const standing: Week['standing'] = { told: [], byReaction: [], unnamed: [] };
  const thanked = new Set<string>();
  for await (const page of listFacts(db, scope)) {
    for (const fact of page) {
      facts.push(fact);
      standing[standingOf(fact, choice, keepOut)].push(fact);
      for (const { memberId } of fact.recipients) thanked.add(memberId);
    }
  }
  const lookBack = lookBackFrom(db, scope, at);
  await lookBack.find(thanked, lookBackMilliseconds);
  await nextTurn();
  const tallies = tally(facts, values);
  const told: Told[] = [];
  for (const one of byValue(standing.told, tallies)) {
    await nextTurn();
    told.push({ ...one, facts: spread(one.facts, lookBack.lastThanked, keepOut) });
  }
  return {
    scope,
    week: digest?.week ?? mondayOf(dateOf(now, zoneAmong(settings.timeZone))),
    at,
    facts,
    standing,
    thanked,
    keepOut,
    values,
    tallies,
    lookBack,
    told,
    reactions: byValue(standing.byReaction, tallies),
  };
}

/** @see DigestCounts for what each of them is. */
export function countsOf(
  { facts, standing, thanked }: Week,
  { here, thread, behind }: Placement,
): DigestCounts {
  const entries = (told: Told[]) => told.reduce((sum, one) => sum + one.facts.length, 0);
  return {
    recorded: facts.length,
    thanked: thanked.size,
    givers: new Set(facts.map(fact => fact.giverId)).size,
    here: entries(here),
    inThread: entries(thread.flat()),
    behind,
    byReaction: standing.byReaction.length,
    unnamed: standing.unnamed.length,
  };
}
