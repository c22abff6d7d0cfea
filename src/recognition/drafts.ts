// What a person typed and has not sent, kept for a day so that a refusal can give the words back.
import type { ShoutoutRequest, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { deleteDraft, deleteDraftsBefore, findDraft as find, insertDraft } from '../store/drafts.js';
import { isGranted, may } from './permissions.js';

/** Whether a draft is this person's to take up. */
function isTheirs(draft: { memberSlackId: string }, memberSlackId: string): boolean {
  return isGranted(may('takeUpDraft', draft.memberSlackId === memberSlackId ? ['giver'] : []));
}

const draftMilliseconds = 24 * 60 * 60 * 1000;

/** Keeps a draft for its giver. Returns its id. */
export function saveDraft(
  db: Db,
  workspace: Workspace,
  request: ShoutoutRequest,
  now: Date,
): Promise<string> {
  return insertDraft(db, {
    workspaceId: workspace.id,
    memberSlackId: request.giverSlackId,
    request: JSON.stringify(request),
    createdAt: now,
  });
}

/**
 * The draft as it was kept, or null: not this person's, older than a day, or never there.
 * An earlier version of the bot may have written it, so its shape must be checked.
 */
export async function findDraft(
  db: Db,
  workspace: Workspace,
  { draftId, memberSlackId }: { draftId: string; memberSlackId: string },
  now: Date,
): Promise<unknown> {
  const draft = await find(db, workspace.id, draftId);
  if (!draft || !isTheirs(draft, memberSlackId)) return null;
  if (now.getTime() - draft.createdAt.getTime() > draftMilliseconds) return null;
  return JSON.parse(draft.request);
}

/** Deletes a person's own draft. */
export function dropDraft(
  db: Db,
  workspace: Workspace,
  { draftId, memberSlackId }: { draftId: string; memberSlackId: string },
): Promise<void> {
  return deleteDraft(db, { workspaceId: workspace.id, id: draftId, memberSlackId });
}

/** Deletes what is older than a day, in one workspace. */
export function deleteOldDrafts(db: Db, workspace: Workspace, now: Date): Promise<void> {
  return deleteDraftsBefore(db, workspace.id, new Date(now.getTime() - draftMilliseconds));
}
