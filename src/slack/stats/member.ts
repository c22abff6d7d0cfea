// A person's page: their own, or somebody else's.
import { memberStats } from '../../recognition/stats/own.js';
import * as answers from '../messages/answers.js';
import { type Message, said } from '../messages/parts.js';
import { dayWords } from '../time.js';
import type { Asked, AskedBySomebody } from './asked.js';

/** One's own page. */
export async function ownMessage({ bot, workspace, memberSlackId }: AskedBySomebody): Promise<Message> {
  const numbers = await memberStats(bot.db, workspace, memberSlackId, bot.now());
  return answers.stats(numbers, { since: dayWords(numbers.from, numbers.timeZone) });
}

/** Somebody else's page, or words on why there is none to see. */
export async function memberMessage(_asked: Asked, _slackId: string): Promise<Message> {
  return said("You can see somebody's numbers when you lead a team they are in.");
}
