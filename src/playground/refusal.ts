// How Slack says no: the error code, and what goes with it.

import type { JsonObject } from './things.js';

/** Thrown inside a Web API method: becomes `{ ok: false, error, ...more }`. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly more: JsonObject = {},
    /** Not 200 only for rate limits and the like. */
    readonly status = 200,
    readonly headers: Record<string, string> = {},
  ) {
    super(code);
  }
}

/** A refusal that explains itself in `errors` and `response_metadata.messages`, as Slack's block validation does. */
export function explained(code: string, faults: readonly string[]): Refusal {
  return new Refusal(code, {
    errors: [...faults],
    response_metadata: { messages: faults.map(fault => `[ERROR] ${fault}`) },
  });
}
