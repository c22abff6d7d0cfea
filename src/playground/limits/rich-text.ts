// Limits of rich text: which elements there are, and what each must hold.

import type { JsonObject } from '../things.js';
import type { Faults } from './faults.js';

/** Fields of each inline element. */
const INLINE: Readonly<Record<string, string>> = {
  text: 'type! text! style',
  link: 'type! url! text unsafe style',
  emoji: 'type! name! unicode skin_tone url style',
  user: 'type! user_id! style',
  usergroup: 'type! usergroup_id! style',
  channel: 'type! channel_id! style',
  team: 'type! team_id! style',
  broadcast: 'type! range! style',
  date: 'type! timestamp! format! url fallback style',
  color: 'type! value! style',
};

const STYLES = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'];

/**
 * A `rich_text` block, alone or in a table's cell.
 * @see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function checkRichText(block: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(block, pointer, 'type! block_id elements!');
  faults.items(block.elements, `${pointer}/elements`, 1000, 0).forEach((value, index) => {
    const at = `${pointer}/elements/${index}`;
    const element = faults.object(value, at);
    if (element === undefined) return;
    if (element.type === 'rich_text_list') checkList(element, at, faults);
    else checkRun(element, at, faults, ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']);
  });
}

function checkList(list: JsonObject, pointer: string, faults: Faults): void {
  faults.fields(list, pointer, 'type! style! elements! indent offset border');
  faults.oneOf(list.style, `${pointer}/style`, ['bullet', 'ordered']);
  faults.whole(list.indent, `${pointer}/indent`, 0, 8);
  faults.whole(list.offset, `${pointer}/offset`, 0, 10_000);
  faults.whole(list.border, `${pointer}/border`, 0, 1);
  faults.items(list.elements, `${pointer}/elements`, 1000, 0).forEach((value, index) => {
    const at = `${pointer}/elements/${index}`;
    const section = faults.object(value, at);
    if (section !== undefined) checkRun(section, at, faults, ['rich_text_section']);
  });
}

function checkRun(run: JsonObject, pointer: string, faults: Faults, types: readonly string[]): void {
  if (typeof run.type !== 'string' || !types.includes(run.type)) {
    faults.add(`${pointer}/type`, `unsupported type: ${String(run.type)}`);
    return;
  }
  const own =
    run.type === 'rich_text_section' ? '' : run.type === 'rich_text_quote' ? ' border' : ' border language';
  faults.fields(run, pointer, `type! elements!${own}`);
  const pre = run.type === 'rich_text_preformatted';
  faults.items(run.elements, `${pointer}/elements`, 10_000, 0).forEach((value, index) => {
    const at = `${pointer}/elements/${index}`;
    const element = faults.object(value, at);
    if (element === undefined) return;
    const allowed = typeof element.type === 'string' ? INLINE[element.type] : undefined;
    if (allowed === undefined || (pre && element.type !== 'text' && element.type !== 'link')) {
      faults.add(`${at}/type`, `unsupported type: ${String(element.type)}`);
      return;
    }
    faults.fields(element, at, allowed);
    checkInline(element, at, faults);
  });
}

function checkInline(element: JsonObject, pointer: string, faults: Faults): void {
  for (const name of [
    'text',
    'name',
    'user_id',
    'usergroup_id',
    'channel_id',
    'team_id',
    'format',
    'value',
  ]) {
    // Slack refuses a text element without a character; a link's words may be left out, not empty.
    faults.string(element[name], `${pointer}/${name}`, 40_000);
  }
  if (element.type === 'link') faults.address(element.url, `${pointer}/url`);
  if (
    element.type === 'emoji' &&
    typeof element.name === 'string' &&
    !/^[a-z0-9_+'’:-]+$/.test(element.name)
  ) {
    faults.add(`${pointer}/name`, `invalid emoji name: ${element.name}`);
  }
  if (element.type === 'user' && !/^[UW][A-Z0-9]+$/.test(String(element.user_id))) {
    faults.add(`${pointer}/user_id`, 'invalid user id');
  }
  if (element.type === 'broadcast')
    faults.oneOf(element.range, `${pointer}/range`, ['here', 'channel', 'everyone']);
  if (element.type === 'date')
    faults.whole(element.timestamp, `${pointer}/timestamp`, 0, Number.MAX_SAFE_INTEGER);
  const style = faults.object(element.style, `${pointer}/style`);
  for (const [name, on] of Object.entries(style ?? {})) {
    if (!STYLES.includes(name)) faults.add(`${pointer}/style`, `no more fields allowed: ${name}`);
    faults.flag(on, `${pointer}/style/${name}`);
  }
}
