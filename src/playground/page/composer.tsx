// The message box: messages, `/` commands, and completion of commands, people, channels and emoji.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { deed } from './api.js';
import { type Offer, offersFor } from './completion.js';
import { Emoji, EmojiPicker } from './emoji.js';
import { Icon } from './icons.js';
import { useClickOutside } from './menu.js';
import { type Model, useModel } from './model.js';
import { toast } from './toasts.js';

/** The box of a conversation or a thread. `to` is a channel's id, or `@handle` for a new direct message. */
export function Composer({ to, name, thread }: { to: string; name: string; thread?: string }) {
  const model = useModel();
  const listId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const wanted = useRef<number | null>(null);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState('');
  const [isPicking, setPicking] = useState(false);
  const picker = useClickOutside(isPicking, () => setPicking(false));
  const before = text.slice(0, caret);
  const { offers, replaces } = before === dismissed ? { offers: [], replaces: 0 } : offersFor(before, model);

  const put = (next: string, cursor: number): void => {
    setText(next);
    setCaret(cursor);
    setAt(0);
    wanted.current = cursor;
  };
  // At once: whoever types on must not type at the old place.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    box.current?.focus();
    box.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  const take = (offer: Offer): void => {
    const start = caret - replaces;
    put(
      text.slice(0, start) + offer.insert + text.slice(caret).replace(/^ /, ''),
      start + offer.insert.length,
    );
  };
  const insert = (what: string): void => {
    const spaced = before === '' || /\s$/.test(before) ? what : ` ${what}`;
    put(before + spaced + text.slice(caret), caret + spaced.length);
  };
  const send = (): void => {
    const typed = text.trim();
    if (typed === '') return;
    put('', 0);
    void sendTyped(typed, model, to, thread).then(sent => {
      if (!sent) setText(now => (now === '' ? typed : now));
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const offer = offers[at];
    if (offer !== undefined && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) take(offer);
    else if (offer !== undefined && event.key === 'ArrowDown') setAt((at + 1) % offers.length);
    else if (offer !== undefined && event.key === 'ArrowUp') setAt((at - 1 + offers.length) % offers.length);
    else if (offer !== undefined && event.key === 'Escape') setDismissed(before);
    else if (event.key === 'Enter' && !event.shiftKey) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = 'auto';
    // The text decides the height.
    element.style.height = `${text === '' ? 22 : element.scrollHeight}px`;
  }, [text]);
  return (
    <div className="composer">
      {offers.length > 0 && (
        <div id={listId} className="popover offers" role="listbox" aria-label="Suggestions">
          {offers.map((offer, index) => (
            <div
              key={offer.key}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseEnter={() => setAt(index)}
              onMouseDown={event => {
                event.preventDefault();
                take(offer);
              }}
            >
              {offer.words.startsWith(':') && <Emoji name={offer.words.slice(1, -1)} />}
              <strong>{offer.words}</strong> <span>{offer.more}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={box}
        rows={1}
        aria-label={`Message to ${name}`}
        aria-autocomplete="list"
        aria-activedescendant={offers.length > 0 ? `${listId}-${at}` : undefined}
        placeholder={thread === undefined ? `Message ${name}` : 'Reply…'}
        value={text}
        onChange={event => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setAt(0);
          setDismissed('');
        }}
        onSelect={event => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-bar" ref={picker}>
        <button type="button" aria-label="Emoji" title="Emoji" onClick={() => setPicking(!isPicking)}>
          <Icon name="smile" />
        </button>
        <button
          type="button"
          aria-label="Mention somebody"
          title="Mention somebody"
          onClick={() => insert('@')}
        >
          <span aria-hidden="true">@</span>
        </button>
        <button
          type="button"
          aria-label="Run a command"
          title="Run a command"
          disabled={text !== '' || thread !== undefined}
          onClick={() => insert('/')}
        >
          <span aria-hidden="true">/</span>
        </button>
        <Shortcuts />
        {isPicking && (
          <EmojiPicker
            onPick={name => {
              setPicking(false);
              insert(`:${name}: `);
            }}
            onClose={() => setPicking(false)}
          />
        )}
        <button type="button" className="send" aria-label="Send" disabled={text.trim() === ''} onClick={send}>
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}

/** The app's global shortcuts, where it has any. */
function Shortcuts() {
  const { situation, me } = useModel();
  return situation.shortcuts
    .filter(({ type }) => type === 'global')
    .map(({ callbackId, name }) => (
      <button
        key={callbackId}
        type="button"
        className="shortcut"
        onClick={() => void deed('global_shortcut', { as: me.id, callback_id: callbackId })}
      >
        ⚡ {name}
      </button>
    ));
}

/** Sends what was typed; false when it was no good, so that it is not lost. */
async function sendTyped(
  typed: string,
  model: Model,
  to: string,
  thread: string | undefined,
): Promise<boolean> {
  const as = model.me.id;
  if (!typed.startsWith('/')) {
    const given = { as, channel: to, text: typed, ...(thread === undefined ? {} : { thread_ts: thread }) };
    return (await deed('say', given)) !== undefined;
  }
  const [command = '', ...rest] = typed.split(/\s/);
  const text = typed.slice(command.length).trim();
  if (thread !== undefined) {
    toast(`${command} is not supported in threads. Sorry!`);
    return false;
  }
  if (command === '/invite') {
    const invited = [...model.people.values()].find(({ name }) => `@${name}` === rest[0]);
    if (invited === undefined) toast('Say whom: /invite @somebody');
    else return (await deed('invite', { channel: to, user: invited.id })) !== undefined;
    return false;
  }
  if (!model.situation.commands.some(each => each.command === command)) {
    toast(
      `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    );
    return false;
  }
  // Slack itself tells the person when a command failed, in the conversation.
  return (await deed('command', { as, command, text, channel: to }, { quiet: true })) !== undefined;
}
