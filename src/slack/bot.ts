// What every listener works with.
import type { Context } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Commands } from '../config.js';
import type { Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import type { Outbox } from './post/outbox.js';

export interface Bot {
  db: Db;
  log: Logger;
  now: () => Date;
  commands: Commands;
  outbox: Outbox;
  /** The hosts that a kept response URL may name. */
  responseHosts: ReadonlySet<string>;
}

/** The workspace a payload belongs to, as `authorize` found it. Every listener starts from it. */
export function workspaceOf(context: Context): Workspace {
  const workspace: unknown = context.workspace;
  if (!isWorkspace(workspace)) throw new Error('A payload was let in without its workspace.');
  return workspace;
}

function isWorkspace(value: unknown): value is Workspace {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'slackId' in value &&
    'botSlackId' in value
  );
}

/** Whether the connection that a payload came by is still there to answer on. Over a socket, the answer itself tells. */
export function connectionOf(context: Context): () => boolean {
  const { isConnectionOpen } = context;
  return typeof isConnectionOpen === 'function' ? () => isConnectionOpen() === true : () => true;
}
