// Which values can be given.
import { distance } from 'fastest-levenshtein';
import type { CompanyValue, ShoutoutRequest } from '../../model.js';
import type { Refusal } from '../refusal.js';

/** So many unknown values are named one by one. */
const mostUnknownNamed = 10;

/** Whether this is what a value is called, or was before it was renamed. */
export function isCalled(
  { slug, formerSlugs }: Pick<CompanyValue, 'slug' | 'formerSlugs'>,
  word: string,
): boolean {
  return slug === word || formerSlugs.includes(word);
}

/** The values called so, in the workspace's order. */
export function valuesCalled<V extends Pick<CompanyValue, 'slug' | 'formerSlugs'>>(
  slugs: string[],
  values: V[],
): V[] {
  return values.filter(value => slugs.some(slug => isCalled(value, slug)));
}

/** Why these values cannot be given. */
export function valueRefusals(
  request: Pick<ShoutoutRequest, 'valueSlugs' | 'unknownValues'>,
  values: CompanyValue[],
): Refusal[] {
  const unknown = [
    ...request.unknownValues,
    ...request.valueSlugs.filter(slug => !values.some(value => isCalled(value, slug))),
  ];
  const distinct = [...new Set(unknown)];
  const named = distinct.slice(0, mostUnknownNamed);
  return [
    ...named.map((typed): Refusal => ({ code: 'unknownValue', typed, nearest: nearestSlug(typed, values) })),
    ...(distinct.length > named.length
      ? [{ code: 'moreUnknownValues' as const, count: distinct.length - named.length }]
      : []),
  ];
}

/** The slug most like what was typed, or null where none is near enough to be meant. */
function nearestSlug(typed: string, values: CompanyValue[]): string | null {
  const wanted = typed.toLowerCase();
  const ranked = values
    .map(({ slug }) => ({ slug, distance: distance(wanted, slug) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.slug.length / 2)) ? best.slug : null;
}
