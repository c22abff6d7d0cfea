// One person at their Slack: sees what they see, does what they can do.

import { chosenValue } from '../inputs.js';
import { interactives } from '../limits/blocks.js';
import type {
  Actor,
  Choice,
  ClickResult,
  ClickTarget,
  CommandResult,
  Match,
  Outcome,
  SubmitResult,
} from '../local-slack.js';
import type { Platform } from '../platform.js';
import type { Delivery, Ephemeral, Message, OpenView, Person, View } from '../things.js';
import { describeMatch, matcher, WAIT_MS, waitFor, wordsOfMessage } from '../waiting.js';
import { pingsIn, wordsOf } from '../words.js';
import { BOT } from '../world.js';
import * as chatting from './chatting.js';
import { click } from './clicking.js';
import { close, submit } from './submitting.js';

/** The Actor of a person. */
export class PersonActor implements Actor {
  constructor(
    private readonly platform: Platform,
    private readonly person: Person,
  ) {}

  get id(): string {
    return this.person.id;
  }

  command(
    command: string,
    text = '',
    where: { channel?: string; raw?: boolean } = {},
  ): Promise<CommandResult> {
    const channel = where.channel ?? 'C0GENERAL';
    return chatting.runCommand(this.platform, this.person, {
      command,
      text,
      channel,
      raw: where.raw === true,
    });
  }

  async redeliver(delivery: Delivery): Promise<CommandResult> {
    if (delivery.kind === 'slash_commands') return chatting.deliverCommand(this.platform, delivery);
    if (delivery.kind === 'interactive') return this.platform.courier.send('interactive', delivery.payload);
    return this.platform.courier.sendEvent(delivery.payload);
  }

  ephemerals(channel?: string): Ephemeral[] {
    const id = channel === undefined ? undefined : chatting.place(this.platform, this.person, channel).id;
    return this.platform.workspace.ephemerals.filter(
      each => each.user === this.id && (id === undefined || each.channel === id),
    );
  }

  async click(target: ClickTarget, actionId: string, choice: Choice = {}): Promise<ClickResult> {
    return click(this.platform, this.person, target, actionId, choice);
  }

  get view(): OpenView | undefined {
    return this.platform.modals.stack(this.id).at(-1);
  }

  get home(): View | undefined {
    return this.platform.workspace.homes.get(this.id);
  }

  get notifications(): Message[] {
    const { workspace } = this.platform;
    return workspace.messages.filter(message => {
      if (message.user === this.id) return false;
      const channel = workspace.channel(message.channel);
      if (channel?.kind === 'im') return channel.members.includes(this.id);
      const here = channel?.members.includes(this.id) ?? false;
      const groups = workspace.world.groups
        .filter(group => group.members.includes(this.id))
        .map(({ id }) => id);
      return pingsIn(message).some(
        ping =>
          ping === this.id ||
          groups.includes(ping) ||
          (here && ['channel', 'here', 'everyone'].includes(ping)),
      );
    });
  }

  fill(values: Record<string, Record<string, string | string[]>>): void {
    const open = this.view;
    if (open === undefined) throw new Error(`${this.person.name} has no modal open`);
    for (const [blockId, actions] of Object.entries(values)) {
      const block = open.view.blocks.find(each => each.block_id === blockId);
      if (block === undefined) throw new Error(`the modal has no block "${blockId}"`);
      for (const [actionId, given] of Object.entries(actions)) {
        const element = interactives(block).find(each => each.action_id === actionId);
        if (element === undefined) throw new Error(`block "${blockId}" has no "${actionId}"`);
        const byId = String(element.type).includes('users_select') ? this.idsOf(given) : given;
        open.values[blockId] = { ...objectValues(open, blockId), [actionId]: chosenValue(element, byId) };
      }
      delete open.errors[blockId];
    }
    this.platform.workspace.changed();
  }

  submit(): Promise<SubmitResult> {
    return submit(this.platform, this.person);
  }

  submitTwice(): Promise<[SubmitResult, SubmitResult]> {
    return Promise.all([this.submit(), this.submit()]);
  }

  close(options: { all?: boolean } = {}): Promise<void> {
    return close(this.platform, this.person, options.all === true);
  }

  react(channel: string, ts: string, name: string): Promise<Outcome | undefined> {
    return chatting.react(this.platform, this.person, { channel, ts, name, remove: false });
  }

  unreact(channel: string, ts: string, name: string): Promise<Outcome | undefined> {
    return chatting.react(this.platform, this.person, { channel, ts, name, remove: true });
  }

  openHome(): Promise<Outcome | undefined> {
    return chatting.openHome(this.platform, this.person);
  }

  messageShortcut(callbackId: string, channel: string, ts: string): Promise<Outcome> {
    return chatting.runMessageShortcut(this.platform, this.person, { callbackId, channel, ts });
  }

  globalShortcut(callbackId: string): Promise<Outcome> {
    return chatting.runGlobalShortcut(this.platform, this.person, callbackId);
  }

  say(channel: string, text: string, options: { thread_ts?: string } = {}): Message {
    return chatting.say(this.platform, this.person, channel, text, options.thread_ts);
  }

  waitForEphemeral(match?: Match<Ephemeral>, timeoutMs = WAIT_MS): Promise<Ephemeral> {
    const fits = matcher(match, wordsOfMessage);
    return this.wait(
      () => this.ephemerals().find(fits),
      timeoutMs,
      () =>
        `an ephemeral message to ${this.person.name} (${describeMatch(match)}); there are: ${listed(this.ephemerals())}`,
    );
  }

  waitForDirectMessage(match?: Match<Message>, timeoutMs = WAIT_MS): Promise<Message> {
    const fits = matcher(match, wordsOfMessage);
    const all = (): Message[] => {
      const channel = this.platform.workspace.directWithBot(this.id);
      const messages = channel === undefined ? [] : this.platform.workspace.messagesIn(channel.id);
      return messages.filter(({ user }) => user === BOT.userId);
    };
    return this.wait(
      () => all().find(fits),
      timeoutMs,
      () => `a direct message to ${this.person.name} (${describeMatch(match)}); there are: ${listed(all())}`,
    );
  }

  waitForView(match?: Match<OpenView>, timeoutMs = WAIT_MS): Promise<OpenView> {
    const fits = matcher<OpenView>(match, ({ view }) => `${view.title?.text ?? ''}\n${wordsOf(view.blocks)}`);
    const top = (): OpenView | undefined =>
      this.view !== undefined && fits(this.view) ? this.view : undefined;
    return this.wait(top, timeoutMs, () => `a modal of ${this.person.name} (${describeMatch(match)})`);
  }

  waitForHome(match?: Match<View>, timeoutMs = WAIT_MS): Promise<View> {
    const fits = matcher<View>(match, view => wordsOf(view.blocks));
    const shown = (): View | undefined =>
      this.home !== undefined && fits(this.home) ? this.home : undefined;
    return this.wait(shown, timeoutMs, () => `the home tab of ${this.person.name} (${describeMatch(match)})`);
  }

  private wait<T>(find: () => T | undefined, timeoutMs: number, describe: () => string): Promise<T> {
    return waitFor(find, listener => this.platform.workspace.onChange(listener), timeoutMs, describe);
  }

  private idsOf(given: string | string[]): string | string[] {
    const idOf = (name: string): string => {
      const { workspace } = this.platform;
      const found = name.startsWith('@') ? workspace.personByHandle(name.slice(1)) : workspace.person(name);
      if (found === undefined && name !== '') throw new Error(`there is nobody called ${name}`);
      return found?.id ?? '';
    };
    return typeof given === 'string' ? idOf(given) : given.map(idOf);
  }
}

function objectValues(open: OpenView, blockId: string): OpenView['values'][string] {
  return { ...open.values[blockId] };
}

function listed(messages: readonly { text: string }[]): string {
  return messages.length === 0 ? 'none' : messages.map(({ text }) => JSON.stringify(text)).join(', ');
}
