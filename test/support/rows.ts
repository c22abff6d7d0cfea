// Rows for tests of the store itself, where only their being there matters.
import type { Prisma } from '../../src/store/db.js';

/** A workspace that differs from others by its id. */
export function newWorkspace(id: string): Prisma.WorkspaceCreateInput {
  return {
    id,
    slackId: `T-${id}`,
    name: 'Example',
    url: 'https://example.slack.com/',
    botSlackId: 'U-BOT',
    botName: 'shoutout',
    createdAt: new Date('2026-11-20T12:00:00Z'),
  };
}

/** A value of a workspace; its position serves as a counter. */
export function newValue(workspaceId: string, slug: string): Prisma.CompanyValueUncheckedCreateInput {
  return { id: slug, workspaceId, slug, name: slug, emoji: 'gem', position: 0 };
}
