// Menus that open from a button: arrow keys move, Enter chooses, Escape and a click elsewhere close.

import { type ReactNode, useEffect, useRef, useState } from 'react';

/** One line of a menu. */
export interface MenuItem {
  key: string;
  label: ReactNode;
  onChoose: () => void;
  disabled?: boolean;
}

/** Closes something on a click outside the element. */
export function useClickOutside(isOpen: boolean, close: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const look = (event: MouseEvent): void => {
      if (event.target instanceof Node && ref.current?.contains(event.target) !== true) close();
    };
    // Before anybody else hears of the click: what was clicked may be gone afterwards.
    document.addEventListener('mousedown', look, { capture: true });
    return () => document.removeEventListener('mousedown', look, { capture: true });
  }, [isOpen, close]);
  return ref;
}

/** As large as a menu of ours becomes, in CSS pixels. */
const LARGEST = { width: 320, height: 180 };

/** Whether a menu would be cut off at the left of what it scrolls in, or below. */
function roomAround(button: HTMLElement): { isLeftTight: boolean; isBelowTight: boolean } {
  const pane = (button.closest('[role="region"], section, dialog') ?? document.body).getBoundingClientRect();
  const { right, bottom, top } = button.getBoundingClientRect();
  return {
    isLeftTight: right - LARGEST.width < pane.left,
    isBelowTight: bottom + LARGEST.height > pane.bottom && top - LARGEST.height > pane.top,
  };
}

/** A button with a menu. `label` is for screen readers; `children` is what the button shows. */
export function MenuButton(given: {
  label: string;
  items: MenuItem[];
  className?: string;
  side?: 'left' | 'right';
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const [room, setRoom] = useState({ isLeftTight: false, isBelowTight: false });
  const ref = useClickOutside(isOpen, () => setOpen(false));
  const button = useRef<HTMLButtonElement>(null);
  const items = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) items.current?.querySelector('button')?.focus();
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const move = (step: number): void => {
    const all = [...(items.current?.querySelectorAll('button') ?? [])];
    const at = all.findIndex(each => each.matches(':focus'));
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <div className="menu-holder" ref={ref}>
      <button
        ref={button}
        type="button"
        className={given.className}
        aria-label={given.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={event => {
          setRoom(roomAround(event.currentTarget));
          setOpen(!isOpen);
        }}
      >
        {given.children}
      </button>
      {isOpen && (
        <div
          ref={items}
          className={`popover menu ${room.isLeftTight ? 'left' : (given.side ?? 'right')}${room.isBelowTight ? ' up' : ''}`}
          role="menu"
          tabIndex={-1}
          aria-label={given.label}
          onKeyDown={event => {
            if (event.key === 'Escape') close();
            else if (event.key === 'ArrowDown') move(1);
            else if (event.key === 'ArrowUp') move(-1);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          {given.items.map(item => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              disabled={item.disabled === true}
              onClick={() => {
                close();
                item.onChoose();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
