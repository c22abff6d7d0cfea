// Composes a planned post and calls Slack with it.
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Post, Workspace } from '../../model.js';
import type { PostAction, PostContext, PostResult } from '../../recognition/posts.js';
import { aboutUrl, messageUrl } from '../links.js';
import { announcement } from '../messages/announcement.js';
import { direct } from '../messages/direct.js';
import * as notices from '../messages/notices.js';
import type { Message } from '../messages/parts.js';
import { resultOf } from './results.js';

export async function perform(
  client: WebClient,
  workspace: Workspace,
  context: PostContext,
  action: PostAction,
): Promise<PostResult> {
  const { post } = context;
  const channel = post.postedChannelId ?? post.target;
  try {
    switch (action) {
      case 'post': {
        const answer = await postMessage(client, { ...compose(context, workspace), channel });
        if (!answer.ts || !answer.channel) return { kind: 'uncertain', reason: 'answer_without_ts' };
        return { kind: 'posted', channelId: answer.channel, ts: answer.ts };
      }
      case 'update':
        await client.chat.update({ ...compose(context, workspace), channel, ts: post.postedTs ?? '' });
        return { kind: 'updated' };
      case 'delete':
        await client.chat.delete({ channel, ts: post.postedTs ?? '' });
        return { kind: 'deleted' };
      case 'ask':
        return { kind: 'uncertain', reason: 'interrupted' };
      case 'forget':
      case 'nothing':
        return { kind: 'deleted' };
    }
  } catch (error) {
    return resultOf(error, action);
  }
}

/** Where Slack dislikes a block (an address, an emoji), the text alone has it all; a refusal says that nothing was posted. */
async function postMessage(client: WebClient, { text, blocks, channel }: Message & { channel: string }) {
  const plainly = { channel, text, unfurl_links: false, unfurl_media: false };
  try {
    return await client.chat.postMessage({ ...plainly, blocks });
  } catch (error) {
    const isAboutBlocks =
      error instanceof WebAPIPlatformError && error.data.error.startsWith('invalid_blocks');
    if (!isAboutBlocks) throw error;
    return await client.chat.postMessage(plainly);
  }
}

function compose(context: PostContext, workspace: Workspace): Message {
  const { post, shoutout, about } = context;
  const announced = context.announcement;
  switch (post.kind) {
    case 'announcement':
      return announcement(shoutout, aboutUrl(workspace, shoutout, post.target));
    case 'direct': {
      const reader = shoutout.recipients.find(one => one.id === post.memberId);
      return direct(shoutout, present(reader), {
        announcedAt: announced && linkTo(announced, workspace),
        aboutUrl: aboutUrl(workspace, shoutout, null),
        introduces: context.introduces === true,
      });
    }
    case 'question':
      return notices.question(shoutout, present(about));
    case 'notice':
      return notices.notice(shoutout, present(about), {
        botName: workspace.botName,
        reader: { id: present(post.memberId) },
      });
    case 'removal':
      return notices.removal(shoutout, announced);
    case 'keptPrivate':
      return notices.keptPrivate(shoutout, present(context.by));
    case 'report': {
      const place = announced && linkTo(announced, workspace);
      return notices.report(present(context.report), place?.url ?? null);
    }
  }
}

/** What a post of its kind always has. */
function present<T>(part: T | null | undefined): T {
  if (!part) throw new Error('A post lacks what it tells of.');
  return part;
}

/** Where an announcement stands; null while it does not. */
function linkTo(announcement: Post, workspace: Workspace): { channelSlackId: string; url: string } | null {
  const { postedChannelId, postedTs, state } = announcement;
  if (!postedChannelId || !postedTs || state === 'gone') return null;
  const pointer = { channelSlackId: postedChannelId, ts: postedTs, threadTs: null };
  return { channelSlackId: postedChannelId, url: messageUrl(workspace, pointer) };
}
