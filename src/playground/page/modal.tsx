// The form that the person has open, with what they filled in and what was wrong with it.

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { isObject, objectOf, objectsOf, textOf } from '../json.js';
import type { JsonObject, OpenView } from '../things.js';
import { deed } from './api.js';
import { Blocks } from './blocks.js';
import { useModel } from './model.js';
import { Avatar } from './people.js';
import { type Held, type Surface, SurfaceProvider } from './surface.js';
import { TextObject } from './text-object.js';

type Filled = Record<string, Record<string, Held>>;

/** The modal on top. */
export function Modal({ open }: { open: OpenView }) {
  const { me, people, situation } = useModel();
  const { view, values, errors } = open;
  const dialog = useRef<HTMLDialogElement>(null);
  const [filled, setFilled] = useState<Filled>({});
  const [mended, setMended] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);

  /** What was filled in is Slack's business only when something is sent. */
  const fill = async (): Promise<boolean> => {
    const there = view.blocks.map(block => String(block.block_id));
    const known = Object.fromEntries(Object.entries(filled).filter(([blockId]) => there.includes(blockId)));
    return (await deed('fill', { as: me.id, values: known })) !== undefined;
  };
  const surface: Surface = {
    act: async (actionId, blockId, value) => {
      if (await fill())
        await deed('click', { as: me.id, view: true, action_id: actionId, block_id: blockId, value });
    },
    form: {
      valueOf: (blockId, actionId) =>
        filled[blockId]?.[actionId] ?? heldIn(objectOf(objectOf(values[blockId])[actionId])),
      setValue: (blockId, actionId, value) => {
        setFilled(now => ({ ...now, [blockId]: { ...now[blockId], [actionId]: value } }));
        setMended(now => [...now, blockId]);
      },
      errorOf: blockId => (mended.includes(blockId) ? undefined : errors[blockId]),
    },
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailed(false);
    if (await fill()) {
      const answer = await deed('submit', { as: me.id }, { quiet: true });
      setFailed(answer?.failure !== undefined);
    }
    setMended([]);
    setBusy(false);
  };
  const isClosing = useRef(false);
  const close = (all: boolean): void => {
    if (isClosing.current) return;
    isClosing.current = true;
    void deed('close', { as: me.id, all });
  };
  const isOnTop = view.previous_view_id !== null;
  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby="modal-title"
      onCancel={event => {
        event.preventDefault();
        close(false);
      }}
    >
      <form onSubmit={event => void submit(event)} noValidate>
        <header>
          {isOnTop && (
            <button type="button" className="icon" aria-label="Back" onClick={() => close(false)}>
              <span aria-hidden="true">←</span>
            </button>
          )}
          <Avatar person={people.get(situation.botUserId)} size={28} />
          <h2 id="modal-title">
            <TextObject text={{ type: 'plain_text', ...view.title }} />
          </h2>
          <button type="button" className="icon close" aria-label="Close" onClick={() => close(true)}>
            <span aria-hidden="true">✕</span>
          </button>
        </header>
        <div className="modal-body">
          {failed && (
            <div className="banner" role="alert">
              We had some trouble connecting. Try again?
            </div>
          )}
          <SurfaceProvider surface={surface}>
            <Blocks blocks={view.blocks} />
          </SurfaceProvider>
        </div>
        <footer>
          <button type="button" className="button large" onClick={() => close(false)}>
            {isObject(view.close) ? <TextObject text={view.close} /> : 'Close'}
          </button>
          {isObject(view.submit) && (
            <button type="submit" className="button primary large" disabled={isBusy}>
              <TextObject text={view.submit} />
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

/** What Slack keeps of a field, as the field itself shows it. */
function heldIn(held: JsonObject): Held {
  if (isObject(held.selected_option)) return textOf(held.selected_option.value) ?? '';
  if (Array.isArray(held.selected_options))
    return objectsOf(held.selected_options).map(each => textOf(each.value) ?? '');
  const { type: _, ...rest } = held;
  const [value] = Object.values(rest);
  if (Array.isArray(value)) return value.map(String);
  return value === null || value === undefined || isObject(value) ? '' : String(value);
}
