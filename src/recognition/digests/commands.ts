// What keepers do with the digest: post it now, pause it, resume it, skip a week.
import type { Digest, Member, Post, Settings, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { claimDigest, countUntold, markSkipped, markUnskipped } from '../../store/digests.js';
import { listPosts } from '../../store/posts.js';
import { findSettings, markSettings } from '../../store/settings.js';
import { digestRefusal } from './keepers.js';
import { digestPost, weeksAround } from './run.js';
import {
  decideDigest,
  digestChannel,
  nextDigestAt,
  scheduleOf,
  weekOf,
  weekOfDay,
  zoneOf,
} from './schedule.js';

/** When the next digest comes, and in which words to say it. */
export interface DigestOutlook {
  /** Null: none comes, because it is paused, has no channel, or is skipped for years. */
  nextAt: Date | null;
  /** The workspace's, in which it is told. */
  timeZone: string;
  isOn: boolean;
  /** The Slack id of the digest's channel; null: none has been chosen. */
  channelSlackId: string | null;
}

export type DigestRefusal =
  | 'notKeeper'
  | 'noChannel'
  | 'nothingToTell'
  | 'alreadyTold'
  | 'noSuchDay'
  | 'pastDay';

export type DigestOutcome =
  | { kind: 'done'; outlook: DigestOutlook }
  /** `told`: where this week's digest is, where it is there. */
  | { kind: 'refused'; reason: DigestRefusal; outlook: DigestOutlook; told: Post | null };

/** When the next digest comes. */
export async function digestOutlook(db: Db, workspace: Workspace, now: Date): Promise<DigestOutlook> {
  const settings = await findSettings(db, workspace.id);
  const timeZone = zoneOf(settings);
  const weeks = await weeksAround(db, workspace, timeZone, now);
  return {
    nextAt: nextDigestAt(settings, weeks, now),
    timeZone,
    isOn: settings.isDigestOn,
    channelSlackId: digestChannel(settings),
  };
}

/** Whether somebody may see what the next digest would say. Refused for anybody but keepers and admins. */
export async function previewDigest(
  db: Db,
  workspace: Workspace,
  { by }: { by: Member },
  now: Date,
): Promise<DigestOutcome> {
  const refusal = await digestRefusal(db, workspace, by);
  if (refusal) return refused(db, workspace, refusal, now);
  if ((await countUntold(db, workspace.id)) === 0) return refused(db, workspace, 'nothingToTell', now);
  const outlook = await digestOutlook(db, workspace, now);
  return outlook.channelSlackId ? { kind: 'done', outlook } : refused(db, workspace, 'noChannel', now);
}

/**
 * Claims the digest that waits, else this week's, before its time; it is posted whatever the hour. Refused for anybody
 * but keepers and admins, without a channel, when the week has been told and when there is nothing to tell.
 */
export async function postDigestNow(
  db: Db,
  workspace: Workspace,
  { by }: { by: Member },
  now: Date,
): Promise<DigestOutcome> {
  const refusal = await digestRefusal(db, workspace, by);
  if (refusal) return refused(db, workspace, refusal, now);
  const settings = await findSettings(db, workspace.id);
  const channel = digestChannel(settings);
  if (!channel) return refused(db, workspace, 'noChannel', now);
  const timeZone = zoneOf(settings);
  const weeks = await weeksAround(db, workspace, timeZone, now);
  const week = waitingWeek(settings, weeks, now) ?? weekOf(now, timeZone);
  const told = weeks.find(one => one.week === week && one.state === 'told');
  if (told) return refused(db, workspace, 'alreadyTold', now, await mainPost(db, workspace, told));
  const found = await claimDigest(
    db,
    workspace.id,
    {
      team: null,
      week,
      dueAt: now,
      from: ['open', 'skipped', 'empty'],
      byMemberId: by.id,
      seenVersion: settings.version,
      mayBeEmpty: false,
      posts: () => [digestPost(channel, now)],
    },
    now,
  );
  if (found) return done(db, workspace, now);
  const untold = await countUntold(db, workspace.id);
  return refused(db, workspace, untold === 0 ? 'nothingToTell' : 'alreadyTold', now);
}

/** Posts no digest, and asks nobody, until it is resumed. Refused for anybody but keepers and admins. */
export async function pauseDigest(
  db: Db,
  workspace: Workspace,
  { by }: { by: Member },
  now: Date,
): Promise<DigestOutcome> {
  const refusal = await digestRefusal(db, workspace, by);
  if (refusal) return refused(db, workspace, refusal, now);
  await choose(db, workspace, { isDigestOn: false }, by, now);
  return done(db, workspace, now);
}

/** Ends a pause, and takes back the weeks that were skipped. What was due meanwhile is not made up for, but told with the next one. Refused for anybody but keepers and admins. */
export async function resumeDigest(
  db: Db,
  workspace: Workspace,
  { by }: { by: Member },
  now: Date,
): Promise<DigestOutcome> {
  const refusal = await digestRefusal(db, workspace, by);
  if (refusal) return refused(db, workspace, refusal, now);
  const settings = await findSettings(db, workspace.id);
  if (!settings.isDigestOn) await choose(db, workspace, { isDigestOn: true, digestSince: now }, by, now);
  await markUnskipped(db, workspace.id, weekOf(now, zoneOf(settings)));
  return done(db, workspace, now);
}

/**
 * Posts no digest in the week of a day; what is given in it is told with the next one. Refused for anybody but keepers
 * and admins, for what is no day or lies before today, and when the week has been told.
 * @param day - such as `2026-12-25`
 */
export async function skipDigest(
  db: Db,
  workspace: Workspace,
  { by, day }: { by: Member; day: string },
  now: Date,
): Promise<DigestOutcome> {
  const refusal = await digestRefusal(db, workspace, by);
  if (refusal) return refused(db, workspace, refusal, now);
  const week = weekOfDay(day);
  if (!week) return refused(db, workspace, 'noSuchDay', now);
  const settings = await findSettings(db, workspace.id);
  const timeZone = zoneOf(settings);
  const weeks = await weeksAround(db, workspace, timeZone, now);
  const isAhead = week >= weekOf(now, timeZone) || week === waitingWeek(settings, weeks, now);
  if (!isAhead) return refused(db, workspace, 'pastDay', now);
  if (await markSkipped(db, workspace.id, week)) return done(db, workspace, now);
  const told = weeks.find(one => one.week === week);
  return refused(db, workspace, 'alreadyTold', now, told ? await mainPost(db, workspace, told) : null);
}

/** The week of a digest that is due and waits; null: none does. */
function waitingWeek(
  settings: Settings,
  weeks: Awaited<ReturnType<typeof weeksAround>>,
  now: Date,
): string | null {
  const schedule = scheduleOf(settings);
  const decision = schedule && decideDigest(schedule, weeks, now);
  return decision && decision.kind !== 'nothing' ? decision.week : null;
}

async function mainPost(db: Db, workspace: Workspace, { id }: Digest): Promise<Post | null> {
  const posts = await listPosts(db, workspace.id, { digestId: id });
  return posts.find(one => one.kind === 'digest') ?? null;
}

async function choose(
  db: Db,
  workspace: Workspace,
  change: Partial<Pick<Settings, 'isDigestOn' | 'digestSince'>>,
  by: Member,
  now: Date,
): Promise<void> {
  await markSettings(db, workspace.id, { change, seenVersion: null, changedById: by.id }, now);
}

async function done(db: Db, workspace: Workspace, now: Date): Promise<DigestOutcome> {
  return { kind: 'done', outlook: await digestOutlook(db, workspace, now) };
}

async function refused(
  db: Db,
  workspace: Workspace,
  reason: DigestRefusal,
  now: Date,
  told: Post | null = null,
): Promise<DigestOutcome> {
  return { kind: 'refused', reason, outlook: await digestOutlook(db, workspace, now), told };
}
