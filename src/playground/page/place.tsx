// The middle: the conversation one is in, its header, and the box to write in.

import { useState } from 'react';
import type { Channel, Person } from '../things.js';
import { deed } from './api.js';
import { AppHome } from './app-home.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { Icon } from './icons.js';
import { useModel } from './model.js';
import { Avatar } from './people.js';

/** A channel, a direct message, or (`channel` undefined) a direct message that nobody has begun. */
export function Place(given: {
  channel: Channel | undefined;
  /** The other one, in a direct message. */
  other: Person | undefined;
  highlighted: string | undefined;
  onThread: (ts: string) => void;
}) {
  const { channel, other } = given;
  const { situation } = useModel();
  const [tab, setTab] = useState<'home' | 'messages'>('messages');
  const isApp = other?.id === situation.botUserId;
  const hasTabs = isApp && situation.homeTab;
  return (
    <main className="place">
      <header>
        {other !== undefined ? (
          <h2>
            <Avatar person={other} size={24} /> {other.realName}
            {other.isBot && <span className="app-badge">APP</span>}
          </h2>
        ) : (
          <h2>
            <Icon name={channel?.kind === 'private' ? 'lock' : 'hash'} />
            {channel?.name}
          </h2>
        )}
        {channel !== undefined && other === undefined && (
          <span className="members">{channel.members.length} members</span>
        )}
        {hasTabs && (
          <div className="tabs" role="tablist" aria-label={other.realName}>
            {(['home', 'messages'] as const).map(each => (
              <button
                key={each}
                type="button"
                role="tab"
                aria-selected={tab === each}
                onClick={() => setTab(each)}
              >
                {each === 'home' ? 'Home' : 'Messages'}
              </button>
            ))}
          </div>
        )}
      </header>
      {hasTabs && tab === 'home' ? (
        <AppHome />
      ) : (
        <>
          <Conversation
            channelId={channel?.id ?? ''}
            highlighted={given.highlighted}
            onThread={given.onThread}
          />
          <Writing channel={channel} other={other} />
        </>
      )}
    </main>
  );
}

function Writing({ channel, other }: { channel: Channel | undefined; other: Person | undefined }) {
  const { me, situation } = useModel();
  const name = other?.realName ?? `#${channel?.name ?? ''}`;
  const to = channel?.id ?? `@${other?.name ?? ''}`;
  if (other?.id === situation.botUserId && situation.messagesTabReadOnly) {
    return <p className="no-writing">Sending messages to this app has been turned off.</p>;
  }
  if (channel?.archived === true) return <p className="no-writing">This channel is archived.</p>;
  if (channel !== undefined && !channel.members.includes(me.id)) {
    return (
      <div className="no-writing">
        <strong>#{channel.name}</strong>
        <button
          type="button"
          className="button primary"
          onClick={() => void deed('invite', { channel: channel.id, user: me.id })}
        >
          Join channel
        </button>
      </div>
    );
  }
  return <Composer key={`${me.id} ${other?.id ?? to}`} to={to} name={name} />;
}

/** A thread at the right side. */
export function Thread({ channelId, ts, onClose }: { channelId: string; ts: string; onClose: () => void }) {
  const { me } = useModel();
  return (
    <aside className="thread" aria-label="Thread">
      <header>
        <h2>Thread</h2>
        <button type="button" className="icon" aria-label="Close the thread" onClick={onClose}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      <Conversation channelId={channelId} thread={ts} />
      <Composer key={`${me.id} ${ts}`} to={channelId} name="the thread" thread={ts} />
    </aside>
  );
}
