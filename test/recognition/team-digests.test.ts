// In whose digest a shout-out is told: random teams, channels and shout-outs, against a small model.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/model.js';
import { runDigests } from '../../src/recognition/digests/teams.js';
import { changeSettings } from '../../src/recognition/settings.js';
import { diceFrom } from '../support/chance.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { newWorkspace } from '../support/rows.js';
import { type Given, personId, recordPeople, recordShoutouts } from '../support/week.js';

/** The same weeks in every run of the suite; `DIGEST_SEED` looks for others, `DIGEST_WEEKS` for more. */
const seed = Number(process.env.DIGEST_SEED ?? 20_261_122);
const weeks = Number(process.env.DIGEST_WEEKS ?? 8);
const below = diceFrom(seed);

const names = ['Ana', 'Ben', 'Chen', 'Diego', 'Eva', 'Finn', 'Gita', 'Hugo'];
const channels = ['C-SHOUT', 'C-ONE', 'C-TWO', 'C-THREE', 'C-FOUR'];
const friday = Date.parse('2026-01-09T16:00:00Z');
const week = 7 * 24 * 60 * 60 * 1000;

interface ModelTeam {
  id: string;
  slug: string;
  isEveryone: boolean;
  channel: string | null;
  isDigestOn: boolean;
  members: string[];
}

describe.each(databases)("shout-outs, teams' digests and the workspace's on $name", database => {
  let store: TestDatabase;
  const workspace: Workspace = { ...newWorkspace('w1'), id: 'w1' };
  beforeAll(async () => {
    store = await database.create();
    await store.db.write.workspace.create({ data: newWorkspace('w1') });
    await recordPeople(
      store.db,
      'w1',
      names.map(name => ({ name })),
    );
    const change = { timeZone: 'UTC', shoutoutChannelId: 'C-SHOUT', digestHour: 16, isInvitationOn: false };
    const request = { by: null, change, seenVersion: null };
    expect((await changeSettings(store.db, workspace, request, new Date(friday - week))).kind).toBe(
      'changed',
    );
  });
  afterAll(() => store.drop());

  it('find each other: every shout-out is in exactly one, and in the right one', async () => {
    let toldByTeams = 0;
    for (let number = 0; number < weeks; number += 1) {
      const at = friday + number * week;
      const teams = someTeams();
      await writeTeams(teams, at);
      const given = Array.from({ length: 20 }, () => someShoutout(at));
      const ids = await recordShoutouts(store.db, 'w1', given);
      // Two copies of the bot at once.
      await Promise.all([1, 2].map(() => runDigests(store.db, workspace, new Date(at))));
      const rows = await store.db.read.shoutout.findMany({
        where: { id: { in: ids } },
        select: { id: true, digest: { select: { teamId: true } } },
      });
      for (const [index, one] of given.entries()) {
        const row = rows.find(({ id }) => id === ids[index]);
        const about = `week ${number} of seed ${seed}: ${JSON.stringify({ one, teams })}`;
        expect(row?.digest?.teamId, about).toBe(one.withdrawnAt ? undefined : (ownerOf(one, teams) ?? ''));
        if (row?.digest?.teamId) toldByTeams += 1;
      }
    }
    expect(toldByTeams).toBeGreaterThan(weeks);
  }, 60_000);

  async function writeTeams(teams: ModelTeam[], at: number): Promise<void> {
    await store.db.write.team.deleteMany({ where: { workspaceId: 'w1' } });
    await store.db.write.team.createMany({
      data: teams.map(({ id, slug, isEveryone, channel, isDigestOn }) => ({
        id,
        workspaceId: 'w1',
        name: slug,
        slug,
        rosterKind: isEveryone ? 'everyone' : 'channel',
        channelSlackId: channel,
        isDigestOn,
        createdAt: new Date(at),
      })),
    });
    const stays = teams.flatMap(({ id, members }) => [
      ...members.map(name => ({ teamId: id, memberId: personId(name), leftAt: null })),
      // Some have been in it before.
      ...some(names, 3)
        .filter(name => !members.includes(name))
        .map(name => ({ teamId: id, memberId: personId(name), leftAt: new Date(at - week) })),
    ]);
    await store.db.write.teamMember.createMany({
      data: stays.map(stay => ({ ...stay, workspaceId: 'w1', joinedAt: new Date(0) })),
    });
  }
});

/** The id of the team whose digest tells it; null: the workspace's does. */
function ownerOf(one: Given, teams: ModelTeam[]): string | null {
  const own = teams
    .filter(team => team.channel !== null && !team.isEveryone)
    .sort((a, b) => a.members.length - b.members.length || (a.slug < b.slug ? -1 : 1));
  const named = one.to.filter(name => !one.hidden?.includes(name));
  const home = own.find(
    team => named.length > 0 && [one.by, ...named].every(name => team.members.includes(name)),
  );
  const announcedIn = one.visibility === 'private' ? null : (one.announcedIn ?? null);
  if (announcedIn !== null && announcedIn !== 'C-SHOUT')
    return own.find(team => team.isDigestOn && team.channel === announcedIn)?.id ?? null;
  if (!home?.isDigestOn || one.visibility === 'private') return null;
  return announcedIn === null || home.channel === announcedIn ? home.id : null;
}

function someTeams(): ModelTeam[] {
  return Array.from({ length: 1 + below(6) }, (_, index) => ({
    id: `team-${index}`,
    slug: `team-${(index * 7) % 11}`,
    isEveryone: below(10) === 0,
    channel: below(5) === 0 ? null : (channels[below(channels.length)] ?? null),
    isDigestOn: below(3) > 0,
    members: some(names, 2 + below(6)),
  }));
}

function someShoutout(at: number): Given {
  const [by = 'Ana', ...to] = some(names, 2 + below(3));
  const visibility = below(6) === 0 ? 'private' : 'public';
  const announcedIn =
    visibility === 'private' || below(3) === 0 ? null : (channels[below(channels.length)] ?? null);
  return {
    by,
    to,
    visibility,
    announcedIn,
    source: announcedIn ? 'command' : 'reaction',
    message: announcedIn ? 'for it' : '',
    hidden: below(4) === 0 ? to.slice(0, 1 + below(2)) : [],
    givenAt: new Date(at - 1000 * below(100_000)),
    ...(below(10) === 0 ? { withdrawnAt: new Date(at - 1) } : {}),
  };
}

function some<T>(things: T[], count: number): T[] {
  return things
    .map(thing => ({ thing, by: below(1_000_000) }))
    .sort((a, b) => a.by - b.by)
    .slice(0, count)
    .map(({ thing }) => thing);
}
