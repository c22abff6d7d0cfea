// A workspace with a digest: on Fridays at 16:00 in Zurich, in #general, kept by Marta and Ana. Shout-outs appear in #shoutouts.
import type { Choices } from '../../src/recognition/settings.js';
import { ana, marta } from './acting.js';
import { type Moving, moving } from './moving.js';
import { type BotOptions, startBot, type TestBot } from './start-bot.js';

export interface DigestBot extends Moving {
  bot: TestBot;
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
  const { slack } = bot;
  const digestBot: DigestBot = {
    bot,
    ...moving(bot),
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
