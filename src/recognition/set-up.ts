// The first steps: what an admin chooses, and the values as they list them, all of it or nothing.
import { v7 as uuid } from 'uuid';
import type { CompanyValue, KeptValue, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import type { Appointed } from '../store/settings.js';
import { isSo } from './change-values.js';
import {
  type Canonical,
  isCalled,
  mostValues,
  slugOf,
  type ValueContents,
  type ValueFault,
  valueFaults,
} from './rules/values.js';
import { changeSettings, type Overview, type SettingsOutcome, type SettingsRequest } from './settings.js';

/** The values as an admin lists them. */
export interface ListedValues {
  /** In the order they are to have. */
  values: ValueContents[];
  canonical: Canonical;
  /** Whether the values that can be given are as whoever asks had seen them. */
  isAsSeen: (active: CompanyValue[]) => boolean;
}

/** Something wrong with one of the values listed. `name`: as it was listed. */
export interface ListedFault {
  name: string;
  fault: ValueFault;
}

export type SetUpOutcome =
  /** `retired`: the values that were not listed. */
  | {
      kind: 'setUp';
      overview: Overview;
      appointed: Appointed | null;
      active: CompanyValue[];
      retired: CompanyValue[];
    }
  | { kind: 'valuesRefused'; faults: ListedFault[] }
  /** Somebody changed the values after they had been seen: nothing is written. */
  | { kind: 'valuesChangedMeanwhile' }
  | Exclude<SettingsOutcome, { kind: 'changed' | 'declined' }>;

/**
 * Takes the first steps. A listed value that is called like one that there is, or was, is that value; else one with its
 * emoji is, renamed; those that are not listed are retired. Safe to repeat.
 * @param request - `listed`: null: the values stay as they are
 */
export async function setUp(
  db: Db,
  workspace: Workspace,
  { settings, listed }: { settings: SettingsRequest; listed: ListedValues | null },
  now: Date,
): Promise<SetUpOutcome> {
  let decided: Decision = { kind: 'unchanged', active: [] };
  const outcome = await changeSettings(
    db,
    workspace,
    {
      ...settings,
      change: { ...settings.change, isSetUp: true },
      ...(listed
        ? {
            alsoValues: present => {
              decided = decide(present, listed, now);
              const isDeclined = decided.kind === 'refused' || decided.kind === 'stale';
              return { values: decided.kind === 'listed' ? decided.values : null, isDeclined };
            },
          }
        : {}),
    },
    now,
  );
  return outcomeOf(outcome, decided);
}

type Decision =
  | { kind: 'unchanged'; active: CompanyValue[] }
  | { kind: 'listed'; values: KeptValue[]; active: CompanyValue[]; retired: CompanyValue[] }
  | { kind: 'refused'; faults: ListedFault[] }
  | { kind: 'stale' };

function outcomeOf(outcome: SettingsOutcome, decided: Decision): SetUpOutcome {
  if (outcome.kind !== 'changed' && outcome.kind !== 'declined') return outcome;
  switch (decided.kind) {
    case 'refused':
      return { kind: 'valuesRefused', faults: decided.faults };
    case 'stale':
      return { kind: 'valuesChangedMeanwhile' };
    default: {
      if (outcome.kind === 'declined') throw new Error('The first steps were declined without a reason.');
      const retired = decided.kind === 'listed' ? decided.retired : [];
      return { ...outcome, kind: 'setUp', active: decided.active, retired };
    }
  }
}

function decide(present: KeptValue[], { values, canonical, isAsSeen }: ListedValues, now: Date): Decision {
  const { listed, faults } = listedAs(values, { present, canonical }, now);
  if (faults.length > 0) return { kind: 'refused', faults };
  const active = present.filter(one => !one.retiredAt);
  const isSame = listed.every((one, index) => one === active[index]) && listed.length === active.length;
  if (isSame) return { kind: 'unchanged', active };
  if (!isAsSeen(active)) return { kind: 'stale' };
  const left = present.filter(one => !listed.some(({ id }) => id === one.id));
  const rest = left.map(one => (one.retiredAt ? one : { ...one, retiredAt: now, version: one.version + 1 }));
  return {
    kind: 'listed',
    values: [...listed, ...rest].map((one, position) => ({ ...one, position })),
    active: listed,
    retired: left.filter(one => !one.retiredAt),
  };
}

/** The values as these contents have them; one that is so already is the very same object. */
function listedAs(
  values: ValueContents[],
  { present, canonical }: { present: KeptValue[]; canonical: Canonical },
  now: Date,
): { listed: KeptValue[]; faults: ListedFault[] } {
  const listed: KeptValue[] = [];
  const faults: ListedFault[] = [];
  for (const [index, contents] of values.entries()) {
    const { name, meaning, emoji } = contents;
    const wanted = slugOf(name);
    const free = present.filter(one => !listed.some(({ id }) => id === one.id));
    const own =
      free.find(one => isNamed(one, name)) ??
      // A new name behind the same emoji is a rename.
      free.find(
        one =>
          !one.retiredAt && emoji === canonical(one.emoji) && !values.some(other => isNamed(one, other.name)),
      ) ??
      null;
    // Those that are not listed yet may all be retired by this: their emoji are free.
    const others = [...listed, ...free.map(one => ({ ...one, retiredAt: one.retiredAt ?? now }))];
    const found = valueFaults(contents, {
      own: own && { ...own, retiredAt: null },
      present: others,
      canonical,
    });
    if (index === mostValues) found.push({ code: 'tooManyValues', limit: mostValues });
    faults.push(...found.map(fault => ({ name, fault })));
    const slug = own?.name === name ? own.slug : wanted;
    if (found.length > 0 || emoji === null || slug === null) continue;
    if (!own) listed.push({ ...blank, id: uuid(), slug, name, meaning, emoji });
    else if (isSo(own, contents) && !own.retiredAt) listed.push(own);
    else {
      const formerSlugs = [...own.formerSlugs, own.slug].filter(former => former !== slug);
      const version = own.version + 1;
      listed.push({ ...own, slug, formerSlugs, name, meaning, emoji, retiredAt: null, version });
    }
  }
  return { listed, faults };
}

const blank = { formerSlugs: [], retiredAt: null, position: 0, version: 0 };

function isNamed(value: KeptValue, name: string): boolean {
  const slug = slugOf(name);
  return value.name === name || (slug !== null && isCalled(value, slug));
}
