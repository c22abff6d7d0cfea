// What happens in the eight weeks: a list of moments, the same for the same seed and time. Pure.

import { CHAT, PRAISE, THANKS } from './history-words.js';

/** Somebody says something, or gives a shout-out; and what others make of it. */
export interface Moment {
  at: Date;
  week: number;
  who: string;
  where: string;
  /** For a shout-out what is typed after the command. */
  text: string;
  /** Handles of those who are thanked; empty when it is small talk. */
  recipients: string[];
  reactions: { name: string; who: string[] }[];
  reply: { who: string; text: string } | undefined;
}

/** How many weeks there are, the present one included. */
export const WEEKS = 8;

const DAY_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;
const FIRST_HOUR = 8;
const WORKING_MINUTES = 9 * 60;
/** More often than not a day has two or three shout-outs. */
const A_DAY = [0, 1, 1, 2, 2, 2, 3, 3, 4];
/** Who gives, and who is thanked, how often compared to the others; Diego is hardly ever thanked, as it happens. */
const GIVERS = ['U0MARTA', 'U0ANA', 'U0ANA', 'U0BEN', 'U0BEN', 'U0CHEN', 'U0DIEGO', 'U0GUEST'];
const RECIPIENTS = ['ana', 'ana', 'ben', 'ben', 'ben', 'chen', 'chen', 'marta', 'gwen', 'diego'];
const PLACES = ['general', 'general', 'general', 'shoutouts', 'shoutouts', 'pod-a'];
const REACTIONS = ['tada', 'heart', 'clap', 'raised_hands', 'sunflower', '+1', 'fire'];

/**
 * The moments, oldest first, none of them after `now`.
 * @param readers who is in a channel, by its name
 * @param handles a person's handle, by id
 */
export function planHistory(
  seed: number,
  now: Date,
  readers: (channel: string) => string[],
  handles: (id: string) => string,
): Moment[] {
  const dice = new Dice(seed);
  const decks = { praise: new Deck(PRAISE, dice), chat: new Deck(CHAT, dice) };
  const monday = startOfWeek(now).getTime() - (WEEKS - 1) * 7 * DAY_MS;
  const moments: Moment[] = [];
  for (let day = 0; day < WEEKS * 7; day += 1) {
    if (day % 7 > 4) continue;
    const minutes = Array.from({ length: dice.of(A_DAY) + 1 }, () => dice.below(WORKING_MINUTES));
    for (const [index, minute] of minutes.sort((a, b) => a - b).entries()) {
      const at = new Date(monday + day * DAY_MS + (FIRST_HOUR * 60 + minute) * MINUTE_MS);
      const what = index === 0 ? smallTalk(decks.chat) : thanks(decks.praise, dice, readers, handles);
      moments.push({ at, week: Math.floor(day / 7) + 1, ...what, ...echo(dice, readers(what.where), what) });
    }
  }
  return moments.filter(({ at }) => at.getTime() < now.getTime() - MINUTE_MS);
}

type What = Pick<Moment, 'who' | 'where' | 'text' | 'recipients'>;

function smallTalk(deck: Deck<(typeof CHAT)[number]>): What {
  const [who, where, text] = deck.next();
  return { who, where, text, recipients: [] };
}

function thanks(
  deck: Deck<(typeof PRAISE)[number]>,
  dice: Dice,
  readers: (channel: string) => string[],
  handles: (id: string) => string,
): What {
  const who = dice.of(GIVERS);
  const possible = RECIPIENTS.filter(name => name !== handles(who));
  const first = dice.of(possible);
  const recipients = dice.below(4) === 0 ? [...new Set([first, dice.of(possible)])] : [first];
  const [value, words] = deck.next();
  const tag = dice.below(6) === 0 ? '' : ` #${value}`;
  const where = dice.of(PLACES.filter(place => readers(place).includes(who)));
  return { who, where, recipients, text: `${recipients.map(name => `@${name}`).join(' ')}${tag} ${words}` };
}

/** Reactions, and now and then an answer in the thread. Small talk has less of both. */
function echo(dice: Dice, readers: string[], { who, recipients }: What): Pick<Moment, 'reactions' | 'reply'> {
  const isThanks = recipients.length > 0;
  const names = isThanks ? new Set([dice.of(REACTIONS), dice.of(REACTIONS)]) : [dice.of(REACTIONS)];
  const reactions = [...names].map(name => ({
    name,
    who: readers.filter(() => dice.below(isThanks ? 3 : 9) === 0),
  }));
  const reply =
    isThanks && dice.below(7) === 0
      ? { who: dice.of(readers.filter(id => id !== who)), text: dice.of(THANKS) }
      : undefined;
  return { reactions, reply };
}

function startOfWeek(at: Date): Date {
  const start = new Date(at);
  start.setUTCHours(0, 0, 0, 0);
  start.setUTCDate(start.getUTCDate() - ((start.getUTCDay() + 6) % 7));
  return start;
}

/** Chance that can be repeated: mulberry32, a small generator that is good enough for stories. */
class Dice {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  }

  of<T>(things: readonly T[]): T {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new Error('there is nothing to choose from');
    return thing;
  }
}

/** Things in a chance order, each once before any comes again: nobody repeats what was said last week. */
class Deck<T> {
  private left: T[] = [];

  constructor(
    private readonly all: readonly T[],
    private readonly dice: Dice,
  ) {}

  next(): T {
    if (this.left.length === 0) this.left = [...this.all];
    const [taken] = this.left.splice(this.dice.below(this.left.length), 1);
    if (taken === undefined) throw new Error('there is nothing to choose from');
    return taken;
  }
}
