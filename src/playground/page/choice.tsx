// Menus with a search field, for one or several choices: Slack's selects.

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useClickOutside } from './menu.js';

/** Something that can be chosen. */
export interface Option {
  value: string;
  /** What is searched, and read aloud. */
  words: string;
  shown: ReactNode;
  group?: string;
}

/** A select. Arrow keys and Enter choose, Backspace takes the last one back, Escape closes the list. */
export function Choice(given: {
  id?: string;
  label: string;
  placeholder: string;
  options: Option[];
  chosen: string[];
  multiple: boolean;
  max?: number;
  describedBy?: string;
  invalid?: boolean;
  autoFocus?: boolean;
  onChange: (chosen: string[]) => void;
}) {
  const { options, chosen, multiple, onChange } = given;
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const ref = useClickOutside(isOpen, () => setOpen(false));
  const isFull = multiple && given.max !== undefined && chosen.length >= given.max;
  const found = options.filter(
    option =>
      option.words.toLowerCase().includes(words.trim().toLowerCase()) &&
      !(multiple && chosen.includes(option.value)),
  );
  const choose = (option: Option | undefined): void => {
    if (option === undefined || isFull) return;
    onChange(multiple ? [...chosen, option.value] : [option.value]);
    setWords('');
    setAt(0);
    setOpen(multiple);
  };
  const optionOf = (value: string): Option =>
    options.find(option => option.value === value) ?? { value, words: value, shown: value };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt(isOpen ? (at + step + found.length) % Math.max(1, found.length) : 0);
    } else if (event.key === 'Enter') {
      // Enter must not submit the form around it.
      if (isOpen) choose(found[at]);
      else setOpen(true);
    } else if (event.key === 'Escape' && isOpen) setOpen(false);
    else if (event.key === 'Backspace' && words === '' && chosen.length > 0) onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const single = multiple ? undefined : chosen[0];
  return (
    <div className="choice" ref={ref}>
      <div className={`choice-field${given.invalid ? ' invalid' : ''}`}>
        {multiple &&
          chosen.map(value => (
            <span key={value} className="chip">
              {optionOf(value).shown}
              <button
                type="button"
                aria-label={`Remove ${optionOf(value).words}`}
                onClick={() => onChange(chosen.filter(each => each !== value))}
              >
                ✕
              </button>
            </span>
          ))}
        <input
          id={given.id}
          role="combobox"
          aria-label={given.id === undefined ? given.label : undefined}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found.length > 0 ? `${listId}-${at}` : undefined}
          aria-describedby={given.describedBy}
          aria-invalid={given.invalid}
          autoComplete="off"
          data-autofocus={given.autoFocus}
          placeholder={chosen.length === 0 ? given.placeholder : ''}
          value={isOpen || single === undefined ? words : optionOf(single).words}
          onChange={event => {
            setWords(event.target.value);
            setAt(0);
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onFocus={event => event.target.select()}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <span className="chevron" aria-hidden="true" />
      </div>
      <div id={listId} role="listbox" aria-label={given.label} className="popover options" hidden={!isOpen}>
        {found.map((option, index) => (
          <div key={option.value} role="presentation">
            {option.group !== undefined && option.group !== found[index - 1]?.group && (
              <div className="group-name">{option.group}</div>
            )}
            <div
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseEnter={() => setAt(index)}
              // Before the field loses its focus, which would close the list.
              onMouseDown={event => {
                event.preventDefault();
                choose(option);
              }}
            >
              {option.shown}
            </div>
          </div>
        ))}
        {found.length === 0 && <div className="none">{isFull ? 'No more can be chosen' : 'No results'}</div>}
      </div>
    </div>
  );
}
