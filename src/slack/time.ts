// Instants and hours in words.
import type { Weekday } from '../model.js';

const steps: [unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "just now", "5 minutes ago", "yesterday", "3 days ago". */
export function agoWords(instant: Date, now: Date): string {
  const passed = now.getTime() - instant.getTime();
  for (const [unit, milliseconds] of steps) {
    if (passed >= milliseconds) return ago.format(-Math.floor(passed / milliseconds), unit);
  }
  return 'just now';
}

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "1 October". */
export function dayWords(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone }).format(instant);
}

/** The same of a day such as `2026-10-01`. */
export function dateWords(date: string): string {
  return dayWords(new Date(`${date}T12:00:00Z`), 'UTC');
}

export const weekdayNames: Record<Weekday, string> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
};

/** "16:00". */
export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** "Friday 20 November at 16:00 (Europe/Madrid)", with the year when it is not this one. */
export function momentWords(instant: Date, timeZone: string, now: Date): string {
  return `${minuteWords(instant, timeZone, now)} (${timeZone})`;
}

/** The same without the zone. */
export function minuteWords(instant: Date, timeZone: string, now: Date): string {
  const year = (at: Date) => new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(at);
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(year(instant) === year(now) ? {} : { year: 'numeric' }),
    timeZone,
  }).format(instant);
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  return `${day} at ${time.format(instant)}`;
}
