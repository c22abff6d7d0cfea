// Takes over Slack's lists of members and groups, a page at a time. The database knows how far they have come.
import { setImmediate as breathe } from 'node:timers/promises';
import type { UsergroupsListResponse, UsersListResponse, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { MemberProfile, UserGroup, Workspace } from '../../model.js';
import {
  type ClaimedSync,
  claimDueSyncs,
  endGroups,
  keepGroup,
  keepMembers,
  postponeSync,
  type SyncTrouble,
} from '../../recognition/syncs.js';
import { peopleHaveChanged } from '../../recognition/teams/rosters.js';
import type { Db } from '../../store/db.js';
import { resultOf } from '../post/results.js';
import { profileOf } from '../profile.js';
import { stepRosters } from './rosters.js';

/**
 * As many as Slack recommends; 1,000 it would allow. 50,000 people are then 13 minutes at twenty pages a minute, which
 * nobody waits for, and a page comes well within the client's 8 s, takes little memory and is written in milliseconds.
 * @see https://docs.slack.dev/apis/web-api/pagination
 */
const pageSize = 200;
/** A line in the log for so many people. */
const progressStep = 5000;

export interface Syncs {
  /** Takes the next step of each sync that is due: asks for one page, keeps it. Call it every second. */
  step(): Promise<void>;
  /** Starts nothing more, and resolves when nothing is being written. What is left goes on at the next start. */
  stop(): Promise<void>;
}

export interface SyncOptions {
  db: Db;
  /** The workspaces that can be asked now, each with a client that holds its token. */
  workspaces: () => { workspace: Workspace; client: WebClient }[];
  log: Logger;
  now: () => Date;
}

export interface Room {
  workspace: Workspace;
  client: WebClient;
  sync: ClaimedSync;
}

/** The bot stops, and nobody waits for Slack's answer any more. */
class Stopped extends Error {}

export function createSyncs({ db, workspaces, log, now }: SyncOptions): Syncs {
  let stopped = false;
  const giveUps = new Set<(error: Stopped) => void>();
  const underway = new Set<Promise<void>>();

  /** Not by `Promise.race`: a promise that is never settled would keep every answer that it has raced with. */
  function unlessStopped<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      giveUps.add(reject);
      answer.then(resolve, reject).finally(() => giveUps.delete(reject));
    });
  }

  /** Slack's answer; null: there is none, and the step is put off. Asked for once more, a page is the same. */
  async function ask<Answer>(sync: ClaimedSync, call: () => Promise<Answer>): Promise<Answer | null> {
    try {
      if (stopped) throw new Stopped('The bot stops.');
      return await unlessStopped(call());
    } catch (error) {
      await putOff(sync, troubleOf(error));
      return null;
    }
  }

  async function putOff(sync: ClaimedSync, { trouble, reason }: Reasoned): Promise<void> {
    const until = await postponeSync(db, sync, trouble, now());
    if (trouble.kind === 'stopped' || trouble.kind === 'unavailable') return;
    const level = trouble.kind === 'rateLimited' ? 'info' : 'warn';
    log[level]({ ...facts(sync), reason, until }, 'Slack did not give a list; it is asked again.');
  }

  async function stepMembers(room: Room): Promise<void> {
    const { workspace, client, sync } = room;
    const askedAt = now();
    const from = sync.cursor === null ? {} : { cursor: sync.cursor };
    const page = await ask(sync, async () =>
      pageOf(await client.users.list({ limit: pageSize, ...from }), workspace),
    );
    if (!page) return;
    // The bot itself is in every list: believing an empty one would declare everybody gone.
    if (page.nextCursor === null && sync.listed + page.profiles.length === 0) {
      return putOff(sync, { trouble: { kind: 'fault' }, reason: 'empty_list' });
    }
    const outcome = await keepMembers(db, sync, { ...page, askedAt }, now());
    if (outcome.kind === 'done') {
      const { listed, gone } = outcome;
      await peopleHaveChanged(db, workspace, null, now());
      log.info({ ...facts(sync), members: listed, gone }, 'All members are known.');
    } else if (outcome.kind === 'page' && hasPassed(progressStep, sync.listed, outcome.listed)) {
      log.info({ ...facts(sync), members: outcome.listed }, 'Members are being taken over.');
    }
  }

  async function stepGroups(room: Room): Promise<void> {
    const groups = await ask(room.sync, async () =>
      groupsOf(await room.client.usergroups.list({ include_users: true })),
    );
    if (!groups) return;
    let { sync } = room;
    for (const group of groups) {
      // So that others have their turn between two of hundreds.
      await breathe();
      if (stopped) return putOff(sync, { trouble: { kind: 'stopped' }, reason: 'stopped' });
      const next = await keepGroup(db, sync, group, now());
      if (!next) return;
      sync = next;
    }
    const slackIds = groups.map(({ slackId }) => slackId);
    const gone = await endGroups(db, sync, slackIds, now());
    if (gone !== null) {
      await peopleHaveChanged(db, room.workspace, null, now());
      log.info({ ...facts(sync), groups: groups.length, gone }, 'All groups are known.');
    }
  }

  async function stepAll(): Promise<void> {
    const steps = workspaces().map(async ({ workspace, client }) => {
      const syncs = await claimDueSyncs(db, workspace, now());
      await allDone([
        ...syncs.map(sync =>
          (sync.subject === 'members' ? stepMembers : stepGroups)({ workspace, client, sync }),
        ),
        stepRosters({ db, log, now, ask, putOff, isStopped: () => stopped }, { workspace, client }),
      ]);
    });
    await allDone(steps);
  }

  function facts({ workspaceId, subject, startedAt }: ClaimedSync) {
    const seconds = Math.round((now().getTime() - startedAt.getTime()) / 1000);
    return { workspace: workspaceId, subject, seconds };
  }

  return {
    step: async () => {
      if (stopped) return;
      const work = stepAll();
      underway.add(work);
      await work.finally(() => underway.delete(work));
    },
    stop: async () => {
      stopped = true;
      for (const giveUp of giveUps) giveUp(new Stopped('The bot stops.'));
      // Its failure is told to whoever called it.
      await Promise.allSettled(underway);
    },
  };
}

/** Resolves when all are over, whatever became of them; then throws what one of them threw. */
async function allDone(works: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function hasPassed(step: number, before: number, after: number): boolean {
  return Math.floor(after / step) > Math.floor(before / step);
}

/** What is kept of a page; the rest of it is large, and forgotten before anything is written. */
function pageOf(
  { members = [], response_metadata }: UsersListResponse,
  workspace: Workspace,
): { profiles: MemberProfile[]; nextCursor: string | null } {
  const profiles = members.map(user => profileOf(user, workspace)).filter(profile => profile !== null);
  return { profiles, nextCursor: response_metadata?.next_cursor || null };
}

/** Groups of other organisations are none of ours; one that is switched off is not listed. */
function groupsOf({ usergroups = [] }: UsergroupsListResponse): UserGroup[] {
  return usergroups.flatMap(({ id, handle = id, name = handle, users = [], is_external }) =>
    id && name && is_external !== true
      ? [{ slackId: id, handle: `@${handle}`, name, memberSlackIds: users }]
      : [],
  );
}

const withoutGroups = new Set(['plan_upgrade_required', 'paid_teams_only']);

export interface Reasoned {
  trouble: SyncTrouble;
  /** A code for the log. */
  reason: string;
}

function troubleOf(error: unknown): Reasoned {
  if (error instanceof Stopped) return { trouble: { kind: 'stopped' }, reason: 'stopped' };
  const result = resultOf(error, 'post');
  const reason = 'reason' in result ? result.reason : 'unknown';
  if (result.kind === 'later' && result.retryAfterMilliseconds !== null) {
    return {
      trouble: { kind: 'rateLimited', retryAfterMilliseconds: result.retryAfterMilliseconds },
      reason,
    };
  }
  if (reason === 'invalid_cursor') return { trouble: { kind: 'lostPlace' }, reason };
  if (withoutGroups.has(reason)) return { trouble: { kind: 'unavailable' }, reason };
  return { trouble: { kind: 'fault' }, reason };
}
