// The values as people see them: the list, and the form of one.
import type { KnownBlock, ModalView, SectionBlock } from '@slack/types';
import type { Commands } from '../../config.js';
import type { KeptValue, LivedValue } from '../../model.js';
import { longestMeaning, longestName } from '../../recognition/rules/values.js';
import { livedDays, type ValuesOverview } from '../../recognition/values.js';
import { actions, callbacks, fields } from '../ids.js';
import { button, buttons, type Message, said } from '../messages/parts.js';
import { type ListContext, type ValueFormContext, valueField } from '../parse/values.js';
import { bold, boldMarkup, capital, emoji, escapeText, plain, richText, section } from '../text.js';
import { type Field, input } from '../views/inputs.js';
import { listPage } from '../views/list-page.js';
import { form } from '../views.js';
import { isCasual, livedWords, manyWords } from './words.js';

/** About what a message holds beside its markup. */
const mostCharacters = 9000;
/** Former names beside a value. */
const mostFormer = 3;

const counted = `in the last ${livedDays} days`;

/** Everybody's list. @param how - `canChange`: with a button to change them */
export function valuesMessage(
  { active }: Pick<ValuesOverview, 'active'>,
  { canChange, commands }: { canChange: boolean; commands: Commands },
): Message {
  const change = canChange ? [buttons(button('Change', actions.openValues, 'values'))] : [];
  if (active.length === 0) {
    const message = said(
      `There are no values yet. A workspace admin can add some: ${commands.recognition} values.`,
    );
    return { ...message, blocks: [...message.blocks, ...change] };
  }
  const intro = `Your values, and how often each was lived ${counted}:`;
  let room = mostCharacters;
  const shown = active.filter(({ name, slug, meaning }) => {
    room -= name.length + slug.length + meaning.length + 30;
    return room > 0;
  });
  const more = active.length > shown.length ? [`And ${active.length - shown.length} more.`] : [];
  const rest = ({ lived, meaning }: LivedValue) => `, ${livedWords(lived)}${meaning ? `: ${meaning}` : ''}`;
  return {
    text: escapeText(
      [intro, ...shown.map(one => `• ${one.name} (#${one.slug})${rest(one)}`), ...more].join('\n'),
    ),
    blocks: [
      richText(
        section(plain(intro)),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: shown.map(one =>
            section(emoji(one.emoji), plain(' '), bold(one.name), plain(` #${one.slug}${rest(one)}`)),
          ),
        },
        ...more.map(words => section(plain(words))),
      ),
      ...change,
    ],
  };
}

/** The list that admins change. @param note - what has just been done, above it */
export function valuesView(
  overview: ValuesOverview,
  { page: wanted }: ListContext,
  note: string | null = null,
): ModalView {
  const { active, retired } = overview;
  const { page, onPage, turns } = listPage([...active, ...retired], wanted, actions.valuesPage);
  const many = manyWords(overview);
  const intro =
    active.length > 0
      ? `How often each was lived is counted ${counted}, once for each person thanked.`
      : 'There is no value to give. Shout-outs work without.';
  return {
    type: 'modal',
    callback_id: callbacks.values,
    title: { type: 'plain_text', text: 'Your values' },
    close: { type: 'plain_text', text: 'Close' },
    private_metadata: JSON.stringify({ page } satisfies ListContext),
    blocks: [
      ...(note ? [words(note), { type: 'divider' as const }] : []),
      words(intro),
      ...(many ? [words(many)] : []),
      ...onPage.flatMap((value): KnownBlock[] => [
        ...(value === retired[0] ? [heading('Retired')] : []),
        row(value, overview),
      ]),
      buttons(button('Add a value', actions.newValue, 'new', 'primary'), ...turns),
    ],
  };
}

/** A sentence with emoji in it. */
function words(text: string): SectionBlock {
  return { type: 'section', text: { type: 'plain_text', text, emoji: true } };
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function row(value: LivedValue, overview: ValuesOverview): SectionBlock {
  const { id, version, name, slug, meaning, formerSlugs } = value;
  const former = formerSlugs.slice(-mostFormer).map(one => `#${one}`);
  const at = overview.active.indexOf(value);
  const above = overview.active[at - 1];
  const under = at >= 0 ? overview.active[at + 1] : undefined;
  const options: [text: string, value: string][] = [
    ['Change', `change:${id}`],
    ...(above ? [['Move up', `up:${id}:${above.id}`] as [string, string]] : []),
    ...(under ? [['Move down', `down:${id}:${under.id}`] as [string, string]] : []),
    value.retiredAt ? ['Bring back', `bringBack:${id}:${version}`] : ['Retire', `retire:${id}:${version}`],
  ];
  return {
    type: 'section',
    block_id: id,
    text: {
      type: 'mrkdwn',
      verbatim: true,
      text: [
        `:${value.emoji}: ${boldMarkup(name)}  \`#${slug}\``,
        ...(meaning ? [escapeText(meaning)] : []),
        [
          capital(livedWords(value.lived)),
          ...(former.length > 0 ? [`also typed ${former.join(', ')}`] : []),
        ].join(' · '),
        ...(isCasual(value, overview)
          ? [`People use :${value.emoji}: casually: expect some shout-outs by accident.`]
          : []),
      ].join('\n'),
    },
    accessory: {
      type: 'overflow',
      action_id: actions.valueMenu,
      options: options.map(([text, value]) => ({ text: { type: 'plain_text', text }, value })),
    },
  };
}

/**
 * The form of one value. Its fields take twice as many characters as a value may have: Slack counts most emoji as two,
 * our rule counts them as one and decides, and nothing that is kept is cut.
 * @param value - null: a new one
 */
export function valueForm(
  value: KeptValue | null,
  { page }: ListContext,
  hint: string | null = null,
): ModalView {
  const context: ValueFormContext = { valueId: value?.id ?? null, version: value?.version ?? 0, page };
  const field = (
    name: 'name' | 'emoji' | 'meaning',
    { most, text, ...label }: Omit<Field, 'id'> & { most: number; text: string },
  ): KnownBlock => ({
    ...input(
      { id: fields[name], ...label },
      {
        type: 'plain_text_input',
        action_id: fields[name],
        max_length: most,
        ...(text ? { initial_value: text.slice(0, most).toWellFormed() } : {}),
        ...(name === 'name' && !value ? { focus_on_load: true } : {}),
      },
    ),
    block_id: valueField(name, context),
  });
  return form(
    {
      callbackId: callbacks.value,
      title: value ? 'Change a value' : 'Add a value',
      submit: value ? 'Save' : 'Add it',
      context,
    },
    [
      ...(hint ? [words(hint)] : []),
      field('name', {
        label: 'Name',
        most: 2 * longestName,
        text: value?.name ?? '',
        hint: value
          ? `People type it as #${value.slug}. After a new name that still works.`
          : 'People type it after #, as in #craft.',
      }),
      field('emoji', {
        label: 'Emoji',
        most: 120,
        text: value ? `:${value.emoji}:` : '',
        hint: 'Such as 💎, or one of your own by its name. As a reaction it gives a shout-out, so choose one that nobody uses casually.',
      }),
      field('meaning', {
        label: 'What does it mean here?',
        most: 2 * longestMeaning,
        text: value?.meaning ?? '',
        optional: true,
        hint: 'A sentence is enough.',
      }),
    ],
  );
}
