// Fifty thousand people and five hundred groups (fewer on PostgreSQL, where the clock is what takes long), through everything that can happen on the way.
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/playground/local-slack.js';
import { defaultWorld, person } from '../../src/playground/world.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { type OtherProcess, startCompiled } from '../support/processes.js';
import { type Clock, stillClock } from '../support/start-bot.js';

const zones = ['Europe/Zurich', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Auckland'];

interface Stepped {
  megabytes: number;
  logged: { level: string; msg: string; subject?: string; members?: number; seconds?: number }[];
}

let slack: LocalSlack;
let store: TestDatabase;
let copies: OtherProcess[] = [];
afterEach(async () => {
  await Promise.all(copies.map(copy => copy.kill()));
  copies = [];
  await slack.stop();
  await store.drop();
});

async function startCopy(clock: Clock): Promise<OtherProcess> {
  const at = clock.now().toISOString();
  const copy = await startCompiled('sync', store.url, slack.apiUrl, slack.botToken, at);
  copies.push(copy);
  await copy.next();
  return copy;
}

describe.each(databases)('a large workspace on $name', ({ name, create }) => {
  const [personCount, groupCount] = name === 'SQLite' ? [50_000, 500] : [3000, 100];

  it('is taken over whole, within the rate limits, through 429s, a lost answer, a kill and a second copy', async () => {
    const clock = stillClock();
    const own = defaultWorld();
    const many = Array.from({ length: personCount - own.people.length + 1 }, (_, index) =>
      person({
        id: `U1${index.toString(36).toUpperCase().padStart(6, '0')}`,
        name: `person${index}`,
        realName: `Person ${index}`,
        tz: zones[index % zones.length] ?? 'Europe/Zurich',
        deactivated: index % 50 === 0,
        isRestricted: index % 70 === 0,
        isBot: index % 90 === 0,
      }),
    );
    const ids = many.map(({ id }) => id);
    // Half of all people are in the first, everybody else is in one.
    const half = ids.length / 2;
    const rosters = Array.from({ length: groupCount }, (): string[] => []);
    for (const [index, id] of ids.entries()) rosters[index < half ? 0 : index % groupCount]?.push(id);
    const groups = rosters.map((members, index) => ({
      id: `S1${index}`,
      handle: `group-${index}`,
      name: `Group ${index}`,
      members,
    }));
    // Somebody of another organisation is in no list.
    const world = { ...own, people: [...own.people, ...many], groups };
    slack = await startLocalSlack({ now: clock.now, listsPerMinute: 20, world });
    store = await create();
    let running = await Promise.all([startCopy(clock), startCopy(clock)]);

    let megabytes = 0;
    const logged: Stepped['logged'] = [];
    const isKnown = async () =>
      (await store.db.read.sync.count({
        where: { subject: { in: ['members', 'groups'] }, startedAt: null },
      })) === 2 && logged.some(({ msg }) => msg === 'All members are known.');
    /** Seconds in which nothing is due are passed over. */
    const millisecondsUntilDue = async () => {
      const { _min } = await store.db.read.sync.aggregate({ _min: { nextTryAt: true } });
      return (_min.nextTryAt?.getTime() ?? 0) - clock.now().getTime();
    };
    const pages = () => slack.calls.filter(({ method }) => method === 'users.list').length;

    const begin = clock.now();
    const planned: [atPage: number, happen: () => void | Promise<void>][] = [
      [5, () => slack.trouble.rateLimit('users.list', { retryAfter: 40 })],
      [8, () => slack.trouble.loseAnswer('users.list')],
      [11, () => slack.trouble.rateLimit(/^users\.list$/, { retryAfter: 30, times: 2 })],
      [
        Math.floor(personCount / 400),
        async () => {
          await Promise.all(running.map(copy => copy.kill()));
          running = await Promise.all([startCopy(clock), startCopy(clock)]);
        },
      ],
    ];
    while (!(await isKnown())) {
      clock.advance(Math.max(1000, await millisecondsUntilDue()));
      const at = clock.now().toISOString();
      for (const copy of running) copy.send(at);
      for (const copy of running) {
        const stepped = (await copy.next()) as Stepped;
        megabytes = Math.max(megabytes, stepped.megabytes);
        logged.push(...stepped.logged);
      }
      const [next] = planned;
      if (next && pages() >= next[0]) {
        planned.shift();
        await next[1]();
      }
    }
    expect(planned).toEqual([]);

    // Everybody once, as they are; Slack's own 429 came only where it was ordered.
    const rows = await store.db.read.member.findMany({ orderBy: { slackId: 'asc' } });
    const expected = world.people.filter(({ teamId }) => teamId === slack.teamId);
    expect(expected).toHaveLength(personCount);
    expect(rows.map(row => row.slackId)).toEqual(expected.map(({ id }) => id).sort());
    const byId = new Map(rows.map(row => [row.slackId, row]));
    const wrong = many.filter(({ id, ...one }) => {
      const row = byId.get(id);
      return !(
        row?.name === one.realName &&
        row.timeZone === (one.deactivated ? null : one.tz) &&
        row.isDeactivated === one.deactivated &&
        row.isGuest === (one.isRestricted && !one.deactivated) &&
        row.isBot === one.isBot
      );
    });
    expect(wrong).toEqual([]);
    const refused = slack.calls.filter(({ answer }) => answer?.status === 429);
    expect(refused).toHaveLength(3);
    expect(pages()).toBeLessThanOrEqual(Math.ceil(personCount / 200) + 3 + 1 + 1);

    const inGroups = await store.db.read.userGroupMember.count();
    expect(inGroups).toBe(groups.reduce((sum, group) => sum + group.members.length, 0));
    expect(await store.db.read.userGroup.count()).toBe(groupCount);

    // Twenty pages a minute, and what Slack asked to be waited for.
    const minutes = (clock.now().getTime() - begin.getTime()) / 60_000;
    expect(minutes).toBeLessThan(personCount / 200 / 20 + 4);
    const progress = logged.filter(({ msg }) => msg === 'Members are being taken over.');
    const done = logged.filter(({ msg }) => msg === 'All members are known.');
    expect(done.map(({ members }) => members)).toEqual([personCount]);
    expect(progress.length).toBeGreaterThanOrEqual(Math.floor(personCount / 5000) - 1);
    expect(megabytes).toBeLessThan(300);
  }, 180_000);
});
