// The views.* methods: modals and home tabs.

import { textOf } from '../json.js';
import type { Platform } from '../platform.js';
import { explained, Refusal } from '../refusal.js';
import type { JsonObject } from '../things.js';
import { need } from './reach.js';

/** @see https://docs.slack.dev/reference/methods/views.open */
export function open(platform: Platform, args: JsonObject): JsonObject {
  const trigger = platform.triggers.check(need(args, 'trigger_id'));
  const view = platform.modals.open(trigger.user, viewOf(args));
  // A refused view leaves the trigger as it was: only success exchanges it.
  trigger.used = true;
  return { view };
}

/** @see https://docs.slack.dev/reference/methods/views.push */
export function push(platform: Platform, args: JsonObject): JsonObject {
  const trigger = platform.triggers.check(need(args, 'trigger_id'));
  if (!trigger.fromModal) throw new Refusal('invalid_trigger_id');
  const view = platform.modals.push(trigger.user, viewOf(args));
  trigger.used = true;
  return { view };
}

/** @see https://docs.slack.dev/reference/methods/views.update */
export function update(platform: Platform, args: JsonObject): JsonObject {
  const id = textOf(args.view_id);
  const externalId = textOf(args.external_id);
  if (id === undefined && externalId === undefined) {
    throw explained('invalid_arguments', ['missing required field: view_id']);
  }
  const found = platform.modals.find(id, externalId);
  if (found === undefined) throw new Refusal('not_found');
  return { view: platform.modals.update(found.open, viewOf(args), textOf(args.hash)) };
}

/** @see https://docs.slack.dev/reference/methods/views.publish */
export function publish(platform: Platform, args: JsonObject): JsonObject {
  const user = need(args, 'user_id');
  if (platform.workspace.person(user) === undefined) throw new Refusal('user_not_found');
  if (!platform.manifest.homeTab) throw new Refusal('not_enabled');
  return { view: platform.modals.publish(user, viewOf(args), textOf(args.hash)) };
}

function viewOf(args: JsonObject): unknown {
  if (args.view === undefined) throw explained('invalid_arguments', ['missing required field: view']);
  return args.view;
}
