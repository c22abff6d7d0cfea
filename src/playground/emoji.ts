// Emoji by the names that Slack gives them.

import { createRequire } from 'node:module';

const shortcodes: Record<string, string | string[]> = createRequire(import.meta.url)(
  'emojibase-data/en/shortcodes/iamcal.json',
);

/** The characters by name, aliases included. */
export const EMOJI: ReadonlyMap<string, string> = new Map(
  Object.entries(shortcodes).flatMap(([code, names]) =>
    [names].flat().map((name): [string, string] => [name, characters(code)]),
  ),
);

/** The emoji as people see it, or its name between colons when there is none. */
export function emojiOf(name: string): string {
  return EMOJI.get(name.split('::')[0] ?? name) ?? `:${name}:`;
}

function characters(code: string): string {
  const points = code.split('-').map(point => Number.parseInt(point, 16));
  const shown = String.fromCodePoint(...points);
  // Old symbols need to be told that they are pictures.
  return points.length === 1 && !/\p{Emoji_Presentation}/u.test(shown) ? `${shown}\u{FE0F}` : shown;
}
