// Emoji by name: their characters, and a picker.

import { useEffect, useRef, useState } from 'react';

let byName: ReadonlyMap<string, string> = new Map();

/** Fetches the names once, before anything is shown. */
export async function loadEmoji(): Promise<void> {
  const response = await fetch('/emoji.json');
  const pairs: [string, string][] = await response.json();
  byName = new Map(pairs);
}

/** An emoji as a picture with its name, or the name between colons when there is none. */
export function Emoji({ name }: { name: string }) {
  const [plain = '', tone] = name.split('::');
  const shown = byName.get(plain);
  if (shown === undefined) return <>:{name}:</>;
  const toned = tone === undefined ? '' : (byName.get(tone) ?? '');
  return (
    <span className="emoji" role="img" aria-label={`${plain.replaceAll('_', ' ')} emoji`} title={`:${name}:`}>
      {shown + toned}
    </span>
  );
}

/** True when there is an emoji of that name. */
export function isEmoji(name: string): boolean {
  return byName.has(name.split('::')[0] ?? name);
}

/** Names that contain the words, those that start with them first. */
export function emojiNamed(words: string, most: number): string[] {
  const wanted = words.toLowerCase().replaceAll(' ', '_');
  const starting = [...byName.keys()].filter(name => name.startsWith(wanted));
  const others = [...byName.keys()].filter(name => !name.startsWith(wanted) && name.includes(wanted));
  return [...starting, ...others].slice(0, most);
}

const USUAL =
  'tada clap heart raised_hands +1 fire sunflower gem bee compass rocket eyes pray 100 star smile joy wave muscle white_check_mark bulb coffee cake rainbow'.split(
    ' ',
  );

/** A small window to choose an emoji in; Escape closes it. */
export function EmojiPicker({ onPick, onClose }: { onPick: (name: string) => void; onClose: () => void }) {
  const [words, setWords] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const names = words.trim() === '' ? USUAL : emojiNamed(words.trim(), 48);
  return (
    <div
      className="popover emoji-picker"
      role="dialog"
      aria-label="Choose an emoji"
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <input
        ref={input}
        type="search"
        aria-label="Search all emoji"
        placeholder="Search all emoji"
        value={words}
        onChange={event => setWords(event.target.value)}
        onKeyDown={event => {
          const [first] = names;
          if (event.key === 'Enter' && first !== undefined) onPick(first);
        }}
      />
      <div className="emoji-grid">
        {names.map(name => (
          <button key={name} type="button" title={`:${name}:`} aria-label={name} onClick={() => onPick(name)}>
            <span aria-hidden="true">{byName.get(name)}</span>
          </button>
        ))}
        {names.length === 0 && <p>No emoji has that name.</p>}
      </div>
    </div>
  );
}
