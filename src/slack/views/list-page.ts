// A page of a list that admins change.
import type { Button } from '@slack/types';
import { button } from '../messages/parts.js';

/** Rows on one page: a modal holds 100 blocks. */
const pageLength = 40;

/**
 * The rows of a page, or of the last one where there are not so many, and buttons to the pages beside it.
 * @param turnAction - the action of these buttons; Slack wants their ids to differ, so the page follows
 */
export function listPage<Row>(
  rows: Row[],
  wanted: number,
  turnAction: string,
): { page: number; onPage: Row[]; turns: Button[] } {
  const pages = Math.max(1, Math.ceil(rows.length / pageLength));
  const page = Math.min(wanted, pages - 1);
  const turn = (text: string, to: number) =>
    to >= 0 && to < pages ? [button(text, `${turnAction}${to}`, `${to}`)] : [];
  return {
    page,
    onPage: rows.slice(page * pageLength, (page + 1) * pageLength),
    turns: [...turn('Earlier ones', page - 1), ...turn('More', page + 1)],
  };
}
