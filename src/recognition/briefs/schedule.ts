// When a lead's brief is due: Thursdays at nine where the lead is. Pure.
//
// - A week is named by its Monday where the lead is. Thursday and Friday are in the same week everywhere, so whoever moves
//   to another zone in between is told once.
// - A bot that was away makes up for it until Friday at six, not between eight in the evening and eight in the morning.
//   After that the week is passed over, and the next brief tells what was given in it.
import { dueIn, weekOf } from '../digests/schedule.js';

/**
 * - `early`: it is not due yet
 * - `due`: it is to be sent
 * - `quiet`: it is late, and night
 * - `over`: it is not sent any more
 */
export type BriefTime = 'early' | 'due' | 'quiet' | 'over';

const day = 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
/** The first brief tells of these days. */
const firstMilliseconds = 7 * day;
/** After a long pause no brief tells of more. */
const mostMilliseconds = 28 * day;
/** What is being recorded while a brief is claimed is told by the next one. */
const recordingMilliseconds = 60_000;

const thursday = 4;
const friday = 5;

export function dueAt(week: string, timeZone: string): Date {
  return dueIn(week, { weekday: thursday, hour: 9, timeZone });
}

/** What time it is for the brief of a week. */
export function briefTime(week: string, timeZone: string, now: Date): BriefTime {
  if (now < dueAt(week, timeZone)) return 'early';
  if (now >= dueIn(week, { weekday: friday, hour: 18, timeZone })) return 'over';
  const isNight =
    now >= dueIn(week, { weekday: thursday, hour: 20, timeZone }) && now < morningAfter(week, timeZone);
  return isNight ? 'quiet' : 'due';
}

/** When a brief that was not sent on its day is sent. */
export function morningAfter(week: string, timeZone: string): Date {
  return dueIn(week, { weekday: friday, hour: 8, timeZone });
}

/** The week whose brief is to be sent now to leads in this zone; null: none is. */
export function weekDue(timeZone: string, now: Date): string | null {
  const week = weekOf(now, timeZone);
  return briefTime(week, timeZone, now) === 'due' ? week : null;
}

/**
 * Whether a brief can be due anywhere on earth: from Wednesday 19:00 UTC, which is Thursday 09:00 in the first zone, until
 * Saturday 06:00 UTC, which is Friday 18:00 in the last one.
 */
export function isDueAnywhere(now: Date): boolean {
  // 1970 began on a Thursday.
  const sinceMonday = (now.getTime() + 3 * day) % (7 * day);
  return sinceMonday >= 2 * day + 19 * hour && sinceMonday < 5 * day + 6 * hour;
}

/** When the next brief comes, where none has come that was due. @param isSettled - this week's has come, or had nothing to tell */
export function nextBriefAt(timeZone: string, isSettled: boolean, now: Date): Date {
  const week = weekOf(now, timeZone);
  const time = briefTime(week, timeZone, now);
  if (isSettled || time === 'over')
    return dueAt(weekOf(new Date(now.getTime() + 7 * day), timeZone), timeZone);
  if (time === 'early') return dueAt(week, timeZone);
  return time === 'quiet' ? morningAfter(week, timeZone) : now;
}

/** What a brief that is claimed now tells of. @param last - where what the lead was told of before ends; null: nothing yet */
export function briefEnd(now: Date): Date {
  return new Date(now.getTime() - recordingMilliseconds);
}

/** Where the time of a brief begins that ends at `to`. @param last - where what the lead was told of before ends; null: they were told of nothing yet */
export function briefStart(last: Date | null, to: Date): Date {
  if (!last) return new Date(to.getTime() - firstMilliseconds);
  return new Date(Math.max(last.getTime(), to.getTime() - mostMilliseconds));
}
