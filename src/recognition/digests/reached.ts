// How far the week reached: who was there for the first time, and how many of the channel's people were thanked.
import type { Db } from '../../store/db.js';
import { findFirstUse, listNames, listNewcomers, listThankable } from '../../store/digest-people.js';
import { chooseFirsts, coverageOf, mostFirsts, settlingMilliseconds } from './around.js';
import { namedIn } from './choice.js';
import type { DigestContents, DigestCoverage, DigestFact } from './digest.js';
import type { Week } from './week.js';

const candidatesAtOnce = 200;

/** What is said from the fifth week of use on. */
export async function afterSettling(
  db: Db,
  read: Week,
  channelMemberIds: string[] | null,
): Promise<{ firsts: DigestContents['firsts']; coverage: DigestCoverage | null }> {
  const { scope, at } = read;
  const firstUse = await findFirstUse(db, scope.workspaceId);
  if (!firstUse || at.getTime() - firstUse.getTime() < settlingMilliseconds) {
    return { firsts: { gave: [], thanked: [] }, coverage: null };
  }
  return { firsts: await findFirsts(db, read), coverage: await findCoverage(db, read, channelMemberIds) };
}

/** Newcomers among those whom this digest may name, earliest first. A first time that nobody else may know of is not told. */
async function findFirsts(
  db: Db,
  { scope, at, standing, keepOut, lookBack: { lastThanked } }: Week,
): Promise<DigestContents['firsts']> {
  const givers = new Set<string>();
  const receivers = new Set<string>();
  for (const fact of [...standing.told, ...standing.byReaction].sort(byTime)) {
    if (!keepOut.has(fact.giverId)) givers.add(fact.giverId);
    for (const id of namedIn(fact, keepOut)) if (!lastThanked.has(id)) receivers.add(id);
  }
  const find = async (candidates: Set<string>, role: 'gave' | 'thanked') => {
    const ids = [...candidates];
    const found: string[] = [];
    // A few suffice, and most have been there before.
    for (let from = 0; from < ids.length && found.length < mostFirsts; from += candidatesAtOnce) {
      const memberIds = ids.slice(from, from + candidatesAtOnce);
      const newcomers = await listNewcomers(db, scope, { memberIds, before: at, role });
      found.push(...memberIds.filter(id => newcomers.has(id)));
    }
    return found;
  };
  const chosen = chooseFirsts(await find(givers, 'gave'), await find(receivers, 'thanked'));
  const names = await listNames(db, scope.workspaceId, [...chosen.gave, ...chosen.thanked]);
  const called = (ids: string[]) => ids.flatMap(id => names.get(id) ?? []);
  return { gave: called(chosen.gave), thanked: called(chosen.thanked) };
}

/** What was given at the same instant in the order recorded. */
function byTime(a: DigestFact, b: DigestFact): number {
  return a.givenAt.getTime() - b.givenAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** Of the channel's people: those who can be thanked, guests aside. Whoever the bot knows nothing of is left aside too. */
async function findCoverage(
  db: Db,
  { scope, at, facts, lookBack }: Week,
  channelMemberIds: string[] | null,
): Promise<DigestCoverage | null> {
  if (!channelMemberIds) return null;
  const since = at.getTime() - settlingMilliseconds;
  const thankedNow = new Set<string>();
  for (const fact of facts) {
    if (fact.givenAt.getTime() < since) continue;
    for (const { memberId } of fact.recipients) thankedNow.add(memberId);
  }
  const inChannel = new Set(channelMemberIds);
  let people = 0;
  const others: string[] = [];
  for await (const members of listThankable(db, scope.workspaceId)) {
    for (const { id, slackId } of members) {
      if (!inChannel.has(slackId)) continue;
      people += 1;
      if (!thankedNow.has(id)) others.push(id);
    }
  }
  await lookBack.find(others, settlingMilliseconds);
  const unthanked = others.filter(id => (lookBack.lastThanked.get(id) ?? 0) < since);
  return coverageOf({ thanked: people - unthanked.length, people });
}
