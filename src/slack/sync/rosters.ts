// Takes over who is in the teams, a step at a time. The database knows how far it has come.
import { setImmediate as breathe } from 'node:timers/promises';
import type { ConversationsMembersResponse, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Workspace } from '../../model.js';
import type { ClaimedSync, SyncTrouble } from '../../recognition/syncs.js';
import {
  claimDueRoster,
  dismissRange,
  endRoster,
  keepChannelPage,
  keepRange,
  leaveRoster,
  type RosterTask,
  rangeBehind,
  unknownAmong,
  unknownIn,
} from '../../recognition/teams/rosters.js';
import type { Db } from '../../store/db.js';
import { lookUpMembers } from '../lookup.js';

/** As many as Slack recommends. @see https://docs.slack.dev/reference/methods/conversations.members */
const pageSize = 200;
/** So many people are looked up at once. Each is kept at once, so that a pause by Slack loses none. */
const lookedUpAtOnce = 10;

/** What the steps of all syncs share. */
export interface Stepping {
  db: Db;
  log: Logger;
  now: () => Date;
  /** Slack's answer; null: there is none, and the step has been put off. */
  ask<Answer>(sync: ClaimedSync, call: () => Promise<Answer>): Promise<Answer | null>;
  putOff(sync: ClaimedSync, trouble: { trouble: SyncTrouble; reason: string }): Promise<void>;
  isStopped: () => boolean;
}

interface Place {
  workspace: Workspace;
  client: WebClient;
}

/**
 * The next step of the roster that has waited longest, where one is due: one page of a channel's members, or the whole of
 * what is known already. One a second is less than Slack allows.
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
export async function stepRosters(stepping: Stepping, place: Place): Promise<void> {
  const { db, now } = stepping;
  const claimed = await claimDueRoster(db, place.workspace, now());
  if (!claimed) return;
  const { roster } = claimed.team;
  if (roster.kind !== 'channel') return stepKnown(stepping, place, claimed);
  return stepChannel(stepping, place, { ...claimed, channelSlackId: roster.slackId });
}

async function stepChannel(
  stepping: Stepping,
  place: Place,
  { channelSlackId, ...claimed }: RosterTask & { channelSlackId: string },
): Promise<void> {
  const { db, now, ask, putOff } = stepping;
  const { sync } = claimed;
  const from = sync.cursor === null ? {} : { cursor: sync.cursor };
  const page = await ask(sync, async () =>
    pageOf(await place.client.conversations.members({ channel: channelSlackId, limit: pageSize, ...from })),
  );
  if (!page) return;
  // Who looks for a roster is in the channel: believing that nobody is would empty the team.
  if (page.nextCursor === null && sync.listed + page.slackIds.length === 0)
    return putOff(sync, { trouble: { kind: 'fault' }, reason: 'empty_list' });
  const unknown = await unknownAmong(db, claimed, page.slackIds);
  if (!(await lookUp(stepping, place, claimed, unknown))) return;
  const kept = await keepChannelPage(db, claimed, page, now());
  if (kept && page.nextCursor === null) await finish(stepping, kept);
}

/** A team that everybody is in, or one of a group: what is known of them is in the database. */
async function stepKnown(stepping: Stepping, place: Place, claimed: RosterTask): Promise<void> {
  const { db, now } = stepping;
  let task = claimed;
  let range = await rangeBehind(db, task, '');
  // A group that Slack does not list any more, or without anybody in it, empties no team.
  if (!range) {
    await leaveRoster(db, task, now());
    return;
  }
  while (range) {
    if (await isOver(stepping, task)) return;
    if (!(await lookUp(stepping, place, task, await unknownIn(db, task, range)))) return;
    const next = await keepRange(db, task, range, now());
    if (!next) return;
    task = next;
    range = await rangeBehind(db, task, range.last);
  }
  await finish(stepping, task);
}

/** Everybody who belongs there is there: the others leave, and the run ends. */
async function finish(stepping: Stepping, kept: RosterTask): Promise<void> {
  const { db, log, now } = stepping;
  let task = kept;
  let left = 0;
  for (let after: string | null = ''; after !== null; ) {
    if (await isOver(stepping, task)) return;
    const passed = await dismissRange(db, task, after, now());
    if (!passed) return;
    left += passed.left;
    ({ task, after } = passed);
  }
  if (await endRoster(db, task, now()))
    log.debug({ workspace: task.team.workspaceId, team: task.team.id, left }, 'A roster was taken over.');
}

/** Gives others their turn; true: the bot stops, and the run goes on at the next start. */
async function isOver({ putOff, isStopped }: Stepping, { sync }: RosterTask): Promise<boolean> {
  await breathe();
  if (!isStopped()) return false;
  await putOff(sync, { trouble: { kind: 'stopped' }, reason: 'stopped' });
  return true;
}

/** Looks up people of whom nothing is known, such as those of other organisations. False: Slack did not answer, and the step has been put off. */
async function lookUp(
  { db, now, ask }: Stepping,
  { workspace, client }: Place,
  task: RosterTask,
  slackIds: string[],
): Promise<boolean> {
  for (let index = 0; index < slackIds.length; index += lookedUpAtOnce) {
    const some = slackIds.slice(index, index + lookedUpAtOnce);
    const found = await ask(task.sync, () => lookUpMembers({ db, client, workspace }, some, now()));
    if (!found) return false;
  }
  return true;
}

function pageOf({ members = [], response_metadata }: ConversationsMembersResponse): {
  slackIds: string[];
  nextCursor: string | null;
} {
  return { slackIds: [...new Set(members)], nextCursor: response_metadata?.next_cursor || null };
}
