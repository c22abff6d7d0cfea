// Periods: what people name, which days those are, and what they are compared with.
import { describe, expect, it } from 'vitest';
import { periodOf, periodTyped } from '../../src/recognition/stats/periods.js';

const vienna = 'Europe/Vienna';
/** A Friday, 17:30 in Vienna. */
const now = new Date('2026-11-20T16:30:00Z');

const spanOf = (typed: string, at = now, timeZone = vienna) => {
  const wish = periodTyped(typed);
  if (!wish) return null;
  const { from, to, before, isUnfinished } = periodOf(wish, at, timeZone);
  const text = (span: { from: Date; to: Date }) => `${span.from.toISOString()} ${span.to.toISOString()}`;
  return { span: text({ from, to }), before: before && text(before), isUnfinished };
};

describe('a period', () => {
  it.each([
    [
      'week',
      '2026-11-15T23:00:00.000Z 2026-11-20T16:30:00.000Z',
      '2026-11-08T23:00:00.000Z 2026-11-13T23:00:00.000Z',
    ],
    [
      'month',
      '2026-10-31T23:00:00.000Z 2026-11-20T16:30:00.000Z',
      '2026-09-30T22:00:00.000Z 2026-10-20T22:00:00.000Z',
    ],
    [
      'quarter',
      '2026-09-30T22:00:00.000Z 2026-11-20T16:30:00.000Z',
      '2026-06-30T22:00:00.000Z 2026-08-20T22:00:00.000Z',
    ],
    [
      'year',
      '2025-12-31T23:00:00.000Z 2026-11-20T16:30:00.000Z',
      '2024-12-31T23:00:00.000Z 2025-11-20T23:00:00.000Z',
    ],
    [
      '2026-Q4',
      '2026-09-30T22:00:00.000Z 2026-11-20T16:30:00.000Z',
      '2026-06-30T22:00:00.000Z 2026-08-20T22:00:00.000Z',
    ],
    [
      '2026-11-01..2026-11-30',
      '2026-10-31T23:00:00.000Z 2026-11-20T16:30:00.000Z',
      '2026-10-01T22:00:00.000Z 2026-10-21T22:00:00.000Z',
    ],
  ])('%s goes on until now, and is compared with as many days of the one before', (typed, span, before) => {
    expect(spanOf(typed)).toEqual({ span, before, isUnfinished: true });
  });

  it.each([
    [
      '2026-03',
      '2026-02-28T23:00:00.000Z 2026-03-31T22:00:00.000Z',
      '2026-01-31T23:00:00.000Z 2026-02-28T23:00:00.000Z',
    ],
    [
      '2026-q1',
      '2025-12-31T23:00:00.000Z 2026-03-31T22:00:00.000Z',
      '2025-09-30T22:00:00.000Z 2025-12-31T23:00:00.000Z',
    ],
    [
      '2026-01-01..2026-03-31',
      '2025-12-31T23:00:00.000Z 2026-03-31T22:00:00.000Z',
      '2025-10-02T22:00:00.000Z 2025-12-31T23:00:00.000Z',
    ],
    [
      '2026-10-25..2026-10-25',
      '2026-10-24T22:00:00.000Z 2026-10-25T23:00:00.000Z',
      '2026-10-23T22:00:00.000Z 2026-10-24T22:00:00.000Z',
    ],
  ])('%s is over, and is compared with all of the one before', (typed, span, before) => {
    expect(spanOf(typed)).toEqual({ span, before, isUnfinished: false });
  });

  it.each([
    ['last week', '2026-11-09..2026-11-15'],
    ['previous month', '2026-10'],
    ['Last quarter', '2026-Q3'],
    ['past year', '2025'],
    ['October', '2026-10'],
    ['month:october', '2026-10'],
    ['november', 'month'],
    ['december', '2025-12'],
    ['march 2024', '2024-03'],
    ['Q3', '2026-Q3'],
    ['q4', 'quarter'],
    ['q2 2025', '2025-Q2'],
    ['2026', 'year'],
    ['today', '2026-11-20..2026-11-20'],
    ['yesterday', '2026-11-19..2026-11-19'],
  ])('%s is the same as %s', (typed, same) => {
    expect(spanOf(typed)).toEqual(spanOf(same));
  });

  it('named without its year is the latest that has begun, also early in a year', () => {
    const january = new Date('2026-01-10T12:00:00Z');
    expect(spanOf('q1', january)).toEqual(spanOf('2026-Q1', january));
    expect(spanOf('q2', january)).toEqual(spanOf('2025-Q2', january));
    expect(spanOf('last month', january)).toEqual(spanOf('2025-12', january));
    expect(spanOf('last quarter', january)).toEqual(spanOf('2025-Q4', january));
    expect(spanOf('2024', january)?.before).toBe('2022-12-31T23:00:00.000Z 2023-12-31T23:00:00.000Z');
  });

  it('that is all there is is compared with nothing', () => {
    expect(spanOf('ALL')).toEqual({
      span: `1970-01-01T00:00:00.000Z ${now.toISOString()}`,
      before: null,
      isUnfinished: true,
    });
  });

  it('is never compared with more than the one before has: 31 days with February', () => {
    expect(spanOf('month', new Date('2026-03-31T10:00:00Z'))?.before).toBe(
      '2026-01-31T23:00:00.000Z 2026-02-28T23:00:00.000Z',
    );
  });

  it('that lies ahead has no time in it', () => {
    expect(spanOf('2027-01')).toMatchObject({
      span: '2026-12-31T23:00:00.000Z 2026-12-31T23:00:00.000Z',
      isUnfinished: true,
    });
  });

  it.each([
    '',
    'weekly',
    '1969',
    'last all',
    'last',
    'octobre',
    'q5',
    'october 1969',
    '2026-13',
    '2026-00',
    '2026-Q5',
    '2026-02-30..2026-03-01',
    '2026-03-31..2026-01-01',
    '2026-3',
    '..',
  ])('%j names none', typed => {
    expect(periodTyped(typed)).toBeNull();
  });
});
