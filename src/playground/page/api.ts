// What people do, as requests to the playground; what went wrong is told in a toast.

import { isObject, objectOf, textOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { toast } from './toasts.js';

/** An answer of the playground; `undefined` when it refused, which the person has been told. */
export type Answer = JsonObject | undefined;

/** Somebody acts in Slack. Failures of the bot are told too, unless `quiet`. */
export async function deed(name: string, given: JsonObject, { quiet = false } = {}): Promise<Answer> {
  const answer = await post(`/control/${name}`, given);
  const failure = textOf(answer?.failure);
  if (failure !== undefined && !quiet) toast(`The app did not respond as it should: ${failure}`);
  return answer;
}

/** The playground's own tricks: the clock, the bot's process, trouble. */
export function trick(name: string, given: JsonObject): Promise<Answer> {
  return post(`/playground/${name}`, given);
}

async function post(path: string, given: JsonObject): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
    const body: unknown = await response.json();
    if (response.ok) return isObject(body) ? body : {};
    toast(textOf(objectOf(body).error) ?? 'That did not work.');
  } catch {
    toast('The playground does not answer. Is it still running?');
  }
  return undefined;
}
