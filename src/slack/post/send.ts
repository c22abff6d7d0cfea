// Composes a planned post and calls Slack with it.
import type { Block } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Post, Workspace } from '../../model.js';
import { type AnyContext, isOfShoutout } from '../../recognition/outbox.js';
import type { PostAction, PostContext, PostResult } from '../../recognition/posts.js';
import { aboutUrl, messageUrl } from '../links.js';
import { announcement } from '../messages/announcement.js';
import { direct } from '../messages/direct.js';
import * as notices from '../messages/notices.js';
import type { Message } from '../messages/parts.js';
import { gathered } from '../messages/reactions.js';
import { resultOf } from './results.js';

/** @param draft - what a copy of a digest or a brief is to show; null: nothing */
export async function perform(
  client: WebClient,
  workspace: Workspace,
  context: AnyContext,
  action: PostAction,
  draft: Message | null,
): Promise<PostResult> {
  const { post } = context;
  const channel = post.postedChannelId ?? post.target;
  try {
    const message = isOfShoutout(context) ? drafted(context, action, workspace) : draft;
    switch (action) {
      case 'post': {
        if (!message) return { kind: 'deleted' };
        const answer = await postMessage(client, {
          ...message,
          channel,
          ...(post.threadTs ? { thread_ts: post.threadTs } : {}),
        });
        if (!answer.ts || !answer.channel) return { kind: 'uncertain', reason: 'answer_without_ts' };
        return { kind: 'posted', channelId: answer.channel, ts: answer.ts };
      }
      case 'update':
        if (message) {
          await updateMessage(client, { ...message, channel, ts: post.postedTs ?? '' });
          return { kind: 'updated' };
        }
        return await deleteMessage(client, { channel, ts: post.postedTs ?? '' });
      case 'delete':
        return await deleteMessage(client, { channel, ts: post.postedTs ?? '' });
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

async function deleteMessage(client: WebClient, where: { channel: string; ts: string }): Promise<PostResult> {
  try {
    await client.chat.delete(where);
    return { kind: 'deleted' };
  } catch (error) {
    return resultOf(error, 'delete');
  }
}

/** What a copy of a shout-out shows, where it is to show anything. */
function drafted(context: PostContext, action: PostAction, workspace: Workspace): Message | null {
  return action === 'post' || action === 'update' ? compose(context, workspace) : null;
}

/** Posts a message, as rich as Slack takes it. @throws what the client throws, but for dislike of blocks */
export async function postMessage(
  client: WebClient,
  { blocks, richBlocks, ...rest }: Message & { channel: string; thread_ts?: string },
) {
  const plainly = { ...rest, text: fitting(rest.text), unfurl_links: false, unfurl_media: false };
  return asRichAsAllowed({ blocks, richBlocks }, shown =>
    client.chat.postMessage(shown.length > 0 ? { ...plainly, blocks: shown } : plainly),
  );
}

async function updateMessage(
  client: WebClient,
  { blocks, richBlocks, ...rest }: Message & { channel: string; ts: string },
): Promise<void> {
  const plainly = { ...rest, text: fitting(rest.text) };
  await asRichAsAllowed({ blocks, richBlocks }, shown => client.chat.update({ ...plainly, blocks: shown }));
}

/**
 * Where Slack dislikes a block (a chart, an address, an emoji), the message goes with simpler ones, in the end with none:
 * the text alone has to do then. A refusal says that nothing was posted.
 */
async function asRichAsAllowed<T>(
  { blocks, richBlocks }: { blocks: Block[]; richBlocks: Block[] | undefined },
  call: (blocks: Block[]) => Promise<T>,
): Promise<T> {
  for (const shown of richBlocks ? [richBlocks, blocks] : [blocks]) {
    try {
      return await call(shown);
    } catch (error) {
      if (!isAboutBlocks(error)) throw error;
    }
  }
  return call([]);
}

function isAboutBlocks(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && error.data.error.startsWith('invalid_blocks');
}

/** What `chat.update` takes. @see https://docs.slack.dev/reference/methods/chat.update */
const longestText = 4000;

/** Cut where it is too long, never inside of an escaped character. */
function fitting(text: string): string {
  if (text.length <= longestText) return text;
  return `${text
    .slice(0, longestText - 10)
    .replace(/&[a-z]*$/, '')
    .toWellFormed()} …`;
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
        announcedAt: linkTo(announced, workspace),
        isAnnounced: announced?.state === 'posted' || linkTo(announced, workspace) !== null,
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
    case 'gathered':
      return gathered(context.gathered, one => aboutUrl(workspace, one, null));
    case 'removal':
      return notices.removal(shoutout, announced);
    case 'keptPrivate':
      return notices.keptPrivate(shoutout, present(context.by));
    case 'report': {
      const place = linkTo(announced, workspace);
      return notices.report(present(context.report), place?.url ?? null);
    }
    case 'digest':
    case 'digestReply':
    case 'invitation':
    case 'idea':
    case 'brief':
      throw new Error('A copy of a digest or a brief is drafted before it is claimed.');
  }
}

/** What a post of its kind always has. */
function present<T>(part: T | null | undefined): T {
  if (!part) throw new Error('A post lacks what it tells of.');
  return part;
}

/** Where an announcement stands; null while it does not. */
function linkTo(
  announcement: Post | null,
  workspace: Workspace,
): { channelSlackId: string; url: string } | null {
  if (!announcement) return null;
  const { postedChannelId, postedTs, state } = announcement;
  if (!postedChannelId || !postedTs || state === 'gone') return null;
  const pointer = { channelSlackId: postedChannelId, ts: postedTs, threadTs: null };
  return { channelSlackId: postedChannelId, url: messageUrl(workspace, pointer) };
}
