// How times are said: which period the numbers are of, and what it is compared with.
import { describe, expect, it } from 'vitest';
import { periodOf, periodTyped, usualPeriod } from '../../../src/recognition/stats/periods.js';
import { beforeWords } from '../../../src/slack/stats/words.js';

const comparedWith = (typed: string, now: string) =>
  beforeWords(periodOf(periodTyped(typed) ?? usualPeriod, new Date(now), 'Europe/Madrid'));

describe('what a period is compared with', () => {
  it.each([
    ['month', '2026-10-20T10:00:00Z', '1 to 20 September'],
    ['october', '2026-11-20T10:00:00Z', 'September'],
    ['2026-01', '2026-11-20T10:00:00Z', 'December 2025'],
    ['month', '2026-01-02T10:00:00Z', '1 to 2 December 2025'],
    ['last quarter', '2026-11-20T10:00:00Z', '1 April to 30 June'],
    ['today', '2026-11-20T10:00:00Z', '19 November'],
    ['today', '2026-01-01T10:00:00Z', '31 December 2025'],
    ['2026-01-01..2026-01-14', '2026-11-20T10:00:00Z', '18 to 31 December 2025'],
    ['week', '2026-10-01T10:00:00Z', '21 to 24 September'],
  ])('of %s at %s is said as %s', (typed, now, words) => {
    expect(comparedWith(typed, now)).toBe(words);
  });
});
