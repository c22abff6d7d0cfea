// The left side: the workspace, its channels, the people and the app.

import type { ReactNode } from 'react';
import type { Channel, Person } from '../things.js';
import { Icon } from './icons.js';
import { useModel } from './model.js';
import { Avatar } from './people.js';

/** Where one can go. `seen` gives the latest timestamp that this person has seen in a conversation. */
export function Sidebar({ place, seen }: { place: string; seen: (channelId: string) => string }) {
  const { situation, channels, people, messages, me } = useModel();
  const unread = (channel: Channel | undefined): number =>
    (messages.get(channel?.id ?? '') ?? []).filter(
      ({ ts, user }) => ts > seen(channel?.id ?? '') && user !== me.id,
    ).length;
  const rooms = channels
    .filter(({ kind, members }) => kind !== 'im' && members.includes(me.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  const others = channels
    .filter(({ kind, members }) => kind === 'public' && !members.includes(me.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  const bot = people.get(situation.botUserId);
  const colleagues = [...people.values()].filter(person => isColleague(person, me));
  const room = (channel: Channel): ReactNode => (
    <Entry key={channel.id} to={channel.id} place={place} unread={unread(channel) > 0} count={0}>
      <span className="sign" aria-hidden="true">
        <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={16} />
      </span>
      {channel.name}
    </Entry>
  );
  const direct = (person: Person): ReactNode => {
    const channel = directWith(channels, me.id, person.id);
    const count = unread(channel);
    return (
      <Entry
        key={person.id}
        to={channel?.id ?? `@${person.name}`}
        place={place}
        unread={count > 0}
        count={count}
      >
        <Avatar person={person} size={20} />
        {person.realName}
      </Entry>
    );
  };
  return (
    <nav className="sidebar" aria-label="Conversations">
      <h1>{situation.teamName}</h1>
      {!me.deactivated && (
        <>
          <h2>Channels</h2>
          <ul>{rooms.map(room)}</ul>
          {others.length > 0 && (
            <>
              <h2>Not joined</h2>
              <ul>{others.map(room)}</ul>
            </>
          )}
          <h2>Direct messages</h2>
          <ul>{colleagues.map(direct)}</ul>
          {bot !== undefined && (
            <>
              <h2>Apps</h2>
              <ul>{direct(bot)}</ul>
            </>
          )}
        </>
      )}
    </nav>
  );
}

/** The direct message between two people, where there is one. */
export function directWith(channels: Channel[], a: string, b: string): Channel | undefined {
  return channels.find(({ kind, members }) => kind === 'im' && members.includes(a) && members.includes(b));
}

function isColleague(person: Person, me: Person): boolean {
  return (
    person.id !== me.id &&
    !person.isBot &&
    !person.deactivated &&
    person.id !== 'USLACKBOT' &&
    person.teamId === me.teamId
  );
}

function Entry(given: { to: string; place: string; unread: boolean; count: number; children: ReactNode }) {
  const isHere = given.place === given.to;
  return (
    <li>
      <a
        href={`#${given.to}`}
        className={given.unread && !isHere ? 'unread' : undefined}
        aria-current={isHere ? 'page' : undefined}
      >
        {given.children}
        {given.count > 0 && !isHere && (
          <span className="badge">
            {given.count}
            <span className="aside"> unread</span>
          </span>
        )}
      </a>
    </li>
  );
}
