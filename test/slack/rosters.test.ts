// Who is in a team follows Slack: taken over daily and soon after a change, page by page, with joining and leaving dated.
import { afterEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/playground/local-slack.js';
import { channel, defaultWorld, person } from '../../src/playground/world.js';
import { saveTeam } from '../../src/recognition/teams/change.js';
import { createClient } from '../../src/slack/client.js';
import { lookUpNow } from '../../src/slack/lookup.js';
import type { Syncs } from '../../src/slack/sync/syncs.js';
import { databases } from '../support/databases.js';
import { type BotOptions, startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';
const diego = 'U0DIEGO';
const marta = 'U0MARTA';
const hour = 60 * 60 * 1000;
const ever = '1970-01-01';

let bot: TestBot;
afterEach(() => bot.stop());

/** A workspace with a channel of 450 people more. */
function large(): BotOptions['slack'] {
  const many: Person[] = Array.from({ length: 450 }, (_, index) =>
    person({ id: `U1${1000 + index}`, name: `p${index}` }),
  );
  const { people, channels } = defaultWorld();
  const all = channel({ id: 'C0ALL', name: 'all', members: [...many.map(one => one.id), 'U0FINN', ana] });
  return { listsPerMinute: 20, world: { people: [...people, ...many], channels: [...channels, all] } };
}

describe.each(databases)('rosters on $name', database => {
  const start = async (slack: BotOptions['slack'] = {}) => {
    bot = await startBot({ database, slack });
  };
  const callsOf = (method: string) => bot.slack.calls.filter(call => call.method === method);

  /** As an admin names it. Returns its id. */
  async function addTeam(slug: string, kind: 'group' | 'channel', slackId: string): Promise<string> {
    const { db, workspace, config, clock } = bot;
    const client = createClient(config, config.botToken);
    const by = await lookUpNow({ db, client, workspace }, marta, clock.now());
    const known = await db.read.team.findFirst({ where: { slug } });
    const contents = {
      name: slug,
      slug: null,
      rosters: [{ kind, slackId }],
      leadSlackIds: [],
      channelSlackId: null,
      isDigestOn: false,
    };
    const which = known ? { teamId: known.id, seenVersion: known.version } : { key: slug };
    const outcome = await saveTeam(db, workspace, { by, contents, channelTroubles: [], which }, clock.now());
    expect(outcome.kind).toBe('changed');
    return (await db.read.team.findFirstOrThrow({ where: { slug } })).id;
  }

  /** Lets the time pass, second by second. */
  async function pass(seconds = 20, copies: Syncs[] = [bot.syncs]): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await Promise.all(copies.map(copy => copy.step()));
      bot.clock.advance(1000);
    }
  }

  /** The stays of a team by Slack id, as days: from and, where they left, until. */
  async function stays(slug: string): Promise<Record<string, string[]>> {
    const rows = await bot.db.read.teamMember.findMany({
      where: { team: { slug } },
      include: { member: true },
      orderBy: [{ member: { slackId: 'asc' } }, { joinedAt: 'asc' }],
    });
    const day = (at: Date) => at.toISOString().slice(0, 10);
    const found: Record<string, string[]> = {};
    for (const { member, joinedAt, leftAt } of rows) {
      const words = `${day(joinedAt)}..${leftAt ? day(leftAt) : ''}`;
      found[member.slackId] = [...(found[member.slackId] ?? []), words];
    }
    return found;
  }
  const since = (day: string, ...slackIds: string[]) =>
    Object.fromEntries(slackIds.sort().map(slackId => [slackId, [`${day}..`]]));
  const tomorrow = async () => {
    bot.clock.advance(24 * hour);
    await pass();
  };

  describe('Everyone', () => {
    it('has all members and guests since ever, and no bots, strangers or people who have left', async () => {
      await start();
      await pass();
      expect(await stays('everyone')).toEqual(since(ever, ana, ben, chen, diego, marta, 'U0GUEST'));
    });

    it('begins when all members are known, so that nobody seems to have joined later', async () => {
      await start(large());
      bot.slack.trouble.serverError('users.list', { times: 2 });
      await pass(3);
      expect(await bot.db.read.teamMember.count()).toBe(0);
      await pass(60);
      const all = Object.values(await stays('everyone'));
      expect(all).toHaveLength(456);
      expect(new Set(all.flat())).toEqual(new Set([`${ever}..`]));
    });

    it('follows those who arrive, leave and come back, with the day', async () => {
      await start();
      await pass();
      await tomorrow();
      await bot.slack.join({ id: 'U0NEW', name: 'new' });
      await bot.slack.changeProfile(ben, { deactivated: true });
      await bot.settled();
      await pass();
      expect(await stays('everyone')).toMatchObject({
        U0NEW: ['2026-05-14..'],
        [ben]: [`${ever}..2026-05-14`],
      });
      bot.clock.advance(24 * hour);
      await bot.slack.changeProfile(ben, { deactivated: false });
      await bot.settled();
      await pass();
      expect((await stays('everyone'))[ben]).toEqual([`${ever}..2026-05-14`, '2026-05-15..']);
    });

    it('is not gone through for a status that somebody sets', async () => {
      await start();
      await pass();
      const before = await bot.db.read.sync.findFirstOrThrow({ where: { subject: { startsWith: 'team:' } } });
      await bot.slack.changeProfile(ben, {});
      await bot.settled();
      await pass();
      expect(
        await bot.db.read.sync.findFirstOrThrow({ where: { subject: { startsWith: 'team:' } } }),
      ).toMatchObject({ run: before.run });
    });
  });

  describe('a team of a user group', () => {
    it('has its people since ever, and follows it with the day', async () => {
      await start();
      await pass();
      await addTeam('payments', 'group', 'S0PODA');
      await pass();
      expect(await stays('payments')).toEqual(since(ever, ana, ben, chen));
      await tomorrow();
      await bot.slack.changeGroup('S0PODA', { members: [ana, diego, 'U0GUEST'] });
      await bot.settled();
      await pass(30);
      expect(await stays('payments')).toEqual({
        ...since(ever, ana),
        ...since('2026-05-14', diego, 'U0GUEST'),
        [ben]: [`${ever}..2026-05-14`],
        [chen]: [`${ever}..2026-05-14`],
      });
    });

    it('waits for the groups to be listed when the bot has just started', async () => {
      await start();
      bot.slack.trouble.serverError('usergroups.list', { times: 1 });
      await addTeam('payments', 'group', 'S0PODA');
      await pass(3);
      expect(await stays('payments')).toEqual({});
      await pass(30);
      expect(await stays('payments')).toEqual(since(ever, ana, ben, chen));
    });

    it('stays as it is where its group has nobody in it, or is gone', async () => {
      await start();
      await pass();
      await addTeam('payments', 'group', 'S0PODA');
      await pass();
      await bot.slack.changeGroup('S0PODA', { members: [] });
      await bot.settled();
      await pass(30);
      await bot.slack.changeGroup('S0PODA', { disabled: true });
      await bot.settled();
      await pass(30);
      expect(await stays('payments')).toEqual(since(ever, ana, ben, chen));
      await bot.slack.as(marta).command('/recognition', 'teams');
      const list = await bot.slack.as(marta).waitForView('Teams');
      expect(JSON.stringify(list.view)).toContain('Slack does not list its user group any more');
    });

    it('has somebody of whom nobody has heard yet', async () => {
      await start();
      await pass();
      bot.slack.addPerson({ id: 'U0NEW', name: 'new' });
      await bot.slack.changeGroup('S0PODA', { members: [ana, 'U0NEW', 'U0NOBODY', 'U0FINN'] });
      await bot.settled();
      await addTeam('payments', 'group', 'S0PODA');
      await pass(30);
      expect(await stays('payments')).toEqual(since(ever, ana, 'U0NEW'));
    });
  });

  describe('a team of a channel', () => {
    it('is taken over a page at a time, all since ever, without people of other organisations', async () => {
      await start(large());
      await pass(60);
      await addTeam('hall', 'channel', 'C0ALL');
      await bot.syncs.step();
      expect(callsOf('conversations.members')).toHaveLength(1);
      expect(Object.keys(await stays('hall'))).toHaveLength(200);
      bot.clock.advance(26 * hour);
      await pass(30);
      const all = Object.values(await stays('hall'));
      expect(all).toHaveLength(451);
      expect(new Set(all.flat())).toEqual(new Set([`${ever}..`]));
      expect(callsOf('users.info').filter(call => call.args.user === 'U0FINN')).toHaveLength(1);
    });

    it('goes on in another copy where one was killed, and no two ask for the same page', async () => {
      await start(large());
      await pass(60);
      await addTeam('hall', 'channel', 'C0ALL');
      const other = await bot.another();
      await bot.syncs.step();
      await bot.syncs.stop();
      await pass(10, [other.syncs]);
      expect(Object.keys(await stays('hall'))).toHaveLength(451);
      const third = await bot.another();
      await addTeam('again', 'channel', 'C0ALL');
      const before = callsOf('conversations.members').length;
      await pass(10, [other.syncs, third.syncs]);
      expect(Object.keys(await stays('again'))).toHaveLength(451);
      expect(before).toBe(3);
      expect(callsOf('conversations.members')).toHaveLength(6);
    });

    it('asks again for a page whose answer was lost with the copy that asked', async () => {
      await start(large());
      await pass(60);
      await addTeam('hall', 'channel', 'C0ALL');
      await bot.syncs.step();
      const held = bot.slack.trouble.hold('conversations.members');
      const dying = bot.syncs.step();
      await held.waiting;
      const other = await bot.another();
      bot.clock.advance(2 * 60_000);
      held.release();
      bot.slack.trouble.clear();
      await pass(10, [other.syncs]);
      await dying;
      expect(Object.keys(await stays('hall'))).toHaveLength(451);
      expect(new Set(Object.values(await stays('hall')).flat())).toEqual(new Set([`${ever}..`]));
    });

    it('follows who joins, leaves and comes back, where Slack tells', async () => {
      await start();
      await pass();
      bot.slack.invite('pod-a', bot.slack.botUserId);
      await addTeam('pod', 'channel', 'C0PODA');
      await pass();
      expect(await stays('pod')).toEqual(since(ever, ana, ben, chen));
      await tomorrow();
      bot.slack.invite('pod-a', diego);
      bot.slack.kick('pod-a', ben);
      await bot.settled();
      await bot.slack.settled();
      await pass();
      bot.clock.advance(24 * hour);
      bot.slack.invite('pod-a', ben);
      await bot.slack.settled();
      await bot.settled();
      await pass();
      expect(await stays('pod')).toEqual({
        ...since(ever, ana, chen),
        ...since('2026-05-14', diego),
        [ben]: [`${ever}..2026-05-14`, '2026-05-15..'],
      });
    });

    it('is taken over daily where Slack does not tell', async () => {
      await start();
      await pass();
      await addTeam('pod', 'channel', 'C0PODA');
      await pass();
      bot.slack.invite('pod-a', diego);
      await pass(60);
      expect(await stays('pod')).toEqual(since(ever, ana, ben, chen));
      await tomorrow();
      expect(await stays('pod')).toEqual({ ...since(ever, ana, ben, chen), ...since('2026-05-14', diego) });
    });

    it('is gone through once more where somebody came while a run was under way', async () => {
      await start(large());
      await pass(60);
      bot.slack.invite('all', bot.slack.botUserId);
      await addTeam('hall', 'channel', 'C0ALL');
      await bot.syncs.step();
      bot.slack.kick('all', 'U11000');
      await bot.slack.settled();
      await bot.settled();
      await pass(30);
      const day = bot.clock.now().toISOString().slice(0, 10);
      expect((await stays('hall')).U11000).toEqual([`${ever}..${day}`]);
    });

    it('never believes that nobody is in it', async () => {
      await start();
      await pass();
      await addTeam('pod', 'channel', 'C0PODA');
      await pass();
      bot.slack.changeChannel('C0PODA', { members: [] });
      await tomorrow();
      expect(await stays('pod')).toEqual(since(ever, ana, ben, chen));
    });

    it('waits for an invitation to a private channel, and says so', async () => {
      await start();
      await pass();
      await addTeam('plans', 'channel', 'C0SECRET');
      await pass(200);
      expect(await stays('plans')).toEqual({});
      await bot.slack.as(marta).command('/recognition', 'teams');
      const list = await bot.slack.as(marta).waitForView('Teams');
      expect(JSON.stringify(list.view)).toContain('If it is private, invite me there.');
      bot.slack.invite('secret-plans', bot.slack.botUserId);
      await bot.slack.settled();
      await bot.settled();
      await pass(30);
      expect(await stays('plans')).toEqual(since(ever, ana, marta));
    });

    it('waits as long as Slack says, and pauses longer after each fault', async () => {
      await start();
      await pass();
      await addTeam('pod', 'channel', 'C0PODA');
      bot.slack.trouble.rateLimit('conversations.members', { retryAfter: 90 });
      await pass(89);
      expect(callsOf('conversations.members')).toHaveLength(1);
      bot.slack.trouble.serverError('conversations.members', { times: 3 });
      await pass(120);
      expect(callsOf('conversations.members')).toHaveLength(5);
      expect(await stays('pod')).toEqual(since(ever, ana, ben, chen));
    });

    it('comes from somewhere else from the day on which an admin chooses so', async () => {
      await start();
      await pass();
      await addTeam('pod', 'channel', 'C0PODA');
      await pass();
      await tomorrow();
      await addTeam('pod', 'channel', 'C0CRAFT');
      await pass();
      expect(await stays('pod')).toEqual({
        ...since(ever, ana, ben),
        ...since('2026-05-14', marta),
        [chen]: [`${ever}..2026-05-14`],
      });
    });

    it('writes nothing of a run that is under way when the team is deleted or comes from somewhere else', async () => {
      await start();
      await pass();
      const id = await addTeam('pod', 'channel', 'C0PODA');
      const held = bot.slack.trouble.hold('conversations.members');
      const step = bot.syncs.step();
      await held.waiting;
      await addTeam('pod', 'channel', 'C0CRAFT');
      held.release();
      await step;
      expect(await stays('pod')).toEqual({});
      await pass();
      expect(await stays('pod')).toEqual(since(ever, ana, ben, marta));
      await bot.db.write.sync.updateMany({
        where: { subject: `team:${id}` },
        data: { nextTryAt: bot.clock.now() },
      });
      const again = bot.slack.trouble.hold('conversations.members');
      const last = bot.syncs.step();
      await again.waiting;
      await bot.db.write.sync.deleteMany({ where: { subject: `team:${id}` } });
      await bot.db.write.team.deleteMany({ where: { id } });
      again.release();
      await last;
      expect(await bot.db.read.teamMember.count({ where: { teamId: id } })).toBe(0);
    });
  });
});
