// Reads who is away until when, behind `/recognition away`.

export interface AwayAsked {
  /** Null: whoever asks. */
  memberSlackId: string | null;
  /** Such as `2026-12-01`, as it was typed; null: they are back. */
  awayUntil: string | null;
}

const mention = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;

/** At most one person, and a day or `back`, in any order; null: it is not that. */
export function parseAway(typed: string): AwayAsked | null {
  const words = typed.split(/\s+/).filter(word => word !== '' && word.toLowerCase() !== 'until');
  const people = words.flatMap(word => mention.exec(word)?.[1] ?? []);
  const days = words.filter(word => /^\d{4}-\d{2}-\d{2}$/.test(word));
  const backs = words.filter(word => word.toLowerCase() === 'back');
  const isWhole = people.length + days.length + backs.length === words.length;
  if (!isWhole || people.length > 1 || days.length + backs.length !== 1) return null;
  return { memberSlackId: people[0] ?? null, awayUntil: days[0] ?? null };
}
