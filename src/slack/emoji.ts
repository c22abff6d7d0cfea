// Emoji names as Slack writes them: aliases, skin tones and the characters themselves are one name.
import names from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

const canonical = new Map<string, string>();
const byCharacter = new Map<string, string>();

for (const [hexcode, shortcodes] of Object.entries(names)) {
  const all = [shortcodes].flat();
  const first = all[0];
  if (!first) continue;
  for (const name of all) canonical.set(name, first);
  byCharacter.set(
    bare(String.fromCodePoint(...hexcode.split('-').map(part => Number.parseInt(part, 16)))),
    first,
  );
}

/** One name for each emoji: `thumbsup::skin-tone-3` and `+1` are `+1`. A custom emoji keeps its name. */
export function emojiName(name: string): string {
  const plain = name.toLowerCase().replace(/::skin-tone-[2-6]$/, '');
  return canonical.get(plain) ?? plain;
}

/** The emoji that was typed as `:gem:`, `gem` or 💎, by its one name; null: it is none, or several. */
export function emojiTyped(typed: string): string | null {
  const text = typed.trim();
  const name = /^:?([a-z0-9_'+-]{1,100}(?:::skin-tone-[2-6])?):?$/i.exec(text)?.[1];
  return name ? emojiName(name) : text === '' ? null : emojiOfCharacter(text);
}

/** The name of an emoji character such as 💎, or null where it is none. */
export function emojiOfCharacter(character: string): string | null {
  return byCharacter.get(bare(character)) ?? null;
}

/** Whether Slack has an emoji of this name without anybody adding one. */
export function isStandardEmoji(name: string): boolean {
  return canonical.has(name.replace(/::skin-tone-[2-6]$/, ''));
}

/** Without skin tone and without the selector that only chooses how it is drawn. */
function bare(character: string): string {
  return character.replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '');
}
