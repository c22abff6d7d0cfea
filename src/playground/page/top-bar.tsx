// The playground's own bar: who one is, what time it is, how the bot does, and the way behind the scenes.

import { useEffect, useState } from 'react';
import { trick } from './api.js';
import { MenuButton } from './menu.js';
import { useModel } from './model.js';
import { Avatar, roleOf } from './people.js';
import { switchTheme, useTheme } from './theme.js';

const HOUR_MS = 3600_000;

/** The bar on top. */
export function TopBar(given: { onPerson: (id: string) => void; isBehind: boolean; onBehind: () => void }) {
  const { people, me, situation } = useModel();
  const theme = useTheme();
  const actors = [...people.values()].filter(person => !person.isBot && person.id !== 'USLACKBOT');
  return (
    <header className="top-bar">
      <span className="brand">Playground</span>
      <ClockMenu offsetMs={situation.offsetMs} />
      <span
        className={`bot-state ${situation.waitingFor === '' ? stateOf(situation) : 'starting'}`}
        role="status"
      >
        {situation.waitingFor === '' ? BOT_WORDS[stateOf(situation)] : `Waiting for ${situation.waitingFor}`}
      </span>
      {situation.history.words !== '' && <span className="history-state">{situation.history.words}</span>}
      {situation.history.isOffered && (
        <button
          type="button"
          title="Starts the workspace over: what was done so far goes"
          onClick={() => void trick('show_history', {})}
        >
          Show eight weeks of history
        </button>
      )}
      <button type="button" aria-pressed={given.isBehind} onClick={given.onBehind}>
        Behind the scenes
      </button>
      <button
        type="button"
        aria-label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
        title={theme === 'dark' ? 'Light colours' : 'Dark colours'}
        onClick={switchTheme}
      >
        <span aria-hidden="true">{theme === 'dark' ? '☀' : '☾'}</span>
      </button>
      <MenuButton
        label={`You are ${me.realName}. Be somebody else`}
        className="whoami"
        items={[
          ...actors.map(person => ({
            key: person.id,
            label: (
              <span className="person-option">
                <Avatar person={person} size={24} />
                <span>{person.realName}</span>
                <small>{roleOf(person)}</small>
              </span>
            ),
            onChoose: () => given.onPerson(person.id),
          })),
          {
            key: 'window',
            label: 'Open a second window',
            onChoose: () => window.open(location.href, '_blank', 'noopener'),
          },
        ]}
      >
        <Avatar person={me} size={24} /> <span>{me.realName}</span>
      </MenuButton>
    </header>
  );
}

const BOT_WORDS = {
  well: 'Bot connected',
  away: 'Bot not connected',
  starting: 'Bot starting',
  stopped: 'Bot stopped',
};

function stateOf({ bot, connected }: { bot: string; connected: boolean }): keyof typeof BOT_WORDS {
  if (bot === 'starting') return 'starting';
  if (bot === 'stopped') return 'stopped';
  return connected ? 'well' : 'away';
}

/** The time on the playground's clock, a second at a time. */
export function useNow(offsetMs: number): Date {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.now() + offsetMs);
}

function ClockMenu({ offsetMs }: { offsetMs: number }) {
  const now = useNow(offsetMs);
  const move = (ms: number): void => void trick('clock', { offsetMs: ms });
  const words = now.toLocaleString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <MenuButton
      label={`It is ${words}. Move the clock`}
      className="clock"
      side="left"
      items={[
        { key: 'hour', label: 'An hour later', onChoose: () => move(offsetMs + HOUR_MS) },
        { key: 'day', label: 'A day later', onChoose: () => move(offsetMs + 24 * HOUR_MS) },
        {
          key: 'friday',
          label: 'Friday 16:00',
          onChoose: () => move(nextFriday(now).getTime() - Date.now()),
        },
        { key: 'week', label: 'A week later', onChoose: () => move(offsetMs + 7 * 24 * HOUR_MS) },
        { key: 'real', label: 'Back to the real time', onChoose: () => move(0), disabled: offsetMs === 0 },
      ]}
    >
      {words}
    </MenuButton>
  );
}

function nextFriday(now: Date): Date {
  const friday = new Date(now);
  friday.setHours(16, 0, 0, 0);
  friday.setDate(friday.getDate() + ((5 - friday.getDay() + 7) % 7));
  if (friday <= now) friday.setDate(friday.getDate() + 7);
  return friday;
}
