// Addresses of messages at Slack, built rather than asked for: asking fails where the bot cannot look.
import type { MessagePointer, Shoutout, Workspace } from '../model.js';

/** @see https://docs.slack.dev/reference/methods/chat.getPermalink */
export function messageUrl(
  { url }: Pick<Workspace, 'url'>,
  { channelSlackId, ts, threadTs }: MessagePointer,
): string {
  const message = `${url}archives/${channelSlackId}/p${ts.replace('.', '')}`;
  return threadTs && threadTs !== ts ? `${message}?thread_ts=${threadTs}&cid=${channelSlackId}` : message;
}

/**
 * Where the message is that a shout-out is about, for those who read it in `shownIn`; null: nowhere, or none of their business.
 * @param shownIn - a channel's Slack id; null: for giver and recipients only
 */
export function aboutUrl(
  workspace: Pick<Workspace, 'url'>,
  { about, isPlacePrivate }: Shoutout,
  shownIn: string | null,
): string | null {
  if (!about) return null;
  const isSecret = isPlacePrivate && shownIn !== null && shownIn !== about.channelSlackId;
  return isSecret ? null : messageUrl(workspace, about);
}
