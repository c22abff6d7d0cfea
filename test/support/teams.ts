// A team for a test, as if an admin had named it and its roster had been taken over.

import { createClient } from '../../src/slack/client.js';
import { lookUpMembers } from '../../src/slack/lookup.js';
import { insertTeam, type TeamChoices, writeLeads } from '../../src/store/teams.js';
import type { TestBot } from './start-bot.js';

/** People are given by their Slack ids, and looked up. Returns the team's id. */
export async function addTeam(
  bot: TestBot,
  {
    members,
    leads = [],
    ...chosen
  }: Partial<TeamChoices> & Pick<TeamChoices, 'name' | 'slug'> & { members: string[]; leads?: string[] },
): Promise<string> {
  const { db, workspace, config, clock } = bot;
  const client = createClient(config, config.botToken);
  const known = await lookUpMembers({ db, client, workspace }, [...members, ...leads], clock.now());
  const idsOf = (slackIds: string[]) =>
    known.filter(one => slackIds.includes(one.slackId)).map(one => one.id);
  return db.transaction(async tx => {
    const choices = {
      // Slack lists no such group, so nothing changes the roster but the test.
      roster: { kind: 'group' as const, slackId: 'S0OFTEST' },
      channelSlackId: null,
      isDigestOn: false,
      ...chosen,
    };
    const teamId = await insertTeam(tx, workspace.id, choices, clock.now());
    await tx.teamMember.createMany({
      data: idsOf(members).map(memberId => ({
        teamId,
        memberId,
        workspaceId: workspace.id,
        joinedAt: new Date(0),
      })),
    });
    await tx.team.updateMany({ where: { id: teamId }, data: { refreshedAt: clock.now() } });
    await writeLeads(tx, workspace.id, { teamId, leadIds: idsOf(leads) }, clock.now());
    return teamId;
  });
}

/** Makes these people, and nobody else, the team's members from now on. */
export async function setRoster(bot: TestBot, teamId: string, members: string[]): Promise<void> {
  const { db, workspace, config, clock } = bot;
  const client = createClient(config, config.botToken);
  const known = await lookUpMembers({ db, client, workspace }, members, clock.now());
  const memberIds = known.map(one => one.id);
  const now = clock.now();
  await db.transaction(async tx => {
    const there = { teamId, leftAt: null };
    await tx.teamMember.updateMany({
      where: { ...there, memberId: { notIn: memberIds } },
      data: { leftAt: now },
    });
    const stays = await tx.teamMember.findMany({ where: there });
    const joining = memberIds.filter(id => !stays.some(one => one.memberId === id));
    await tx.teamMember.createMany({
      data: joining.map(memberId => ({ teamId, memberId, workspaceId: workspace.id, joinedAt: now })),
    });
  });
}
