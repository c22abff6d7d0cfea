// Tables that Slack draws itself, and lets nobody sort.
import type { Block } from '@slack/types';
import { cutText } from '../text.js';

/** 100 rows of 20 cells. @see https://docs.slack.dev/reference/block-kit/blocks/table-block */
export const mostColumns = 20;
/** So that 100 rows stay within the 10,000 characters of a table. */
const longestFirst = 36;
const longestHead = 24;

interface Cell {
  type: 'raw_text';
  text: string;
}

export interface TableBlock extends Block {
  type: 'table';
  rows: Cell[][];
  column_settings: { align?: 'left' | 'right'; is_wrapped?: boolean }[];
}

/** Names and their numbers, under what the columns are. @param rows - 99 at most, each with as many cells as the head */
export function numbersTable(head: string[], rows: [name: string, ...numbers: string[]][]): TableBlock {
  const cell = (text: string): Cell => ({ type: 'raw_text', text });
  return {
    type: 'table',
    column_settings: head.map((_, index) => (index === 0 ? { is_wrapped: true } : { align: 'right' })),
    rows: [
      head.map(text => cell(cutText(text, longestHead))),
      ...rows.map(([name, ...numbers]) => [cell(cutText(name, longestFirst)), ...numbers.map(cell)]),
    ],
  };
}
