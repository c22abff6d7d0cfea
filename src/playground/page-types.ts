// What goes between the playground and its page: the state that one person sees, and what moves in it. Types only.

import type { Channel, Ephemeral, JsonObject, Message, OpenView, Person, UserGroup, View } from './things.js';

/** A command of the app, as the message box offers it. */
export interface OfferedCommand {
  command: string;
  description: string;
  usageHint: string;
}

/** A shortcut of the app, in the menu of a message or of the message box. */
export interface OfferedShortcut {
  callbackId: string;
  name: string;
  type: 'message' | 'global';
}

/** One exchange between Slack and the bot. */
export interface WireEntry {
  n: number;
  /** Milliseconds since 1970, on the playground's clock. */
  at: number;
  way: 'to the bot' | 'from the bot';
  /** A command, a payload's type, or a method. */
  what: string;
  outcome: 'waiting' | 'fine' | 'bad';
  /** The outcome in a word: `acknowledged`, `timeout`, `ok`, `ratelimited`, `answer lost`, ... */
  said: string;
  /** How long it took, once it is over. */
  tookMs: number | null;
  request: JsonObject;
  answer: unknown;
}

/** What the playground is about, whoever looks. */
export interface Situation {
  /** What the page waits for; empty when nothing. */
  waitingFor: string;
  bot: 'starting' | 'running' | 'stopped';
  /** Whether a socket is open between Slack and the bot. */
  connected: boolean;
  /** What the clock shows beyond the system's. */
  offsetMs: number;
  teamName: string;
  botUserId: string;
  homeTab: boolean;
  messagesTabReadOnly: boolean;
  commands: OfferedCommand[];
  shortcuts: OfferedShortcut[];
  /** The bot's last words, where it ended unasked. */
  botSaid: string[];
  /** The switches that are on, by their ids. */
  troubles: string[];
  /** How many times the workspace was started over. */
  startedOver: number;
  /** The history that is written in the background: how it goes, in words, and whether it can be shown. */
  history: { words: string; isOffered: boolean };
}

/** Everything by key: `situation`, `me`, `person:U1`, `channel:C1`, `group:S1`, `message:C1:ts`, `ephemeral:C1:ts`, `view`, `home`, `wire:1`. */
export interface Entries {
  situation: Situation;
  me: { id: string };
  view: { open: OpenView; depth: number };
  home: View;
  [key: `person:${string}`]: Person;
  [key: `channel:${string}`]: Channel;
  [key: `group:${string}`]: UserGroup;
  [key: `message:${string}`]: Message;
  [key: `ephemeral:${string}`]: Ephemeral;
  [key: `wire:${string}`]: WireEntry;
}

/** A change of the state: what is new or other, and what is gone. */
export interface Patch {
  set: Partial<Entries>;
  gone: string[];
}
