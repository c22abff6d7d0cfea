// Days as people in a time zone count them.
import { Temporal } from 'temporal-polyfill';

/** When the day of `now` began, in `timeZone`. */
export function dayStart(now: Date, timeZone: string): Date {
  return startOf(dateIn(now, timeZone), timeZone);
}

/** The day of `now` in `timeZone`, such as `2026-11-20`. */
export function dateOf(now: Date, timeZone: string): string {
  return dateIn(now, timeZone).toString();
}

/** How many days lie between two days such as `2026-11-20`; null: one of them is no day. */
export function daysBetween(from: string, to: string): number | null {
  try {
    return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
  } catch {
    return null;
  }
}

/** Zones that were found to be one: asking takes longer than all else about a person, and there are pages of them. */
const zones = new Set<string>();
/** There are some 600; each can be written in any mixture of large and small letters. */
const mostZones = 2000;

/**
 * Whether this is an IANA time zone that days can be counted in, and written down in. Temporal refuses short names such
 * as `IST`, which mean several zones, and `Intl` refuses what is no name.
 */
export function isTimeZone(timeZone: string): boolean {
  if (zones.has(timeZone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    dateIn(new Date(0), timeZone);
  } catch {
    return false;
  }
  if (zones.size < mostZones) zones.add(timeZone);
  return true;
}

/** The first of these that days can be counted in, else UTC: what was kept may be a zone that is none any more. */
export function zoneAmong(...timeZones: (string | null | undefined)[]): string {
  return timeZones.find(timeZone => timeZone != null && isTimeZone(timeZone)) ?? 'UTC';
}

function dateIn(now: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

function startOf(date: Temporal.PlainDate, timeZone: string): Date {
  return new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
}
