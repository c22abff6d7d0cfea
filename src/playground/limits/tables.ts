// Limits of tables and charts, which live in messages only.

import type { JsonObject } from '../things.js';
import type { Faults } from './faults.js';
import { checkRichText } from './rich-text.js';

/**
 * A `table` block: at most 100 rows of 20 cells and 10,000 characters.
 * @see https://docs.slack.dev/reference/block-kit/blocks/table-block
 */
export function checkTable(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id rows! column_settings');
  checkRows(block.rows, pointer, faults, 100);
  faults.items(block.column_settings, `${pointer}/column_settings`, 20, 0).forEach((value, index) => {
    if (value === null) return;
    const at = `${pointer}/column_settings/${index}`;
    const column = faults.object(value, at);
    if (column === undefined) return;
    faults.fields(column, at, 'align is_wrapped');
    faults.oneOf(column.align, `${at}/align`, ['left', 'center', 'right']);
    faults.flag(column.is_wrapped, `${at}/is_wrapped`);
  });
}

/**
 * A `data_table` block, which must have a caption.
 * @see https://docs.slack.dev/reference/block-kit/blocks/data-table-block
 */
export function checkDataTable(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id rows! caption! page_size row_header_column_index');
  faults.string(block.caption, `${pointer}/caption`, 250);
  faults.whole(block.page_size, `${pointer}/page_size`, 1, 100);
  faults.whole(block.row_header_column_index, `${pointer}/row_header_column_index`, 0, 19);
  checkRows(block.rows, pointer, faults, 201);
}

function checkRows(value: unknown, pointer: string, faults: Faults, max: number): void {
  faults.items(value, `${pointer}/rows`, max).forEach((row, rowIndex) => {
    faults.items(row, `${pointer}/rows/${rowIndex}`, 20).forEach((cellValue, cellIndex) => {
      const at = `${pointer}/rows/${rowIndex}/${cellIndex}`;
      const cell = faults.object(cellValue, at);
      if (cell === undefined) return;
      if (cell.type === 'rich_text') checkRichText(cell, at, faults);
      else if (cell.type === 'raw_text') {
        faults.fields(cell, at, 'type! text!');
        faults.string(cell.text, `${at}/text`, 10_000);
      } else if (cell.type === 'raw_number') {
        faults.fields(cell, at, 'type! value! text');
        if (typeof cell.value !== 'number') faults.add(`${at}/value`, 'must be a number');
      } else faults.add(`${at}/type`, `unsupported type: ${String(cell.type)}`);
    });
  });
}

/**
 * A `data_visualization` block: a bar, line or area chart of series, or a pie of segments.
 * @see https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export function checkChart(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id title! chart!');
  faults.string(block.title, `${pointer}/title`, 50);
  const at = `${pointer}/chart`;
  const chart = faults.object(block.chart, at);
  if (chart === undefined) return;
  if (chart.type === 'pie') {
    faults.fields(chart, at, 'type! segments!');
    checkPoints(chart.segments, `${at}/segments`, faults, undefined);
    return;
  }
  faults.oneOf(chart.type, `${at}/type`, ['bar', 'line', 'area', 'pie']);
  faults.fields(chart, at, 'type! series! axis_config!');
  const axis = faults.object(chart.axis_config, `${at}/axis_config`) ?? {};
  faults.fields(axis, `${at}/axis_config`, 'categories! x_label y_label');
  const categories = faults.items(axis.categories, `${at}/axis_config/categories`, 20);
  categories.forEach((each, index) => {
    faults.string(each, `${at}/axis_config/categories/${index}`, 20);
  });
  faults.string(axis.x_label, `${at}/axis_config/x_label`, 50);
  faults.string(axis.y_label, `${at}/axis_config/y_label`, 50);
  faults.items(chart.series, `${at}/series`, 6).forEach((value, index) => {
    const series = faults.object(value, `${at}/series/${index}`);
    if (series === undefined) return;
    faults.fields(series, `${at}/series/${index}`, 'name! data!');
    faults.string(series.name, `${at}/series/${index}/name`, 20);
    checkPoints(series.data, `${at}/series/${index}/data`, faults, categories);
  });
}

function checkPoints(value: unknown, pointer: string, faults: Faults, labels: unknown[] | undefined): void {
  faults.items(value, pointer, 20).forEach((each, index) => {
    const at = `${pointer}/${index}`;
    const point = faults.object(each, at);
    if (point === undefined) return;
    faults.fields(point, at, 'label! value!');
    faults.string(point.label, `${at}/label`, 20);
    if (typeof point.value !== 'number') faults.add(`${at}/value`, 'must be a number');
    if (labels !== undefined && !labels.includes(point.label))
      faults.add(`${at}/label`, 'must be one of the categories');
  });
}
