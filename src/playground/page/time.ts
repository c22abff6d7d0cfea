// Points in time as Slack writes them.

/** `4:05 PM`. */
export function clockTime(at: Date): string {
  return at.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
}

/** `Today`, `Yesterday`, `Thursday, November 13th`. */
export function dayWords(at: Date, now: Date): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const date = at.getDate();
  const ending =
    date % 10 === 1 && date !== 11
      ? 'st'
      : date % 10 === 2 && date !== 12
        ? 'nd'
        : date % 10 === 3 && date !== 13
          ? 'rd'
          : 'th';
  const year = at.getFullYear() === now.getFullYear() ? '' : `, ${at.getFullYear()}`;
  return `${at.toLocaleDateString('en-US', { weekday: 'long', month: 'long' }).replace(/(\w+) (\w+)/, '$2, $1')} ${date}${ending}${year}`;
}

/** A Slack timestamp as a Date. */
export function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
