// Composes a planned post and calls Slack with it.
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Post, Workspace } from '../../model.js';
import type { PostAction, PostContext, PostResult } from '../../recognition/posts.js';
import * as copies from '../messages/copies.js';
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

function compose({ post, shoutout, announcement, about }: PostContext, workspace: Workspace): Message {
  const { recipients } = shoutout;
  switch (post.kind) {
    case 'announcement':
      return copies.announcement(shoutout);
    case 'direct': {
      const reader = recipients.find(one => one.id === post.memberId);
      if (!reader) throw new Error('A direct message without a recipient.');
      return copies.direct(shoutout, reader, announcement && linkTo(announcement, workspace));
    }
    case 'question':
      if (!about) throw new Error('A question without the post it asks about.');
      return copies.question(shoutout, about);
    case 'notice':
      if (!about) throw new Error('A notice without the post it is about.');
      return copies.notice(shoutout, about, { botName: workspace.botName });
  }
}

/** Where an announcement stands; null while it does not. */
function linkTo(announcement: Post, workspace: Workspace): { channelSlackId: string; url: string } | null {
  const { postedChannelId, postedTs, state } = announcement;
  if (!postedChannelId || !postedTs || state === 'gone') return null;
  return {
    channelSlackId: postedChannelId,
    url: `${workspace.url}archives/${postedChannelId}/p${postedTs.replace('.', '')}`,
  };
}
