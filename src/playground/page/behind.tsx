// Behind the scenes: the clock, trouble to make, the bot's process, and everything that goes over the wire.

import { useState } from 'react';
import type { WireEntry } from '../page-types.js';
import { trick } from './api.js';
import { useModel } from './model.js';

const TROUBLES: readonly (readonly [id: string, words: string])[] = [
  ['slow', 'Slack is slow: every answer takes 2.5 s'],
  ['rate_limit', 'Slack takes no messages: 429, retry after 5 s'],
  ['lose_answer', "The next message's answer is lost"],
];

/** The drawer on the right. */
export function Behind({ onClose }: { onClose: () => void }) {
  const { situation, wire } = useModel();
  return (
    <aside className="behind" aria-label="Behind the scenes">
      <header>
        <h2>Behind the scenes</h2>
        <button type="button" className="icon" aria-label="Close the drawer" onClick={onClose}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      <section aria-label="Clock">
        <h3>Clock</h3>
        <SetClock offsetMs={situation.offsetMs} />
      </section>
      <section aria-label="Trouble">
        <h3>Trouble</h3>
        {TROUBLES.map(([id, words]) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={situation.troubles.includes(id)}
              onChange={event => void trick('trouble', { id, on: event.target.checked })}
            />
            {words}
          </label>
        ))}
        <div className="row">
          <button type="button" className="button" onClick={() => void trick('drop_socket', {})}>
            Drop the socket
          </button>
          {situation.bot === 'stopped' ? (
            <button
              type="button"
              className="button primary"
              onClick={() => void trick('bot', { do: 'start' })}
            >
              Start the bot
            </button>
          ) : (
            <button
              type="button"
              className="button danger"
              disabled={situation.bot === 'starting'}
              onClick={() => void trick('bot', { do: 'kill' })}
            >
              Kill the bot
            </button>
          )}
        </div>
        {situation.botSaid.length > 0 && <pre>{situation.botSaid.join('\n')}</pre>}
      </section>
      <section aria-label="On the wire" className="wire">
        <h3>On the wire</h3>
        {wire.length === 0 && <p>Nothing yet. Run a command, and see what is sent.</p>}
        <ol>
          {wire.toReversed().map(entry => (
            <Exchange key={entry.n} entry={entry} />
          ))}
        </ol>
      </section>
    </aside>
  );
}

function Exchange({ entry }: { entry: WireEntry }) {
  const [isOpen, setOpen] = useState(false);
  const isToBot = entry.way === 'to the bot';
  const at = new Date(entry.at).toLocaleTimeString('en-GB');
  return (
    <li className={entry.outcome}>
      <details onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="way" title={entry.way}>
            <span aria-hidden="true">{isToBot ? '→' : '←'}</span>
            <span className="aside">{entry.way}</span>
          </span>
          <span className="what">{entry.what}</span>
          <span className="outcome">{entry.said}</span>
          <span className="when">
            {at}
            {entry.tookMs === null ? '' : `, ${entry.tookMs} ms`}
          </span>
        </summary>
        {isOpen && (
          <>
            <h4>{isToBot ? 'Payload' : 'Arguments'}</h4>
            <Json value={entry.request} />
            <h4>Answer</h4>
            <Json value={entry.answer} />
          </>
        )}
      </details>
    </li>
  );
}

function Json({ value }: { value: unknown }) {
  // Long lines scroll; the keyboard must be able to do that too.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable
    <pre tabIndex={0}>{JSON.stringify(value, undefined, 2)}</pre>
  );
}

function SetClock({ offsetMs }: { offsetMs: number }) {
  const now = new Date(Date.now() + offsetMs);
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const [chosen, setChosen] = useState(local);
  return (
    <form
      className="row"
      onSubmit={event => {
        event.preventDefault();
        void trick('clock', { offsetMs: new Date(chosen).getTime() - Date.now() });
      }}
    >
      <input
        type="datetime-local"
        aria-label="The time to set"
        value={chosen}
        onChange={event => setChosen(event.target.value)}
      />
      <button type="submit" className="button" disabled={chosen === ''}>
        Set
      </button>
    </form>
  );
}
