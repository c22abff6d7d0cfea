// What the clock does, and how often.
import type { Logger } from 'pino';
import type { Workspace } from '../model.js';
import { createBriefRunner } from '../recognition/briefs/run.js';
import { runDigests } from '../recognition/digests/teams.js';
import { deleteOldDrafts } from '../recognition/drafts.js';
import { noteContact } from '../recognition/workspaces.js';
import type { Outbox } from '../slack/post/outbox.js';
import type { Syncs } from '../slack/sync/syncs.js';
import type { Db } from '../store/db.js';
import type { Chore } from './schedule.js';

export function choresOf({
  db,
  log,
  now,
  outbox,
  syncs,
  workspaces,
  isConnected,
}: {
  db: Db;
  log: Logger;
  now: () => Date;
  outbox: Outbox;
  syncs: Syncs;
  workspaces: () => Workspace[];
  /** Whether the bot hears from Slack now, as far as it can know. */
  isConnected: () => boolean;
}): Chore[] {
  const runBriefs = createBriefRunner(db);
  return [
    {
      name: 'digest',
      when: 10,
      isFirstAtOnce: true,
      run: async () => {
        for (const workspace of workspaces())
          if (await runDigests(db, workspace, now())) void outbox.sendDue();
      },
    },
    {
      name: 'briefs',
      when: 60,
      isFirstAtOnce: true,
      run: async () => {
        for (const workspace of workspaces()) if (await runBriefs(workspace, now())) void outbox.sendDue();
      },
    },
    // What a bot that was killed had planned need not wait for the first tick.
    { name: 'outbox', when: 5, isFirstAtOnce: true, run: () => outbox.sendDue() },
    {
      name: 'contact',
      when: 60,
      isFirstAtOnce: true,
      run: async () => {
        if (!isConnected()) return;
        for (const workspace of workspaces()) {
          const away = await noteContact(db, workspace, now());
          if (away)
            log.warn(
              { workspace: workspace.name, minutes: Math.round(away / 60_000) },
              'The bot was out of touch with Slack for longer than Slack repeats events (about six minutes): reactions of that time may be missing.',
            );
        }
      },
    },
    { name: 'tidy', when: '41 * * * *', isFirstAtOnce: true, run: () => db.tidy() },
    { name: 'syncs', when: 1, run: () => syncs.step() },
    {
      name: 'drafts',
      when: '17 * * * *',
      run: async () => {
        for (const workspace of workspaces()) await deleteOldDrafts(db, workspace, now());
      },
    },
  ];
}
