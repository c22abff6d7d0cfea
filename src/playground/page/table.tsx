// Tables: the plain one that nobody can sort, and the one with a caption.

import { listOf, objectOf, objectsOf, textOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { RichText } from './rich-text.js';
import { wordsOf } from './text-object.js';

/** A `table` or `data_table` block: the first row says what the columns are, the first cell whose row it is. */
export function Table({ block }: { block: JsonObject }) {
  const [head, ...rows] = listOf(block.rows).map(row => objectsOf(row));
  const caption = textOf(block.caption) ?? wordsOf(block.caption);
  const settings = listOf(block.column_settings).map(objectOf);
  const look = (column: number): string => {
    const { align, is_wrapped } = settings[column] ?? {};
    return `${textOf(align) ?? 'left'}${is_wrapped === true ? ' wrapped' : ''}`;
  };
  return (
    // What is wider than the window is reached by the keyboard, too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable
    <section className="table-frame" aria-label={caption || 'Table'} tabIndex={0}>
      <table>
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head?.map((cell, at) => (
              <th key={`column ${String(at)}`} scope="col" className={look(at)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`row ${String(index)}`}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key="row" scope="row" className={look(at)}>
                    <Cell cell={cell} />
                  </th>
                ) : (
                  <td key={`cell ${String(at)}`} className={look(at)}>
                    <Cell cell={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ cell }: { cell: JsonObject }) {
  if (cell.type === 'rich_text') return <RichText block={cell} />;
  return textOf(cell.text) ?? (typeof cell.value === 'number' ? String(cell.value) : wordsOf(cell));
}
