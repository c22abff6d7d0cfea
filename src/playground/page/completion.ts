// What the message box offers while somebody types: commands, people, channels, emoji.

import { emojiNamed } from './emoji.js';
import type { Model } from './model.js';

/** One thing on offer. */
export interface Offer {
  key: string;
  /** What takes the place of what was typed. */
  insert: string;
  words: string;
  /** More about it, in grey. */
  more: string;
}

/** What is on offer for the text before the cursor, and how much of it would be replaced. */
export function offersFor(before: string, model: Model): { offers: Offer[]; replaces: number } {
  const command = /^\/[\w-]*$/.exec(before)?.[0];
  if (command !== undefined) return { offers: commands(command, model), replaces: command.length };
  const [, , sign = '', word = ''] = /(^|\s)([@#:])([\w.+-]*)$/.exec(before) ?? [];
  const replaces = word.length + 1;
  if (sign === '@') return { offers: people(word, model), replaces };
  if (sign === '#') return { offers: channels(word, model), replaces };
  if (sign === ':' && word.length > 1) return { offers: emoji(word), replaces };
  return { offers: [], replaces: 0 };
}

function commands(typed: string, { situation }: Model): Offer[] {
  return [
    ...situation.commands,
    {
      command: '/invite',
      description: 'Invite somebody, or the app, to this channel',
      usageHint: '@somebody',
    },
  ]
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, description, usageHint }) => ({
      key: command,
      insert: `${command} `,
      words: usageHint === '' ? command : `${command} ${usageHint}`,
      more: description,
    }));
}

function people(word: string, { people: all, groups, me }: Model): Offer[] {
  const wanted = word.toLowerCase();
  const found = [...all.values()]
    .filter(person => person.id !== 'USLACKBOT' && person.id !== me.id)
    .filter(person =>
      `${person.name} ${person.realName}`
        .toLowerCase()
        .split(' ')
        .some(part => part.startsWith(wanted)),
    )
    .map(person => ({
      key: person.id,
      insert: `@${person.name} `,
      words: person.realName,
      more: `@${person.name}${person.deactivated ? ', deactivated' : ''}`,
    }));
  const handles = groups
    .filter(({ handle }) => handle.startsWith(wanted))
    .map(({ id, handle, name }) => ({ key: id, insert: `@${handle} `, words: `@${handle}`, more: name }));
  return [...found, ...handles];
}

function channels(word: string, { channels: all }: Model): Offer[] {
  return all
    .filter(({ kind, name }) => kind !== 'im' && name.startsWith(word.toLowerCase()))
    .map(({ id, name, kind }) => ({
      key: id,
      insert: `#${name} `,
      words: `#${name}`,
      more: kind === 'private' ? 'private channel' : 'channel',
    }));
}

function emoji(word: string): Offer[] {
  return emojiNamed(word, 8).map(name => ({ key: name, insert: `:${name}: `, words: `:${name}:`, more: '' }));
}
