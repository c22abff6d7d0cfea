// Blocks of every kind, as a bot could send them.

import type { JsonObject } from '../../src/playground/local-slack.js';

const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
const mrkdwn = (text: string): JsonObject => ({ type: 'mrkdwn', text });
const option = (text: string, value: string): JsonObject => ({ text: plain(text), value });
const raw = (text: string): JsonObject => ({ type: 'raw_text', text });

/** Texts of all kinds. */
export const WORDS: JsonObject[] = [
  { type: 'header', text: plain('Week 47 :tada:') },
  {
    type: 'section',
    text: mrkdwn(
      '*Bold* _it_ ~no~ `code` <https://example.com|a link> <@U0ANA> <#C0SHOUT> <!here> &lt;b&gt;not bold&lt;/b&gt;\n&gt; quoted\n• a point',
    ),
  },
  { type: 'section', fields: [mrkdwn('*Given*\n12'), mrkdwn('*Received*\n9')] },
  { type: 'divider' },
  { type: 'context', elements: [mrkdwn('From *Ana* to everybody')] },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] }],
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'let it = be;' }] },
    ],
  },
];

/** Things to press and to choose from. */
export const BUTTONS: JsonObject[] = [
  {
    type: 'section',
    text: mrkdwn('Press something'),
    accessory: {
      type: 'overflow',
      action_id: 'more',
      options: [option('Hide', 'hide'), option('Keep', 'keep')],
    },
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'plain', text: plain('Plain') },
      { type: 'button', action_id: 'first', style: 'primary', text: plain('First') },
      {
        type: 'button',
        action_id: 'delete',
        value: '7',
        style: 'danger',
        text: plain('Delete'),
        confirm: {
          title: plain('Sure?'),
          text: plain('It is gone then.'),
          confirm: plain('Yes'),
          deny: plain('No'),
        },
      },
      {
        type: 'static_select',
        action_id: 'value',
        placeholder: plain('Pick a value'),
        options: [option(':gem: Craft', 'craft'), option(':bee: Teamwork', 'teamwork')],
      },
    ],
  },
];

/** What the library draws, and what it does not; Slack takes one of a kind in a message. */
export const DRAWN: JsonObject[][] = [
  [
    {
      type: 'data_visualization',
      title: 'Shout-outs a week',
      chart: {
        type: 'bar',
        series: [
          {
            name: 'Given',
            data: [
              { label: 'W1', value: 3 },
              { label: 'W2', value: 5 },
            ],
          },
        ],
        axis_config: { categories: ['W1', 'W2'] },
      },
    },
  ],
  [
    {
      type: 'table',
      rows: [
        [raw('Value'), raw('Given')],
        [raw('Craft'), raw('5')],
      ],
    },
  ],
  [{ type: 'markdown', text: '## A markdown title\n**bold** and a list\n- one\n- two' }],
  [
    {
      type: 'data_table',
      caption: 'Numbers',
      rows: [
        [raw('Value'), raw('Given')],
        [raw('Craft'), { type: 'raw_number', value: 5, text: '5' }],
      ],
    },
  ],
];

const field = (id: string, label: string, element: JsonObject): JsonObject => ({
  type: 'input',
  block_id: id,
  optional: true,
  label: plain(label),
  element: { action_id: id, ...element },
});

/** A field of each kind. */
export const FIELDS: JsonObject[] = [
  field('words', 'Words', { type: 'plain_text_input' }),
  field('radio', 'One of two', {
    type: 'radio_buttons',
    options: [option('First', '1'), option('Second', '2')],
  }),
  field('day', 'Day', { type: 'datepicker' }),
  field('time', 'Time', { type: 'timepicker' }),
  field('channel', 'Channel', { type: 'channels_select' }),
  field('people', 'People', { type: 'multi_users_select' }),
  field('number', 'Number', { type: 'number_input', is_decimal_allowed: false }),
];
