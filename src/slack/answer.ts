// Answers in Slack's time: within 2 s with what the work came to, else "checking…" now and the answer afterwards.
import type { Block, View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Bot } from './bot.js';
import type { Message } from './messages/parts.js';
import { postMessage } from './post/send.js';

/** Slack gives up on us after 3 s; a second is left for the way. */
const answerWithinMilliseconds = 2000;
/** Slack has told the person that it failed when our answer took longer than this. */
const slackWaitsMilliseconds = 3000;
const fetchTimeoutMilliseconds = 8000;

/** How long a piece of work may still take until its answer is late. Counts from when the payload came in. */
export interface Deadline {
  /** What `work` came to, or `late` when the time is over first. Rejects when the work fails in time. */
  before<T>(work: Promise<T>): Promise<{ kind: 'done'; result: T } | { kind: 'late' }>;
  /** Whether an acknowledgement that has just been made reached Slack while it waited. */
  isMet(): boolean;
}

export function startDeadline(): Deadline {
  const start = performance.now();
  return {
    async before(work) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<{ kind: 'late' }>(resolve => {
        timer = setTimeout(() => resolve({ kind: 'late' }), answerWithinMilliseconds);
      });
      try {
        return await Promise.race([work.then(result => ({ kind: 'done' as const, result })), late]);
      } finally {
        clearTimeout(timer);
        // When it is late, somebody awaits the work afterwards; until then a failure of it is not unhandled.
        work.catch(() => undefined);
      }
    },
    isMet: () => performance.now() - start < slackWaitsMilliseconds,
  };
}

/** Acknowledges; false when Slack is not there to hear it any more (a closed socket, a connection that was hung up). */
export async function acknowledge(
  { log }: Bot,
  isConnectionOpen: () => boolean,
  ack: () => Promise<void>,
): Promise<boolean> {
  try {
    await ack();
    return isConnectionOpen();
  } catch (error) {
    log.warn({ err: error }, 'Slack did not take an acknowledgement.');
    return false;
  }
}

/** Tells a person privately where they are, else, when Slack refuses that, in a direct message. Never throws: what was recorded stays so. */
export async function tell(
  { bot, client, responseUrl, memberSlackId }: Person & { responseUrl: string | null | undefined },
  message: Message,
  how: { replace: boolean } = { replace: false },
): Promise<void> {
  try {
    if (!responseUrl) throw new Error('The payload has no response URL.');
    const { richBlocks, ...plain } = message;
    if (richBlocks && (await isTaken(responseUrl, { ...plain, blocks: richBlocks }, bot.responseHosts, how)))
      return;
    if (!(await isTaken(responseUrl, plain, bot.responseHosts, how)))
      throw new Error('Slack did not take an answer at a response URL.');
  } catch (error) {
    bot.log.info({ err: error }, 'An answer goes by direct message, for its response URL does not work.');
    await tellDirectly({ bot, client, memberSlackId }, message);
  }
}

interface Person {
  bot: Bot;
  client: WebClient;
  memberSlackId: string;
}

/** Tells a person in a form that they have open, else, when they have closed it, in a direct message. Never throws. */
export async function tellInForm(
  { bot, client, memberSlackId, viewId }: Person & { viewId: string },
  { view, message }: { view: View; message: Message },
): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    bot.log.info({ err: error }, 'An answer goes by direct message, for its form is gone.');
    await tellDirectly({ bot, client, memberSlackId }, message);
  }
}

async function tellDirectly({ bot, client, memberSlackId }: Person, message: Message): Promise<void> {
  try {
    await postMessage(client, { channel: memberSlackId, ...message });
  } catch (error) {
    bot.log.warn({ err: error }, 'An answer reached nobody.');
  }
}

/** Whether a response URL leads to Slack, and may be kept and used later. */
export function isSlackUrl(url: string, hosts: ReadonlySet<string>): boolean {
  return URL.canParse(url) && hosts.has(new URL(url).host);
}

/**
 * Answers at a response URL, beside or instead of the message that it belongs to. False: Slack does not take it: it
 * dislikes a block, thirty minutes are over, or there were five answers.
 * @throws when Slack cannot be reached
 * @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
async function isTaken(
  url: string,
  message: Pick<Message, 'text'> & { blocks: Block[] },
  hosts: ReadonlySet<string>,
  { replace }: { replace: boolean },
): Promise<boolean> {
  if (!isSlackUrl(url, hosts)) throw new Error('A response URL does not lead to Slack.');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: replace, ...message }),
    redirect: 'error',
    signal: AbortSignal.timeout(fetchTimeoutMilliseconds),
  });
  return answer.ok && !/"ok"\s*:\s*false/.test(await answer.text());
}
