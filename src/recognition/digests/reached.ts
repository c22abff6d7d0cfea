// How far the week reached: who was there for the first time, and how many of the channel's people were thanked.
import type { Db } from '../../store/db.js';
import { findFirstUse, listNames, listNewcomers, listThankable } from '../../store/digest-facts.js';
import { chooseFirsts, coverageOf, mostFirsts, settlingMilliseconds } from './around.js';
import { namedIn } from './choice.js';
import type { DigestContents, DigestCoverage } from './digest.js';
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
  { scope, at, facts, standings, keepOut, lastThanked }: Week,
): Promise<DigestContents['firsts']> {
  const told = facts
    .filter(({ id }) => standings.get(id) !== 'unnamed')
    .sort((a, b) => a.givenAt.getTime() - b.givenAt.getTime());
  const givers = new Set(told.map(fact => fact.giverId).filter(id => !keepOut.has(id)));
  const receivers = new Set(told.flatMap(fact => namedIn(fact, keepOut)).filter(id => !lastThanked.has(id)));
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

/** Of the channel's people: those who can be thanked, guests aside. Whoever the bot knows nothing of is left aside too. */
async function findCoverage(
  db: Db,
  { scope, at, facts, lastThanked }: Week,
  channelMemberIds: string[] | null,
): Promise<DigestCoverage | null> {
  if (!channelMemberIds) return null;
  const since = at.getTime() - settlingMilliseconds;
  const thankedNow = new Set(
    facts
      .filter(fact => fact.givenAt.getTime() >= since)
      .flatMap(fact => fact.recipients.map(one => one.memberId)),
  );
  const isThanked = (id: string) => thankedNow.has(id) || (lastThanked.get(id) ?? 0) >= since;
  const inChannel = new Set(channelMemberIds);
  let people = 0;
  let thanked = 0;
  for await (const members of listThankable(db, scope.workspaceId)) {
    for (const { id, slackId } of members) {
      if (!inChannel.has(slackId)) continue;
      people += 1;
      if (isThanked(id)) thanked += 1;
    }
  }
  return coverageOf({ thanked, people });
}
