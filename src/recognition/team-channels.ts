// A team's own channel: where what its members give each other is announced.
import type { Member, Recipient, Settings, ShoutoutRequest, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listMembers } from '../store/members.js';
import { findSettings } from '../store/settings.js';
import { listChannelTeamsOf } from '../store/team-channels.js';
import { hasUsualChannel } from './rules/giving.js';
import { recipientsOf } from './rules/people.js';

/**
 * The Slack id of the channel of the team that giver and recipients, but those who keep it private, are all in now; of
 * several such teams the smallest one's. Null: there is none.
 */
export async function channelAmong(
  db: Db,
  workspace: Workspace,
  { giver, recipients }: { giver: Member; recipients: Recipient[] },
): Promise<string | null> {
  const named = recipients.filter(one => !one.isHidden);
  if (named.length === 0) return null;
  const memberIds = [giver, ...named].map(one => one.id);
  const [team] = await listChannelTeamsOf(db, { workspaceId: workspace.id, memberIds });
  return team?.channelSlackId ?? null;
}

/** The same of what somebody asked for; null as well where it does not matter, because it goes elsewhere or nowhere. */
export async function ownChannelFor(
  db: Db,
  workspace: Workspace,
  { request, members }: { request: ShoutoutRequest; members: Member[] },
): Promise<string | null> {
  const settings = await findSettings(db, workspace.id);
  const giver = members.find(one => one.slackId === request.giverSlackId);
  if (!giver || !hasUsualChannel(request, settings)) return null;
  return channelAmong(db, workspace, { giver, recipients: recipientsOf(request, members, settings) });
}

/** Whether what somebody gives may go to a team's own channel, depending on whom they thank. */
export async function mayGoToTeam(
  db: Db,
  workspace: Workspace,
  request: Pick<ShoutoutRequest, 'giverSlackId' | 'announceIn' | 'place'>,
): Promise<boolean> {
  const [settings, [giver]]: [Settings, Member[]] = await Promise.all([
    findSettings(db, workspace.id),
    listMembers(db, workspace.id, [request.giverSlackId]),
  ]);
  if (!giver || !hasUsualChannel({ ...request, visibility: 'public' }, settings)) return false;
  const teams = await listChannelTeamsOf(db, { workspaceId: workspace.id, memberIds: [giver.id] });
  return teams.length > 0;
}
