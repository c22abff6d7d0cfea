// Numbers over time as a chart that Slack draws itself.
import type { Buckets, BucketUnit } from '../../recognition/stats/buckets.js';
import { cutText } from '../text.js';
import type { ChartBlock } from './digest-chart.js';

/** A chart of Slack's has no more. @see https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const mostSeries = 6;
const longestTitle = 50;
const longestName = 20;

const unitWords: Record<BucketUnit, string> = {
  day: 'Day',
  week: 'Week of',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
};

/**
 * Null: with fewer than two steps that have something there is nothing to see over time.
 * @param series - six at most; a number for each step
 */
export function overTimeChart(
  title: string,
  { unit, borders, timeZone }: Buckets & { timeZone: string },
  series: { name: string; counts: number[] }[],
): ChartBlock | null {
  const labels = borders.slice(0, -1).map(border => stepLabel(border, unit, timeZone));
  const lively = labels.filter((_, index) => series.some(({ counts }) => (counts[index] ?? 0) > 0));
  if (lively.length < 2) return null;
  const taken = new Set<string>();
  return {
    type: 'data_visualization',
    title: cutText(title, longestTitle),
    chart: {
      type: series.length > 2 ? 'line' : 'bar',
      series: series.slice(0, mostSeries).map(({ name, counts }) => ({
        name: newName(name, taken),
        data: labels.map((label, index) => ({ label, value: counts[index] ?? 0 })),
      })),
      axis_config: { categories: labels, x_label: unitWords[unit] },
    },
  };
}

/** "6 Apr", "Apr 2026", "Q2 2026", "2026". */
function stepLabel(border: Date, unit: BucketUnit, timeZone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(border);
  const year = format({ year: 'numeric' });
  switch (unit) {
    case 'day':
    case 'week':
      return format({ day: 'numeric', month: 'short' });
    case 'month':
      return `${format({ month: 'short' })} ${year}`;
    case 'quarter':
      return `Q${Math.ceil(Number(format({ month: 'numeric' })) / 3)} ${year}`;
    case 'year':
      return year;
  }
}

/** Cut to what Slack takes, and told apart from those that begin with the same words. */
function newName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` ${number}`;
    const short = `${cutText(name, longestName - end.length)}${end}`;
    if (taken.has(short)) continue;
    taken.add(short);
    return short;
  }
}
