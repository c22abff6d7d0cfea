// The values of a week as a bar chart that Slack draws itself.
import type { Block } from '@slack/types';
import type { DigestTally } from '../../recognition/digests/digest.js';
import { cutText } from '../text.js';

/** @see https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const mostBars = 20;
const longestLabel = 20;

/** `@slack/types` does not know it yet. */
export interface ChartBlock extends Block {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar' | 'line';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label?: string };
  };
}

/** Null: with fewer than two values there is nothing to compare. The twenty liveliest at most. */
export function valuesChart(tallies: DigestTally[]): ChartBlock | null {
  if (tallies.length < 2) return null;
  const data: { label: string; value: number }[] = [];
  for (const { value, thanks } of tallies.slice(0, mostBars)) {
    data.push({ label: newLabel(value.name, data), value: thanks });
  }
  return {
    type: 'data_visualization',
    title: 'How the values were lived',
    chart: {
      type: 'bar',
      series: [{ name: 'Times lived', data }],
      axis_config: { categories: data.map(({ label }) => label) },
    },
  };
}

/** Cut to what Slack takes, and told apart from those that begin with the same words. */
function newLabel(name: string, taken: { label: string }[]): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` ${number}`;
    const label = `${cutText(name, longestLabel - end.length)}${end}`;
    if (!taken.some(one => one.label === label)) return label;
  }
}
