// What becomes of a workspace's values when somebody hands in the whole list of them.
import type { KeptValue } from '../../model.js';
import {
  asSlug,
  type Canonical,
  isCalled,
  longestName,
  mostValues,
  slugCharacters,
  slugOf,
  type ValueFault,
  valueFaults,
} from './values.js';

/** A value as it is to be; what is left out stays, or is the usual for a new one. */
export interface WantedValue {
  /** Its place in the list as handed in, from 0 on. */
  index: number;
  /** Left out: what its name is typed as. */
  slug?: string;
  formerSlugs?: string[];
  /** One line. */
  name: string;
  /** One line; may be empty. */
  meaning?: string;
  /** One name for all aliases and skin tones. */
  emoji?: string;
  isRetired?: boolean;
}

/** Something that a value of the list cannot be. */
export type ListFault =
  | ValueFault
  /** Could not be typed after `#`. */
  | { code: 'badSlug'; typed: string }
  | { code: 'formerSlugTaken'; slug: string; by: KeptValue };

export interface ListDecision {
  /** In their new order: those of the list, then those retired because the list leaves them out. */
  values: KeptValue[];
  /** Left out, in a workspace where nothing was ever given. */
  deleted: KeptValue[];
  faults: { index: number; fault: ListFault }[];
}

/** Whether a word can be typed after `#` as it is. */
export function isSlug(word: string): boolean {
  return slugPattern.test(word) && /\p{L}/u.test(word) && asSlug(word) === word && word.length <= longestSlug;
}

const slugPattern = new RegExp(`^[${slugCharacters}]+$`, 'u');

/** Small letters can take more room than capitals. */
const longestSlug = 3 * longestName;

/**
 * The values as the list wants them. A value of the list is one that is there if they have a slug in common, old or new;
 * what a value is called now or was called before is understood ever after.
 * @param options - `isFresh`: nothing was ever given here; `newId` makes an id of ours
 */
export function listDecision(
  wanted: WantedValue[],
  present: KeptValue[],
  {
    isFresh,
    canonical,
    newId,
    now,
  }: { isFresh: boolean; canonical: Canonical; newId: () => string; now: Date },
): ListDecision {
  const faults: ListDecision['faults'] = [];
  const named = wanted.map(one => ({ ...one, slug: one.slug ?? slugOf(one.name) ?? '' }));
  const owns = claims(named, present);
  const listed = named.map((one, position) => {
    const own = owns[position];
    for (const typed of [one.slug, ...(one.formerSlugs ?? [])])
      if (!isSlug(typed)) faults.push({ index: one.index, fault: slugFault(one, typed) });
    const value = valueFrom(one, { own, position, id: own?.id ?? newId(), canonical, now });
    return { index: one.index, value };
  });
  const left = present.filter(one => !owns.includes(one));
  const isDeleting = isFresh && listed.length > 0;
  const retired = isDeleting
    ? []
    : left.map((one, at) => retiredAt(one, { position: listed.length + at, now }));
  for (const [at, { index, value }] of listed.entries()) {
    // A pair that does not go together is named once, at the later of the two.
    const others = [...listed.slice(0, at).map(earlier => earlier.value), ...retired];
    for (const fault of faultsOf(value, { others, canonical })) faults.push({ index, fault });
  }
  return { values: [...listed.map(one => one.value), ...retired], deleted: isDeleting ? left : [], faults };
}

/** For each of the list the value that it is, which nobody else of the list is; the present slug decides first. */
function claims(wanted: (WantedValue & { slug: string })[], present: KeptValue[]): (KeptValue | undefined)[] {
  const bySlug = wanted.map(one => present.find(value => value.slug === one.slug));
  const taken = new Set(bySlug);
  return wanted.map((one, at) => {
    if (bySlug[at]) return bySlug[at];
    const found = [one.slug, ...[...(one.formerSlugs ?? [])].reverse()]
      .flatMap(slug => present.filter(value => isCalled(value, slug)))
      .find(value => !taken.has(value));
    taken.add(found);
    return found;
  });
}

function valueFrom(
  wanted: WantedValue & { slug: string },
  {
    own,
    position,
    id,
    canonical,
    now,
  }: { own: KeptValue | undefined; position: number; id: string; canonical: Canonical; now: Date },
): KeptValue {
  const { slug, name } = wanted;
  const before = own ?? {
    formerSlugs: [],
    meaning: '',
    emoji: '',
    retiredAt: null,
    version: 0,
  };
  const names = new Set([...(wanted.formerSlugs ?? []), ...before.formerSlugs, ...(own ? [own.slug] : [])]);
  names.delete(slug);
  const isSameEmoji = wanted.emoji === undefined || wanted.emoji === canonical(before.emoji);
  const value: KeptValue = {
    id,
    slug,
    formerSlugs: [...names],
    name,
    meaning: wanted.meaning ?? before.meaning,
    emoji: isSameEmoji ? before.emoji : (wanted.emoji ?? ''),
    retiredAt: (wanted.isRetired ?? before.retiredAt !== null) ? (before.retiredAt ?? now) : null,
    position,
    version: before.version,
  };
  return own && !isSame(own, value) ? { ...value, version: own.version + 1 } : value;
}

function isSame(a: KeptValue, b: KeptValue): boolean {
  const told = ({ slug, formerSlugs, name, meaning, emoji, retiredAt }: KeptValue) =>
    JSON.stringify([slug, formerSlugs, name, meaning, emoji, retiredAt]);
  return told(a) === told(b);
}

function retiredAt(value: KeptValue, { position, now }: { position: number; now: Date }): KeptValue {
  if (value.retiredAt) return { ...value, position };
  return { ...value, position, retiredAt: now, version: value.version + 1 };
}

function slugFault({ name, slug }: { name: string; slug: string }, typed: string): ListFault {
  if (typed !== '' || slug !== '') return { code: 'badSlug', typed };
  return name === '' ? { code: 'noName' } : { code: 'nameWithoutLetter' };
}

function faultsOf(
  value: KeptValue,
  { others, canonical }: { others: KeptValue[]; canonical: Canonical },
): ListFault[] {
  const { slug, formerSlugs, name, meaning } = value;
  const emoji = value.emoji === '' ? null : canonical(value.emoji);
  const faults = valueFaults({ name, meaning, emoji }, { own: value, present: others, canonical });
  const former = formerSlugs.flatMap((former): ListFault[] => {
    const by = others.find(one => isCalled(one, former));
    return by ? [{ code: 'formerSlugTaken', slug: former, by }] : [];
  });
  const isOneTooMany = !value.retiredAt && others.filter(one => !one.retiredAt).length === mostValues;
  return [
    // Without a slug it has been told already.
    ...faults.filter(({ code }) => slug !== '' || (code !== 'nameTaken' && code !== 'noName')),
    ...former,
    ...(isOneTooMany ? [{ code: 'tooManyValues' as const, limit: mostValues }] : []),
  ];
}
