// Where interactive elements stand: a message, a form or the app's home; and what happens when somebody uses them.

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { isObject, objectOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { TextObject } from './text-object.js';

/** What an element of a form holds: a text, an id, a date; or several. */
export type Held = string | string[];

/** What elements need of the place they stand in. */
export interface Surface {
  /** Tells the app that something was clicked or chosen. */
  act(actionId: string, blockId: string, value?: Held): Promise<void>;
  /** Only forms hold values until they are submitted. */
  form?: {
    valueOf(blockId: string, actionId: string): Held;
    setValue(blockId: string, actionId: string, value: Held): void;
    errorOf(blockId: string): string | undefined;
  };
}

const SurfaceContext = createContext<Surface | undefined>(undefined);

/** The surface that an element stands on. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('there is no surface here');
  return surface;
}

const ConfirmContext = createContext<(confirm: unknown, then: () => void) => void>((_, then) => then());

/** Does something at once, or after the person confirmed it where the app asks for that. */
export function useConfirm(): (confirm: unknown, then: () => void) => void {
  return useContext(ConfirmContext);
}

/** Gives a surface to what stands on it, and shows its confirmation dialogs. */
export function SurfaceProvider({ surface, children }: { surface: Surface; children: ReactNode }) {
  const [asked, setAsked] = useState<{ confirm: JsonObject; then: () => void } | undefined>();
  const confirm = (given: unknown, then: () => void): void => {
    if (isObject(given)) setAsked({ confirm: given, then });
    else then();
  };
  return (
    <SurfaceContext.Provider value={surface}>
      <ConfirmContext.Provider value={confirm}>
        {children}
        {asked !== undefined && (
          <Confirmation
            confirm={asked.confirm}
            onAnswer={yes => {
              setAsked(undefined);
              if (yes) asked.then();
            }}
          />
        )}
      </ConfirmContext.Provider>
    </SurfaceContext.Provider>
  );
}

function Confirmation({ confirm, onAnswer }: { confirm: JsonObject; onAnswer: (yes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const kind = confirm.style === 'danger' ? 'button danger-filled' : 'button primary';
  return (
    <dialog
      ref={dialog}
      className="modal small"
      aria-labelledby="confirm-title"
      onCancel={event => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <header>
        <h2 id="confirm-title">
          <TextObject text={objectOf(confirm.title)} />
        </h2>
      </header>
      <div className="modal-body">
        <TextObject text={objectOf(confirm.text)} />
      </div>
      <footer>
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          <TextObject text={objectOf(confirm.deny)} />
        </button>
        <button type="button" className={kind} onClick={() => onAnswer(true)}>
          <TextObject text={objectOf(confirm.confirm)} />
        </button>
      </footer>
    </dialog>
  );
}
