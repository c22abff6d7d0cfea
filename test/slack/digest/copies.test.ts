// Three copies of the bot on one PostgreSQL, killed at random moments of the digests' hour, week after week: the workspace's and a team's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ana, ben, chen, marta } from '../../support/acting.js';
import { diceFrom } from '../../support/chance.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';
import { type OtherProcess, startProcess } from '../../support/processes.js';
import { addTeam } from '../../support/teams.js';

/** A few weeks in each run of the suite; `DIGEST_WEEKS=200` looks longer, `DIGEST_SEED` elsewhere. */
const weeks = Number(process.env.DIGEST_WEEKS ?? 4);
const seed = Number(process.env.DIGEST_SEED ?? 20_261_122);
const below = diceFrom(seed);

const copies = 3;
const week = 7 * 24 * 60 * 60 * 1000;
const friday = Date.parse('2026-05-15T14:00:00Z');

let digest: DigestBot;
const running: (OtherProcess | null)[] = [];
beforeAll(async () => {
  const [, postgresql] = databases;
  if (!postgresql) throw new Error('There is no PostgreSQL.');
  digest = await startDigestBot(
    { database: postgresql },
    { isInvitationOn: false, timeZone: 'UTC', digestHour: 14 },
  );
  await addTeam(digest.bot, {
    name: 'Pod A',
    slug: 'pod-a',
    channelSlackId: 'C0PODA',
    isDigestOn: true,
    members: [ben, chen],
  });
});
afterAll(async () => {
  await Promise.all(running.map(one => one?.kill()));
  await digest.bot.stop();
});

describe('three copies on one PostgreSQL', () => {
  it(
    'killed at random moments, tell every week once; what nobody can vouch for is asked about',
    async () => {
      const figures = { killed: 0, uncertain: 0, postedAgain: 0, thereAlready: 0 };
      for (let number = 0; number < weeks; number += 1) {
        const hour = friday + number * week;
        digest.goTo(new Date(hour - 60 * 60 * 1000).toISOString());
        await digest.give([marta, ana, ben, chen][number % 4] ?? '', `@diego for deed ${number} of the year`);
        await digest.give(ben, `@chen for deed ${number} of the year`);
        await fill();

        digest.goTo(new Date(hour).toISOString());
        figures.killed += await tickAndKill(new Date(hour));
        await fill();
        await digest.bot.slack.settled();
        // Every claim of the dead is over by then.
        for (const minutes of [1, 2]) await tickAll(new Date(hour + minutes * 60_000));

        figures.uncertain += await answerAll(number, new Date(hour + 4 * 60_000), figures);
        for (const channel of channels)
          expect(told(number, channel), `week ${number} in ${channel}`).toHaveLength(1);
        if (process.env.DIGEST_WEEKS && number % 10 === 9)
          console.log(JSON.stringify({ seed, weeks: number + 1, ...figures }));
      }
      for (let number = 0; number < weeks; number += 1)
        for (const channel of channels) expect(told(number, channel)).toHaveLength(1);
      expect(await digest.bot.db.read.digest.count({ where: { state: 'told' } })).toBe(2 * weeks);
      expect(await digest.bot.db.read.shoutout.count({ where: { digestId: null } })).toBe(0);
      expect(figures.killed + figures.uncertain).toBeGreaterThan(0);
    },
    60_000 + weeks * 20_000,
  );
});

/** Where the workspace's digest is, and where the team's. */
const channels = ['general', 'pod-a'];

/** The digests in a channel that tell of its week's deed. */
function told(number: number, channel: string): string[] {
  return digest.bot
    .said(channel)
    .map(({ text }) => text)
    .filter(text => text.includes('week of') && text.includes(`deed ${number} of the year`));
}

/** Starts as many copies as are missing. */
async function fill(): Promise<void> {
  const { bot } = digest;
  await Promise.all(
    Array.from({ length: copies }, async (_, index) => {
      if (running[index]) return;
      const args = [bot.databaseUrl, bot.slack.apiUrl, bot.slack.botToken, bot.clock.now().toISOString()];
      const started = startProcess('digest-bot', ...args);
      running[index] = started;
      await started.next();
    }),
  );
}

async function tickAll(instant: Date): Promise<void> {
  digest.goTo(instant.toISOString());
  for (const one of running) one?.send(instant.toISOString());
  for (const one of running) await one?.next();
}

/** Lets all copies tick, and kills some of them: a moment later, or as Slack is called, or as it has answered. Returns how many. */
async function tickAndKill(instant: Date): Promise<number> {
  const { slack } = digest.bot;
  const dead = [0, 0, 0, 0, 0, 1, 1, 1, 2, 3][below(10)] ?? 0;
  const first = below(copies);
  const victims = Array.from({ length: dead }, (_, index) => (first + index) % copies);
  const moment = below(3);
  const delay = below(60);
  const trouble = below(5);
  if (trouble < 2) slack.trouble.slow('chat.postMessage', 20 + below(60), { times: 1 });
  if (trouble === 2) slack.trouble.loseRequest('chat.postMessage', { times: 1 });
  if (trouble === 3) slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
  let isOver = false;
  let stop = () => {};
  const struck = new Promise<void>(resolve => {
    if (moment === 0) setTimeout(resolve, delay);
    else
      stop = slack.onCall(call => {
        const isMoment = call.phase === (moment === 1 ? 'received' : 'answered');
        if (call.method === 'chat.postMessage' && isMoment) setTimeout(resolve, delay % 20);
      });
  }).then(async () => {
    if (isOver) return;
    await Promise.all(
      victims.map(async index => {
        await running[index]?.kill();
        running[index] = null;
      }),
    );
  });
  const ticking = running.map(async (one, index) => {
    one?.send(instant.toISOString());
    await one?.next().catch(() => {
      if (!victims.includes(index)) throw new Error('A copy of the bot ended by itself.');
    });
  });
  await Promise.all(ticking);
  isOver = true;
  stop();
  if (victims.some(index => running[index] === null)) await struck;
  slack.trouble.clear();
  return victims.filter(index => running[index] === null).length;
}

/** A keeper who was asked looks at the channel, and answers what is the case there. */
async function answerAll(
  number: number,
  instant: Date,
  figures: { postedAgain: number; thereAlready: number },
): Promise<number> {
  const { bot } = digest;
  const uncertain = await bot.db.read.post.findMany({ where: { state: 'uncertain' } });
  for (const { id, target } of uncertain) {
    for (const keeper of [marta, ana]) {
      const asked = await bot.db.read.post.count({
        where: { kind: 'question', aboutPostId: id, target: keeper, state: 'posted' },
      });
      expect(asked, `${keeper} was asked`).toBeGreaterThanOrEqual(1);
    }
    const question = bot.slack
      .directMessages(ana)
      .findLast(
        message => message.text.startsWith('Slack did not say') && JSON.stringify(message).includes(id),
      );
    if (!question) throw new Error('No question is there.');
    const isThere = told(number, target).length > 0;
    if (isThere) figures.thereAlready += 1;
    else figures.postedAgain += 1;
    await bot.slack.as(ana).click({ message: question }, isThere ? 'it_is_there' : 'post_again');
    await bot.settled();
  }
  await tickAll(instant);
  return uncertain.length;
}
