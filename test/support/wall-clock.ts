// What clocks on the wall show, asked of Intl alone: what the bot computes with Temporal is measured against it.

/** Zones whose days are unlike others': half hours, quarters of an hour, far east and far west. */
export const zones = [
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'America/Sao_Paulo',
  'America/Los_Angeles',
] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

export interface WallTime {
  /** Such as `2026-11-20`. */
  day: string;
  hour: number;
  minute: number;
  /** 1 is Monday. */
  weekday: number;
}

export function wallTime(instant: Date, timeZone: string): WallTime {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = `${parts.year}-${parts.month}-${parts.day}`;
  return { day, hour: Number(parts.hour), minute: Number(parts.minute), weekday: weekdayOf(day) };
}

export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function mondayOf(day: string): string {
  return daysAfter(day, 1 - weekdayOf(day));
}

const instants = new Map<string, number>();

/** When a clock on the wall first shows this hour on this day, or a later one where it jumps over it. */
export function firstInstant(day: string, hour: number, timeZone: string): Date {
  const key = `${day} ${hour} ${timeZone}`;
  const known = instants.get(key);
  if (known !== undefined) return new Date(known);
  for (let at = Date.parse(`${day}T00:00:00Z`) + (hour - 15) * 3_600_000; ; at += 15 * 60_000) {
    const wall = wallTime(new Date(at), timeZone);
    if (wall.day < day || (wall.day === day && wall.hour < hour)) continue;
    instants.set(key, at);
    return new Date(at);
  }
}
