// The periods that statistics are over, as people name them, in the days of a time zone.
import { Temporal } from 'temporal-polyfill';
import type { Period } from '../../model.js';

type Step = (typeof steps)[number];

/** A calendar period: the one that `now` is in, or one that is named. */
export type PeriodWish =
  | { kind: Step }
  | { kind: 'all' }
  | { kind: 'today' | 'yesterday' }
  /** The one before the one that `now` is in. */
  | { kind: 'last'; of: Step }
  | { kind: 'yearOf'; year: number }
  /** The latest one that has begun: in October, October is this one. */
  | { kind: 'latestMonth'; month: number }
  | { kind: 'latestQuarter'; quarter: number }
  | { kind: 'monthOf'; year: number; month: number }
  | { kind: 'quarterOf'; year: number; quarter: number }
  /** Days such as `2026-03-31`; both belong to it. */
  | { kind: 'days'; first: string; last: string };

/** What holds where no period is named. */
export const usualPeriod: PeriodWish = { kind: 'quarter' };

/** Nothing was given before; and years before the first are none to a database. */
const firstYear = 1970;

const steps = ['week', 'month', 'quarter', 'year'] as const;
const words = [...steps, 'all', 'today', 'yesterday'] as const;

/** As they are typed, January first. */
export const monthNames =
  'january february march april may june july august september october november december'.split(' ');

/**
 * Reads `month`, `last month`, `2026`, `2026-03`, `2026-Q1`, `Q1`, `october`, `october 2025` or `2026-01-01..2026-03-31`, in
 * any mixture of large and small letters; null: none of them. `month:may` is May where something else is called so.
 */
export function periodTyped(phrase: string): PeriodWish | null {
  const typed = phrase.toLowerCase();
  const kind = words.find(one => one === typed);
  if (kind) return { kind };
  const step = /^(?:last|previous|past) (.*)$/.exec(typed)?.[1];
  const of = steps.find(one => one === step);
  if (of) return { kind: 'last', of };
  return namedTyped(typed) ?? numberedTyped(typed);
}

/** A month by its name, or a quarter without its year in front. */
function namedTyped(typed: string): PeriodWish | null {
  const [, name = '', year = ''] = /^(?:month:)?([a-z]+|q[1-4])(?: (\d{4}))?$/.exec(typed) ?? [];
  if (year !== '' && Number(year) < firstYear) return null;
  const month = monthNames.indexOf(name) + 1;
  if (month > 0)
    return year ? { kind: 'monthOf', year: Number(year), month } : { kind: 'latestMonth', month };
  if (!/^q\d$/.test(name)) return null;
  const quarter = Number(name.slice(1));
  return year ? { kind: 'quarterOf', year: Number(year), quarter } : { kind: 'latestQuarter', quarter };
}

function numberedTyped(typed: string): PeriodWish | null {
  if (/^\d{4}$/.test(typed))
    return Number(typed) < firstYear ? null : { kind: 'yearOf', year: Number(typed) };
  const [, year = '', part = ''] = /^(\d{4})-(q[1-4]|0[1-9]|1[0-2])$/.exec(typed) ?? [];
  if (part !== '' && Number(year) < firstYear) return null;
  if (part.startsWith('q')) return { kind: 'quarterOf', year: Number(year), quarter: Number(part.slice(1)) };
  if (part) return { kind: 'monthOf', year: Number(year), month: Number(part) };
  const [, first = '', last = ''] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(typed) ?? [];
  return isDay(first) && isDay(last) && first <= last ? { kind: 'days', first, last } : null;
}

function isDay(text: string): boolean {
  try {
    const day = Temporal.PlainDate.from(text);
    return day.toString() === text && day.year >= firstYear;
  } catch {
    return false;
  }
}

/**
 * The period that is meant at `now`. One that goes on ends now, and is compared with as many days of the one before, today
 * being a whole one; one that lies ahead has no time in it.
 */
export function periodOf(wish: PeriodWish, now: Date, timeZone: string): Period {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const instant = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  if (wish.kind === 'all') return { from: new Date(0), to: now, timeZone, isUnfinished: true, before: null };
  const { first, after, previous } = daysOf(wish, today);
  const isUnfinished = instant(after) > now;
  const from = instant(first);
  if (!isUnfinished)
    return {
      from,
      to: instant(after),
      timeZone,
      isUnfinished,
      before: { from: instant(previous), to: from },
    };
  const passed = Math.max(first.until(today, { largestUnit: 'day' }).days + 1, 0);
  const compared = previous.add({ days: passed });
  return {
    from,
    to: from > now ? from : now,
    timeZone,
    isUnfinished,
    before: {
      from: instant(previous),
      to: instant(Temporal.PlainDate.compare(compared, first) < 0 ? compared : first),
    },
  };
}

/** Its first day, the first day after it, and the first day of the one before. */
function daysOf(
  wish: Exclude<PeriodWish, { kind: 'all' }>,
  today: Temporal.PlainDate,
): { first: Temporal.PlainDate; after: Temporal.PlainDate; previous: Temporal.PlainDate } {
  const stepping = (first: Temporal.PlainDate, step: Temporal.DurationLike) => ({
    first,
    after: first.add(step),
    previous: first.subtract(step),
  });
  switch (wish.kind) {
    case 'today':
      return stepping(today, { days: 1 });
    case 'yesterday':
      return stepping(today.subtract({ days: 1 }), { days: 1 });
    case 'last':
      return daysOf({ kind: wish.of }, daysOf({ kind: wish.of }, today).previous);
    case 'yearOf':
      return stepping(Temporal.PlainDate.from({ year: wish.year, month: 1, day: 1 }), { years: 1 });
    case 'latestMonth': {
      const year = wish.month > today.month ? today.year - 1 : today.year;
      return daysOf({ kind: 'monthOf', year, month: wish.month }, today);
    }
    case 'latestQuarter': {
      const year = wish.quarter * 3 - 2 > today.month ? today.year - 1 : today.year;
      return daysOf({ kind: 'quarterOf', year, quarter: wish.quarter }, today);
    }
    case 'week':
      return stepping(today.subtract({ days: today.dayOfWeek - 1 }), { days: 7 });
    case 'month':
      return stepping(today.with({ day: 1 }), { months: 1 });
    case 'quarter':
      return stepping(today.with({ month: today.month - ((today.month - 1) % 3), day: 1 }), { months: 3 });
    case 'year':
      return stepping(today.with({ month: 1, day: 1 }), { years: 1 });
    case 'monthOf':
      return stepping(Temporal.PlainDate.from({ year: wish.year, month: wish.month, day: 1 }), { months: 1 });
    case 'quarterOf': {
      const month = wish.quarter * 3 - 2;
      return stepping(Temporal.PlainDate.from({ year: wish.year, month, day: 1 }), { months: 3 });
    }
    case 'days': {
      const first = Temporal.PlainDate.from(wish.first);
      const after = Temporal.PlainDate.from(wish.last).add({ days: 1 });
      return stepping(first, { days: first.until(after, { largestUnit: 'day' }).days });
    }
  }
}
