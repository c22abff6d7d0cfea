// Reads who is away until when, behind `/recognition away`.

export type AwayAsked =
  /** Whether whoever asks is away. */
  | { kind: 'asked' }
  /** `memberSlackId` null: whoever asks. `awayUntil` such as `2026-12-01`, as it was typed; null: they are back. */
  | { kind: 'told'; memberSlackId: string | null; awayUntil: string | null }
  /** `words` as they were typed, none where only something is missing, or too much is said. */
  | { kind: 'unclear'; words: string };

const mention = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;

/** At most one person, and a day or `back`, in any order. */
export function parseAway(typed: string): AwayAsked {
  const words = typed.split(/\s+/).filter(word => word !== '' && word.toLowerCase() !== 'until');
  if (words.length === 0) return { kind: 'asked' };
  const people = words.flatMap(word => mention.exec(word)?.[1] ?? []);
  const days = words.filter(isDay);
  const backs = words.filter(isBack);
  const unknown = words.filter(word => !mention.test(word) && !isDay(word) && !isBack(word));
  if (unknown.length > 0 || people.length > 1 || days.length + backs.length !== 1)
    return { kind: 'unclear', words: unknown.join(' ') };
  return { kind: 'told', memberSlackId: people[0] ?? null, awayUntil: days[0] ?? null };
}

function isDay(word: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(word);
}

function isBack(word: string): boolean {
  return word.toLowerCase() === 'back';
}
