// What somebody may have meant who asked for numbers in words that mean nothing here. Pure.
import { distance } from 'fastest-levenshtein';
import { Temporal } from 'temporal-polyfill';
import { asSlug } from '../rules/values.js';
import { monthNames, periodTyped } from './periods.js';
import type { StatsVocabulary } from './question.js';

/** The period that was probably meant, as it is typed; null: it looks like none. @param today - such as `2026-05-13` */
export function nearestPeriod(typed: string, today: string): string | null {
  const text = typed.toLowerCase().trim();
  const day = Temporal.PlainDate.from(today);
  const pad = (month: number) => String(month).padStart(2, '0');
  const [, word = '', itsYear] = /^([a-z]{3,9})[ .,-]*(\d{4})?$/.exec(text) ?? [];
  const month = monthNames.findIndex(one => one === word || (word.length === 3 && one.startsWith(word))) + 1;
  if (month > 0) return `${itsYear ?? (month > day.month ? day.year - 1 : day.year)}-${pad(month)}`;
  const quarter = /^(?:(\d{4})[ /.-]?)?q([1-4])(?:[ /.-]?(\d{4}))?$/.exec(text);
  if (quarter) {
    const [, before, number, after] = quarter;
    const usual = Number(number) * 3 - 2 > day.month ? day.year - 1 : day.year;
    return `${before ?? after ?? usual}-Q${number}`;
  }
  const [, year, inYear = ''] = /^(\d{4})(?:[/.-](\d{1,2}))?[/.-]?$/.exec(text) ?? [];
  if (!year) return nearestDays(text);
  if (inYear === '') return year;
  return Number(inYear) >= 1 && Number(inYear) <= 12 ? `${year}-${pad(Number(inYear))}` : null;
}

/** Two days in whatever order and with whatever between them; one day is itself. */
function nearestDays(text: string): string | null {
  const days = text.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
  if (days.length === 0 || days.length > 2 || !days.every(isDay)) return null;
  const [first = '', last = first] = days.toSorted();
  return `${first}..${last}`;
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** Words that stand alone. Short months are near to too much. */
const words = [
  ...['me', 'team', 'everyone', 'week', 'month', 'quarter', 'year', 'all', 'today', 'yesterday'],
  ...['week', 'month', 'quarter', 'year'].map(one => `last ${one}`),
  ...monthNames.filter(one => one.length > 4),
];

/** What was probably meant, as it is typed; null: nothing is near enough. */
export function nearestMeant(
  typed: string,
  { values, teams }: StatsVocabulary,
  today: string,
): string | null {
  const text = asSlug(typed).trim();
  const period = nearestPeriod(text, today);
  if (period && periodTyped(period)) return period;
  const [, mark = '', wanted = ''] = /^(#|team:)?\s*(.*)$/s.exec(text) ?? [];
  const candidates = [
    ...(mark === '' ? words.map(word => ({ word, meant: word })) : []),
    ...(mark === 'team:'
      ? []
      : values.flatMap(({ slug, name }) => [slug, asSlug(name)].map(word => ({ word, meant: `#${slug}` })))),
    ...(mark === '#'
      ? []
      : teams.flatMap(({ slug, name }) =>
          [slug, asSlug(name)].map(word => ({ word, meant: `team:${slug}` })),
        )),
  ];
  const ranked = candidates
    .map(({ word, meant }) => ({ word, meant, distance: distance(wanted, word) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.word.length / 2)) ? best.meant : null;
}
