// The local Slack's face: every public type of it, and `startLocalSlack`, which puts its parts together.

import { assemble } from './assemble.js';
import type { Membership } from './membership.js';
import type {
  ApiCall,
  Channel,
  Delivery,
  Ephemeral,
  JsonObject,
  Message,
  OpenView,
  Person,
  View,
  World,
} from './things.js';

export type {
  ApiCall,
  Channel,
  Delivery,
  DeliveryAttempt,
  Ephemeral,
  JsonObject,
  Message,
  OpenView,
  Person,
  SharedFile,
  UserGroup,
  View,
  World,
} from './things.js';

/** What a payload's way to the bot came to. */
export interface Outcome {
  /** It reached a connected bot (a socket was open, or the HTTP request got an answer). */
  delivered: boolean;
  acknowledged: boolean;
  /** What Slack would tell the person: `operation_timeout`, `dispatch_failed`, `invalid_command_response`, ... */
  failure?: string;
  /** HTTP deliveries only. */
  httpStatus?: number;
  delivery: Delivery;
}

/** A command's outcome; resolves when acknowledged, or after Slack's 3 s. */
export interface CommandResult extends Outcome {
  /** The acknowledgement's message, when it carried one (an in-channel answer is in the channel instead). */
  response?: Ephemeral;
}

/** A click's, reaction's or shortcut's outcome. */
export type ClickResult = Outcome;

/** A submission's outcome. */
export interface SubmitResult extends Outcome {
  /** The whole stack of modals was closed, or this one with another below it. */
  closed: boolean;
  /** Words per block id; also those the client itself puts on an empty required field (then `delivered` is false). */
  errors?: Record<string, string>;
  /** The view now shown instead (response_action `update` or `push`). */
  updated?: View;
}

/** Words to look for, or a test of one's own. Words are looked for in the text and in everything the blocks show. */
export type Match<T> = string | RegExp | ((candidate: T) => boolean);

/** What a click needs to know beside the action id. */
export interface Choice {
  /** Tells elements with one action id apart. */
  blockId?: string;
  /** A button's value (only to tell buttons apart); otherwise what is chosen or typed: option values, ids, a date, a text. */
  value?: string | string[];
}

/** Where the thing that is clicked is. */
export type ClickTarget =
  | { message: Message }
  | { ephemeral: Ephemeral }
  | { view: OpenView }
  | { home: View };

/** Acts as one person. A thing the person could not do at Slack throws an Error that says why. */
export interface Actor {
  readonly id: string;
  /**
   * Runs a slash command, the text as a person types it: `@ana`, `#craft`, `@pod-a`, addresses and `& < >` are
   * escaped as Slack does for the manifest's `should_escape`. `raw` sends the text exactly as given.
   * Where: a channel's id, `#name` or `name`, or `@handle` for the direct message with that person or with
   * the bot (`@shoutout`). Default: #general. Throws when the person is not there, or the manifest has no such command.
   */
  command(
    command: string,
    text?: string,
    where?: { channel?: string; raw?: boolean },
  ): Promise<CommandResult>;
  /** The same payload (same trigger id) once more, as Slack's or a proxy's repetition. */
  redeliver(delivery: Delivery): Promise<CommandResult>;
  /** What only this person sees now, oldest first. */
  ephemerals(channel?: string): Ephemeral[];
  click(target: ClickTarget, actionId: string, choice?: Choice): Promise<ClickResult>;
  /** The modal on top; `undefined` when none is open. */
  readonly view: OpenView | undefined;
  /** The home tab last published for this person. */
  readonly home: View | undefined;
  /** Messages that notified this person (direct messages of the bot, mentions), oldest first, deleted ones too. */
  readonly notifications: Message[];
  /** Fills the open modal: `{ blockId: { actionId: text, option value(s), id(s), date } }`. */
  fill(values: Record<string, Record<string, string | string[]>>): void;
  submit(): Promise<SubmitResult>;
  /** Two submissions of the same view at the same instant, as a double click makes them. */
  submitTwice(): Promise<[SubmitResult, SubmitResult]>;
  /** Closes the modal on top (`all`: the stack); `view_closed` goes out if the view asked for it. */
  close(options?: { all?: boolean }): Promise<void>;
  react(channel: string, ts: string, name: string): Promise<Outcome | undefined>;
  unreact(channel: string, ts: string, name: string): Promise<Outcome | undefined>;
  openHome(): Promise<Outcome | undefined>;
  messageShortcut(callbackId: string, channel: string, ts: string): Promise<Outcome>;
  globalShortcut(callbackId: string): Promise<Outcome>;
  /** Posts a message (text escaped as typed); resolves when it is there, without waiting for the bot. */
  say(channel: string, text: string, options?: { thread_ts?: string }): Message;
  waitForEphemeral(match?: Match<Ephemeral>, timeoutMs?: number): Promise<Ephemeral>;
  waitForDirectMessage(match?: Match<Message>, timeoutMs?: number): Promise<Message>;
  waitForView(match?: Match<OpenView>, timeoutMs?: number): Promise<OpenView>;
  waitForHome(match?: Match<View>, timeoutMs?: number): Promise<View>;
}

/** A channel as a test looks at it. */
export interface ChannelView extends Channel {
  /** Messages alive, oldest first, thread replies included. */
  readonly messages: Message[];
  /** The deleted ones too. */
  readonly all: Message[];
}

/** Which methods a trouble concerns: exact name, or a pattern. `response_url` is a method too. */
export type MethodMatch = string | RegExp;

/** A request held before it takes effect. */
export interface Hold {
  /** Resolves when a first request waits. */
  readonly waiting: Promise<void>;
  release(): void;
}

/** Events held before they are sent. */
export interface EventDelay {
  /** Sends them, in the order they came unless told otherwise, without waiting for one before the next. */
  release(order?: 'asTheyCame' | 'reversed'): void;
}

/** Misbehaviour on demand; `times` defaults to 1, `Infinity` lasts until `clear()`. */
export interface Trouble {
  rateLimit(method: MethodMatch, how: { retryAfter: number; times?: number }): void;
  serverError(method: MethodMatch, how?: { status?: number; times?: number }): void;
  /** `{ ok: false, error }`. */
  fail(method: MethodMatch, error: string, how?: { times?: number }): void;
  slow(method: MethodMatch, ms: number, how?: { times?: number }): void;
  /** Holds every matching request before it takes effect, until released. */
  hold(method: MethodMatch): Hold;
  /** It takes effect, then the connection is destroyed. */
  loseAnswer(method: MethodMatch, how?: { times?: number }): void;
  /** The connection is destroyed before it takes effect. */
  loseRequest(method: MethodMatch, how?: { times?: number }): void;
  /** Holds every event from now on, until released; `settled()` does not wait for them. */
  delayEvents(): EventDelay;
  /** Cuts every socket without a word. */
  dropSockets(): void;
  /** Refuses the next so many sockets (`true`: all until cleared). */
  refuseSockets(count: number | boolean): void;
  /** Slack's `disconnect` message: `warning` announces it, `refresh_requested` closes the socket soon after. */
  recycleSocket(reason?: 'warning' | 'refresh_requested'): void;
  clear(): void;
}

/** How to start it; everything has a default. */
export interface LocalSlackOptions {
  /** Default `manifest.yml` in the current directory: scopes, commands, shortcuts, events. */
  manifestPath?: string;
  /** Default 0: any free one. Binds 127.0.0.1 only. */
  port?: number;
  /** Slack's clock (timestamps, trigger expiry). Default: the system's. */
  now?: () => Date;
  /** Default `paid`. User groups are refused with `plan_upgrade_required` on `free`. */
  plan?: 'free' | 'paid';
  /** Default `null` (off): `chat.postMessage` over it, after a burst of 3, answers 429. */
  postsPerSecondPerChannel?: number | null;
  /** Default `null` (off): over it, by Slack's clock, `users.list`, `usergroups.*` and `emoji.list` each answer 429. Slack's: 20. */
  listsPerMinute?: number | null;
  /** Lists given here replace those of the default world. The bot's own person must stay among the people. */
  world?: Partial<World>;
  /** What was said before, oldest first. */
  messages?: Message[];
  /** How long the bot has to acknowledge. Default 3,000 ms, as Slack. */
  acknowledgeWithinMs?: number;
  /** Pauses before each redelivery of an event. Default Slack's: at once, 1 min, 5 min. */
  eventRetriesAfterMs?: readonly number[];
}

/** A running local Slack. */
export interface LocalSlack extends Membership {
  /** `http://127.0.0.1:PORT/api/` */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly world: Readonly<World>;
  as(userSlackId: string): Actor;
  /** By id, `name` or `#name`; throws when there is none. */
  channel(idOrName: string): ChannelView;
  /** The messages alive between the bot and that person, oldest first. */
  directMessages(userSlackId: string): Message[];
  addPerson(person: Partial<Person> & { id: string; name: string }): Person;
  addChannel(channel: Partial<Channel> & { id: string; name: string }): Channel;
  /** Changes what is known of a person or channel (deactivate, archive, rename, make private); no event tells of it. */
  changePerson(id: string, change: Partial<Omit<Person, 'id'>>): void;
  changeChannel(
    id: string,
    change: Partial<Omit<Channel, 'id' | 'kind'>> & { kind?: Exclude<Channel['kind'], 'im'> },
  ): void;
  /** Joins a person (or the bot) to a channel; `member_joined_channel` goes out as at Slack. */
  invite(channel: string, userSlackId: string): void;
  /** Takes away what only single people saw, as Slack does when they reload. */
  forgetEphemerals(): void;
  kick(channel: string, userSlackId: string): void;
  /** From now on everything is POSTed there, signed; `null` goes back to Socket Mode. */
  deliverOverHttp(url: string | null): void;
  /** Sends Slack's `url_verification` to an address; true when it echoed the challenge. */
  verifyUrl(url: string): Promise<boolean>;
  /** Open Socket Mode links. */
  readonly connections: number;
  /** After the bot's clock was moved: without a sign of life it would take the jump for a silent, broken link. */
  greetConnections(): void;
  waitForConnection(timeoutMs?: number): Promise<void>;
  /** Until exactly so many links are open. */
  waitForConnections(count: number, timeoutMs?: number): Promise<void>;
  readonly calls: readonly ApiCall[];
  readonly deliveries: readonly Delivery[];
  readonly trouble: Trouble;
  /**
   * Delivers an Events API event, with Slack's retries; resolves when acknowledged or given up. Throws for an
   * event the manifest does not subscribe to, unless `unsubscribed`.
   */
  emitEvent(event: JsonObject & { type: string }, options?: { unsubscribed?: boolean }): Promise<Outcome>;
  /** Called before a call takes effect (`received`) and when it is answered; a promise it returns is awaited. */
  onCall(listener: (call: ApiCall) => void | Promise<void>): () => void;
  /** Called when a payload is sent and whenever its attempt ends. */
  onDelivery(listener: (delivery: Delivery) => void): () => void;
  /** Called whenever anything a person could see changed. */
  onChange(listener: () => void): () => void;
  waitForMessage(channel: string, match?: Match<Message>, timeoutMs?: number): Promise<Message>;
  waitForCall(match: string | ((call: ApiCall) => boolean), timeoutMs?: number): Promise<ApiCall>;
  /** Resolves when nothing is on its way: no delivery unacknowledged, no call unanswered, for `quietMs` (default 50). */
  settled(quietMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a local Slack and resolves when it listens. Throws when the manifest cannot be read or the port is taken.
 */
export async function startLocalSlack(options: LocalSlackOptions = {}): Promise<LocalSlack> {
  return assemble(options);
}
