// What the clock does, and how often.
import type { Workspace } from '../model.js';
import { deleteOldDrafts } from '../recognition/drafts.js';
import type { Outbox } from '../slack/post/outbox.js';
import type { Db } from '../store/db.js';
import type { Chore } from './schedule.js';

export function choresOf({
  db,
  now,
  outbox,
  workspaces,
}: {
  db: Db;
  now: () => Date;
  outbox: Outbox;
  workspaces: () => Workspace[];
}): Chore[] {
  return [
    { name: 'outbox', when: 5, run: () => outbox.sendDue() },
    {
      name: 'drafts',
      when: '17 * * * *',
      run: async () => {
        for (const workspace of workspaces()) await deleteOldDrafts(db, workspace, now());
      },
    },
  ];
}
