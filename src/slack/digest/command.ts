// `/recognition digest …`: what keepers do with the weekly digest.
import type { WebClient } from '@slack/web-api';
import type { Member, Workspace } from '../../model.js';
import {
  type DigestOutcome,
  pauseDigest,
  postDigestNow,
  previewDigest,
  resumeDigest,
  skipDigest,
} from '../../recognition/digests/commands.js';
import { digestContents } from '../../recognition/digests/contents.js';
import type { Bot } from '../bot.js';
import { lookUpChannel, lookUpNow } from '../lookup.js';
import { digestMessages } from '../messages/digest.js';
import * as answers from '../messages/digest-answers.js';
import { digestHelp, notUnderstood } from '../messages/help.js';
import type { Message } from '../messages/parts.js';
import { lookUpAudience } from './audience.js';

/**
 * The answer to what was typed after `digest`. Slack is asked anew who the person is. The preview of a digest for a private
 * channel is for its members.
 */
export async function digestMessage(
  bot: Bot,
  { client, workspace, memberSlackId }: { client: WebClient; workspace: Workspace; memberSlackId: string },
  typed: string,
): Promise<Message> {
  const { db, commands } = bot;
  const now = bot.now();
  const [word = '', day = ''] = typed.trim().split(/\s+/);
  const deed = word.toLowerCase();
  if (!isKnown(deed)) {
    const list = digestHelp(commands);
    return word === '' || deed === 'help' ? list : notUnderstood(`digest ${typed.trim()}`, list);
  }
  const by = await lookUpNow({ db, client, workspace }, memberSlackId, now);
  const outcome = await deeds[deed]({ bot, workspace, by, day }, now);
  if (outcome.kind === 'refused')
    return answers.refused(outcome.reason, outcome, { commands, workspace, now });
  const { outlook } = outcome;
  if (deed === 'now') void bot.outbox.sendDue();
  if (deed !== 'preview') return answers.done(deed, outlook, commands, now);
  const choice = { kind: 'preview' as const, channelSlackId: outlook.channelSlackId ?? '' };
  const audience = await lookUpAudience({ db, client, workspace }, choice, now);
  const facts = await lookUpChannel(client, workspace, choice.channelSlackId, now);
  // What only that channel may read is not for a keeper who is not in it. Where Slack does not say, nobody is.
  const isReader = facts?.isPrivate === false || audience.channelMemberIds?.includes(memberSlackId) === true;
  if (!isReader) return answers.previewNotForYou(outlook, commands, now);
  const contents = await digestContents(db, workspace, { ...choice, ...audience }, now);
  const { main, thread } = digestMessages(contents, { preview: true, site: workspace, team: null });
  return answers.preview(main, thread.length, outlook, commands, now);
}

type Deed = answers.DigestDeed | 'preview';
interface Asked {
  bot: Bot;
  workspace: Workspace;
  by: Member;
  /** What was typed after the word. */
  day: string;
}

const deeds: Record<Deed, (asked: Asked, now: Date) => Promise<DigestOutcome>> = {
  preview: ({ bot, workspace, by }, now) => previewDigest(bot.db, workspace, { by }, now),
  now: ({ bot, workspace, by }, now) => postDigestNow(bot.db, workspace, { by }, now),
  pause: ({ bot, workspace, by }, now) => pauseDigest(bot.db, workspace, { by }, now),
  resume: ({ bot, workspace, by }, now) => resumeDigest(bot.db, workspace, { by }, now),
  skip: ({ bot, workspace, by, day }, now) => skipDigest(bot.db, workspace, { by, day }, now),
};

function isKnown(word: string): word is Deed {
  return Object.hasOwn(deeds, word);
}
