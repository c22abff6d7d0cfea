// The page: who one is, where one is, and what is open.

import { useCallback, useEffect, useRef, useState } from 'react';
import { Behind } from './behind.js';
import { Modal } from './modal.js';
import { type Model, ModelProvider, useFollowedModel } from './model.js';
import { Place, Thread } from './place.js';
import { directWith, Sidebar } from './sidebar.js';
import { Toasts } from './toasts.js';
import { TopBar } from './top-bar.js';

const FIRST = { person: 'U0ANA', place: 'C0GENERAL' };

/** Everything. The address says who (`?as=`) and where (`#channel` or `#channel:ts`). */
export function App() {
  const [person, setPerson] = useState(() => new URLSearchParams(location.search).get('as') ?? FIRST.person);
  const place = useHash();
  const { model, lost } = useFollowedModel(person);
  const become = (id: string): void => {
    setPerson(id);
    history.replaceState(null, '', `?as=${id}${location.hash}`);
  };
  return (
    <>
      {model === undefined ? (
        <p className="loading" role="status">
          {lost ? 'The playground does not answer. It may have been stopped.' : 'Waiting for the playground…'}
        </p>
      ) : (
        <ModelProvider value={model}>
          <Window model={model} place={place} onPerson={become} />
          {lost && (
            <p className="loading lost" role="alert">
              The playground does not answer. It may have been stopped.
            </p>
          )}
        </ModelProvider>
      )}
      <Toasts />
    </>
  );
}

function Window({ model, place, onPerson }: { model: Model; place: string; onPerson: (id: string) => void }) {
  const { me, channels, people, open } = model;
  const [thread, setThread] = useState<string | undefined>();
  const [isBehind, setBehind] = useState(false);
  const [wanted = '', highlighted] = place.split(':');
  const somebody = [...people.values()].find(({ name }) => wanted === `@${name}`);
  const found =
    somebody === undefined
      ? channels.find(({ id }) => id === wanted)
      : directWith(channels, me.id, somebody.id);
  // Whoever one becomes may not know the place: a guest, or somebody else's direct message.
  const channel =
    found ??
    (somebody === undefined ? (channels.find(({ id }) => id === FIRST.place) ?? channels[0]) : undefined);
  const otherId = channel?.kind === 'im' ? channel.members.find(id => id !== me.id) : undefined;
  const other = otherId === undefined ? somebody : people.get(otherId);
  const here = channel?.id ?? wanted;
  const seen = useSeen(model, channel?.id);
  const messages = model.messages.get(here) ?? [];
  const threadHere = messages.some(({ ts }) => ts === thread) ? thread : undefined;
  useEffect(() => {
    document.title = `${other?.realName ?? `#${channel?.name ?? ''}`} (${me.realName}) – Shoutout playground`;
  }, [other, channel, me]);
  return (
    <div className="window">
      <TopBar onPerson={onPerson} isBehind={isBehind} onBehind={() => setBehind(!isBehind)} />
      <div className="panes">
        <Sidebar place={here} seen={seen} />
        {me.deactivated || (channel === undefined && other === undefined) ? (
          <main className="place">
            <p className="nothing">
              {me.deactivated
                ? `${me.realName}'s account is deactivated: they cannot sign in. Choose somebody else at the top right.`
                : 'There is no conversation here.'}
            </p>
          </main>
        ) : (
          <Place
            // A direct message stays the same one when its first message gives it an id.
            key={`${me.id} ${other?.id ?? here}`}
            channel={channel}
            other={other}
            highlighted={highlighted}
            onThread={setThread}
          />
        )}
        {threadHere !== undefined && (
          <Thread key={threadHere} channelId={here} ts={threadHere} onClose={() => setThread(undefined)} />
        )}
        {isBehind && <Behind onClose={() => setBehind(false)} />}
      </div>
      {open !== undefined && <Modal key={open.view.id} open={open} />}
    </div>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(() => decodeURIComponent(location.hash.slice(1)));
  useEffect(() => {
    const read = (): void => setHash(decodeURIComponent(location.hash.slice(1)));
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return hash;
}

/** What this person has seen: all there was when the page was opened (or all started over), and what was shown since. */
function useSeen(
  { me, messages, situation }: Model,
  here: string | undefined,
): (channelId: string) => string {
  const opened = useRef('');
  const known = useRef(new Map<string, string>());
  const startedOver = useRef(situation.startedOver);
  if (startedOver.current !== situation.startedOver) {
    startedOver.current = situation.startedOver;
    opened.current = '';
    known.current.clear();
  }
  const newest = messages.get(here ?? '')?.at(-1)?.ts ?? '';
  if (opened.current === '' && situation.waitingFor === '') {
    opened.current =
      [...messages.values()]
        .map(all => all.at(-1)?.ts ?? '')
        .sort()
        .at(-1) ?? '0';
  }
  if (here !== undefined) known.current.set(`${me.id} ${here}`, newest);
  return useCallback(
    (channelId: string) => {
      if (opened.current === '') return '9';
      const seen = known.current.get(`${me.id} ${channelId}`) ?? '';
      return seen > opened.current ? seen : opened.current;
    },
    [me.id],
  );
}
