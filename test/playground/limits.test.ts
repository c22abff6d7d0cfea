// Block Kit's limits, each once at the limit and once over it.

import { describe, expect, test } from 'vitest';
import { faultsOfMessageBlocks } from '../../src/playground/limits/blocks.js';
import { faultsOfView } from '../../src/playground/limits/views.js';

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const press = (more: object = {}) => ({ type: 'button', text: plain(5), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (value: string, more: object = {}) => ({ text: plain(5), value, ...more });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(5), element, ...more });
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const cell = { type: 'raw_text', text: 'x' };
const chart = (categories: number, label = 'c0') => ({
  type: 'data_visualization',
  title: 'Figures',
  chart: {
    type: 'bar',
    series: [{ name: 'given', data: [{ label, value: 1 }] }],
    axis_config: { categories: many(categories, i => `c${i}`) },
  },
});

describe.each<[string, object[], object[]]>([
  ['50 blocks', many(50, () => ({ type: 'divider' })), many(51, () => ({ type: 'divider' }))],
  [
    'a section of 3,000 characters',
    [{ type: 'section', text: mrkdwn(3000) }],
    [{ type: 'section', text: mrkdwn(3001) }],
  ],
  ['a section with text or fields', [{ type: 'section', fields: [mrkdwn(1)] }], [{ type: 'section' }]],
  ['text that is not empty', [{ type: 'section', text: mrkdwn(1) }], [{ type: 'section', text: mrkdwn(0) }]],
  [
    '10 fields',
    [{ type: 'section', fields: many(10, () => mrkdwn(1)) }],
    [{ type: 'section', fields: many(11, () => mrkdwn(1)) }],
  ],
  [
    'fields of 2,000',
    [{ type: 'section', fields: [mrkdwn(2000)] }],
    [{ type: 'section', fields: [mrkdwn(2001)] }],
  ],
  ['a header of 150', [{ type: 'header', text: plain(150) }], [{ type: 'header', text: plain(151) }]],
  ['a header in plain text', [{ type: 'header', text: plain(1) }], [{ type: 'header', text: mrkdwn(1) }]],
  ['a button of 75', [actions({ ...press(), text: plain(75) })], [actions({ ...press(), text: plain(76) })]],
  [
    'a button value of 2,000',
    [actions(press({ value: 'x'.repeat(2000) }))],
    [actions(press({ value: 'x'.repeat(2001) }))],
  ],
  ['a button style', [actions(press({ style: 'danger' }))], [actions(press({ style: 'default' }))]],
  ['a button address', [actions(press({ url: 'https://a.io' }))], [actions(press({ url: 'a.io' }))]],
  [
    'an action_id of 255',
    [actions(press({ action_id: 'x'.repeat(255) }))],
    [actions(press({ action_id: 'x'.repeat(256) }))],
  ],
  [
    'action_ids of their own in a block',
    [actions(press({ action_id: 'a' }), press({ action_id: 'b' }))],
    [actions(press({ action_id: 'a' }), press({ action_id: 'a' }))],
  ],
  [
    'a block_id of 255',
    [{ type: 'divider', block_id: 'x'.repeat(255) }],
    [{ type: 'divider', block_id: 'x'.repeat(256) }],
  ],
  [
    'block_ids of their own',
    [{ type: 'divider', block_id: 'a' }],
    many(2, () => ({ type: 'divider', block_id: 'a' })),
  ],
  ['25 elements', [actions(...many(25, () => press()))], [actions(...many(26, () => press()))]],
  ['some elements', [actions(press())], [actions()]],
  [
    '10 things of context',
    [{ type: 'context', elements: many(10, () => mrkdwn(1)) }],
    [{ type: 'context', elements: many(11, () => mrkdwn(1)) }],
  ],
  [
    '5 options in an overflow menu',
    [actions({ type: 'overflow', options: many(5, i => option(`${i}`)) })],
    [actions({ type: 'overflow', options: many(6, i => option(`${i}`)) })],
  ],
  [
    '100 options',
    [actions({ type: 'static_select', options: many(100, i => option(`${i}`)) })],
    [actions({ type: 'static_select', options: many(101, i => option(`${i}`)) })],
  ],
  [
    'an option of 75',
    [actions({ type: 'static_select', options: [option('a', { text: plain(75) })] })],
    [actions({ type: 'static_select', options: [option('a', { text: plain(76) })] })],
  ],
  [
    'an option value of 150',
    [actions({ type: 'static_select', options: [option('x'.repeat(150))] })],
    [actions({ type: 'static_select', options: [option('x'.repeat(151))] })],
  ],
  [
    'an initial option that is offered',
    [actions({ type: 'static_select', options: [option('a')], initial_option: option('a') })],
    [actions({ type: 'static_select', options: [option('a')], initial_option: option('b') })],
  ],
  [
    '10 checkboxes',
    [input({ type: 'checkboxes', options: many(10, i => option(`${i}`)) })],
    [input({ type: 'checkboxes', options: many(11, i => option(`${i}`)) })],
  ],
  [
    '10 radio buttons',
    [input({ type: 'radio_buttons', options: many(10, i => option(`${i}`)) })],
    [input({ type: 'radio_buttons', options: many(11, i => option(`${i}`)) })],
  ],
  [
    'a label of 2,000',
    [input({ type: 'plain_text_input' }, { label: plain(2000) })],
    [input({ type: 'plain_text_input' }, { label: plain(2001) })],
  ],
  [
    'a hint of 2,000',
    [input({ type: 'plain_text_input' }, { hint: plain(2000) })],
    [input({ type: 'plain_text_input' }, { hint: plain(2001) })],
  ],
  [
    'a placeholder of 150',
    [input({ type: 'plain_text_input', placeholder: plain(150) })],
    [input({ type: 'plain_text_input', placeholder: plain(151) })],
  ],
  [
    'an initial value within max_length',
    [input({ type: 'plain_text_input', max_length: 5, initial_value: 'xxxxx' })],
    [input({ type: 'plain_text_input', max_length: 5, initial_value: 'xxxxxx' })],
  ],
  [
    'a max_length of 3,000',
    [input({ type: 'plain_text_input', max_length: 3000 })],
    [input({ type: 'plain_text_input', max_length: 3001 })],
  ],
  [
    'an input element in an input',
    [input({ type: 'datepicker', initial_date: '2026-11-20' })],
    [input(press())],
  ],
  [
    'a date',
    [input({ type: 'datepicker', initial_date: '2026-11-20' })],
    [input({ type: 'datepicker', initial_date: '20.11.2026' })],
  ],
  [
    'user ids',
    [input({ type: 'multi_users_select', initial_users: ['U0ANA'] })],
    [input({ type: 'multi_users_select', initial_users: ['@ana'] })],
  ],
  ['known fields', [{ type: 'divider' }], [{ type: 'divider', text: 'x' }]],
  ['known blocks', [{ type: 'divider' }], [{ type: 'sculpture' }]],
  [
    'strings where strings belong',
    [{ type: 'section', text: mrkdwn(1) }],
    [{ type: 'section', text: { type: 'mrkdwn', text: 7 } }],
  ],
  [
    'an image with words',
    [{ type: 'image', image_url: 'https://a.io/b.png', alt_text: 'b' }],
    [{ type: 'image', image_url: 'https://a.io/b.png' }],
  ],
  [
    'a confirmation of 300',
    [
      actions(
        press({ confirm: { title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30) } }),
      ),
    ],
    [
      actions(
        press({ confirm: { title: plain(100), text: plain(301), confirm: plain(30), deny: plain(30) } }),
      ),
    ],
  ],
  [
    'rich text with characters in it',
    [rich({ type: 'text', text: 'x' })],
    [rich({ type: 'text', text: '' })],
  ],
  [
    'rich text of known elements',
    [rich({ type: 'user', user_id: 'U0ANA' })],
    [rich({ type: 'person', user_id: 'U0ANA' })],
  ],
  [
    'rich links',
    [rich({ type: 'link', url: 'https://a.io', text: 'a' })],
    [rich({ type: 'link', url: 'a', text: 'a' })],
  ],
  [
    'rich styles',
    [rich({ type: 'text', text: 'x', style: { bold: true } })],
    [rich({ type: 'text', text: 'x', style: { loud: true } })],
  ],
  [
    'a table of 100 rows',
    [{ type: 'table', rows: many(100, () => [cell]) }],
    [{ type: 'table', rows: many(101, () => [cell]) }],
  ],
  [
    'a table of 20 columns',
    [{ type: 'table', rows: [many(20, () => cell)] }],
    [{ type: 'table', rows: [many(21, () => cell)] }],
  ],
  ['one table', [{ type: 'table', rows: [[cell]] }], many(2, () => ({ type: 'table', rows: [[cell]] }))],
  [
    'a data table with its caption',
    [{ type: 'data_table', caption: 'c', rows: [[cell]] }],
    [{ type: 'data_table', rows: [[cell]] }],
  ],
  ['20 categories', [chart(20)], [chart(21)]],
  ['labels that are categories', [chart(1)], [chart(1, 'other')]],
  ['two charts', many(2, () => chart(1)), many(3, () => chart(1))],
])('a message takes %s', (_, right, wrong) => {
  test('and no more', () => {
    expect(faultsOfMessageBlocks(right)).toEqual([]);
    expect(faultsOfMessageBlocks(wrong)).not.toEqual([]);
  });
});

const modal = (more: object = {}) => ({ type: 'modal', title: plain(24), blocks: [], ...more });

describe.each<[string, object, object]>([
  ['a title of 24', modal(), modal({ title: plain(25) })],
  ['a title', modal(), { type: 'modal', blocks: [] }],
  [
    'private_metadata of 3,000',
    modal({ private_metadata: 'x'.repeat(3000) }),
    modal({ private_metadata: 'x'.repeat(3001) }),
  ],
  ['a callback_id of 255', modal({ callback_id: 'x'.repeat(255) }), modal({ callback_id: 'x'.repeat(256) })],
  [
    '100 blocks',
    modal({ blocks: many(100, () => ({ type: 'divider' })) }),
    modal({ blocks: many(101, () => ({ type: 'divider' })) }),
  ],
  [
    'inputs with a submit button',
    modal({ submit: plain(24), blocks: [input({ type: 'plain_text_input' })] }),
    modal({ blocks: [input({ type: 'plain_text_input' })] }),
  ],
  [
    'blocks that modals show',
    modal({ blocks: [{ type: 'divider' }] }),
    modal({ blocks: [{ type: 'table', rows: [[cell]] }] }),
  ],
  [
    'one focus',
    modal({ blocks: [actions({ type: 'users_select', focus_on_load: true })] }),
    modal({ blocks: many(2, () => actions({ type: 'users_select', focus_on_load: true })) }),
  ],
])('a modal takes %s', (_, right, wrong) => {
  test('and no more', () => {
    expect(faultsOfView(right, 'modal')).toEqual([]);
    expect(faultsOfView(wrong, 'modal')).not.toEqual([]);
  });
});

test('a home tab has no title', () => {
  expect(faultsOfView({ type: 'home', blocks: [] }, 'home')).toEqual([]);
  expect(faultsOfView(modal(), 'home')).not.toEqual([]);
});

test('all faults are named at once, with their places', () => {
  const blocks = [{ type: 'header', text: plain(151) }, { type: 'sculpture' }, actions(press({ value: 7 }))];
  expect(faultsOfMessageBlocks(blocks)).toEqual([
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    'unsupported type: sculpture [json-pointer:/blocks/1/type]',
    'must be a string [json-pointer:/blocks/2/elements/0/value]',
  ]);
});
