// What a digest says around the shout-outs: how many were reached, which value was quiet, who was there for the first time. Pure.
import type { CompanyValue } from '../../model.js';
import type { DigestCoverage, DigestTally } from './digest.js';

export const weekMilliseconds = 7 * 24 * 60 * 60 * 1000;
/** Until then everybody is new, and nearly nobody has been thanked. */
export const settlingMilliseconds = 4 * weekMilliseconds;

const fewestPeople = 10;
const leastShare = 1 / 3;
const nearlyEveryone = 5;
export const mostFirsts = 5;

/** Null: it would discourage, or tell who was left out. */
export function coverageOf({ thanked, people }: { thanked: number; people: number }): DigestCoverage | null {
  if (people < fewestPeople || thanked < people * leastShare) return null;
  return people - thanked < nearlyEveryone ? { kind: 'nearlyEveryone' } : { kind: 'share', thanked, people };
}

/**
 * A value that nobody was thanked for, another one each week as long as there are several; null: there is none, or no
 * value was lived at all.
 * @param values - those that can be given
 * @param week - the ISO Monday
 */
export function quietValue(
  values: CompanyValue[],
  tallies: DigestTally[],
  week: string,
): CompanyValue | null {
  if (tallies.length === 0) return null;
  const lived = new Set(tallies.map(({ value }) => value.id));
  const start = Math.floor(Date.parse(week) / weekMilliseconds) % values.length;
  const inTurn = [...values.slice(start), ...values.slice(0, start)];
  return inTurn.find(value => !lived.has(value.id)) ?? null;
}

/** Five of the newcomers at most, those who gave and those who were thanked in turn; somebody who is both has given. */
export function chooseFirsts(gave: string[], thanked: string[]): { gave: string[]; thanked: string[] } {
  const receivers = thanked.filter(id => !gave.includes(id));
  const fromGivers = Math.max(Math.ceil(mostFirsts / 2), mostFirsts - receivers.length);
  const chosen = gave.slice(0, fromGivers);
  return { gave: chosen, thanked: receivers.slice(0, mostFirsts - chosen.length) };
}

/** The ISO Monday of a day such as `2026-11-20`. */
export function mondayOf(date: string): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
