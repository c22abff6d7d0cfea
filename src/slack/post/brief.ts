// Composes the message of a lead's brief, and the question whether it is there.
import type { WebClient } from '@slack/web-api';
import type { Commands } from '../../config.js';
import type { Workspace } from '../../model.js';
import { briefContents, readBrief } from '../../recognition/briefs/contents.js';
import type { BriefContext } from '../../recognition/briefs/posts.js';
import type { PostAction } from '../../recognition/posts.js';
import type { Db } from '../../store/db.js';
import { lookUpBriefAudience } from '../brief/audience.js';
import { briefMessage, briefQuestion } from '../messages/brief.js';
import type { Message } from '../messages/parts.js';

/** From what holds now, before anybody claims it: what fails here has certainly not been sent. Null: there is nothing to show. */
export async function draftBrief(
  {
    db,
    client,
    workspace,
    commands,
  }: { db: Db; client: WebClient; workspace: Workspace; commands: Commands },
  { context, action }: { context: BriefContext; action: PostAction },
  now: Date,
): Promise<Message | null> {
  const { post, brief, about, timeZone } = context;
  if (action === 'delete' || action === 'forget') return null;
  if (post.kind === 'question') return about && briefQuestion(about);
  const reading = await readBrief(db, brief);
  const lead = { channelIds: reading.channelIds, leadSlackId: post.target };
  const audience = await lookUpBriefAudience({ client, workspace }, lead, now);
  const contents = await briefContents(db, workspace, reading, audience);
  return contents && briefMessage(contents, { site: workspace, timeZone, commands });
}
