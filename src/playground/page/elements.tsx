// The interactive elements of Block Kit, in messages, forms and the home tab.

import { useId } from 'react';
import { objectOf, objectsOf, textOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { Choice } from './choice.js';
import { MenuButton } from './menu.js';
import { safeHref } from './mrkdwn.js';
import { useOptions } from './options.js';
import { type Held, useConfirm, useSurface } from './surface.js';
import { TextObject, wordsOf } from './text-object.js';

/** What every element is given. */
export interface ElementProps {
  element: JsonObject;
  blockId: string;
  /** In an input block, what is chosen waits for the submission; elsewhere it is told at once. */
  label?: { id: string; words: string; describedBy: string | undefined; invalid: boolean; tells: boolean };
}

/** Any element, by its type. */
export function Element(props: ElementProps) {
  const type = textOf(props.element.type) ?? '';
  if (type === 'button') return <ButtonElement {...props} />;
  if (type === 'overflow') return <Overflow {...props} />;
  if (type === 'checkboxes' || type === 'radio_buttons') return <Boxes {...props} />;
  if (type.endsWith('_select')) return <Select {...props} />;
  if (type === 'image') return <ImageElement element={props.element} />;
  if (TYPED[type] !== undefined || type === 'plain_text_input') return <Typed {...props} />;
  return <span className="not-shown">({type})</span>;
}

/** An image beside a text. */
export function ImageElement({ element }: { element: JsonObject }) {
  return (
    <img className="image-element" src={textOf(element.image_url)} alt={textOf(element.alt_text) ?? ''} />
  );
}

/** What an element holds, and how to change it: kept in the form, told to the app, or both. */
function useHeld({ element, blockId, label }: ElementProps): [held: Held, change: (value: Held) => void] {
  const { form, act } = useSurface();
  const confirm = useConfirm();
  const actionId = String(element.action_id);
  const held = form?.valueOf(blockId, actionId) ?? initialOf(element);
  const change = (value: Held): void => {
    form?.setValue(blockId, actionId, value);
    if (label === undefined || label.tells)
      confirm(element.confirm, () => void act(actionId, blockId, value));
  };
  return [held, change];
}

/** Outside of forms an element shows what the app preset. */
function initialOf(element: JsonObject): Held {
  const option = textOf(objectOf(element.initial_option).value);
  const options = objectsOf(element.initial_options).map(each => textOf(each.value) ?? '');
  const initial =
    element.initial_user ?? element.initial_channel ?? element.initial_conversation ?? element.initial_date;
  return option ?? (options.length > 0 ? options : (textOf(initial) ?? ''));
}

function ButtonElement({ element, blockId }: ElementProps) {
  const { act } = useSurface();
  const confirm = useConfirm();
  const style = textOf(element.style) ?? '';
  const press = (): void => {
    const href = safeHref(textOf(element.url) ?? '');
    if (href !== undefined) window.open(href, '_blank', 'noreferrer');
    void act(String(element.action_id), blockId, textOf(element.value));
  };
  return (
    <button
      type="button"
      className={`button ${style}`}
      aria-label={textOf(element.accessibility_label)}
      onClick={() => confirm(element.confirm, press)}
    >
      <TextObject text={element.text} />
    </button>
  );
}

function Overflow({ element, blockId }: ElementProps) {
  const { act } = useSurface();
  const confirm = useConfirm();
  const items = objectsOf(element.options).map(option => ({
    key: String(option.value),
    label: <TextObject text={option.text} />,
    onChoose: () =>
      confirm(element.confirm, () => void act(String(element.action_id), blockId, textOf(option.value))),
  }));
  return (
    <MenuButton label="More options" className="button overflow" items={items}>
      <span aria-hidden="true">⋯</span>
    </MenuButton>
  );
}

function Boxes(props: ElementProps) {
  const { element, label } = props;
  const name = useId();
  const [held, change] = useHeld(props);
  const isMany = element.type === 'checkboxes';
  const chosen = [held].flat();
  return (
    <fieldset className="boxes" aria-labelledby={label && `${label.id}-label`}>
      {objectsOf(element.options).map(option => {
        const value = textOf(option.value) ?? '';
        const isOn = chosen.includes(value);
        const others = chosen.filter(each => each !== value && each !== '');
        return (
          <label key={value}>
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name={name}
              checked={isOn}
              onChange={() => change(isMany ? (isOn ? others : [...others, value]) : value)}
            />
            <span>
              <TextObject text={option.text} />
              {option.description !== undefined && (
                <small>
                  <TextObject text={option.description} />
                </small>
              )}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function Select(props: ElementProps) {
  const { element, label } = props;
  const [held, change] = useHeld(props);
  const isMany = String(element.type).startsWith('multi_');
  const placeholder = wordsOf(element.placeholder);
  return (
    <Choice
      {...(label === undefined ? {} : { id: label.id, invalid: label.invalid })}
      {...(label?.describedBy === undefined ? {} : { describedBy: label.describedBy })}
      {...(typeof element.max_selected_items === 'number' ? { max: element.max_selected_items } : {})}
      label={label?.words ?? (placeholder || 'Choose')}
      placeholder={placeholder || (isMany ? 'Choose one or more' : 'Choose an option')}
      options={useOptions(element)}
      chosen={[held].flat().filter(each => each !== '')}
      multiple={isMany}
      autoFocus={element.focus_on_load === true}
      onChange={chosen => change(isMany ? chosen : (chosen[0] ?? ''))}
    />
  );
}

const TYPED: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
};

/** Where something is typed. What is typed in a form is not told before the submission. */
function Typed(props: ElementProps) {
  const { element, label } = props;
  const [held, change] = useHeld(props);
  const common = {
    id: label?.id,
    'aria-label': label === undefined ? wordsOf(element.placeholder) || 'Type here' : undefined,
    'aria-describedby': label?.describedBy,
    'aria-invalid': label?.invalid,
    placeholder: wordsOf(element.placeholder),
    value: String(held),
    maxLength: typeof element.max_length === 'number' ? element.max_length : 3000,
    'data-autofocus': element.focus_on_load === true ? true : undefined,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  };
  if (element.type === 'plain_text_input' && element.multiline === true)
    return <textarea rows={4} {...common} />;
  return <input type={TYPED[String(element.type)] ?? 'text'} {...common} />;
}
