// `/shoutout last`: the latest one, while it can be changed with Edit and Undo.
import type { Workspace } from '../../model.js';
import { changeRefusal } from '../../recognition/rules/changes.js';
import { lastShoutout } from '../../recognition/shoutouts/find.js';
import type { Bot } from '../bot.js';
import * as answers from '../messages/answers.js';
import type { Message } from '../messages/parts.js';
import { agoWords } from '../time.js';

/** The giver's latest shout-out, in words. */
export async function lastMessage(bot: Bot, workspace: Workspace, giverSlackId: string): Promise<Message> {
  const shoutout = await lastShoutout(bot.db, workspace, giverSlackId);
  if (!shoutout) return answers.noneYet(bot.commands);
  const now = bot.now();
  return answers.last(shoutout, {
    changeable: changeRefusal(shoutout, giverSlackId, 'edit', now) === null,
    ago: agoWords(shoutout.givenAt, now),
  });
}
