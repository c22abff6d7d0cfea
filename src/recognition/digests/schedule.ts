// When the week's digest is due, and when the channel is asked for shout-outs. Pure: decided from what the database says.
//
// - A digest is due once in each ISO week, on the chosen day at the chosen hour in the workspace's zone. Only the latest
//   that was due counts: a bot that was away for longer makes up for the last one, which then tells everything.
// - Within an hour it is on time, whatever the hour is. Later than that it is not posted between 20:00 and 08:00 nor at
//   the weekend: when that is how it was found, it waits for 10:00 of the next working day, which after a Friday evening
//   or a weekend is Monday.
// - Nothing is made up for from before the digest began to run, or was resumed.
// - A week is named by the Monday of its due day. A zone, day or hour that changes moves what is still to come; a week
//   that is told stays told, and one whose new time has passed is told at once.
import { Temporal } from 'temporal-polyfill';
import type { Digest, Settings, Team, Weekday } from '../../model.js';
import { zoneAmong } from '../calendar.js';

/** When a workspace wants its digest. */
export interface Schedule {
  weekday: Weekday;
  /** Of the day, 0 to 23. */
  hour: number;
  timeZone: string;
  /** What was due then or before is not made up for; null: nothing is left out. */
  since: Date | null;
}

/** What is known of a week that has been touched: asked for, held, skipped or told. */
export type WeekRecord = Pick<Digest, 'week' | 'state' | 'heldUntil' | 'invitedAt'>;

export type Decision =
  | { kind: 'nothing' }
  /** It is late, and nobody should be disturbed now. */
  | { kind: 'hold'; week: string; dueAt: Date; until: Date }
  | { kind: 'tell'; week: string; dueAt: Date };

const hour = 60 * 60 * 1000;
/** Until then a digest is on time. */
const graceMilliseconds = hour;
/** From a Friday evening to a Monday morning it is 62 hours; what lies further off was decided before the clock was set back. */
const longestHold = 4 * 24 * hour;
const quietFrom = 20;
const quietUntil = 8;
const firstHour = 10;
const invitationHour = 10;
/** An invitation that was missed is made up for until noon. */
const invitationMilliseconds = 2 * hour;
/** So many weeks that are skipped are looked beyond. */
const mostWeeksAhead = 520;

/** Where the digest is posted; null: no channel has been chosen. */
export function digestChannel({
  digestChannelId,
  shoutoutChannelId,
}: Pick<Settings, 'digestChannelId' | 'shoutoutChannelId'>): string | null {
  return digestChannelId ?? shoutoutChannelId;
}

/** Null: no digest runs, because it is paused or has no channel. */
export function scheduleOf(
  settings: Pick<
    Settings,
    | 'isDigestOn'
    | 'digestChannelId'
    | 'shoutoutChannelId'
    | 'digestWeekday'
    | 'digestHour'
    | 'timeZone'
    | 'digestSince'
  >,
): Schedule | null {
  if (!settings.isDigestOn || digestChannel(settings) === null) return null;
  return {
    weekday: settings.digestWeekday,
    hour: settings.digestHour,
    timeZone: zoneOf(settings),
    since: settings.digestSince,
  };
}

/** When a team's own digest is due: as the workspace's, from when both began to run. Null: it is paused. */
export function teamScheduleOf(
  settings: Parameters<typeof scheduleOf>[0],
  { digestSince }: Pick<Team, 'digestSince'>,
): Schedule | null {
  if (!settings.isDigestOn) return null;
  const began = [settings.digestSince, digestSince].flatMap(since => since?.getTime() ?? []);
  return {
    weekday: settings.digestWeekday,
    hour: settings.digestHour,
    timeZone: zoneOf(settings),
    since: began.length > 0 ? new Date(Math.max(...began)) : null,
  };
}

/** The workspace's zone; UTC as long as none is chosen, or what is kept is none that days can be counted in. */
export function zoneOf({ timeZone }: Pick<Settings, 'timeZone'>): string {
  return zoneAmong(timeZone);
}

/** The Monday of the week of an instant, such as `2026-11-16`. */
export function weekOf(instant: Date, timeZone: string): string {
  return mondayOf(zoned(instant, timeZone).toPlainDate());
}

/** The Monday of the week of a day such as `2026-11-20`; null: there is no such day. */
export function weekOfDay(day: string): string | null {
  try {
    return mondayOf(Temporal.PlainDate.from(day, { overflow: 'reject' }));
  } catch {
    return null;
  }
}

/** When something that comes on this day at this hour is due in a week. An hour that the clocks pass over is an hour later; one that comes twice is the first. */
export function dueIn(
  week: string,
  { weekday, hour, timeZone }: Pick<Schedule, 'weekday' | 'hour' | 'timeZone'>,
): Date {
  const day = Temporal.PlainDate.from(week).add({ days: weekday - 1 });
  return at(day, hour, timeZone);
}

/** What is to be done about the digest now. */
export function decideDigest(schedule: Schedule, weeks: WeekRecord[], now: Date): Decision {
  const { week, dueAt } = latestDue(schedule, now);
  if (schedule.since && dueAt <= schedule.since) return { kind: 'nothing' };
  if (isClosed(week, weeks, weekOf(now, schedule.timeZone))) return { kind: 'nothing' };
  const heldUntil = weeks.find(one => one.week === week)?.heldUntil ?? null;
  const until = heldAt({ dueAt, heldUntil }, schedule.timeZone, now);
  return until ? { kind: 'hold', week, dueAt, until } : { kind: 'tell', week, dueAt };
}

/** Until when a digest is not to be posted because it is late and people are off; null: it may be posted now. */
export function heldAt(
  { dueAt, heldUntil }: { dueAt: Date; heldUntil: Date | null },
  timeZone: string,
  now: Date,
): Date | null {
  const late = now.getTime() - dueAt.getTime();
  if (late >= 0 && late < graceMilliseconds) return null;
  if (heldUntil && now < heldUntil && heldUntil.getTime() - now.getTime() <= longestHold) return heldUntil;
  const local = zoned(now, timeZone);
  const isOff = !isWorkday(local.toPlainDate()) || local.hour < quietUntil || local.hour >= quietFrom;
  if (!isOff) return null;
  let day = local.toPlainDate();
  if (local.hour >= firstHour || !isWorkday(day)) day = day.add({ days: 1 });
  while (!isWorkday(day)) day = day.add({ days: 1 });
  return at(day, firstHour, timeZone);
}

/**
 * When the next digest comes, if nothing changes; `now` itself when one is due. Null: none runs, or all weeks that can
 * be seen are skipped.
 * @param weeks - those of the last months, and all that lie ahead
 */
export function nextDigestAt(
  settings: Parameters<typeof scheduleOf>[0],
  weeks: WeekRecord[],
  now: Date,
): Date | null {
  const schedule = scheduleOf(settings);
  if (!schedule) return null;
  const decision = decideDigest(schedule, weeks, now);
  if (decision.kind === 'tell') return now;
  const thisWeek = weekOf(now, schedule.timeZone);
  let next: Date | null = null;
  for (let ahead = 0; ahead < mostWeeksAhead && !next; ahead += 1) {
    const week = Temporal.PlainDate.from(thisWeek).add({ weeks: ahead }).toString();
    const dueAt = dueIn(week, schedule);
    const isAfter = dueAt > now && (!schedule.since || dueAt > schedule.since);
    if (isAfter && !isClosed(week, weeks, thisWeek)) next = dueAt;
  }
  if (decision.kind !== 'hold') return next;
  return next && next < decision.until ? next : decision.until;
}

/** The week for which the channel is to be asked now, and until when that makes sense; null: not now. */
export function decideInvitation(
  schedule: Schedule,
  weeks: WeekRecord[],
  now: Date,
): { week: string; until: Date } | null {
  const week = weekOf(now, schedule.timeZone);
  const dueAt = dueIn(week, schedule);
  const askAt = at(zoned(dueAt, schedule.timeZone).toPlainDate(), invitationHour, schedule.timeZone);
  const until = new Date(Math.min(dueAt.getTime(), askAt.getTime() + invitationMilliseconds));
  // A digest that comes at ten or before has no morning to ask in.
  if (now < askAt || now >= until) return null;
  if (schedule.since && askAt <= schedule.since) return null;
  if (isClosed(week, weeks, week) || weeks.some(one => one.week === week && one.invitedAt)) return null;
  return { week, until };
}

function latestDue(schedule: Schedule, now: Date): { week: string; dueAt: Date } {
  const week = weekOf(now, schedule.timeZone);
  const dueAt = dueIn(week, schedule);
  if (dueAt <= now) return { week, dueAt };
  const before = Temporal.PlainDate.from(week).subtract({ weeks: 1 }).toString();
  return { week: before, dueAt: dueIn(before, schedule) };
}

/** Whether a week is done with: told, skipped, or a later one has been told. What a clock that ran ahead has told does not close the weeks before. */
function isClosed(week: string, weeks: WeekRecord[], thisWeek: string): boolean {
  return weeks.some(one =>
    one.week === week
      ? one.state !== 'open'
      : (one.state === 'told' || one.state === 'empty') && one.week > week && one.week <= thisWeek,
  );
}

function isWorkday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5;
}

function mondayOf(day: Temporal.PlainDate): string {
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}

function at(day: Temporal.PlainDate, hour: number, timeZone: string): Date {
  const time = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour }) });
  return new Date(time.epochMilliseconds);
}
