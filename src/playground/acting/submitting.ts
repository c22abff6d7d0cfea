// A modal's submission and closing, and what the bot's answer does to it.

import { unfilled } from '../inputs.js';
import { isObject, objectOf } from '../json.js';
import type { SubmitResult } from '../local-slack.js';
import { viewClosed, viewSubmission } from '../payloads.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import type { JsonObject, OpenView, Person, View } from '../things.js';

/**
 * Submits the modal on top. Required fields left empty are marked by the client and nothing is sent. A modal whose
 * submission failed stays open and can be submitted again, under the same view id.
 */
export async function submit(platform: Platform, person: Person): Promise<SubmitResult> {
  const open = platform.modals.stack(person.id).at(-1);
  if (open === undefined) throw new Error(`${person.name} has no modal open`);
  if (!isObject(open.view.submit)) throw new Error('that modal has no submit button');
  const { view, values } = open;
  const missing = unfilled(view.blocks, values);
  if (Object.keys(missing).length > 0) {
    open.errors = missing;
    platform.workspace.changed();
    const delivery = { kind: 'interactive' as const, payload: {}, attempts: [] };
    return { delivered: false, acknowledged: false, delivery, closed: false, errors: missing };
  }
  const payload = viewSubmission({
    person,
    view,
    values,
    responseUrls: responseUrls(platform, person, open),
    triggerId: platform.triggers.issue(person.id, true),
  });
  const outcome = await platform.courier.send('interactive', structuredClone(payload));
  if (!outcome.acknowledged) return { ...outcome, closed: false };
  const body = outcome.delivery.acknowledgement?.body;
  try {
    return { ...outcome, ...applyAnswer(platform, person, open, body) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The person sees "We had some trouble connecting": the answer was no good.
    const why = Array.isArray(error.more.errors) ? `: ${error.more.errors.join('; ')}` : '';
    return { ...outcome, acknowledged: false, failure: `${error.code}${why}`, closed: false };
  }
}

/** @see https://docs.slack.dev/surfaces/modals#updating_response */
function applyAnswer(
  platform: Platform,
  person: Person,
  open: OpenView,
  body: unknown,
): { closed: boolean; errors?: Record<string, string>; updated?: View } {
  const isOpen = platform.modals.stack(person.id).includes(open);
  if (
    body === undefined ||
    body === null ||
    body === '' ||
    (isObject(body) && Object.keys(body).length === 0)
  ) {
    if (isOpen) platform.modals.close(person.id, open);
    return { closed: true };
  }
  if (!isObject(body)) throw new Refusal('invalid_response_body');
  // A second answer for a modal that is closed already changes nothing on the screen.
  if (body.response_action === 'clear') {
    if (isOpen) platform.modals.close(person.id, open, true);
    return { closed: true };
  }
  if (body.response_action === 'errors') {
    const errors = errorsOf(open.view, body.errors);
    open.errors = errors;
    platform.workspace.changed();
    return { closed: false, errors };
  }
  if (body.response_action === 'update') {
    return { closed: false, updated: isOpen ? platform.modals.update(open, body.view) : open.view };
  }
  if (body.response_action === 'push') {
    return { closed: false, updated: isOpen ? platform.modals.push(person.id, body.view) : open.view };
  }
  throw new Refusal('invalid_response_action');
}

/** Errors must name input blocks of the view, each with words; anything else is no valid answer. */
function errorsOf(view: View, given: unknown): Record<string, string> {
  const inputs = view.blocks.filter(block => block.type === 'input').map(block => block.block_id);
  const errors: Record<string, string> = {};
  for (const [blockId, words] of Object.entries(objectOf(given))) {
    if (!inputs.includes(blockId)) throw new Refusal(`invalid_errors: no input block "${blockId}"`);
    if (typeof words !== 'string' || words === '')
      throw new Refusal(`invalid_errors: no words for "${blockId}"`);
    errors[blockId] = words;
  }
  if (Object.keys(errors).length === 0) throw new Refusal('invalid_errors: none given');
  return errors;
}

/** @see https://docs.slack.dev/surfaces/modals#modal_response_url */
function responseUrls(platform: Platform, person: Person, open: OpenView): JsonObject[] {
  return open.view.blocks.flatMap(block => {
    const element = objectOf(block.element);
    if (element.response_url_enabled !== true) return [];
    const value = open.values[String(block.block_id)]?.[String(element.action_id)] ?? {};
    const channel = value.selected_conversation ?? value.selected_channel;
    if (typeof channel !== 'string') return [];
    const url = platform.responseUrls.issue({ kind: 'actions', channel, user: person.id });
    return [
      { block_id: block.block_id, action_id: element.action_id, channel_id: channel, response_url: url },
    ];
  });
}

/** Closes the modal on top, or all; tells the app where the view asked for it. */
export async function close(platform: Platform, person: Person, all: boolean): Promise<void> {
  const stack = platform.modals.stack(person.id);
  const top = stack.at(-1);
  if (top === undefined) throw new Error(`${person.name} has no modal open`);
  const cleared = all || top.view.clear_on_close === true;
  const closed = cleared ? [...stack].reverse() : [top];
  platform.modals.close(person.id, top, cleared);
  for (const { view, values } of closed) {
    if (view.notify_on_close !== true) continue;
    await platform.courier.send('interactive', viewClosed({ person, view, values, isCleared: cleared }));
  }
}
