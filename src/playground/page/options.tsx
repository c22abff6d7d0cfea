// What selects offer: the app's own options, or people, channels and conversations.

import { objectOf, objectsOf, textOf } from '../json.js';
import type { JsonObject } from '../things.js';
import type { Option } from './choice.js';
import { type Model, useModel } from './model.js';
import { Avatar } from './people.js';
import { TextObject, wordsOf } from './text-object.js';

/** The options of a select, whatever its kind. */
export function useOptions(element: JsonObject): Option[] {
  const model = useModel();
  const type = textOf(element.type) ?? '';
  if (type.includes('users_select')) return people(model);
  if (type.includes('channels_select')) return channels(model);
  if (type.includes('conversations_select')) return [...channels(model), ...people(model)];
  const grouped = objectsOf(element.option_groups).flatMap(group =>
    objectsOf(group.options).map(option => ofOption(option, wordsOf(group.label))),
  );
  return [...objectsOf(element.options).map(option => ofOption(option)), ...grouped];
}

function ofOption(option: JsonObject, group?: string): Option {
  return {
    value: textOf(option.value) ?? '',
    words: wordsOf(option.text),
    shown: (
      <span>
        <TextObject text={objectOf(option.text)} />
        {option.description !== undefined && (
          <small>
            <TextObject text={option.description} />
          </small>
        )}
      </span>
    ),
    ...(group === undefined ? {} : { group }),
  };
}

/** Slack's menus list nobody who is deactivated. */
function people({ people: all }: Model): Option[] {
  return [...all.values()]
    .filter(person => !person.deactivated && person.id !== 'USLACKBOT')
    .map(person => ({
      value: person.id,
      words: `${person.realName} ${person.name}`,
      shown: (
        <span className="person-option">
          <Avatar person={person} size={20} />
          <span>{person.realName}</span>
        </span>
      ),
    }));
}

function channels({ channels: all }: Model): Option[] {
  return all
    .filter(({ kind, archived }) => kind !== 'im' && !archived)
    .map(({ id, name, kind }) => ({
      value: id,
      words: name,
      shown: `${kind === 'private' ? '🔒 ' : '# '}${name}`,
    }));
}
