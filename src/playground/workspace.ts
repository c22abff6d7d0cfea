// What Slack keeps: people, channels, messages, ephemeral messages and home tabs, and who is told when they change.

import type { Channel, Ephemeral, JsonObject, Message, Person, SharedFile, View, World } from './things.js';
import { BOT, channel as newChannel, person as newPerson } from './world.js';

/** What a message says, whoever sends it. */
export interface Content {
  text: string;
  blocks?: JsonObject[];
  metadata?: JsonObject;
  thread_ts?: string;
}

/** The state of the one team. */
export class Workspace {
  readonly messages: Message[] = [];
  /** The visible ones, oldest first. */
  readonly ephemerals: Ephemeral[] = [];
  /** Home tabs by person. */
  readonly homes = new Map<string, View>();
  private readonly listeners = new Set<() => void>();
  private lastMicros = 0;

  constructor(
    readonly world: World,
    readonly now: () => Date,
  ) {}

  /** A timestamp as Slack makes them: unique and rising, also when the clock stands still or goes back. */
  nextTs(): string {
    this.lastMicros = Math.max(this.now().getTime() * 1000, this.lastMicros + 1);
    const seconds = Math.floor(this.lastMicros / 1_000_000);
    return `${seconds}.${String(this.lastMicros % 1_000_000).padStart(6, '0')}`;
  }

  /** Calls the listener after every change that a person could see. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells everybody who listens that something changed. */
  changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  person(id: string): Person | undefined {
    return this.world.people.find(each => each.id === id);
  }

  personByHandle(handle: string): Person | undefined {
    return this.world.people.find(each => each.name === handle);
  }

  channel(id: string): Channel | undefined {
    return this.world.channels.find(each => each.id === id);
  }

  /** By id, `name` or `#name`; direct messages only by id. */
  findChannel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, '');
    return (
      this.channel(idOrName) ?? this.world.channels.find(each => each.kind !== 'im' && each.name === name)
    );
  }

  addPerson(given: Partial<Person> & { id: string; name: string }): Person {
    const added = newPerson(given);
    this.world.people.push(added);
    this.changed();
    return added;
  }

  addChannel(given: Partial<Channel> & { id: string; name: string }): Channel {
    const added = newChannel(given);
    this.world.channels.push(added);
    this.changed();
    return added;
  }

  /** The direct message between two people, opened when there is none. */
  direct(a: string, b: string): Channel {
    const found = this.world.channels.find(
      each => each.kind === 'im' && each.members.includes(a) && each.members.includes(b),
    );
    if (found !== undefined) return found;
    const other = a === BOT.userId ? b : a;
    const id = a === BOT.userId || b === BOT.userId ? `D${other.slice(1)}` : `D${a.slice(1)}${b.slice(1)}`;
    return this.addChannel({ id, name: other, kind: 'im', members: [a, b] });
  }

  /** The direct message with the bot, when there is one already. */
  directWithBot(userId: string): Channel | undefined {
    return this.world.channels.find(
      each => each.kind === 'im' && each.members.includes(userId) && each.members.includes(BOT.userId),
    );
  }

  post(channel: string, author: string, content: Content & { files?: SharedFile[] }): Message {
    const posted: Message = {
      channel,
      ts: this.nextTs(),
      user: author,
      ...(author === BOT.userId ? { bot_id: BOT.botId, app_id: BOT.appId } : {}),
      ...content,
      reactions: [],
      deleted: false,
    };
    this.messages.push(posted);
    this.changed();
    return posted;
  }

  /** A message that is alive. */
  message(channel: string, ts: string): Message | undefined {
    return this.messages.find(each => each.channel === channel && each.ts === ts && !each.deleted);
  }

  messagesIn(channel: string): Message[] {
    return this.messages.filter(each => each.channel === channel && !each.deleted);
  }

  /** Changes what is given and keeps the rest; an empty `blocks` or `metadata` removes them. */
  edit(message: Message, content: Partial<Content>): void {
    if (content.text !== undefined) message.text = content.text;
    if (content.blocks !== undefined) {
      if (content.blocks.length > 0) message.blocks = content.blocks;
      else delete message.blocks;
    }
    if (content.metadata !== undefined) {
      if (Object.keys(content.metadata).length > 0) message.metadata = content.metadata;
      else delete message.metadata;
    }
    message.edited = { user: message.user, ts: this.nextTs() };
    this.changed();
  }

  remove(message: Message): void {
    message.deleted = true;
    this.changed();
  }

  whisper(channel: string, user: string, content: Content, via: Ephemeral['via']): Ephemeral {
    const { metadata: _, ...visible } = content;
    const shown: Ephemeral = { channel, user, ts: this.nextTs(), ...visible, via, replaced: false };
    this.ephemerals.push(shown);
    this.changed();
    return shown;
  }

  /** Puts other words into an ephemeral message; it keeps its place. */
  rewrite(ephemeral: Ephemeral, content: Content): void {
    ephemeral.text = content.text;
    if (content.blocks !== undefined) ephemeral.blocks = content.blocks;
    else delete ephemeral.blocks;
    ephemeral.replaced = true;
    this.changed();
  }

  hide(ephemeral: Ephemeral): void {
    const index = this.ephemerals.indexOf(ephemeral);
    if (index >= 0) this.ephemerals.splice(index, 1);
    this.changed();
  }
}
