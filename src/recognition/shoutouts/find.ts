// Finding shout-outs.
import type { Shoutout, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findShoutout as find, findLastShoutout } from '../../store/shoutouts.js';

/** The giver's latest shout-out that still counts, or null. */
export function lastShoutout(db: Db, workspace: Workspace, giverSlackId: string): Promise<Shoutout | null> {
  return findLastShoutout(db, workspace.id, giverSlackId);
}

/** The shout-out with this id, whoever asks: who may see or do what is decided by the caller. */
export function findShoutout(db: Db, workspace: Workspace, shoutoutId: string): Promise<Shoutout | null> {
  return find(db, workspace.id, shoutoutId);
}
