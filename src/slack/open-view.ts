// Opens a form, or finds that Slack's trigger is over.
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { GiveFailure } from './errors.js';

/** Slack takes a trigger once, and within 3 s. @see https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const lateTriggers = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
]);

/**
 * Opens the form; false: it is too late for that.
 * @param over - it opens over another one that is open
 * @throws {GiveFailure} when Slack does not open it for another reason; nothing was recorded
 */
export async function openView(
  client: WebClient,
  triggerId: string,
  view: ModalView,
  { over }: { over: boolean } = { over: false },
): Promise<boolean> {
  try {
    if (over) await client.views.push({ trigger_id: triggerId, view });
    else await client.views.open({ trigger_id: triggerId, view });
    return true;
  } catch (error) {
    if (error instanceof WebAPIPlatformError && lateTriggers.has(error.data.error)) return false;
    throw new GiveFailure('no', error);
  }
}
