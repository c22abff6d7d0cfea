// Members and groups are kept in step with Slack: page by page once a day, and by events in between.
import { afterEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/playground/local-slack.js';
import { defaultWorld, person } from '../../src/playground/world.js';
import type { Syncs } from '../../src/slack/sync/syncs.js';
import { databases } from '../support/databases.js';
import { newWorkspace } from '../support/rows.js';
import { type BotOptions, startBot, type TestBot } from '../support/start-bot.js';

const marta = 'U0MARTA';
const ana = 'U0ANA';
const hour = 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());

/** Enough people for three pages. */
function threePages(): Person[] {
  const many = Array.from({ length: 500 }, (_, index) =>
    person({ id: `U1${1000 + index}`, name: `p${index}` }),
  );
  return [...defaultWorld().people, ...many];
}

describe.each(databases)('the sync on $name', database => {
  const start = async (slack: BotOptions['slack'] = {}) => {
    bot = await startBot({ database, slack: { listsPerMinute: 20, ...slack } });
  };
  const memberOf = (slackId: string) =>
    bot.db.read.member.findUnique({
      where: { workspaceId_slackId: { workspaceId: bot.workspace.id, slackId } },
    });
  const callsOf = (method: string) => bot.slack.calls.filter(call => call.method === method);
  const isResting = async () =>
    (await bot.db.read.sync.count({
      where: {
        subject: { in: ['members', 'groups'] },
        startedAt: null,
        nextTryAt: { gt: bot.clock.now() },
      },
    })) === 2;

  /** Lets the time pass, second by second, until there is nothing to do for now. Returns how many seconds. */
  async function runThrough(copies: Syncs[] = [bot.syncs]): Promise<number> {
    for (let seconds = 1; seconds < 2 * 3600; seconds += 1) {
      for (const copy of copies) await copy.step();
      if (await isResting()) return seconds;
      bot.clock.advance(1000);
    }
    throw new Error('The sync did not come to its end.');
  }

  it('knows everyone afterwards, and nobody has to be looked up', async () => {
    await start({ world: { people: threePages() } });
    await runThrough();
    const members = await bot.db.read.member.findMany();
    const own = bot.slack.world.people.filter(one => one.teamId === bot.slack.teamId);
    expect(members.map(one => one.slackId).sort()).toEqual(own.map(one => one.id).sort());
    expect(await memberOf('U0CHEN')).toMatchObject({ name: 'Chen Wei', timeZone: 'Asia/Kathmandu' });
    expect(await memberOf('U0SAM')).toMatchObject({ isDeactivated: true });
    expect(await memberOf('U0GUEST')).toMatchObject({ isGuest: true });
    expect(await memberOf('U0BUILD')).toMatchObject({ isBot: true });
    expect(await memberOf(marta)).toMatchObject({ isAdmin: true, isBot: false, isForeign: false });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana @ben #craft for the release');
    await bot.settled();
    expect(answer.response?.text).toMatch(/^Recorded/);
    expect(callsOf('users.info')).toEqual([]);
  });

  it('comes again within the day in which what is known serves, and not before', async () => {
    await start();
    await runThrough();
    bot.clock.advance(22 * hour);
    await bot.syncs.step();
    expect(callsOf('users.list')).toHaveLength(1);
    bot.clock.advance(hour);
    await runThrough();
    expect(callsOf('users.list')).toHaveLength(2);
    expect(callsOf('usergroups.list')).toHaveLength(2);
    bot.clock.advance(22 * hour);
    await bot.slack.as(marta).command('/shoutout', '@ana for the release');
    expect(callsOf('users.info')).toEqual([]);
    await bot.settled();
  });

  it('asks for twenty pages a minute at most, however many copies there are', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => person({ id: `U1${10_000 + index}`, name: 'p' }));
    await start({ world: { people: [...defaultWorld().people, ...many] } });
    const second = await bot.another();
    await runThrough([bot.syncs, second.syncs]);
    expect(callsOf('users.list')).toHaveLength(26);
    expect(bot.slack.calls.filter(call => call.answer?.status === 429)).toEqual([]);
    expect(await bot.db.read.member.count()).toBe(5010);
    const lines = bot.logged.filter(line => line.subject === 'members');
    expect(lines.map(line => [line.msg, line.members])).toEqual([
      ['Members are being taken over.', 5000],
      ['All members are known.', 5010],
    ]);
    expect(JSON.stringify(lines)).not.toContain('Souza');
  });

  it('lets one of two copies that start at the same moment ask', async () => {
    await start();
    const second = await bot.another();
    await Promise.all([bot.syncs.step(), second.syncs.step()]);
    expect(callsOf('users.list')).toHaveLength(1);
    expect(callsOf('usergroups.list')).toHaveLength(1);
  });

  it('waits as long as Slack says, and repeats a page whose answer was lost', async () => {
    await start({ world: { people: threePages() } });
    bot.slack.trouble.rateLimit('users.list', { retryAfter: 90 });
    await bot.syncs.step();
    bot.clock.advance(89_000);
    await bot.syncs.step();
    expect(callsOf('users.list')).toHaveLength(1);
    bot.clock.advance(1000);
    bot.slack.trouble.loseAnswer('users.list');
    await runThrough();
    expect(callsOf('users.list')).toHaveLength(5);
    expect(await bot.db.read.member.count()).toBe(510);
  });

  it('pauses longer after each fault, and goes on where it was', async () => {
    await start({ world: { people: threePages() } });
    await bot.syncs.step();
    bot.slack.trouble.serverError('users.list', { times: 6 });
    const asked: number[] = [];
    bot.slack.onCall(call => {
      if (call.method === 'users.list' && call.phase === 'received') asked.push(call.at.getTime() / 1000);
    });
    await runThrough();
    const pauses = asked.slice(1, 7).map((at, index) => at - (asked[index] ?? 0));
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160]);
    const cursors = callsOf('users.list').map(call => call.args.cursor);
    expect(new Set(cursors.slice(1, 8)).size).toBe(1);
    expect(cursors).toHaveLength(9);
    expect(await bot.db.read.member.count()).toBe(510);
  });

  it('begins anew where Slack does not know the cursor any more', async () => {
    await start({ world: { people: threePages() } });
    await bot.syncs.step();
    bot.slack.trouble.fail('users.list', 'invalid_cursor');
    await runThrough();
    expect(callsOf('users.list').map(call => call.args.cursor !== undefined)).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(await bot.db.read.member.count()).toBe(510);
  });

  it('goes on with the next page after a restart, and the stop waits for nobody', async () => {
    await start({ world: { people: threePages() } });
    const first = await bot.another();
    await first.syncs.step();
    bot.clock.advance(3000);
    const hold = bot.slack.trouble.hold('users.list');
    const step = first.syncs.step();
    await hold.waiting;
    await first.syncs.stop();
    await step;
    hold.release();
    await bot.slack.settled();
    await first.syncs.step();
    await runThrough();
    const cursors = callsOf('users.list').map(call => call.args.cursor);
    expect(cursors).toHaveLength(4);
    expect(cursors[1]).toBe(cursors[2]);
    expect(await bot.db.read.member.count()).toBe(510);
  });

  it('is taken over when a copy dies with a page in its hands, whose late answer then changes nothing', async () => {
    await start({ world: { people: threePages() } });
    const second = await bot.another();
    const hold = bot.slack.trouble.hold('users.list');
    const step = bot.syncs.step();
    await hold.waiting;
    bot.clock.advance(59_000);
    await second.syncs.step();
    expect(callsOf('users.list')).toHaveLength(1);
    bot.clock.advance(1000);
    const takenOver = second.syncs.step();
    await bot.slack.waitForCall(call => call.method === 'users.list' && call !== callsOf('users.list')[0]);
    hold.release();
    await Promise.all([step, takenOver]);
    await runThrough([second.syncs]);
    expect(await bot.db.read.member.count()).toBe(510);
    const [sync] = await bot.db.read.sync.findMany({ where: { subject: 'members' } });
    expect(sync?.run).toBe(1);
  });

  it('takes whom Slack lists no more to be gone, and asks about them when they are named', async () => {
    await start();
    await bot.slack.as(marta).command('/shoutout', '@ben for the release');
    await runThrough();
    const { people } = bot.slack.world;
    const ben = people.findIndex(one => one.id === 'U0BEN');
    const [removed] = people.splice(ben, 1);
    bot.slack.addPerson({ id: 'U0NEW', name: 'new' });
    await bot.slack.as(marta).command('/shoutout', '@new for joining');
    bot.clock.advance(24 * hour);
    // They are in the workspace, and the list does not have them for once.
    people.splice(
      people.findIndex(one => one.id === 'U0NEW'),
      1,
    );
    await runThrough();
    expect(await memberOf('U0BEN')).toMatchObject({ isDeactivated: true });
    expect(await memberOf('U0NEW')).toMatchObject({ isDeactivated: false });
    expect(await memberOf(ana)).toMatchObject({ isDeactivated: false });

    if (removed) people.push(removed);
    const answer = await bot.slack.as(marta).command('/shoutout', '@ben for being back');
    expect(answer.response?.text).toMatch(/^Recorded/);
    expect(await memberOf('U0BEN')).toMatchObject({ isDeactivated: false });
    await bot.settled();
  });

  it('does not believe a list without anybody', async () => {
    await start();
    await runThrough();
    bot.clock.advance(24 * hour);
    const { people } = bot.slack.world;
    const everybody = people.splice(0);
    await bot.syncs.step();
    expect(await bot.db.read.member.count({ where: { isDeactivated: true } })).toBe(1);
    expect(bot.logged.some(line => line.reason === 'empty_list')).toBe(true);
    people.push(...everybody);
    await runThrough();
    expect(await bot.db.read.member.count({ where: { isDeactivated: true } })).toBe(1);
  });

  it("leaves other workspaces' members alone", async () => {
    await start();
    const other = newWorkspace('other');
    const fetchedAt = new Date('2026-05-01T10:00:00Z');
    await bot.db.write.workspace.create({ data: other });
    const stranger = { workspaceId: 'other', name: 'Somebody else', fetchedAt, listedInRun: 0 };
    await bot.db.write.member.create({ data: { id: 'one', slackId: ana, ...stranger } });
    await bot.db.write.member.create({ data: { id: 'two', slackId: 'U0ELSE', ...stranger } });
    const before = await bot.db.read.member.findMany({ where: { workspaceId: 'other' } });
    await runThrough();
    expect(await bot.db.read.member.findMany({ where: { workspaceId: 'other' } })).toEqual(before);
  });

  describe('between two runs', () => {
    it('keeps somebody new, and what changes of a person', async () => {
      await start();
      await runThrough();
      bot.clock.advance(hour);
      await bot.slack.join({ id: 'U0NEW', name: 'new', realName: 'Nora New', tz: 'Europe/Oslo' });
      await bot.slack.changeProfile(ana, { realName: 'Ana Maria Souza', tz: 'Europe/Lisbon' });
      await bot.slack.changeProfile('U0BEN', { deactivated: true });
      expect(await memberOf('U0NEW')).toMatchObject({ name: 'Nora New', timeZone: 'Europe/Oslo' });
      expect(await memberOf(ana)).toMatchObject({ name: 'Ana Maria Souza', timeZone: 'Europe/Lisbon' });
      expect(await memberOf('U0BEN')).toMatchObject({ isDeactivated: true });
      await bot.slack.changeProfile(marta, { realName: 'Marta K.' }, { inPart: true });
      expect(await memberOf(marta)).toMatchObject({
        name: 'Marta K.',
        timeZone: 'Europe/Zurich',
        isAdmin: true,
        isForeign: false,
      });
    });

    it('notes only as of when somebody is known when their status changes, and nothing of strangers whom nobody has named', async () => {
      await start();
      await runThrough();
      bot.clock.advance(hour);
      const before = await bot.db.read.member.findMany({ orderBy: { id: 'asc' } });
      expect((await bot.slack.changeProfile(ana, {}))?.acknowledged).toBe(true);
      const happenedAt = bot.clock.now();
      bot.clock.advance(hour);
      await bot.slack.changeProfile(ana, {}, { inPart: true });
      await bot.slack.changeProfile('U0FINN', { realName: 'Finn F.' });
      const after = await bot.db.read.member.findMany({ orderBy: { id: 'asc' } });
      expect(after).toEqual(
        before.map(member => (member.slackId === ana ? { ...member, fetchedAt: happenedAt } : member)),
      );
    });

    it('holds as it happened, though the newer event comes first and changes nothing by itself', async () => {
      await start();
      await runThrough();
      bot.clock.advance(hour);
      const delay = bot.slack.trouble.delayEvents();
      const first = bot.slack.changeProfile(ana, { deactivated: true });
      bot.clock.advance(60_000);
      const second = bot.slack.changeProfile(ana, { deactivated: false });
      bot.clock.advance(60_000);
      delay.release('reversed');
      await Promise.all([first, second]);
      await bot.settled();
      expect(await memberOf(ana)).toMatchObject({ isDeactivated: false });
      const given = await bot.slack.as(marta).command('/shoutout', '@ana for the night shift');
      expect(given.response?.text).toContain('Recorded');
    });

    it('holds as it happened, though both events are handled at once', async () => {
      await start();
      await runThrough();
      for (let round = 0; round < 5; round += 1) {
        bot.clock.advance(60_000);
        const delay = bot.slack.trouble.delayEvents();
        const first = bot.slack.changeProfile(ana, { realName: `Old ${round}`, isRestricted: true });
        bot.clock.advance(1000);
        const second = bot.slack.changeProfile(ana, { realName: `New ${round}`, isRestricted: false });
        bot.clock.advance(1000);
        delay.release('reversed');
        await Promise.all([first, second]);
        await bot.settled();
        expect(await memberOf(ana)).toMatchObject({ name: `New ${round}`, isGuest: false });
      }
    });

    it('is newer than an answer about somebody that Slack gave before', async () => {
      await start();
      let isOnItsWay = false;
      bot.slack.onCall(async call => {
        const { user } = call.args as { user?: string };
        if (call.method !== 'users.info' || call.phase !== 'answered' || user !== ana || isOnItsWay) return;
        isOnItsWay = true;
        bot.clock.advance(500);
        await bot.slack.changeProfile(ana, { deactivated: true });
      });
      const given = await bot.slack.as(marta).command('/shoutout', '@ana for the night shift');
      await bot.settled();
      expect(isOnItsWay).toBe(true);
      expect(given.response?.text).toContain("Ana Souza's account is deactivated.");
      expect(await memberOf(ana)).toMatchObject({ isDeactivated: true });
    });

    it('does not let a late event, or a page asked for before one, take back what is newer', async () => {
      await start();
      await runThrough();
      bot.clock.advance(hour);
      await bot.slack.changeProfile(ana, { realName: 'Ana the Second' });
      const late = bot.slack.deliveries.at(-1)?.payload.event;
      bot.clock.advance(hour);
      await bot.slack.changeProfile(ana, { realName: 'Ana the Third' });
      await bot.slack.emitEvent({ ...(late as object), type: 'user_profile_changed' });
      expect(await memberOf(ana)).toMatchObject({ name: 'Ana the Third' });

      bot.clock.advance(24 * hour);
      // The page is made, and on its way, when the event comes.
      let isOnItsWay = false;
      bot.slack.onCall(async call => {
        if (call.method !== 'users.list' || call.phase !== 'answered' || isOnItsWay) return;
        isOnItsWay = true;
        bot.clock.advance(500);
        await bot.slack.changeProfile(ana, { realName: 'Ana the Fourth' });
      });
      await runThrough();
      expect(isOnItsWay).toBe(true);
      expect(await memberOf(ana)).toMatchObject({ name: 'Ana the Fourth' });
    });
  });

  describe('of groups', () => {
    const rosters = async () => {
      const groups = await bot.db.read.userGroup.findMany({
        where: { workspaceId: bot.workspace.id },
        include: { members: { orderBy: { memberSlackId: 'asc' } } },
        orderBy: { slackId: 'asc' },
      });
      return groups.map(group => [group.handle, group.members.map(one => one.memberSlackId)]);
    };
    /** Changes that come together are waited for. */
    const afterAWhile = () => {
      bot.clock.advance(10_000);
      return runThrough();
    };
    const pod = ['U0ANA', 'U0BEN', 'U0CHEN'];

    it('keeps who is in each, and follows within seconds what changes', async () => {
      await start();
      await runThrough();
      expect(await rosters()).toEqual([['@pod-a', pod]]);
      await bot.slack.addGroup({ id: 'S0PODB', handle: 'pod-b', name: 'Pod B', members: ['U0DIEGO'] });
      await bot.slack.changeGroup('S0PODA', { members: ['U0ANA', 'U0MARTA'] });
      await afterAWhile();
      expect(await rosters()).toEqual([
        ['@pod-a', ['U0ANA', 'U0MARTA']],
        ['@pod-b', ['U0DIEGO']],
      ]);
      // Several events at once, one question.
      expect(callsOf('usergroups.list')).toHaveLength(2);
      await bot.slack.changeGroup('S0PODA', { disabled: true });
      await bot.slack.changeGroup('S0PODB', { handle: 'pod-bee' });
      await afterAWhile();
      expect(await rosters()).toEqual([['@pod-bee', ['U0DIEGO']]]);
    });

    it('asks once more when something changes while it is being answered', async () => {
      await start();
      let isOnItsWay = false;
      bot.slack.onCall(async call => {
        if (call.method !== 'usergroups.list' || call.phase !== 'answered' || isOnItsWay) return;
        isOnItsWay = true;
        await bot.slack.changeGroup('S0PODA', { members: ['U0DIEGO'] });
      });
      await runThrough();
      await afterAWhile();
      expect(await rosters()).toEqual([['@pod-a', ['U0DIEGO']]]);
    });

    it('takes a group of thousands over whole', async () => {
      const members = Array.from({ length: 3500 }, (_, index) => `U1${10_000 + index}`);
      await start({ world: { groups: [{ id: 'S0ALL', handle: 'all', name: 'All', members }] } });
      await runThrough();
      expect(await rosters()).toEqual([['@all', members]]);
      const fewer = members.filter((_, index) => index % 3 === 0);
      await bot.slack.changeGroup('S0ALL', { members: [...fewer, 'U0ANA'] });
      await afterAWhile();
      expect(await rosters()).toEqual([['@all', ['U0ANA', ...fewer]]]);
    });

    it('is quiet on a plan without groups', async () => {
      await start({ plan: 'free' });
      await runThrough();
      expect(callsOf('usergroups.list')).toHaveLength(1);
      expect(bot.logged.filter(line => line.subject === 'groups')).toEqual([]);
    });
  });
});
