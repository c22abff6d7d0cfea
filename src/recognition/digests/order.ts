// In which order a digest tells, and how much of it where: pure.
import type { CompanyValue } from '../../model.js';
import { type KeepOut, namedIn } from './choice.js';
import type { DigestFact, DigestTally } from './digest.js';

export const mostEntriesPerValue = 5;
export const mostEntriesHere = 20;
export const mostThreadMessages = 10;
/** A message of twenty entries can still be read, and stays far below Slack's limits. */
export const mostEntriesPerThreadMessage = 20;

/** More people than a week can name; its square is still a safe integer. */
const mostPeople = 2 ** 26;

/** When each person was last thanked before this digest, in milliseconds; who is missing was not, for a long time. */
export type LastThanked = ReadonlyMap<string, number>;

/** A value's shout-outs in their order. */
export interface Told {
  /** Null: without a value. */
  valueId: string | null;
  facts: DigestFact[];
}

/**
 * The values' figures, liveliest first; where two are the same in the workspace's order. A value's figure is the sum over
 * the recipients of all shout-outs with it.
 */
export function tally(
  facts: Pick<DigestFact, 'recipients' | 'valueIds'>[],
  values: CompanyValue[],
): DigestTally[] {
  const thanks = new Map<string, number>();
  for (const { recipients, valueIds } of facts) {
    for (const id of valueIds) thanks.set(id, (thanks.get(id) ?? 0) + recipients.length);
  }
  return values
    .map(value => ({ value, thanks: thanks.get(value.id) ?? 0 }))
    .filter(one => one.thanks > 0)
    .sort((a, b) => b.thanks - a.thanks);
}

/** Shout-outs by value, liveliest first; each once, under the liveliest of its values, and those without one last. */
export function byValue(facts: DigestFact[], tallies: DigestTally[]): Told[] {
  const ranks = new Map(tallies.map(({ value }, rank) => [value.id, rank]));
  const told = [...tallies.map(({ value }) => value.id), null].map(
    (valueId): Told => ({ valueId, facts: [] }),
  );
  for (const fact of facts) {
    let rank = tallies.length;
    for (const id of fact.valueIds) rank = Math.min(rank, ranks.get(id) ?? rank);
    told[rank]?.facts.push(fact);
  }
  return told.filter(one => one.facts.length > 0);
}

/**
 * One value's shout-outs, so that telling the first few reaches many: one for each pair of giver and recipient before any
 * pair has a second one, among those one for each recipient before anybody has a second one, and among those first the
 * people least recently thanked, then what was given first.
 */
export function spread(facts: DigestFact[], lastThanked: LastThanked, keepOut: KeepOut): DigestFact[] {
  const ordered = facts.map(fact => {
    const named = namedIn(fact, keepOut);
    let since = Number.POSITIVE_INFINITY;
    for (const id of named) since = Math.min(since, lastThanked.get(id) ?? Number.NEGATIVE_INFINITY);
    return { fact, named, since, pairRound: 0, personRound: 0, place: 0 };
  });
  ordered.sort(
    (a, b) =>
      compare(a.since, b.since) ||
      compare(a.fact.givenAt.getTime(), b.fact.givenAt.getTime()) ||
      compare(a.fact.id, b.fact.id),
  );
  const pairOf = numberedPairs();
  const nextOfPair = new Map<number, number>();
  const timesNamed = new Map<string, number>();
  let place = 0;
  for (const one of ordered) {
    const pairs = one.named.map(id => pairOf(id, one.fact.giverId));
    one.place = place;
    place += 1;
    one.pairRound = Math.max(...pairs.map(pair => nextOfPair.get(pair) ?? 0));
    one.personRound = Math.min(...one.named.map(id => timesNamed.get(id) ?? 0));
    for (const pair of pairs) nextOfPair.set(pair, one.pairRound + 1);
    for (const id of one.named) timesNamed.set(id, (timesNamed.get(id) ?? 0) + 1);
  }
  ordered.sort((a, b) => a.pairRound - b.pairRound || a.personRound - b.personRound || a.place - b.place);
  return ordered.map(({ fact }) => fact);
}

/** Numbers pairs of people, whoever of them comes first: as keys they take a fraction of the memory of two ids. */
function numberedPairs(): (one: string, other: string) => number {
  const numbers = new Map<string, number>();
  const numberOf = (id: string) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  return (one, other) => {
    const [a, b] = [numberOf(one), numberOf(other)];
    return Math.min(a, b) * mostPeople + Math.max(a, b);
  };
}

/** What the message tells, what each message in its thread does, and how many are left for "Show all". */
export interface Placement {
  here: Told[];
  thread: Told[][];
  behind: number;
}

/**
 * The values take turns until the message is full, so that the quieter ones are told too; the thread goes on where it
 * stopped, value by value.
 */
export function place(told: Told[]): Placement {
  const shares = told.map(() => 0);
  let left = mostEntriesHere;
  for (let turn = 0; turn < mostEntriesPerValue; turn += 1) {
    for (const [index, { facts }] of told.entries()) {
      if (left === 0 || facts.length <= turn) continue;
      shares[index] = turn + 1;
      left -= 1;
    }
  }
  const here = told.map(({ valueId, facts }, index) => ({ valueId, facts: facts.slice(0, shares[index]) }));
  const rest = told.map(({ valueId, facts }, index) => ({ valueId, facts: facts.slice(shares[index]) }));
  const pages = paged(rest, mostEntriesPerThreadMessage);
  return {
    here: here.filter(one => one.facts.length > 0),
    thread: pages.slice(0, mostThreadMessages),
    behind: pages
      .slice(mostThreadMessages)
      .flat()
      .reduce((sum, { facts }) => sum + facts.length, 0),
  };
}

/** The same in portions of `size` shout-outs; a value whose shout-outs are in two portions is in both. */
export function paged(told: Told[], size: number): Told[][] {
  const pages: Told[][] = [];
  let room = 0;
  for (const { valueId, facts } of told) {
    for (let from = 0; from < facts.length; ) {
      if (room === 0) {
        pages.push([]);
        room = size;
      }
      const part = facts.slice(from, from + room);
      pages.at(-1)?.push({ valueId, facts: part });
      from += part.length;
      room -= part.length;
    }
  }
  return pages;
}

/** The people in shout-outs by reaction, each once, least recently thanked first. */
export function namesByReaction(facts: DigestFact[], lastThanked: LastThanked, keepOut: KeepOut): string[] {
  const ids = [...new Set(facts.flatMap(fact => namedIn(fact, keepOut)))];
  const since = (id: string) => lastThanked.get(id) ?? Number.NEGATIVE_INFINITY;
  return ids.sort((a, b) => compare(since(a), since(b)));
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
