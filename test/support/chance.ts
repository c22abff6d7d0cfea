// Chance that can be repeated.

/** Numbers from 0 up to 1, which is never reached; the same ones for the same seed: mulberry32. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same as whole numbers from 0 up to a limit, which is never reached. */
export function diceFrom(seed: number): (limit: number) => number {
  const chance = chanceFrom(seed);
  return limit => Math.floor(chance() * limit);
}
