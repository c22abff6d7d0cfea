// The nouns of the local Slack: people, conversations, messages, views, deliveries and calls. Imports nothing.

/** Any JSON object as it goes over the wire: a block, a view, a payload. */
export type JsonObject = Record<string, unknown>;

/** A person (or bot) of the local world. */
export interface Person {
  id: string;
  /** The handle, without `@`. */
  name: string;
  realName: string;
  tz: string;
  /** The Slack team the person belongs to; another one than the world's is a stranger in a shared channel. */
  teamId: string;
  isAdmin: boolean;
  isRestricted: boolean;
  isBot: boolean;
  deactivated: boolean;
  /** Only bots have one. */
  botId?: string;
}

/** A conversation of the local world. */
export interface Channel {
  id: string;
  /** Without `#`; for a direct message the other person's id. */
  name: string;
  kind: 'public' | 'private' | 'im';
  members: string[];
  archived: boolean;
  /** Shared with another organisation (Slack Connect). */
  shared: boolean;
}

/** A user group (`@pod-a`), on paid plans only. */
export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  members: string[];
  /** Switched off: not listed any more. */
  disabled?: boolean;
}

/** Who and what there is. */
export interface World {
  people: Person[];
  channels: Channel[];
  groups: UserGroup[];
  /** Custom emoji: name to image address, or `alias:other`. */
  emoji: Record<string, string>;
}

/** A file in a message, as Slack shows it. @see https://docs.slack.dev/reference/objects/file-object */
export interface SharedFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** In bytes. */
  size: number;
  /** Where the local server has it. */
  url_private_download: string;
  permalink: string;
}

/** A message in a channel or direct message, as Slack keeps it. */
export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  /** The author: a person, or the bot's own user. */
  user: string;
  bot_id?: string;
  app_id?: string;
  text: string;
  blocks?: JsonObject[];
  metadata?: JsonObject;
  files?: SharedFile[];
  edited?: { user: string; ts: string };
  reactions: { name: string; users: string[] }[];
  deleted: boolean;
}

/** A message that one person sees and nobody else. */
export interface Ephemeral {
  channel: string;
  user: string;
  ts: string;
  thread_ts?: string;
  text: string;
  blocks?: JsonObject[];
  via: 'acknowledgement' | 'response_url' | 'chat.postEphemeral' | 'slack';
  /** True once it was replaced through a response URL. */
  replaced: boolean;
}

/** A modal or home tab as Slack keeps it and as it goes into payloads (`id`, `hash`, `blocks`, `private_metadata`, ...). */
export interface View {
  id: string;
  hash: string;
  type: 'modal' | 'home';
  callback_id: string;
  title?: { text: string };
  blocks: JsonObject[];
  private_metadata: string;
  previous_view_id: string | null;
  root_view_id: string;
  external_id: string;
  /** The rest as Slack sends it: `state`, `submit`, `close`, `clear_on_close`, `notify_on_close`, ... */
  [field: string]: unknown;
}

/** A modal the person has open: the view, what is filled in, and the faults marked on its fields. */
export interface OpenView {
  view: View;
  /** `state.values` as a submission would send it now. */
  values: Record<string, Record<string, JsonObject>>;
  /** Words under each field (by block id) after a refused submission. */
  errors: Record<string, string>;
}

/** A payload on its way to the bot. */
export interface Delivery {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  payload: JsonObject;
  attempts: DeliveryAttempt[];
  /** The body of the bot's acknowledgement; `undefined` while there is none. */
  acknowledgement?: { at: Date; body: unknown };
}

/** One try at handing a payload to the bot. */
export interface DeliveryAttempt {
  at: Date;
  over: 'socket' | 'http';
  /** 0 for the first, then Slack's retry number. */
  retry: number;
  outcome: 'waiting' | 'acknowledged' | 'timeout' | 'failed' | 'no_connection';
  httpStatus?: number;
}

/** One call that the bot made: a Web API method, or a post to a response URL (`method` is then `response_url`). */
export interface ApiCall {
  method: string;
  args: JsonObject;
  token: 'bot' | 'app' | 'none' | 'unknown';
  at: Date;
  phase: 'received' | 'answered';
  /** Whether it changed anything at Slack: false when refused or lost on its way in. */
  tookEffect: boolean;
  /** `undefined` until answered, and for good when the answer was lost. */
  answer?: { status: number; body: JsonObject };
}
