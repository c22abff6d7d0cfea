// The steps of a chart over time: days, weeks, months, quarters or years of a period.
import { Temporal } from 'temporal-polyfill';
import type { Period } from '../../model.js';

export type BucketUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface Buckets {
  unit: BucketUnit;
  /** Where each begins, and where the last one ends: one more than there are buckets. */
  borders: Date[];
}

/** A chart of Slack's has no more. */
const mostBuckets = 20;
/** Up to here days are shown. */
const mostDays = 14;

const steps: Record<BucketUnit, Temporal.DurationLike> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
};

/**
 * The finest calendar steps of which twenty at most make the period; the first and the last may be cut by it. Of more than
 * twenty years the last twenty.
 * @param since - when there was first anything: what lies before is left out. Null: nothing is known of that
 * @returns null where there is no time in it
 */
export function bucketsOf({ from, to, timeZone }: Period, since: Date | null = null): Buckets | null {
  const start = since && since > from ? since : from;
  if (start >= to) return null;
  const first = dayOf(start, timeZone);
  const last = dayOf(new Date(to.getTime() - 1), timeZone);
  const isFine = first.until(last, { largestUnit: 'day' }).days < mostDays;
  for (const unit of isFine ? (['day'] as const) : (['week', 'month', 'quarter', 'year'] as const)) {
    const days = firstDays(unit, first, last);
    if (days.length > mostBuckets && unit !== 'year') continue;
    const inner = days
      .slice(-mostBuckets)
      .map(day => new Date(day.toZonedDateTime(timeZone).epochMilliseconds));
    // The first is cut where the period begins within it.
    const begins = inner.map((border, index) => (index === 0 && border < from ? from : border));
    return { unit, borders: [...begins, to] };
  }
  return null;
}

/** The first days of all steps that have a day between these two. */
function firstDays(
  unit: BucketUnit,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (
    let day = beginOf(unit, first);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add(steps[unit])
  ) {
    days.push(day);
  }
  return days;
}

function beginOf(unit: BucketUnit, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
      return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
    case 'year':
      return day.with({ month: 1, day: 1 });
  }
}

function dayOf(instant: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}
