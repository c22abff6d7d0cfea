// People as they are shown: pictures, names, mentions.

import type { Person } from '../things.js';
import { useModel } from './model.js';

const COLOURS = ['#c0392b', '#1f7a4d', '#2461a8', '#8e44ad', '#b1560f', '#0b7285', '#a61e4d', '#5c6b1e'];

/** A person's picture: their initials on a colour of their own, or the app's sign. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const { situation, people } = useModel();
  const isApp = person?.id === situation.botUserId;
  const initials = (person?.realName ?? '?')
    .split(' ')
    .map(word => word.charAt(0))
    .slice(0, 2)
    .join('');
  const place = [...people.keys()].indexOf(person?.id ?? '');
  const background = isApp ? '#ffd166' : person?.isBot ? '#57606a' : COLOURS[place % COLOURS.length];
  return (
    <span
      className="avatar"
      aria-hidden="true"
      // A picture, not a text: the initials must not become part of a button's name.
      data-initials={isApp ? '📣' : initials}
      style={{ width: size, height: size, fontSize: size * (isApp ? 0.58 : 0.39), background }}
    />
  );
}

/** A mention: highlighted, more so where it is the reader. */
export function Mention({ id }: { id: string }) {
  const { people, me } = useModel();
  return <span className={id === me.id ? 'mention me' : 'mention'}>@{people.get(id)?.realName ?? id}</span>;
}

/** A user group's mention. */
export function GroupMention({ id }: { id: string }) {
  const { groups, me } = useModel();
  const group = groups.find(each => each.id === id);
  return (
    <span className={group?.members.includes(me.id) ? 'mention me' : 'mention'}>@{group?.handle ?? id}</span>
  );
}

/** A channel's mention, which leads there; a channel one cannot see has no name. */
export function ChannelMention({ id }: { id: string }) {
  const { channels } = useModel();
  const channel = channels.find(each => each.id === id);
  if (channel === undefined) return <span className="mention">#private channel</span>;
  return (
    <button
      type="button"
      className="mention"
      onClick={() => {
        location.hash = id;
      }}
    >
      #{channel.name}
    </button>
  );
}

/** What somebody is beside a colleague: a guest, away, from elsewhere. */
export function roleOf(person: Person): string {
  if (person.deactivated) return 'deactivated';
  if (person.teamId !== 'T0SHOUTOUT') return 'other organisation';
  if (person.isRestricted) return 'guest';
  return person.isAdmin ? 'admin' : 'member';
}
