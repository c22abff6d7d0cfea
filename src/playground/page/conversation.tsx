// A conversation's messages, day by day, with what only this person sees among them.

import { Fragment, useEffect, useRef } from 'react';
import type { Ephemeral, Message } from '../things.js';
import { MessageItem, type Shown } from './message.js';
import { useModel } from './model.js';
import { dateOf, dayWords } from './time.js';

const TOGETHER_MS = 5 * 60_000;
const NEAR_END_PX = 40;

/** The messages of a channel (without replies), or of one thread. */
export function Conversation({
  channelId,
  thread,
  highlighted,
  onThread,
}: {
  channelId: string;
  thread?: string;
  highlighted?: string | undefined;
  onThread?: (ts: string) => void;
}) {
  const { messages, ephemerals, situation } = useModel();
  const all = messages.get(channelId) ?? [];
  const whispers = ephemerals.get(channelId) ?? [];
  const items = itemsOf(all, whispers, thread);
  const now = new Date(Date.now() + situation.offsetMs);
  const list = useEndInView(`${channelId} ${thread ?? ''}`, highlighted);
  return (
    <section ref={list} className="messages" aria-label={thread === undefined ? 'Messages' : 'Thread'}>
      <ol>
        {items.map((shown, index) => {
          const at = dateOf(shown.message.ts);
          const before = items[index - 1];
          const isNewDay =
            before === undefined || dateOf(before.message.ts).toDateString() !== at.toDateString();
          const { ts } = shown.message;
          return (
            <Fragment key={ts}>
              {isNewDay && thread === undefined && (
                <li className="day">
                  <span>{dayWords(at, now)}</span>
                </li>
              )}
              <MessageItem
                shown={{ ...shown, follows: shown.follows && !isNewDay }}
                highlighted={highlighted === ts}
                {...(onThread === undefined ? {} : { onThread: () => onThread(ts) })}
              />
            </Fragment>
          );
        })}
      </ol>
      {items.length === 0 && <p className="nothing">Nothing has been said here yet.</p>}
    </section>
  );
}

function itemsOf(all: Message[], whispers: Ephemeral[], thread: string | undefined): Shown[] {
  const isReply = (message: Message | Ephemeral): boolean =>
    message.thread_ts !== undefined && message.thread_ts !== message.ts;
  const belongs = (message: Message | Ephemeral): boolean =>
    thread === undefined ? !isReply(message) : message.thread_ts === thread || message.ts === thread;
  const shown = [...all.filter(belongs), ...whispers.filter(belongs)].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  return shown.map((message, index) => {
    const before = shown[index - 1];
    const isSame =
      before !== undefined && !('via' in message) && !('via' in before) && before.user === message.user;
    const isSoon = before !== undefined && (Number(message.ts) - Number(before.ts)) * 1000 < TOGETHER_MS;
    return {
      message,
      follows: isSame && isSoon,
      replies: all.filter(each => each.thread_ts === message.ts && each.ts !== message.ts),
    };
  });
}

/** Keeps the newest message in view until the reader scrolls back, and shows a message that was linked to. */
function useEndInView(place: string, highlighted: string | undefined) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = list.current;
    if (element === null || place === '') return;
    let sticks = true;
    let last = 0;
    const note = (): void => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      if (scrollTop < last - 1) sticks = false;
      if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) sticks = true;
      last = scrollTop;
    };
    // Fonts that arrive late, new messages and a smaller window all move the end.
    const follow = (): void => {
      if (sticks) element.scrollTop = element.scrollHeight;
    };
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener('scroll', note);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', note);
    };
  }, [place]);
  useEffect(() => {
    if (highlighted !== undefined)
      document.getElementById(`message-${highlighted}`)?.scrollIntoView({ block: 'center' });
  }, [highlighted]);
  return list;
}
