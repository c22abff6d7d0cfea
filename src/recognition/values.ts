// The values of a workspace, and how often each was lived.
import type { CompanyValue, KeptValue, LivedValue, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { findSettings } from '../store/settings.js';
import { countLived } from '../store/stats/workspace.js';
import * as store from '../store/values.js';
import type { Refusal } from './refusal.js';
import { namingRetired } from './rules/values.js';

/** What a workspace starts with. */
export const starterValues = [
  { slug: 'teamwork', name: 'Teamwork', emoji: 'bee', meaning: 'We get there together.' },
  { slug: 'ownership', name: 'Ownership', emoji: 'compass', meaning: 'We see it through to the end.' },
  { slug: 'craft', name: 'Craft', emoji: 'gem', meaning: 'We take care how a thing is made.' },
  { slug: 'kindness', name: 'Kindness', emoji: 'sunflower', meaning: 'We look after one another.' },
];

/** How far back it is counted how often a value was lived. */
export const livedDays = 90;
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The values that can be given now, in the workspace's order. */
export function listValues(db: Db, workspace: Workspace): Promise<CompanyValue[]> {
  return store.listValues(db, workspace.id);
}

/** All values with how often each was lived in the last ninety days. */
export interface ValuesOverview {
  /** Those that can be given, in the workspace's order. */
  active: LivedValue[];
  /** The latest first. */
  retired: LivedValue[];
  /** Emoji that do not count as reactions here: one name for all aliases and skin tones. */
  uncountedEmoji: string[];
}

export async function findValues(db: Db, workspace: Workspace, now: Date): Promise<ValuesOverview> {
  const from = new Date(now.getTime() - livedDays * dayMilliseconds);
  const [values, counts, { uncountedEmoji }] = await Promise.all([
    store.listKeptValues(db, workspace.id),
    countLived(db, workspace.id, from),
    findSettings(db, workspace.id),
  ]);
  const lived = values.map(value => ({ ...value, lived: counts.get(value.id) ?? 0 }));
  return {
    active: lived.filter(one => !one.retiredAt),
    retired: lived
      .filter(one => one.retiredAt)
      .sort((a, b) => (b.retiredAt?.getTime() ?? 0) - (a.retiredAt?.getTime() ?? 0)),
    uncountedEmoji,
  };
}

/** The same reasons to refuse, where an unknown value is a retired one as such. */
export async function explainRetired(db: Db, workspace: Workspace, reasons: Refusal[]): Promise<Refusal[]> {
  if (!reasons.some(({ code }) => code === 'unknownValue')) return reasons;
  const values = await store.listKeptValues(db, workspace.id);
  return namingRetired(
    reasons,
    values.filter(one => one.retiredAt),
  );
}

/** One value as it is now, retired ones too; null: there is none. */
export async function findValue(db: Db, workspace: Workspace, valueId: string): Promise<KeptValue | null> {
  const values = await store.listKeptValues(db, workspace.id);
  return values.find(one => one.id === valueId) ?? null;
}
