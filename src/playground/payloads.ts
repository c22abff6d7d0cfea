// What Slack sends to an app: pure builders, each after Slack's published example.

import type { Channel, JsonObject, Message, Person, View } from './things.js';
import { BOT, TEAM } from './world.js';

/** The deprecated verification token; still in every payload. */
export const VERIFICATION_TOKEN = 'local-verification-token';

const team = { id: TEAM.id, domain: TEAM.domain };

/** The name of a channel in payloads: Slack does not tell the names of private ones and direct messages. */
export function nameInPayload(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

/** @see https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export function commandPayload(given: {
  channel: Channel;
  person: Person;
  command: string;
  text: string;
  responseUrl: string;
  triggerId: string;
}): JsonObject {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: given.channel.id,
    channel_name: nameInPayload(given.channel),
    user_id: given.person.id,
    user_name: given.person.name,
    command: given.command,
    text: given.text,
    api_app_id: BOT.appId,
    is_enterprise_install: 'false',
    response_url: given.responseUrl,
    trigger_id: given.triggerId,
  };
}

function userInPayload(person: Person): JsonObject {
  return { id: person.id, username: person.name, name: person.name, team_id: person.teamId };
}

function envelope(type: string, person: Person, triggerId?: string): JsonObject {
  return {
    type,
    user: userInPayload(person),
    api_app_id: BOT.appId,
    token: VERIFICATION_TOKEN,
    ...(triggerId === undefined ? {} : { trigger_id: triggerId }),
    team,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A message as the Web API and payloads show it. @see https://docs.slack.dev/reference/events/message */
export function messageInPayload(message: Message): JsonObject {
  return {
    type: 'message',
    user: message.user,
    ...(message.bot_id === undefined ? {} : { bot_id: message.bot_id, app_id: message.app_id }),
    text: message.text,
    team: TEAM.id,
    ts: message.ts,
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.files === undefined ? {} : { files: message.files }),
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map(each => ({ ...each, count: each.users.length })) }),
  };
}

/** @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function blockActionsInMessage(given: {
  person: Person;
  channel: Channel;
  ts: string;
  thread_ts: string | undefined;
  /** Left out for ephemeral messages, as Slack does. */
  message: Message | undefined;
  values: JsonObject;
  action: JsonObject;
  responseUrl: string;
  triggerId: string;
}): JsonObject {
  return {
    ...envelope('block_actions', given.person, given.triggerId),
    container: {
      type: 'message',
      message_ts: given.ts,
      channel_id: given.channel.id,
      is_ephemeral: given.message === undefined,
      ...(given.thread_ts === undefined ? {} : { thread_ts: given.thread_ts }),
    },
    channel: { id: given.channel.id, name: nameInPayload(given.channel) },
    ...(given.message === undefined ? {} : { message: messageInPayload(given.message) }),
    state: { values: given.values },
    response_url: given.responseUrl,
    actions: [given.action],
  };
}

/** @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function blockActionsInView(given: {
  person: Person;
  view: View;
  values: JsonObject;
  action: JsonObject;
  triggerId: string;
}): JsonObject {
  return {
    ...envelope('block_actions', given.person, given.triggerId),
    container: { type: 'view', view_id: given.view.id },
    view: { ...given.view, state: { values: given.values } },
    actions: [given.action],
  };
}

/** @see https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission */
export function viewSubmission(given: {
  person: Person;
  view: View;
  values: JsonObject;
  responseUrls: JsonObject[];
  triggerId: string;
}): JsonObject {
  return {
    ...envelope('view_submission', given.person, given.triggerId),
    view: { ...given.view, state: { values: given.values } },
    response_urls: given.responseUrls,
  };
}

/** @see https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_closed */
export function viewClosed(given: {
  person: Person;
  view: View;
  values: JsonObject;
  isCleared: boolean;
}): JsonObject {
  return {
    ...envelope('view_closed', given.person),
    view: { ...given.view, state: { values: given.values } },
    is_cleared: given.isCleared,
  };
}

/** @see https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload#message_shortcuts */
export function messageShortcut(given: {
  person: Person;
  callbackId: string;
  channel: Channel;
  message: Message;
  responseUrl: string;
  triggerId: string;
  actionTs: string;
}): JsonObject {
  return {
    ...envelope('message_action', given.person, given.triggerId),
    callback_id: given.callbackId,
    action_ts: given.actionTs,
    message_ts: given.message.ts,
    channel: { id: given.channel.id, name: nameInPayload(given.channel) },
    message: messageInPayload(given.message),
    response_url: given.responseUrl,
  };
}

/** @see https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload#global_shortcuts */
export function globalShortcut(given: {
  person: Person;
  callbackId: string;
  triggerId: string;
  actionTs: string;
}): JsonObject {
  return {
    ...envelope('shortcut', given.person, given.triggerId),
    callback_id: given.callbackId,
    action_ts: given.actionTs,
  };
}

/** @see https://docs.slack.dev/apis/events-api#event-type-structure */
export function eventCallback(event: JsonObject & { type: string }, eventId: string, now: Date): JsonObject {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    context_enterprise_id: null,
    api_app_id: BOT.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(now.getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: BOT.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  };
}
