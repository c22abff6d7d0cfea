// The modals that people have open, and the home tabs: made from views as apps send them.

import { randomBytes } from 'node:crypto';
import { withIds } from './content.js';
import { valuesOf } from './inputs.js';
import { listOf, textOf } from './json.js';
import { faultsOfView, VIEW_BYTES } from './limits/views.js';
import { explained, Refusal } from './refusal.js';
import type { JsonObject, OpenView, View } from './things.js';
import type { Workspace } from './workspace.js';
import { BOT, TEAM } from './world.js';

/** A modal holds three views at most. @see https://docs.slack.dev/surfaces/modals#using_views */
const STACK = 3;

/** Everybody's stack of modals. */
export class Modals {
  private readonly stacks = new Map<string, OpenView[]>();
  private count = 0;

  constructor(private readonly workspace: Workspace) {}

  /** The stack of a person, the top one last. */
  stack(user: string): readonly OpenView[] {
    return this.stacks.get(user) ?? [];
  }

  /** Opens a modal, in place of what was open. Throws when the view is refused. */
  open(user: string, given: unknown): View {
    const view = this.make(given, 'modal');
    this.stacks.set(user, [opened(view)]);
    this.workspace.changed();
    return view;
  }

  /** Puts a modal on top of the others. Throws `push_limit_reached`, `not_found` when none is open. */
  push(user: string, given: unknown): View {
    const stack = this.stacks.get(user) ?? [];
    const [root] = stack;
    if (root === undefined) throw new Refusal('not_found');
    if (stack.length >= STACK) throw new Refusal('push_limit_reached');
    const view = this.make(given, 'modal', {
      root_view_id: root.view.id,
      previous_view_id: stack.at(-1)?.view.id ?? null,
    });
    stack.push(opened(view));
    this.workspace.changed();
    return view;
  }

  /** Changes an open modal; what people entered stays where block, action and type stay. Throws `hash_conflict`. */
  update(open: OpenView, given: unknown, hash?: string): View {
    if (hash !== undefined && hash !== '' && hash !== open.view.hash) throw new Refusal('hash_conflict');
    const { id, root_view_id, previous_view_id } = open.view;
    open.view = this.make(given, 'modal', { id, root_view_id, previous_view_id });
    open.values = valuesOf(open.view.blocks, open.values);
    open.errors = {};
    this.workspace.changed();
    return open.view;
  }

  /** By the view's id or external id, whoever has it open. */
  find(id: string | undefined, externalId?: string): { user: string; open: OpenView } | undefined {
    for (const [user, stack] of this.stacks) {
      const open = stack.find(
        ({ view }) =>
          view.id === id ||
          (externalId !== undefined && externalId !== '' && view.external_id === externalId),
      );
      if (open !== undefined) return { user, open };
    }
    return undefined;
  }

  /** Closes one modal (and what lies on top of it), or all. */
  close(user: string, open: OpenView, all = false): void {
    const stack = this.stacks.get(user) ?? [];
    const index = stack.indexOf(open);
    if (index >= 0) stack.splice(all ? 0 : index);
    this.workspace.changed();
  }

  /** Publishes a home tab. Throws `hash_conflict`, and when the view is refused. */
  publish(user: string, given: unknown, hash?: string): View {
    const before = this.workspace.homes.get(user);
    if (hash !== undefined && hash !== '' && hash !== before?.hash) throw new Refusal('hash_conflict');
    const view = this.make(
      given,
      'home',
      before === undefined ? {} : { id: before.id, root_view_id: before.id },
    );
    this.workspace.homes.set(user, view);
    this.workspace.changed();
    return view;
  }

  private checkExternalId(externalId: string | undefined, ownId: string | undefined): void {
    const other =
      externalId === undefined || externalId === '' ? undefined : this.find(undefined, externalId);
    if (other !== undefined && other.open.view.id !== ownId) throw new Refusal('duplicate_external_id');
  }

  /** A view as Slack keeps it. Throws `invalid_arguments` with explanations, or `view_too_large`. */
  private make(given: unknown, type: 'modal' | 'home', known: Partial<View> = {}): View {
    const json = JSON.stringify(given) ?? '';
    if (Buffer.byteLength(json) > VIEW_BYTES) throw new Refusal('view_too_large');
    const faults = faultsOfView(given, type);
    if (faults.length > 0) throw explained('invalid_arguments', faults);
    const parsed: JsonObject = JSON.parse(json);
    if (type === 'modal') this.checkExternalId(textOf(parsed.external_id), known.id);
    this.count += 1;
    const id = known.id ?? `V0${String(this.count).padStart(6, '0')}`;
    const blocks = withIds(listOf(parsed.blocks));
    return {
      ...(type === 'modal'
        ? { title: { text: '' }, submit: null, close: null, clear_on_close: false, notify_on_close: false }
        : {}),
      ...parsed,
      type,
      id,
      team_id: TEAM.id,
      app_id: BOT.appId,
      app_installed_team_id: TEAM.id,
      bot_id: BOT.botId,
      hash: `${this.workspace.nextTs()}.${randomBytes(4).toString('hex')}`,
      blocks,
      private_metadata: textOf(parsed.private_metadata) ?? '',
      callback_id: textOf(parsed.callback_id) ?? '',
      external_id: textOf(parsed.external_id) ?? '',
      root_view_id: known.root_view_id ?? id,
      previous_view_id: known.previous_view_id ?? null,
      state: { values: valuesOf(blocks) },
    };
  }
}

function opened(view: View): OpenView {
  return { view, values: valuesOf(view.blocks), errors: {} };
}
