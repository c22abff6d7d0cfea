// One message: who, when, what, reactions, replies, and what can be done with it.

import { useState } from 'react';
import type { Ephemeral, Message } from '../things.js';
import { deed } from './api.js';
import { Blocks } from './blocks.js';
import { Emoji, EmojiPicker } from './emoji.js';
import { FileCards } from './files.js';
import { Icon } from './icons.js';
import { MenuButton, useClickOutside } from './menu.js';
import { useModel } from './model.js';
import { Mrkdwn } from './mrkdwn.js';
import { Avatar } from './people.js';
import { SurfaceProvider } from './surface.js';
import { clockTime, dateOf } from './time.js';

/** A message or an ephemeral one, as a list shows it. */
export interface Shown {
  message: Message | Ephemeral;
  /** It follows another one of the same author: the name is not repeated. */
  follows: boolean;
  replies: Message[];
}

/** A message in a list. `onThread` opens its thread; without it there is none to open. */
export function MessageItem({
  shown,
  highlighted,
  onThread,
}: {
  shown: Shown;
  highlighted: boolean;
  onThread?: () => void;
}) {
  const { me, people } = useModel();
  const { message, follows } = shown;
  const ephemeral = 'via' in message ? message : undefined;
  const posted = 'via' in message ? undefined : message;
  const author = people.get(
    ephemeral === undefined ? message.user : ephemeral.via === 'slack' ? 'USLACKBOT' : 'U0SHOUTBOT',
  );
  const surface = {
    act: async (actionId: string, blockId: string, value?: string | string[]) => {
      await deed('click', { as: me.id, ts: message.ts, action_id: actionId, block_id: blockId, value });
    },
  };
  const at = dateOf(message.ts);
  return (
    <li
      id={`message-${message.ts}`}
      className={`message${ephemeral ? ' ephemeral' : ''}${follows ? ' follows' : ''}${highlighted ? ' highlighted' : ''}`}
    >
      {ephemeral && (
        <div className="only-you">
          <Icon name="eye" size={16} /> Only visible to you
        </div>
      )}
      <div className="gutter">
        {follows ? (
          <time dateTime={at.toISOString()}>{clockTime(at).replace(/ [AP]M/, '')}</time>
        ) : (
          <Avatar person={author} />
        )}
      </div>
      <div className="content">
        {!follows && (
          <div className="byline">
            <strong>{author?.realName ?? message.user}</strong>
            {author?.isBot === true && <span className="app-badge">APP</span>}
            <time dateTime={at.toISOString()}>{clockTime(at)}</time>
          </div>
        )}
        <SurfaceProvider surface={surface}>
          <div className="said">
            {message.blocks !== undefined && message.blocks.length > 0 ? (
              <Blocks blocks={message.blocks} />
            ) : (
              <Mrkdwn text={message.text} />
            )}
            {posted?.edited !== undefined && <span className="edited"> (edited)</span>}
          </div>
        </SurfaceProvider>
        {posted?.files !== undefined && <FileCards files={posted.files} />}
        {posted !== undefined && <Reactions message={posted} />}
        {shown.replies.length > 0 && onThread !== undefined && (
          <Replies replies={shown.replies} onOpen={onThread} />
        )}
      </div>
      {posted !== undefined && <Tools message={posted} {...(onThread === undefined ? {} : { onThread })} />}
    </li>
  );
}

function Reactions({ message }: { message: Message }) {
  const { me, people } = useModel();
  if (message.reactions.length === 0) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users }) => {
        const isMine = users.includes(me.id);
        const who = users.map(id => (id === me.id ? 'you' : people.get(id)?.realName)).join(', ');
        return (
          <button
            key={name}
            type="button"
            className={isMine ? 'reaction mine' : 'reaction'}
            aria-pressed={isMine}
            aria-label={`${users.length} reacted with ${name}: ${who}`}
            title={`${who} reacted with :${name}:`}
            onClick={() =>
              void deed(isMine ? 'unreact' : 'react', {
                as: me.id,
                channel: message.channel,
                ts: message.ts,
                name,
              })
            }
          >
            <Emoji name={name} /> <span>{users.length}</span>
          </button>
        );
      })}
    </div>
  );
}

function Replies({ replies, onOpen }: { replies: Message[]; onOpen: () => void }) {
  const { people } = useModel();
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, 4);
  return (
    <button type="button" className="replies" onClick={onOpen}>
      {authors.map(id => (
        <Avatar key={id} person={people.get(id)} size={24} />
      ))}
      <span>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</span>
    </button>
  );
}

/** What appears beside a message when the mouse or the keyboard is there. */
function Tools({ message, onThread }: { message: Message; onThread?: () => void }) {
  const { me, situation } = useModel();
  const [isPicking, setPicking] = useState(false);
  const [isUpwards, setUpwards] = useState(false);
  const ref = useClickOutside(isPicking, () => setPicking(false));
  const shortcuts = situation.shortcuts.filter(({ type }) => type === 'message');
  const react = (name: string): void => {
    setPicking(false);
    const isThere = message.reactions.some(each => each.name === name && each.users.includes(me.id));
    void deed(isThere ? 'unreact' : 'react', { as: me.id, channel: message.channel, ts: message.ts, name });
  };
  return (
    <div className={`tools${isPicking ? ' open' : ''}${isUpwards ? ' upwards' : ''}`} ref={ref}>
      <button
        type="button"
        aria-label="Add a reaction"
        title="Add a reaction"
        aria-expanded={isPicking}
        onClick={event => {
          // Towards the middle of the window, where there is room.
          setUpwards(event.currentTarget.getBoundingClientRect().top > window.innerHeight / 2);
          setPicking(!isPicking);
        }}
      >
        <Icon name="smile" />
      </button>
      {onThread !== undefined && (
        <button type="button" aria-label="Reply in thread" title="Reply in thread" onClick={onThread}>
          <Icon name="thread" />
        </button>
      )}
      {shortcuts.length > 0 && (
        <MenuButton
          label="More actions"
          items={shortcuts.map(({ callbackId, name }) => ({
            key: callbackId,
            label: name,
            onChoose: () =>
              void deed('message_shortcut', {
                as: me.id,
                callback_id: callbackId,
                channel: message.channel,
                ts: message.ts,
              }),
          }))}
        >
          <Icon name="more" />
        </MenuButton>
      )}
      {isPicking && <EmojiPicker onPick={react} onClose={() => setPicking(false)} />}
    </div>
  );
}
