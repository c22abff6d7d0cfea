// Periods and changes in words, as every view of numbers says them.
import type { KeptValue, Period, Span } from '../../model.js';
import { dateOf } from '../../recognition/calendar.js';
import type { PeriodWish } from '../../recognition/stats/periods.js';
import { type Message, said } from '../messages/parts.js';

/** "since 1 April", "from 1 January to 31 March 2026", "on 3 March 2026", "since the beginning". */
export function periodWords({ from, to, timeZone, isUnfinished }: Period, wish: PeriodWish): string {
  if (wish.kind === 'all') return 'since the beginning';
  return isUnfinished
    ? `since ${dayOf(from, timeZone, yearOf(from, timeZone) !== yearOf(to, timeZone))}`
    : spanWords({ from, to }, timeZone);
}

/** How to ask for the same of another time, with one that is over as an example. @param whom - as it is typed after `stats` */
export function otherTimes(
  recognition: string,
  whom: string,
  { value, period: { to, timeZone } }: { value: Pick<KeptValue, 'slug'> | null; period: Period },
): string {
  const [year = 0, month = 0] = dateOf(to, timeZone).split('-').map(Number);
  const earlier = new Date(Date.UTC(year, month - 1 - 2)).toISOString().slice(0, 7);
  const asked = value ? `${whom} #${value.slug}` : whom;
  return `Other times: ${recognition} stats ${asked} last month, or ${earlier}.`;
}

/** Nothing has been given in it yet: it begins later. */
export function isAhead({ from, to }: Period): boolean {
  return from.getTime() >= to.getTime();
}

/** What every view says of such a time. */
export function nothingYet(): Message {
  return said('That time lies ahead: nothing has been given in it yet.');
}

/** "1 January to 12 February", "1 to 20 September", "September", what a period is compared with; with the year where it is another; null: nothing. */
export function beforeWords({ before, to, timeZone }: Period): string | null {
  if (!before) return null;
  const hasYear = yearOf(before.from, timeZone) !== yearOf(new Date(to.getTime() - 1), timeZone);
  return wholeMonth(before, timeZone, hasYear) ?? rangeWords(before, timeZone, hasYear);
}

/** "September", where it is all of one month. */
function wholeMonth({ from, to }: Span, timeZone: string, hasYear: boolean): string | null {
  const isOne = monthOf(from, timeZone) === monthOf(new Date(to.getTime() - 1), timeZone);
  const isWhole = dayNumber(from, timeZone) === '1' && dayNumber(to, timeZone) === '1';
  if (!isOne || !isWhole || from >= to) return null;
  return new Intl.DateTimeFormat('en-GB', {
    month: 'long',
    ...(hasYear ? { year: 'numeric' } : {}),
    timeZone,
  }).format(from);
}

/** "2 more", "1 fewer", "as many". */
export function changeWords(now: number, before: number): string {
  if (now === before) return 'as many';
  return now > before ? `${number(now - before)} more` : `${number(before - now)} fewer`;
}

/** The same in brackets after a count, with a space before it; nothing where there is nothing to compare. */
export function changeAfter(now: number, before: number | null): string {
  return before === null || now + before === 0 ? '' : ` (${changeWords(now, before)})`;
}

/** "once", "twice", "3 times". */
export function timesWords(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${number(times)} times`;
}

/** "1 person", "1,200 people". */
export function counted(count: number, one: string, several: string): string {
  return `${number(count)} ${count === 1 ? one : several}`;
}

export function number(count: number): string {
  return numberFormat.format(count);
}

const numberFormat = new Intl.NumberFormat('en-GB');

function spanWords(span: Span, timeZone: string): string {
  const words = rangeWords(span, timeZone);
  return words.includes(' to ') ? `from ${words}` : `on ${words}`;
}

/** With both days; a single day is itself, and days of one month name it once. */
function rangeWords({ from, to }: Span, timeZone: string, hasYear = true): string {
  const last = new Date(to.getTime() - 1);
  const end = dayOf(last, timeZone, hasYear);
  if (dayOf(from, timeZone, true) === dayOf(last, timeZone, true)) return end;
  const isOneMonth = monthOf(from, timeZone) === monthOf(last, timeZone);
  const isOneYear = yearOf(from, timeZone) === yearOf(last, timeZone);
  return `${isOneMonth ? dayNumber(from, timeZone) : dayOf(from, timeZone, !isOneYear)} to ${end}`;
}

function dayNumber(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', timeZone }).format(instant);
}

function monthOf(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'numeric', timeZone }).format(instant);
}

function dayOf(instant: Date, timeZone: string, hasYear: boolean): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(hasYear ? { year: 'numeric' } : {}),
    timeZone,
  }).format(instant);
}

function yearOf(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(instant);
}
