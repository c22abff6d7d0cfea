// What the people in a story do and see again and again.
import type { TestBot } from './start-bot.js';

export const ana = 'U0ANA';
export const ben = 'U0BEN';
export const chen = 'U0CHEN';
export const marta = 'U0MARTA';

/** For what a test needs and a story does not have. */
export const missing = (): never => {
  throw new Error('missing');
};

/** Deeds and sights with the bot that `bot` returns by then. */
export function acting(bot: () => TestBot) {
  const shownTo = (person: string) => bot().slack.as(person).ephemerals().at(-1) ?? missing();
  return {
    /** The latest message that only they see. */
    shownTo,
    /** Somebody types `/recognition …`; returns the latest message that only they see. */
    ask: async (person: string, text: string, how: { raw?: boolean } = {}) => {
      await bot().slack.as(person).command('/recognition', text, how);
      await bot().settled();
      return shownTo(person);
    },
    /** A channel's messages as text, without the bot's introduction. */
    texts: (channel: string) =>
      bot()
        .said(channel)
        .map(message => message.text),
    /** Somebody's messages with the bot. */
    direct: (person: string) => bot().slack.directMessages(person),
    /** Everything somebody was told privately, as text. */
    told: (person: string) =>
      [...bot().slack.as(person).ephemerals(), ...bot().slack.directMessages(person)]
        .map(one => one.text)
        .join('\n'),
    /** Somebody types `/shoutout …` in #general; returns the answer. */
    give: async (text: string, giver = marta) => {
      const answer = await bot().slack.as(giver).command('/shoutout', text);
      await bot().settled();
      return answer.response ?? missing();
    },
    /** The clock goes on until nothing is left to be sent. */
    quiet: async (ticks = 5, milliseconds = 60_000) => {
      for (let tick = 0; tick < ticks; tick += 1) {
        await bot().settled();
        bot().clock.advance(milliseconds);
        await bot().tick();
      }
      await bot().settled();
    },
    /** The latest shout-out's id. */
    latestId: async () => (await bot().db.read.shoutout.findFirst({ orderBy: { id: 'desc' } }))?.id,
  };
}
