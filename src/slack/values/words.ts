// What is said about values: faults, warnings, and what a change came to.
import type { CompanyValue } from '../../model.js';
import type { ValueOutcome } from '../../recognition/change-values.js';
import {
  casualEmoji,
  fewValues,
  generalEmoji,
  type ValueContents,
  type ValueFault,
} from '../../recognition/rules/values.js';
import type { ValuesOverview } from '../../recognition/values.js';
import { emojiName, isStandardEmoji } from '../emoji.js';
import { valueField } from '../parse/values.js';
import { errorsByField } from '../refusals.js';

/** Why a value cannot be so, and what to do. */
export function faultWords(fault: ValueFault): string {
  switch (fault.code) {
    case 'noName':
      return 'Give it a name.';
    case 'nameTooLong':
      return `The name has ${fault.length} characters; up to ${fault.limit} fit.`;
    case 'nameWithoutLetter':
      return 'The name needs a letter, so that people can type it after #.';
    case 'nameTaken':
      if (fault.by.slug !== fault.slug)
        return `#${fault.slug} still means ${fault.by.name}, which was called so before. Choose another name.`;
      return fault.by.retiredAt
        ? `${fault.by.name} is a retired value. Bring it back instead, or choose another name.`
        : `There is a value ${fault.by.name} already. Choose another name.`;
    case 'meaningTooLong':
      return `The meaning has ${fault.length} characters; up to ${fault.limit} fit.`;
    case 'noEmoji':
      return 'That is not one emoji. Choose one, such as 💎, or type the name that Slack shows for it.';
    case 'emojiTaken':
      return `:${emojiName(fault.by.emoji)}: belongs to ${fault.by.name}, and a reaction can mean one thing only. Choose another emoji.`;
    case 'emojiIsGeneral':
      return `:${generalEmoji}: gives a shout-out without a value. Choose another emoji.`;
    case 'tooManyValues':
      return `There are ${fault.limit} values, and Slack's menus take no more. Retire one first.`;
  }
}

const fieldOf: Record<ValueFault['code'], keyof ValueContents> = {
  noName: 'name',
  nameTooLong: 'name',
  nameWithoutLetter: 'name',
  nameTaken: 'name',
  tooManyValues: 'name',
  meaningTooLong: 'meaning',
  noEmoji: 'emoji',
  emojiTaken: 'emoji',
  emojiIsGeneral: 'emoji',
};

/** The faults as errors of the form's fields: all of a field's words together. */
export function faultErrors(
  faults: ValueFault[],
  context: Parameters<typeof valueField>[1],
): Record<string, string> {
  return errorsByField(faults, ({ code }) => valueField(fieldOf[code], context), faultWords);
}

/** Whether people put a value's emoji on messages without meaning to give a shout-out, and it gives one. */
export function isCasual(
  { emoji, retiredAt }: Pick<CompanyValue, 'emoji' | 'retiredAt'>,
  { uncountedEmoji }: Pick<ValuesOverview, 'uncountedEmoji'>,
): boolean {
  const name = emojiName(emoji);
  return !retiredAt && casualEmoji.has(name) && !uncountedEmoji.includes(name);
}

/** Why to keep to five; null: there are no more. */
export function manyWords({ active }: Pick<ValuesOverview, 'active'>): string | null {
  return active.length > fewValues
    ? `You have ${active.length} values. People remember five, and each then means more: think of retiring one.`
    : null;
}

/** How often a value was lived. */
export function livedWords(lived: number): string {
  // It may have been before.
  if (lived === 0) return 'not lived lately';
  return lived === 1 ? 'lived once' : `lived ${lived.toLocaleString('en-US')} times`;
}

/** What a change came to, above the list; null: the list shows it. @param overview - as it is now */
export function outcomeWords(
  outcome: ValueOutcome,
  did: 'save' | 'move' | 'retire' | 'bringBack',
  overview: ValuesOverview,
): string | null {
  switch (outcome.kind) {
    case 'impossible':
      return outcome.reason === 'notAdmin'
        ? onlyAdmins
        : 'That value is not there any more. This is the list as it is now.';
    case 'changedMeanwhile':
      return 'The list was changed after you opened it, so I changed nothing. This is how it is now.';
    case 'refused':
      return `Not done: ${outcome.faults.map(faultWords).join(' ')}`;
    case 'changed':
      break;
  }
  const { value, before } = outcome;
  switch (did) {
    case 'move':
      return null;
    case 'retire':
      return `Retired: ${value.name}. It stays where it was given, and can no longer be given.${
        overview.active.length === 0 ? ' No value is left; shout-outs work without one.' : ''
      }`;
    case 'bringBack':
      return [`${value.name} is back, in its old place.`, ...emojiWords(value, overview)].join(' ');
    case 'save':
      return [savedWords(value, before), ...emojiWords(value, overview)].join(' ');
  }
}

function savedWords(value: CompanyValue, before: CompanyValue | null): string {
  if (!before) return `Added: ${value.name}. People type #${value.slug} or :${value.emoji}:.`;
  if (before.name === value.name) return `Saved: ${value.name}.`;
  const old = before.slug === value.slug ? '' : ` #${before.slug} still works.`;
  return `Saved: ${before.name} is now ${value.name}, and what was given for it stays.${old}`;
}

function emojiWords(value: CompanyValue, overview: ValuesOverview): string[] {
  if (value.retiredAt) return [];
  return [
    isCasual(value, overview)
      ? `People use :${value.emoji}: casually, so some will give shout-outs by accident. Better one that nobody uses otherwise.`
      : [],
    isStandardEmoji(value.emoji)
      ? []
      : `If you see :${value.emoji}: in letters instead of a picture, Slack has no emoji of that name.`,
  ].flat();
}

/** To anybody else who wants to change values. */
export const onlyAdmins = 'Only a workspace admin can change the values.';
