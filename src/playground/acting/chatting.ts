// What people do in conversations: commands, messages, reactions, shortcuts, and opening the app's home.

import { EMOJI } from '../emoji.js';
import { messageEvents, reactionEvent, sendIfSubscribed } from '../events.js';
import type { CommandResult, Outcome } from '../local-slack.js';
import { commandPayload, globalShortcut, messageShortcut } from '../payloads.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import { showAcknowledgement } from '../respond.js';
import type { Channel, Delivery, Message, Person } from '../things.js';
import { escapeTyped } from '../typing.js';
import { BOT } from '../world.js';

/** The conversation a person means: an id, a name, or `@handle` for a direct message. Throws when they are not in it. */
export function place(platform: Platform, person: Person, where: string): Channel {
  const { workspace } = platform;
  const other = where.startsWith('@') ? workspace.personByHandle(where.slice(1)) : workspace.person(where);
  if (other !== undefined) return workspace.direct(other.id, person.id);
  const channel = workspace.findChannel(where);
  if (channel === undefined) throw new Error(`there is no channel ${where}`);
  if (channel.kind !== 'public' && !channel.members.includes(person.id)) {
    throw new Error(`${person.name} is not in ${where}`);
  }
  return channel;
}

/** Runs a command: one delivery, and what its acknowledgement shows. */
export async function runCommand(
  platform: Platform,
  person: Person,
  given: { command: string; text: string; channel: string; raw: boolean },
): Promise<CommandResult> {
  if (person.deactivated) throw new Error(`${person.name} is deactivated and cannot type`);
  const known = platform.manifest.commands.get(given.command);
  if (known === undefined || !platform.manifest.botScopes.includes('commands')) {
    throw new Error(`${given.command} is not a valid command: the manifest does not have it`);
  }
  const channel = place(platform, person, given.channel);
  const escapes = known.shouldEscape && !given.raw;
  const payload = commandPayload({
    channel,
    person,
    command: given.command,
    text: escapes ? escapeTyped(given.text.trim(), platform.workspace) : given.text,
    responseUrl: platform.responseUrls.issue({ kind: 'commands', channel: channel.id, user: person.id }),
    triggerId: platform.triggers.issue(person.id),
  });
  return deliverCommand(platform, { kind: 'slash_commands', payload, attempts: [] });
}

/** Sends a command's payload, or sends one again, and shows its acknowledgement. */
export async function deliverCommand(platform: Platform, delivery: Delivery): Promise<CommandResult> {
  const { payload } = delivery;
  const where = { channel: String(payload.channel_id), user: String(payload.user_id) };
  const outcome = await platform.courier.send('slash_commands', payload);
  let failure = outcome.failure;
  if (outcome.acknowledged) {
    try {
      const response = showAcknowledgement(platform, where, outcome.delivery.acknowledgement?.body);
      return response === undefined ? outcome : { ...outcome, response };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const why = Array.isArray(error.more.errors) ? `: ${error.more.errors.join('; ')}` : '';
      failure = `${error.code}${why}`;
    }
  }
  const text = `${String(payload.command)} failed with the error "${failure}"`;
  platform.workspace.whisper(where.channel, where.user, { text }, 'slack');
  return { ...outcome, acknowledged: false, failure: failure ?? 'dispatch_failed' };
}

/** Posts a message as a person types it. */
export function say(
  platform: Platform,
  person: Person,
  where: string,
  text: string,
  threadTs?: string,
): Message {
  const channel = place(platform, person, where);
  if (person.deactivated) throw new Error(`${person.name} is deactivated and cannot type`);
  if (!channel.members.includes(person.id)) throw new Error(`${person.name} is not in #${channel.name}`);
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  // Mentions in messages are kept without their label.
  const escaped = escapeTyped(text, platform.workspace).replace(/<@(\w+)\|[^>]*>/g, '<@$1>');
  const message = platform.workspace.post(channel.id, person.id, {
    text: escaped,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
  messageEvents(platform, channel, message);
  return message;
}

/** Adds or takes back a reaction; the event goes out where the bot is in the channel and subscribed. */
export async function react(
  platform: Platform,
  person: Person,
  given: { channel: string; ts: string; name: string; remove: boolean },
): Promise<Outcome | undefined> {
  const channel = place(platform, person, given.channel);
  const message = platform.workspace.message(channel.id, given.ts);
  if (message === undefined) throw new Error('there is no such message');
  const [plain = ''] = given.name.split('::');
  if (!EMOJI.has(plain) && platform.workspace.world.emoji[plain] === undefined) {
    throw new Error(`there is no emoji :${given.name}:`);
  }
  const existing = message.reactions.find(each => each.name === given.name);
  if (given.remove !== (existing?.users.includes(person.id) ?? false)) {
    throw new Error(given.remove ? 'that reaction is not there' : 'that reaction is there already');
  }
  if (given.remove) {
    message.reactions = message.reactions
      .map(each => (each === existing ? { ...each, users: each.users.filter(id => id !== person.id) } : each))
      .filter(each => each.users.length > 0);
  } else if (existing === undefined) message.reactions.push({ name: given.name, users: [person.id] });
  else existing.users.push(person.id);
  platform.workspace.changed();
  const type = given.remove ? 'reaction_removed' : 'reaction_added';
  return reactionEvent(platform, type, { channel, message, user: person.id, reaction: given.name });
}

/** @see https://docs.slack.dev/reference/events/app_home_opened */
export async function openHome(platform: Platform, person: Person): Promise<Outcome | undefined> {
  const view = platform.workspace.homes.get(person.id);
  return sendIfSubscribed(platform, {
    type: 'app_home_opened',
    user: person.id,
    channel: platform.workspace.direct(BOT.userId, person.id).id,
    tab: 'home',
    ...(view === undefined ? {} : { view }),
    event_ts: platform.workspace.nextTs(),
  });
}

/** Uses a shortcut on a message. */
export async function runMessageShortcut(
  platform: Platform,
  person: Person,
  given: { callbackId: string; channel: string; ts: string },
): Promise<Outcome> {
  checkShortcut(platform, given.callbackId, 'message');
  const channel = place(platform, person, given.channel);
  const message = platform.workspace.message(channel.id, given.ts);
  if (message === undefined) throw new Error('there is no such message');
  return platform.courier.send(
    'interactive',
    messageShortcut({
      person,
      callbackId: given.callbackId,
      channel,
      message,
      responseUrl: platform.responseUrls.issue({ kind: 'commands', channel: channel.id, user: person.id }),
      triggerId: platform.triggers.issue(person.id),
      actionTs: platform.workspace.nextTs(),
    }),
  );
}

/** Uses a shortcut from the composer or the search. */
export async function runGlobalShortcut(
  platform: Platform,
  person: Person,
  callbackId: string,
): Promise<Outcome> {
  checkShortcut(platform, callbackId, 'global');
  return platform.courier.send(
    'interactive',
    globalShortcut({
      person,
      callbackId,
      triggerId: platform.triggers.issue(person.id),
      actionTs: platform.workspace.nextTs(),
    }),
  );
}

function checkShortcut(platform: Platform, callbackId: string, type: 'global' | 'message'): void {
  if (platform.manifest.shortcuts.get(callbackId) !== type || !platform.manifest.interactivity) {
    throw new Error(`the manifest has no ${type} shortcut "${callbackId}"`);
  }
}
