// The clock of a bot, moved to where its story goes on.
import type { TestBot } from './start-bot.js';

export interface Moving {
  /** Moves the clock to an instant, such as `2026-05-15T14:00:00Z`. */
  goTo(instant: string): void;
  /** The clock's ticks until nothing more is sent. */
  run(): Promise<void>;
  /** Both at once. */
  runAt(instant: string): Promise<void>;
}

export function moving(bot: TestBot): Moving {
  const { clock } = bot;
  const due = () => bot.db.read.post.count({ where: { nextTryAt: { lte: clock.now() } } });
  const goTo = (instant: string) => clock.advance(new Date(instant).getTime() - clock.now().getTime());
  const run = async () => {
    for (let ticks = 0; ticks < 30 && (ticks < 2 || (await due()) > 0); ticks += 1) {
      await bot.tick();
      await bot.settled();
    }
  };
  return {
    goTo,
    run,
    runAt: async instant => {
      goTo(instant);
      await run();
    },
  };
}
