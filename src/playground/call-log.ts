// Every call the bot made, and who listens to them.

import type { ApiCall, JsonObject } from './things.js';

/** The list of calls; listeners may hold a call up by returning a promise. */
export class CallLog {
  readonly list: ApiCall[] = [];
  /** Calls received and not answered yet. */
  pending = 0;
  private readonly listeners = new Set<(call: ApiCall) => void | Promise<void>>();

  constructor(private readonly now: () => Date) {}

  onCall(listener: (call: ApiCall) => void | Promise<void>): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async received(method: string, args: JsonObject, token: ApiCall['token']): Promise<ApiCall> {
    const call: ApiCall = { method, args, token, at: this.now(), phase: 'received', tookEffect: false };
    this.list.push(call);
    this.pending += 1;
    await this.tell(call);
    return call;
  }

  async answered(call: ApiCall, answer?: { status: number; body: JsonObject }): Promise<void> {
    call.phase = 'answered';
    if (answer !== undefined) call.answer = answer;
    this.pending -= 1;
    await this.tell(call);
  }

  private async tell(call: ApiCall): Promise<void> {
    for (const listener of [...this.listeners]) await listener(call);
  }
}
