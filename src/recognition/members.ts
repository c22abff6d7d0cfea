// What is known of people: who has to be looked up, and keeping what Slack says.
import type { Member, MemberProfile, Preference, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listMembers, markPreference, upsertMembers } from '../store/members.js';

const freshMilliseconds = 24 * 60 * 60 * 1000;

/** The members known among `slackIds`, and the ids that Slack has to be asked about: never seen, or a day old. */
export async function knownMembers(
  db: Db,
  workspace: Workspace,
  slackIds: string[],
  now: Date,
): Promise<{ members: Member[]; toFetch: string[] }> {
  const members = await listMembers(db, workspace.id, slackIds);
  const fresh = new Set(
    members
      .filter(member => now.getTime() - member.fetchedAt.getTime() < freshMilliseconds)
      .map(member => member.slackId),
  );
  return { members, toFetch: [...new Set(slackIds)].filter(slackId => !fresh.has(slackId)) };
}

/** Keeps what Slack says of people. Returns them as kept. */
export function saveMembers(
  db: Db,
  workspace: Workspace,
  profiles: MemberProfile[],
  now: Date,
): Promise<Member[]> {
  return upsertMembers(db, workspace.id, profiles, now);
}

/** Keeps what a person wants of announcements about them, from the next one on. */
export async function changePreference(
  db: Db,
  workspace: Workspace,
  { memberSlackId, preference }: { memberSlackId: string; preference: Preference },
): Promise<void> {
  const [member] = await listMembers(db, workspace.id, [memberSlackId]);
  if (member) await markPreference(db, workspace.id, { memberId: member.id, preference });
}
