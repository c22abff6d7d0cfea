// Limits of blocks, and of a message's blocks as a whole.

import { isObject, objectOf, objectsOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { checkElement, checkImage, ELEMENTS_OF } from './elements.js';
import { Faults } from './faults.js';
import { checkRichText } from './rich-text.js';
import { checkChart, checkDataTable, checkTable } from './tables.js';
import { checkText } from './texts.js';

/** Where blocks are shown. Tables, charts and markdown live in messages only. */
export type Surface = 'message' | 'modal' | 'home';

const MESSAGES_ONLY = ['table', 'data_table', 'data_visualization', 'markdown', 'context_actions'];

/** What is wrong with the blocks of a message; empty when nothing is. */
export function faultsOfMessageBlocks(blocks: unknown): string[] {
  const faults = new Faults();
  checkBlocks(blocks, '/blocks', faults, 'message');
  return faults.list;
}

/**
 * All blocks of a surface: 50 in a message, 100 in a view, each with an id of its own.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export function checkBlocks(value: unknown, pointer: string, faults: Faults, surface: Surface): void {
  const blocks = faults.items(value, pointer, surface === 'message' ? 50 : 100, 0);
  const ids = new Set<unknown>();
  const focused: string[] = [];
  blocks.forEach((each, index) => {
    const at = `${pointer}/${index}`;
    const block = faults.object(each, at);
    if (block === undefined) return;
    if (faults.string(block.block_id, `${at}/block_id`, 255)) {
      if (ids.has(block.block_id))
        faults.add(`${at}/block_id`, `\`block_id\` "${block.block_id}" already exists`);
      ids.add(block.block_id);
    }
    checkBlock(block, at, faults, surface);
    checkActionIds(block, at, faults);
    if (interactives(block).some(element => element.focus_on_load === true)) focused.push(at);
  });
  if (focused.length > 1) faults.add(pointer, 'only one element may have focus_on_load');
  for (const [type, most] of [
    ['table', 1],
    ['data_visualization', 2],
  ] as const) {
    if (objectsOf(value).filter(block => block.type === type).length > most) {
      faults.add(pointer, `no more than ${most} ${type} block${most === 1 ? '' : 's'} allowed`);
    }
  }
}

/** The interactive elements of a block, in order. */
export function interactives(block: JsonObject): JsonObject[] {
  const inside =
    block.type === 'actions' || block.type === 'context_actions'
      ? objectsOf(block.elements)
      : [block.type === 'input' ? block.element : block.type === 'section' ? block.accessory : undefined];
  return inside.filter(isObject).filter(element => element.type !== 'image');
}

function checkActionIds(block: JsonObject, pointer: string, faults: Faults): void {
  const seen = new Set<unknown>();
  for (const { action_id: id } of interactives(block)) {
    if (id !== undefined && seen.has(id))
      faults.add(pointer, `\`action_id\` "${String(id)}" already exists in this block`);
    seen.add(id);
  }
}

function checkBlock(block: JsonObject, pointer: string, faults: Faults, surface: Surface): void {
  const { type } = block;
  if (surface !== 'message' && MESSAGES_ONLY.includes(String(type))) {
    faults.add(`${pointer}/type`, `unsupported type: ${String(type)}`);
  } else if (type === 'section') checkSection(block, pointer, faults);
  else if (type === 'actions') checkActions(block, pointer, faults);
  else if (type === 'context') checkContext(block, pointer, faults);
  else if (type === 'input') checkInput(block, pointer, faults);
  else if (type === 'header') {
    faults.fields(block, pointer, 'type! block_id text! level');
    checkText(block.text, `${pointer}/text`, faults, { max: 150, kind: 'plain' });
  } else if (type === 'divider') faults.fields(block, pointer, 'type! block_id');
  else if (type === 'image') checkImage(block, pointer, faults);
  else if (type === 'rich_text') checkRichText(block, pointer, faults);
  else if (type === 'table') checkTable(block, pointer, faults);
  else if (type === 'data_table') checkDataTable(block, pointer, faults);
  else if (type === 'data_visualization') checkChart(block, pointer, faults);
  else if (type === 'markdown') {
    faults.fields(block, pointer, 'type! block_id text!');
    faults.string(block.text, `${pointer}/text`, 12_000);
  } else faults.add(`${pointer}/type`, `unsupported type: ${String(type)}`);
}

/** @see https://docs.slack.dev/reference/block-kit/blocks/section-block */
function checkSection(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id text fields accessory expand');
  if (block.text === undefined && block.fields === undefined)
    faults.add(pointer, 'missing required field: text');
  checkText(block.text, `${pointer}/text`, faults, { max: 3000 });
  faults.items(block.fields, `${pointer}/fields`, 10).forEach((field, index) => {
    checkText(field, `${pointer}/fields/${index}`, faults, { max: 2000 });
  });
  checkElement(block.accessory, `${pointer}/accessory`, faults, ELEMENTS_OF.section);
  faults.flag(block.expand, `${pointer}/expand`);
}

/** @see https://docs.slack.dev/reference/block-kit/blocks/actions-block */
function checkActions(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id elements!');
  faults.items(block.elements, `${pointer}/elements`, 25).forEach((element, index) => {
    checkElement(element, `${pointer}/elements/${index}`, faults, ELEMENTS_OF.actions);
  });
}

/** @see https://docs.slack.dev/reference/block-kit/blocks/context-block */
function checkContext(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id elements!');
  faults.items(block.elements, `${pointer}/elements`, 10).forEach((value, index) => {
    const at = `${pointer}/elements/${index}`;
    if (objectOf(value).type === 'image') checkImage(objectOf(value), at, faults);
    else checkText(value, at, faults, { max: 2000 });
  });
}

/** @see https://docs.slack.dev/reference/block-kit/blocks/input-block */
function checkInput(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id label! element! hint optional dispatch_action');
  checkText(block.label, `${pointer}/label`, faults, { max: 2000, kind: 'plain' });
  checkText(block.hint, `${pointer}/hint`, faults, { max: 2000, kind: 'plain' });
  faults.flag(block.optional, `${pointer}/optional`);
  faults.flag(block.dispatch_action, `${pointer}/dispatch_action`);
  checkElement(block.element, `${pointer}/element`, faults, ELEMENTS_OF.input);
}
