// What goes over the wire between the local Slack and the bot, as the page shows it.

import { isObject, objectOf, textOf } from './json.js';
import type { WireEntry } from './page-types.js';
import type { Stage } from './stage.js';
import type { ApiCall, Delivery, JsonObject } from './things.js';

const SHOWN = 150;

/** Numbers every delivery and call, and measures how long it takes. */
export class Wire {
  private readonly seen = new Map<ApiCall | Delivery, { n: number; start: number; end: number | null }>();
  private count = 0;

  constructor(private readonly stage: Stage) {
    stage.slack.onCall(call => this.note(call, call.phase === 'answered'));
    stage.slack.onDelivery(delivery => this.note(delivery, delivery.attempts.at(-1)?.outcome !== 'waiting'));
  }

  /** The latest, oldest first; without those that wrote the history. */
  entries(): WireEntry[] {
    const { slack, wireFrom } = this.stage;
    const recent = [...slack.calls.slice(wireFrom.calls), ...slack.deliveries.slice(wireFrom.deliveries)];
    return recent
      .flatMap(thing => {
        const noted = this.seen.get(thing);
        if (noted === undefined) return [];
        const tookMs = noted.end === null ? null : Math.round(noted.end - noted.start);
        return [{ n: noted.n, tookMs, ...('method' in thing ? ofCall(thing) : ofDelivery(thing)) }];
      })
      .sort((a, b) => a.n - b.n)
      .slice(-SHOWN);
  }

  private note(thing: ApiCall | Delivery, isOver: boolean): void {
    let noted = this.seen.get(thing);
    if (noted === undefined) {
      this.count += 1;
      noted = { n: this.count, start: performance.now(), end: null };
      this.seen.set(thing, noted);
    }
    if (isOver) noted.end ??= performance.now();
  }
}

type Told = Omit<WireEntry, 'n' | 'tookMs'>;

function ofCall(call: ApiCall): Told {
  const { method: what, args: request, answer } = call;
  const common = { at: call.at.getTime(), way: 'from the bot' as const, what, request };
  if (call.phase === 'received') return { ...common, outcome: 'waiting', said: 'waiting', answer: null };
  if (answer === undefined) {
    return {
      ...common,
      outcome: 'bad',
      said: call.tookEffect ? 'answer lost' : 'request lost',
      answer: null,
    };
  }
  const fine = answer.status === 200 && answer.body.ok !== false;
  const said = fine
    ? 'ok'
    : `${answer.status === 200 ? '' : `${answer.status} `}${textOf(answer.body.error) ?? ''}`.trim();
  return { ...common, outcome: fine ? 'fine' : 'bad', said, answer: answer.body };
}

function ofDelivery(delivery: Delivery): Told {
  const last = delivery.attempts.at(-1);
  const outcome = last?.outcome ?? 'waiting';
  const again = last !== undefined && last.retry > 0 ? `, try ${last.retry + 1}` : '';
  return {
    at: last?.at.getTime() ?? 0,
    way: 'to the bot',
    what: nameOf(delivery.payload),
    outcome: outcome === 'waiting' ? 'waiting' : outcome === 'acknowledged' ? 'fine' : 'bad',
    said: outcome.replaceAll('_', ' ') + again,
    request: delivery.payload,
    answer: delivery.acknowledgement?.body ?? null,
  };
}

function nameOf(payload: JsonObject): string {
  const words = [textOf(payload.command), textOf(payload.command) && textOf(payload.text)]
    .filter(Boolean)
    .join(' ');
  if (words !== '') return words;
  const [action] = Array.isArray(payload.actions) ? payload.actions : [];
  const detail = isObject(action)
    ? textOf(action.action_id)
    : (textOf(objectOf(payload.event).type) ??
      textOf(objectOf(payload.view).callback_id) ??
      textOf(payload.callback_id));
  return [textOf(payload.type) === 'event_callback' ? 'event' : textOf(payload.type), detail]
    .filter(Boolean)
    .join(': ');
}
