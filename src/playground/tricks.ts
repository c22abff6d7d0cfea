// What nobody can do at the real Slack: move the clock, end the bot, and make trouble on the wire.

import type { Stage } from './stage.js';
import type { JsonObject } from './things.js';

/** The tricks by name, and the switches that are on. */
export interface Tricks {
  byName: ReadonlyMap<string, (given: JsonObject) => Promise<void>>;
  switchedOn(): string[];
}

const SLOW_MS = 2500;
const RETRY_AFTER_S = 5;
/** What posts: the calls whose fate matters to people. */
const POSTS = /^chat\.(postMessage|update|delete|postEphemeral)$/;
const EVERYTHING = /./;

/**
 * - `clock` `{ offsetMs }`
 * - `bot` `{ do: 'kill' | 'start' }`
 * - `drop_socket` `{}`
 * - `trouble` `{ id, on }`: `slow` and `rate_limit` last until switched off, `lose_answer` is for the next post.
 */
export function tricksOf(stage: Stage): Tricks {
  const { trouble } = stage.slack;
  const on = new Set<string>();
  const apply = (): void => {
    trouble.clear();
    if (on.has('slow')) trouble.slow(EVERYTHING, SLOW_MS, { times: Number.POSITIVE_INFINITY });
    if (on.has('rate_limit')) {
      trouble.rateLimit(POSTS, { retryAfter: RETRY_AFTER_S, times: Number.POSITIVE_INFINITY });
    }
    if (on.has('lose_answer')) trouble.loseAnswer(POSTS);
  };
  // The lost answer is for one call: it switches itself off.
  stage.slack.onCall(call => {
    if (call.phase === 'answered' && call.answer === undefined && on.delete('lose_answer')) apply();
  });
  const byName = new Map<string, (given: JsonObject) => Promise<void>>([
    ['clock', given => stage.setClock(Number(given.offsetMs))],
    ['drop_socket', async () => trouble.dropSockets()],
    [
      'bot',
      async given => {
        await stage.ready;
        if (given.do === 'kill') await stage.killBot();
        else await stage.startBot();
      },
    ],
    [
      'trouble',
      async given => {
        if (given.on === true) on.add(String(given.id));
        else on.delete(String(given.id));
        apply();
        stage.changed();
      },
    ],
  ]);
  return { byName, switchedOn: () => [...on] };
}
