// Composes the copies of a digest.
import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import { digestContents } from '../../recognition/digests/contents.js';
import { type DigestContext, replyNumber } from '../../recognition/digests/posts.js';
import { zoneOf } from '../../recognition/digests/schedule.js';
import type { PostAction } from '../../recognition/posts.js';
import type { Db } from '../../store/db.js';
import { lookUpAudience } from '../digest/audience.js';
import { digestMessages } from '../messages/digest.js';
import * as notices from '../messages/digest-notices.js';
import * as words from '../messages/digest-words.js';
import type { Message } from '../messages/parts.js';

/** A copy with what it is to show; null: there is nothing left that it could show. */
export interface Draft {
  context: DigestContext;
  message: Message | null;
}

/** Composes a copy from what holds now, before anybody claims it: what fails here has certainly not been sent. */
export async function draftDigest(
  { db, client, workspace }: { db: Db; client: WebClient; workspace: Workspace },
  { context, action }: { context: DigestContext; action: PostAction },
  now: Date,
): Promise<Draft> {
  const { post, digest, about, settings } = context;
  if (action === 'delete' || action === 'forget') return { context, message: null };
  switch (post.kind) {
    case 'digest':
    case 'digestReply': {
      const choice = {
        kind: 'digest' as const,
        digestId: digest.id,
        channelSlackId: post.postedChannelId ?? post.target,
      };
      const audience = await lookUpAudience({ db, client, workspace }, choice, now);
      const contents = await digestContents(db, workspace, { ...choice, ...audience }, now);
      const { main, thread } = digestMessages(contents, {
        preview: false,
        site: workspace,
        team: context.team?.name ?? null,
      });
      const message = post.kind === 'digest' ? main : (thread[replyNumber(post) - 1] ?? null);
      return { context: { ...context, replies: thread.length }, message };
    }
    case 'invitation':
      return { context, message: words.invitation(digest.invitedAt ?? now, zoneOf(settings)) };
    case 'idea':
      return { context, message: words.idea(digest) };
    case 'question':
      return { context, message: about && notices.question(about) };
    case 'notice':
      return { context, message: about && notices.notice(about, workspace) };
    default:
      throw new Error(`A digest has no ${post.kind}.`);
  }
}
