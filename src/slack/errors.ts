// Failures: ours, not the person's. Logged once under a short reference, which the person sees.
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Commands } from '../config.js';
import { type Message, said } from './messages/parts.js';

/** A failure of which it is known whether the person's shout-out was recorded. */
export class GiveFailure extends Error {
  override readonly name = 'GiveFailure';

  constructor(
    readonly recorded: 'no' | 'unknown',
    cause: unknown,
  ) {
    super(
      recorded === 'no' ? 'A shout-out could not be recorded.' : 'A shout-out may not have been recorded.',
      { cause },
    );
  }
}

/**
 * Logs a failure and returns what to tell the person. Bolt wraps what listeners throw; the log gets the cause.
 * Never logged: the payload, which holds what people typed.
 */
export function reportFailure(
  { log, commands }: { log: Logger; commands: Commands },
  error: unknown,
  facts: Record<string, string | undefined>,
): Message {
  const reference = randomBytes(4).toString('hex');
  const cause = rootOf(error);
  log.error({ err: cause, reference, ...facts }, 'A request failed.');
  const recorded = cause instanceof GiveFailure ? cause.recorded : null;
  const outcome =
    recorded === 'no'
      ? 'Nothing was recorded. Please try again in a minute.'
      : recorded === 'unknown'
        ? `I cannot tell whether your shout-out was recorded. ${commands.shoutout} last shows it if it was; if not, please send it again.`
        : 'Please try again in a minute.';
  return said(
    `Something went wrong on my side. ${outcome} If it stays, give whoever looks after me this reference: ${reference}.`,
  );
}

/** What a listener threw, out of Bolt's wrapping. */
export function rootOf(error: unknown): unknown {
  return error instanceof Error && 'original' in error && error.original instanceof Error
    ? rootOf(error.original)
    : error;
}
