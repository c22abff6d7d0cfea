// The answers to `/recognition digest …`: each says when the next digest comes.
import type { Commands } from '../../config.js';
import type { Post, Workspace } from '../../model.js';
import type { DigestOutlook, DigestRefusal } from '../../recognition/digests/commands.js';
import { messageUrl } from '../links.js';
import { channel, escapeText, link, plain, richText, section } from '../text.js';
import { momentWords } from '../time.js';
import { type Message, said } from './parts.js';

/** What was done by a command that changes something. */
export type DigestDeed = 'now' | 'pause' | 'resume' | 'skip';

/** How many blocks Slack takes in a message. @see https://docs.slack.dev/reference/block-kit/blocks */
const mostBlocks = 50;

/** After a command did what it was for. */
export function done(deed: DigestDeed, outlook: DigestOutlook, commands: Commands, now: Date): Message {
  const { channelSlackId } = outlook;
  const next = nextWords(outlook, commands, now);
  if (deed === 'now' && channelSlackId) {
    return {
      text: escapeText(`The digest is on its way to its channel. ${next}`),
      blocks: [
        richText(section(plain('The digest is on its way to '), channel(channelSlackId), plain(`. ${next}`))),
      ],
    };
  }
  const words = {
    now: 'The digest is on its way.',
    pause: `The digest is paused: nothing is posted until somebody types ${commands.recognition} digest resume. What is given meanwhile is told then.`,
    resume: 'The digest goes on.',
    skip: 'That week has no digest. What is given in it is told with the next one.',
  };
  return said(deed === 'pause' ? words.pause : `${words[deed]} ${next}`);
}

/** What the next digest would say, and when it comes. @param replies - how many messages its thread would have */
export function preview(
  main: Message,
  replies: number,
  outlook: DigestOutlook,
  commands: Commands,
  now: Date,
): Message {
  const thread =
    replies === 0
      ? ''
      : `${replies === 1 ? 'One more message' : `${replies} more messages`} would follow in its thread. `;
  const next = `${thread}${nextWords(outlook, commands, now)}`;
  return {
    text: `${main.text}\n${escapeText(next)}`,
    blocks: [...main.blocks.slice(0, mostBlocks - 1), richText(section(plain(next)))],
  };
}

/** To a keeper whom Slack does not list in the private channel that the digest goes to. The channel is not named. */
export function previewNotForYou(outlook: DigestOutlook, commands: Commands, now: Date): Message {
  return said(
    `The digest goes to a private channel, and Slack does not say that you are in it, so I keep the preview to those who are. Somebody there can invite you. ${nextWords(outlook, commands, now)}`,
  );
}

/** Why a command did nothing, and what to do. @param told - where this week's digest is */
export function refused(
  reason: DigestRefusal,
  { outlook, told }: { outlook: DigestOutlook; told: Post | null },
  { commands, workspace, now }: { commands: Commands; workspace: Workspace; now: Date },
): Message {
  const next = nextWords(outlook, commands, now);
  const { recognition } = commands;
  switch (reason) {
    case 'notKeeper':
      return said(
        `Only those who look after me here, and workspace admins, have a say in the digest. ${next}`,
      );
    case 'noChannel':
      return said(
        'No channel has been chosen for the digest, so none is posted. A workspace admin chooses it.',
      );
    case 'nothingToTell':
      return said(`There is nothing to tell yet: no shout-out since the last digest. ${next}`);
    case 'noSuchDay':
      return said(`I need a day, such as ${recognition} digest skip ${dayIn(outlook, now)}. ${next}`);
    case 'pastDay':
      return said(`That week is over. ${next}`);
    case 'alreadyTold':
      return alreadyTold(told, next, workspace);
  }
}

function alreadyTold(told: Post | null, next: string, workspace: Workspace): Message {
  const { postedTs = null, postedChannelId = null } = told ?? {};
  if (!postedTs || !postedChannelId) {
    const isUncertain = told?.state === 'uncertain';
    return said(
      isUncertain
        ? `That week's digest was sent, and Slack did not say whether it arrived: I asked those who look after me. ${next}`
        : `That week's digest has been taken care of already. ${next}`,
    );
  }
  const url = messageUrl(workspace, { channelSlackId: postedChannelId, ts: postedTs, threadTs: null });
  const start = "That week's digest has been posted already";
  return {
    text: escapeText(`${start}. ${next}`),
    blocks: [richText(section(plain(`${start}: `), link(url, 'see it there'), plain(`. ${next}`)))],
  };
}

/** When the next one comes, or why none does. */
export function nextWords(
  { nextAt, timeZone, isOn, channelSlackId }: DigestOutlook,
  { recognition }: Commands,
  now: Date,
): string {
  if (!isOn) return `The digest is paused: ${recognition} digest resume lets it go on.`;
  if (!channelSlackId) return 'No channel has been chosen for it yet: a workspace admin does that.';
  if (!nextAt) return 'No digest is planned.';
  if (nextAt <= now) return 'The next one comes within a minute.';
  return `The next one comes on ${momentWords(nextAt, timeZone, now)}.`;
}

/** The next digest's day, as it is typed. */
function dayIn({ nextAt, timeZone }: DigestOutlook, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(nextAt ?? now);
}
