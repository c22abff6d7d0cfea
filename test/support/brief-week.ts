// A workspace with two teams: Marta leads Pod A (Ben, Chen), Diego's team Payments has no lead. It is a Wednesday at noon in Zurich, where Marta is.
import { ana, ben, chen, marta } from './acting.js';
import { type Moving, moving } from './moving.js';
import { type BotOptions, startBot, type TestBot } from './start-bot.js';
import { addTeam } from './teams.js';

export const diego = 'U0DIEGO';

/** Thursday at nine in Zurich, and the minute after which what was recorded before is told. */
export const thursday = '2026-05-14T07:00:00Z';

export interface BriefBot extends Moving {
  bot: TestBot;
  teamId: string;
  /** Somebody types `/shoutout …` in a channel. */
  give(from: string, text: string, channel?: string): Promise<void>;
  /** The briefs that somebody can read now. */
  briefs(who?: string): Message[];
  /** The latest of them as text. */
  brief(who?: string): string;
}

type Message = ReturnType<TestBot['slack']['directMessages']>[number];

export async function startBriefBot(options: BotOptions): Promise<BriefBot> {
  const bot = await startBot({ slack: { acknowledgeWithinMs: 20_000 }, ...options });
  const { slack } = bot;
  const briefBot: BriefBot = {
    bot,
    ...moving(bot),
    teamId: await addTeam(bot, { name: 'Pod A', slug: 'pod-a', members: [ben, chen], leads: [marta] }),
    give: async (from, text, channel = 'general') => {
      await slack.as(from).command('/shoutout', text, { channel });
      await bot.settled();
    },
    briefs: (who = marta) =>
      slack.directMessages(who).filter(({ text }) => text.includes('week in thanks\n')),
    brief: who => briefBot.briefs(who).at(-1)?.text ?? '',
  };
  await addTeam(bot, { name: 'Payments', slug: 'payments', members: [diego] });
  slack.invite('general', slack.botUserId);
  await bot.choose({ timeZone: 'Europe/Zurich', isDigestOn: false });
  for (const person of [marta, ana, ben, chen, diego]) await slack.as(person).openHome();
  await bot.settled();
  return briefBot;
}
