// A click on something interactive in a message, an ephemeral message or a view.

import { chosenValue, offeredOption, type Values, valuesOf } from '../inputs.js';
import { isObject, objectOf } from '../json.js';
import type { Choice, ClickResult, ClickTarget } from '../local-slack.js';
import { blockActionsInMessage, blockActionsInView } from '../payloads.js';
import type { Platform } from '../platform.js';
import type { Ephemeral, JsonObject, Message, OpenView, Person } from '../things.js';
import { actionsIn } from '../words.js';

/** Clicks; throws what a person could not do. */
export function click(
  platform: Platform,
  person: Person,
  target: ClickTarget,
  actionId: string,
  choice: Choice,
): Promise<ClickResult> {
  if (!platform.manifest.interactivity) throw new Error('the manifest does not switch interactivity on');
  if ('home' in target) {
    const open = { view: target.home, values: valuesOf(target.home.blocks), errors: {} };
    return clickInView(platform, person, open, actionId, choice);
  }
  if ('view' in target) return clickInView(platform, person, target.view, actionId, choice);
  if ('ephemeral' in target) {
    const { ts } = target.ephemeral;
    const shown = platform.workspace.ephemerals.find(each => each.ts === ts && each.user === person.id);
    if (shown === undefined) throw new Error(`${person.name} does not see that ephemeral message (any more)`);
    return clickInMessage(platform, person, shown, undefined, actionId, choice);
  }
  const message = platform.workspace.message(target.message.channel, target.message.ts);
  if (message === undefined) throw new Error('that message was deleted');
  return clickInMessage(platform, person, message, message, actionId, choice);
}

function clickInMessage(
  platform: Platform,
  person: Person,
  shown: Message | Ephemeral,
  message: Message | undefined,
  actionId: string,
  choice: Choice,
): Promise<ClickResult> {
  const { workspace } = platform;
  const channel = workspace.channel(shown.channel);
  if (channel === undefined) throw new Error(`there is no channel ${shown.channel}`);
  if (message !== undefined && channel.kind !== 'public' && !channel.members.includes(person.id)) {
    throw new Error(`${person.name} cannot see that message`);
  }
  const { block, element } = findElement(shown.blocks ?? [], actionId, choice);
  const values = valuesOf(shown.blocks ?? []);
  const action = actionOf(platform, block, element, choice, values);
  const responseUrl = platform.responseUrls.issue({
    kind: 'actions',
    channel: channel.id,
    user: person.id,
    origin: shown,
  });
  return platform.courier.send(
    'interactive',
    blockActionsInMessage({
      person,
      channel,
      ts: shown.ts,
      thread_ts: shown.thread_ts,
      message,
      values,
      action,
      responseUrl,
      triggerId: platform.triggers.issue(person.id),
    }),
  );
}

function clickInView(
  platform: Platform,
  person: Person,
  target: OpenView,
  actionId: string,
  choice: Choice,
): Promise<ClickResult> {
  // A home tab has no stack: its view stands alone.
  const isModal = target.view.type === 'modal';
  if (isModal && platform.modals.stack(person.id).at(-1) !== target) {
    throw new Error(`${person.name} does not have that modal on top`);
  }
  const { block, element } = findElement(target.view.blocks, actionId, choice);
  const action = actionOf(platform, block, element, choice, target.values);
  return platform.courier.send(
    'interactive',
    blockActionsInView({
      person,
      view: target.view,
      values: target.values,
      action,
      triggerId: platform.triggers.issue(person.id, isModal),
    }),
  );
}

function findElement(
  blocks: readonly JsonObject[],
  actionId: string,
  choice: Choice,
): { block: JsonObject; element: JsonObject } {
  const all = actionsIn(blocks);
  const named = all.filter(
    ({ block, element }) =>
      element.action_id === actionId && (choice.blockId ?? block.block_id) === block.block_id,
  );
  const isButton = named.some(({ element }) => element.type === 'button');
  const fitting =
    isButton && choice.value !== undefined
      ? named.filter(({ element }) => element.value === choice.value)
      : named;
  const [found, second] = fitting;
  if (found === undefined) {
    const there = all.map(({ element }) => String(element.action_id)).join(', ') || 'nothing';
    throw new Error(`there is no "${actionId}" to click; there is: ${there}`);
  }
  if (second !== undefined)
    throw new Error(`several things are called "${actionId}": say which by blockId or value`);
  return found;
}

/** @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function actionOf(
  platform: Platform,
  block: JsonObject,
  element: JsonObject,
  choice: Choice,
  values: Values,
): JsonObject {
  const type = String(element.type);
  const common = {
    type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: platform.workspace.nextTs(),
  };
  if (type === 'button') {
    const { text, value, url, style } = element;
    return { ...common, text, ...defined({ value, url, style }) };
  }
  if (choice.value === undefined) throw new Error(`a ${type} needs a value`);
  if (type === 'overflow') {
    return { ...common, selected_option: offeredOption(element, [choice.value].flat()[0] ?? '') };
  }
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new Error('an input sends nothing by itself without dispatch_action');
  }
  const chosen = chosenValue(element, choice.value);
  const inBlock = values[String(block.block_id)];
  if (isObject(inBlock)) inBlock[String(element.action_id)] = chosen;
  return { ...common, ...objectOf(chosen) };
}

function defined(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
