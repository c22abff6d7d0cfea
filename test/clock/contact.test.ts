// How long the bot was out of touch with Slack, which repeats what it missed for about six minutes.
import { afterEach, describe, expect, it } from 'vitest';
import { startLocalSlack } from '../../src/playground/local-slack.js';
import { startBot, stillClock, type TestBot, ways } from '../support/start-bot.js';

const minute = 60_000;

let bot: TestBot;
afterEach(() => bot.stop());

const absences = () =>
  bot.logged.filter(
    line => line.level === 'warn' && line.msg.startsWith('The bot was out of touch with Slack'),
  );

describe.each(ways)('a bot on $name over $connection', ({ database, connection }) => {
  it('that was stopped for longer than Slack repeats events says so once, and for how long', async () => {
    const clock = stillClock();
    const [slack, store] = await Promise.all([startLocalSlack({ now: clock.now }), database.create()]);
    const start = async () => {
      bot = await startBot({ database: store, connection, slack, clock });
      await Promise.all([bot.tick(), bot.tick()]);
    };
    try {
      await start();
      expect(absences()).toEqual([]);
      await bot.stop();
      clock.advance(6 * minute);
      await start();
      expect(absences()).toEqual([]);
      await bot.stop();
      clock.advance(47 * minute);
      await start();
      clock.advance(minute);
      await bot.tick();
      expect(absences()).toMatchObject([{ minutes: 47, workspace: 'Sunflower Works' }]);
    } finally {
      await bot.stop();
      await slack.stop();
      await store.drop();
    }
  });

  it('whose clock is set back says nothing', async () => {
    bot = await startBot({ database, connection });
    await bot.tick();
    bot.clock.advance(-60 * minute);
    await bot.tick();
    bot.clock.advance(minute);
    await bot.tick();
    expect(absences()).toEqual([]);
  });
});

describe.each(ways.filter(way => way.connection === 'socket'))('a bot on $name', ({ database }) => {
  it('whose socket was gone for longer than Slack repeats events says so when it is back', async () => {
    bot = await startBot({ database });
    // Every refused socket is one.
    bot.expectErrors();
    await bot.tick();
    const { slack } = bot;
    const opened = () => slack.calls.filter(call => call.method === 'apps.connections.open').length;
    const before = opened();
    slack.trouble.refuseSockets(true);
    slack.trouble.dropSockets();
    await slack.waitForCall(() => opened() > before);
    for (let minutes = 0; minutes < 10; minutes += 1) {
      bot.clock.advance(minute);
      await bot.tick();
    }
    expect(absences()).toEqual([]);
    slack.trouble.clear();
    await slack.waitForConnection();
    // The server has it open a moment before the bot does.
    await expect.poll(() => bot.tick().then(absences)).toMatchObject([{ minutes: 10 }]);
    bot.clock.advance(minute);
    await bot.tick();
    expect(absences()).toHaveLength(1);
  });
});
