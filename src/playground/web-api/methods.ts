// The list of all Web API methods that there are, and which token each takes.

import type { Platform } from '../platform.js';
import type { JsonObject } from '../things.js';
import { BOT, TEAM } from '../world.js';
import * as chat from './chat.js';
import * as conversations from './conversations.js';
import * as files from './files.js';
import * as people from './people.js';
import * as views from './views.js';

/** One method: the token it takes, and what it does. It throws a Refusal to say no. */
export interface Method {
  token: 'bot' | 'app' | 'any';
  run(platform: Platform, args: JsonObject): JsonObject;
}

const bot = (run: Method['run']): Method => ({ token: 'bot', run });

/** By name. @see https://docs.slack.dev/reference/methods */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['api.test', { token: 'any', run: (_, args) => ({ args }) }],
  ['auth.test', bot(authTest)],
  ['apps.connections.open', { token: 'app', run: platform => ({ url: platform.sockets.issueUrl() }) }],
  ['chat.postMessage', bot(chat.postMessage)],
  ['chat.postEphemeral', bot(chat.postEphemeral)],
  ['chat.update', bot(chat.update)],
  ['chat.delete', bot(chat.remove)],
  ['chat.getPermalink', bot(chat.getPermalink)],
  ['files.getUploadURLExternal', bot(files.getUploadURLExternal)],
  ['files.completeUploadExternal', bot(files.completeUploadExternal)],
  ['views.open', bot(views.open)],
  ['views.push', bot(views.push)],
  ['views.update', bot(views.update)],
  ['views.publish', bot(views.publish)],
  ['users.info', bot(people.info)],
  ['users.list', bot(people.list)],
  ['usergroups.list', bot(people.listGroups)],
  ['usergroups.users.list', bot(people.listGroupMembers)],
  ['conversations.info', bot(conversations.info)],
  ['conversations.members', bot(conversations.members)],
  ['conversations.list', bot(conversations.list)],
  ['conversations.open', bot(conversations.open)],
  ['reactions.get', bot(conversations.reactionsOf)],
  ['emoji.list', bot(conversations.emoji)],
  ['team.info', bot(conversations.team)],
]);

/** @see https://docs.slack.dev/reference/methods/auth.test */
function authTest(): JsonObject {
  return {
    url: TEAM.url,
    team: TEAM.name,
    user: BOT.handle,
    team_id: TEAM.id,
    user_id: BOT.userId,
    bot_id: BOT.botId,
    is_enterprise_install: false,
  };
}
