// Reactions against a small model: put on, taken off, delivered again, late, out of order and at once, with crashes,
// restarts, reasons and boosts, the database says what the people see at Slack.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/playground/local-slack.js';
import { openDb } from '../../src/store/db.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { type Effects, histories, type MortalBot, play } from '../support/reaction-commands.js';
import { spawnBot } from '../support/spawn-bot.js';
import { startBot, stillClock } from '../support/start-bot.js';

/** The same histories in every run of the suite; `REACTION_SEED`, `REACTION_RUNS` and `REACTION_KILL_RUNS` look for others. */
const seed = Number(process.env.REACTION_SEED ?? 20_261_122);
const runs = Number(process.env.REACTION_RUNS ?? 20);
const killRuns = Number(process.env.REACTION_KILL_RUNS ?? 2);

/** Slack that repeats soon what a dead bot did not acknowledge, ever more slowly, and gives nothing up. */
const patient = {
  acknowledgeWithinMs: 400,
  eventRetriesAfterMs: Array.from({ length: 30 }, (_, index) => Math.min(20 * 1.6 ** index, 3000)),
};

/** In this process: dying, it finishes the transaction that is open, and nothing after it. */
async function startMortal(
  slack: LocalSlack,
  store: TestDatabase,
  clock: ReturnType<typeof stillClock>,
): Promise<MortalBot & { stop(): Promise<void> }> {
  const start = async () => {
    const db = await openDb(store.url);
    const bot = await startBot({ database: { ...store, db }, slack, clock });
    bot.expectErrors();
    return { bot, db };
  };
  let present = await start();
  return {
    slack,
    db: store.db,
    crash: async () => {
      await Promise.all([present.db.close(), present.bot.stop()]);
      present = await start();
    },
    restart: async () => {
      await present.bot.stop();
      await present.db.close();
      present = await start();
    },
    settled: () => present.bot.settled(),
    stop: async () => {
      await present.bot.stop();
      await present.db.close();
    },
  };
}

/** The bot is in the channel, and nobody's limit is what is tried here. */
async function prepare({ slack, db, settled }: MortalBot): Promise<void> {
  slack.invite('general', slack.botUserId);
  await slack.settled();
  await settled();
  const workspace = await db.read.workspace.findFirstOrThrow();
  const limit = { dailyLimit: 1_000_000, updatedAt: new Date(0) };
  await db.write.settings.upsert({
    where: { workspaceId: workspace.id },
    create: { workspaceId: workspace.id, ...limit },
    update: limit,
  });
}

describe.each(databases)('a random history of reactions on $name', ({ create }) => {
  it('ends in what stands at Slack', async () => {
    const clock = stillClock();
    const [slack, store] = await Promise.all([startLocalSlack({ now: clock.now, ...patient }), create()]);
    const bot = await startMortal(slack, store, clock);
    const effects: Effects = new Map();
    try {
      await prepare(bot);
      await fc.assert(
        fc.asyncProperty(histories(20), commands => play(commands, bot, effects)),
        { numRuns: runs, seed, endOnFailure: true },
      );
      // A test that never does a thing proves nothing about it.
      for (const kind of [
        'boost',
        'unreact',
        'redeliver',
        'reorder',
        'addWhy',
        'crash',
        'restart',
        'withdraw',
      ])
        expect(effects.get(kind) ?? 0, kind).toBeGreaterThan(0);
    } finally {
      await bot.stop();
      await slack.stop();
      await store.drop();
    }
  }, 3_600_000);

  it('ends there also when the bot is a process that is killed', async () => {
    const [slack, store] = await Promise.all([startLocalSlack(patient), create()]);
    const effects: Effects = new Map();
    let spawned = await spawnBot(slack, store.url);
    const bot: MortalBot = {
      slack,
      db: store.db,
      crash: async () => {
        await spawned.kill();
        spawned = await spawnBot(slack, store.url);
      },
      restart: async () => {
        await spawned.terminate();
        spawned = await spawnBot(slack, store.url);
      },
      settled: () => slack.settled(),
    };
    try {
      await prepare(bot);
      await fc.assert(
        fc.asyncProperty(histories(12, { crashes: true }), commands => play(commands, bot, effects)),
        { numRuns: killRuns, seed, endOnFailure: true },
      );
      expect(effects.get('crash') ?? 0).toBeGreaterThan(0);
    } finally {
      await spawned.kill();
      await slack.stop();
      await store.drop();
    }
  }, 3_600_000);
});
