// How a workspace's admins change its values.
import { v5 as uuidFrom } from 'uuid';
import type { KeptValue, Member, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { markValues } from '../store/values.js';
import { adminRefusal } from './rules/changes.js';
import {
  type Canonical,
  returnFaults,
  slugOf,
  type ValueContents,
  type ValueFault,
  valueFaults,
} from './rules/values.js';

export type ValueOutcome =
  /** `before`: as it was; null: it is new. */
  | { kind: 'changed'; value: KeptValue; before: KeptValue | null }
  | { kind: 'refused'; faults: ValueFault[] }
  | { kind: 'impossible'; reason: 'notAdmin' | 'unknownValue' }
  /** It is not as whoever asks had seen it: nothing is written. */
  | { kind: 'changedMeanwhile'; value: KeptValue };

/** Who asks, as Slack says of them now, for which value, and the version of it that they had seen. */
export interface ValueRequest {
  by: Member;
  valueId: string;
  seenVersion: number;
}

/**
 * Adds a value, after the others. Safe to repeat.
 * @param request - `key`: names the form it comes from; one key is one value
 */
export function createValue(
  db: Db,
  workspace: Workspace,
  {
    by,
    key,
    contents,
    canonical,
  }: { by: Member; key: string; contents: ValueContents; canonical: Canonical },
): Promise<ValueOutcome> {
  const id = uuidFrom(key, workspace.id);
  return change(db, workspace, by, present => {
    const before = present.find(one => one.id === id);
    if (before) return isSo(before, contents) ? unchanged(before) : stale(before);
    const faults = valueFaults(contents, { own: null, present, canonical });
    const { name, meaning, emoji } = contents;
    const slug = slugOf(name);
    if (faults.length > 0 || emoji === null || slug === null) return refused(faults);
    const position = Math.max(-1, ...present.map(one => one.position)) + 1;
    const value = { id, slug, formerSlugs: [], name, meaning, emoji, retiredAt: null, position, version: 0 };
    return { values: [...present, value], outcome: { kind: 'changed', value, before: null } };
  });
}

/** Renames a value, describes it anew or gives it another emoji. What it was typed as before is still understood. */
export function changeValue(
  db: Db,
  workspace: Workspace,
  {
    contents,
    canonical,
    ...request
  }: ValueRequest & {
    contents: ValueContents;
    canonical: Canonical;
  },
): Promise<ValueOutcome> {
  return changeOne(db, workspace, request, (own, present) => {
    // The same change a second time is no other change.
    if (isSo(own, contents)) return unchanged(own);
    if (own.version !== request.seenVersion) return stale(own);
    const faults = valueFaults(contents, { own, present, canonical });
    const { name, meaning, emoji } = contents;
    const slug = own.name === name ? own.slug : slugOf(name);
    if (faults.length > 0 || emoji === null || slug === null) return refused(faults);
    const formerSlugs = [...own.formerSlugs, own.slug].filter(former => former !== slug);
    return written(present, own, { ...own, slug, formerSlugs, name, meaning, emoji });
  });
}

/** From now on it can no longer be given; it stays where it was given. Safe to repeat. */
export function retireValue(
  db: Db,
  workspace: Workspace,
  request: ValueRequest,
  now: Date,
): Promise<ValueOutcome> {
  return changeOne(db, workspace, request, (own, present) => {
    if (own.retiredAt) return unchanged(own);
    if (own.version !== request.seenVersion) return stale(own);
    return written(present, own, { ...own, retiredAt: now });
  });
}

/** It can be given again, in its old place. Safe to repeat. Refused while its emoji is another's. */
export function bringBackValue(
  db: Db,
  workspace: Workspace,
  { canonical, ...request }: ValueRequest & { canonical: Canonical },
): Promise<ValueOutcome> {
  return changeOne(db, workspace, request, (own, present) => {
    if (!own.retiredAt) return unchanged(own);
    if (own.version !== request.seenVersion) return stale(own);
    const faults = returnFaults(own, { present, canonical });
    if (faults.length > 0) return refused(faults);
    return written(present, own, { ...own, retiredAt: null });
  });
}

/**
 * Puts a value before the one above it, or after the one below it. Safe to repeat; nothing happens where the other one
 * is not its neighbour any more.
 * @param request - `pastId`: the neighbour that whoever asks had seen there
 */
export function moveValue(
  db: Db,
  workspace: Workspace,
  {
    pastId,
    direction,
    ...request
  }: Omit<ValueRequest, 'seenVersion'> & {
    pastId: string;
    direction: 'up' | 'down';
  },
): Promise<ValueOutcome> {
  return changeOne(db, workspace, request, (own, present) => {
    const active = present.filter(one => !one.retiredAt);
    const at = active.findIndex(one => one.id === own.id);
    const isAt = (place: number) => at >= 0 && active[place]?.id === pastId;
    const [before, after] = direction === 'up' ? [at - 1, at + 1] : [at + 1, at - 1];
    if (isAt(after)) return unchanged(own);
    const past = active[before];
    if (!isAt(before) || !past) return stale(own);
    const swapped = present.map(one => (one.id === own.id ? past : one.id === past.id ? own : one));
    const values = swapped.map((one, position) => ({ ...one, position }));
    const value = values.find(one => one.id === own.id) ?? own;
    return { values, outcome: { kind: 'changed', value, before: own } };
  });
}

interface Decision {
  values: KeptValue[] | null;
  outcome: ValueOutcome;
}

async function change(
  db: Db,
  workspace: Workspace,
  by: Member,
  decide: (present: KeptValue[]) => Decision,
): Promise<ValueOutcome> {
  const reason = adminRefusal(by, 'changeValues');
  if (reason) return { kind: 'impossible', reason };
  return (await markValues(db, workspace.id, decide)).outcome;
}

function changeOne(
  db: Db,
  workspace: Workspace,
  { by, valueId }: Omit<ValueRequest, 'seenVersion'>,
  decide: (own: KeptValue, present: KeptValue[]) => Decision,
): Promise<ValueOutcome> {
  return change(db, workspace, by, present => {
    const own = present.find(one => one.id === valueId);
    return own
      ? decide(own, present)
      : { values: null, outcome: { kind: 'impossible', reason: 'unknownValue' } };
  });
}

/** Whether a value says this already. */
export function isSo(value: KeptValue, { name, meaning, emoji }: ValueContents): boolean {
  return value.name === name && value.meaning === meaning && value.emoji === emoji;
}

function written(present: KeptValue[], before: KeptValue, after: KeptValue): Decision {
  const value = { ...after, version: before.version + 1 };
  const values = present.map(one => (one.id === value.id ? value : one));
  return { values, outcome: { kind: 'changed', value, before } };
}

const unchanged = (value: KeptValue): Decision => ({
  values: null,
  outcome: { kind: 'changed', value, before: value },
});
const stale = (value: KeptValue): Decision => ({
  values: null,
  outcome: { kind: 'changedMeanwhile', value },
});
const refused = (faults: ValueFault[]): Decision => ({ values: null, outcome: { kind: 'refused', faults } });
