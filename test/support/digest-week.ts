// A workspace with a digest: on Fridays at 16:00 in Zurich, in #general, kept by Marta and Ana. Shout-outs appear in #shoutouts.
import type { Choices } from '../../src/recognition/settings.js';
import { type BotOptions, startBot, type TestBot } from './start-bot.js';

export const marta = 'U0MARTA';
export const ana = 'U0ANA';
export const ben = 'U0BEN';
export const chen = 'U0CHEN';

export interface DigestBot {
  bot: TestBot;
  /** Moves the clock to an instant, such as `2026-05-15T14:00:00Z`. */
  goTo(instant: string): void;
  /** The clock's ticks until nothing more is sent. */
  run(): Promise<void>;
  /** Both at once. */
  runAt(instant: string): Promise<void>;
  give(from: string, text: string): Promise<void>;
  /** What somebody is answered to `/recognition digest …`. */
  ask(who: string, typed: string): Promise<string>;
  /** The digests in the channel, without their threads and the invitations. */
  digests(): string[];
  /** What a keeper was told directly, but not of shout-outs to them. */
  told(who: string): string[];
}

/** Starts it on a Wednesday at noon. */
export async function startDigestBot(
  options: BotOptions,
  change: Partial<Choices> = { isInvitationOn: false },
): Promise<DigestBot> {
  // What is shown here is what is said, not how soon.
  const bot = await startBot({ slack: { acknowledgeWithinMs: 20_000 }, ...options });
  const { slack, clock } = bot;
  const digestBot: DigestBot = {
    bot,
    goTo: instant => clock.advance(new Date(instant).getTime() - clock.now().getTime()),
    run: async () => {
      const due = () => bot.db.read.post.count({ where: { nextTryAt: { lte: clock.now() } } });
      for (let ticks = 0; ticks < 30 && (ticks < 2 || (await due()) > 0); ticks += 1) {
        await bot.tick();
        await bot.settled();
      }
    },
    runAt: async instant => {
      digestBot.goTo(instant);
      await digestBot.run();
    },
    give: async (from, text) => {
      await slack.as(from).command('/shoutout', text);
      await bot.settled();
    },
    ask: async (who, typed) => {
      await slack.as(who).command('/recognition', `digest ${typed}`);
      await bot.settled();
      return slack.as(who).ephemerals().at(-1)?.text ?? '';
    },
    digests: () =>
      bot
        .said('general')
        .filter(message => message.thread_ts === undefined && !message.text.startsWith("It's Shout-out"))
        .map(({ text }) => text),
    told: who =>
      slack
        .directMessages(who)
        .map(({ text }) => text)
        .filter(text => !text.includes('gave you')),
  };
  // Slack is asked about people when they first do something.
  await bot.slack.as(marta).command('/recognition', 'stats');
  await bot.slack.as(ana).command('/recognition', 'stats');
  await bot.choose(
    {
      shoutoutChannelId: 'C0SHOUT',
      digestChannelId: 'C0GENERAL',
      timeZone: 'Europe/Zurich',
      ...change,
    },
    { keeperSlackIds: [marta, ana] },
  );
  return digestBot;
}
