// Brings what a file says into a workspace, or says everything that is wrong with it.
import type { Workspace } from '../model.js';
import { applySnapshot, type Snapshot } from '../recognition/snapshots.js';
import { emojiName } from '../slack/emoji.js';
import type { Db } from '../store/db.js';
import { readJson } from './json.js';
import { type Mistake, readDocument, topNames } from './read.js';
import { changeLines, mistakeLine, mistakeOf } from './words.js';
import { documentOf } from './write.js';

export type ImportOutcome =
  /** A line each; both may be empty. */
  | { kind: 'imported'; changes: string[]; hints: string[] }
  /** Every mistake, a line each. Nothing was changed. */
  | { kind: 'refused'; mistakes: string[] };

/**
 * Chooses for the workspace what the file says, all of it or nothing; what the file leaves out stays.
 * @param file - `isTrial`: only says what would come of it
 */
export async function importSettings(
  db: Db,
  workspace: Workspace,
  { bytes, isTrial }: { bytes: Uint8Array; isTrial: boolean },
  now: Date,
): Promise<ImportOutcome> {
  const read = readJson(bytes);
  if ('mistakes' in read) return { kind: 'refused', mistakes: read.mistakes };
  const { request, mistakes } = readDocument(read.json);
  // What is wrong in the file itself does not hide what is wrong with the rest.
  const isTried = isTrial || mistakes.length > 0;
  const outcome = await applySnapshot(
    db,
    workspace,
    request,
    { canonical: emojiName, isTrial: isTried },
    now,
  );
  const found = outcome.kind === 'refused' ? outcome.faults.map(mistakeOf) : [];
  const all = [...mistakes, ...found.filter(one => !mistakes.some(known => explains(known, one)))];
  if (all.length > 0 || outcome.kind === 'refused')
    return { kind: 'refused', mistakes: inOrder(all).map(one => mistakeLine(one, read.json)) };
  const { before, after } = outcome;
  return {
    kind: 'imported',
    changes: changeLines(documentOf(before), documentOf(after)),
    hints: hintsOf(before, after),
  };
}

/** As the export writes the file, from top to bottom. */
function inOrder(mistakes: Mistake[]): Mistake[] {
  const rank = ({ path: [part] }: Mistake) => topNames.indexOf(String(part));
  const place = ({ path: [, index] }: Mistake) => (typeof index === 'number' ? index : -1);
  return [...mistakes].sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
}

/** Whether a mistake in the file is why the workspace finds this one. */
function explains(known: Mistake, found: Mistake): boolean {
  const isSame = known.path.join() === found.path.join();
  return isSame || (found.path.join() === 'keepers' && known.path[0] === 'keepers');
}

/** What cannot be seen from here. */
function hintsOf(before: Snapshot, after: Snapshot): string[] {
  const channels = ({ choices, teams }: Snapshot) => [
    choices.shoutoutChannelId,
    choices.digestChannelId,
    ...teams.map(one => one.channelSlackId),
    ...teams.map(({ roster }) => (roster.kind === 'channel' ? roster.slackId : null)),
  ];
  const isChannelNew = channels(after).some(one => one !== null && !channels(before).includes(one));
  const isViewerNew = after.viewers.some(one => !before.viewers.some(other => other.id === one.id));
  const leadsOf = ({ teams }: Snapshot) =>
    teams.flatMap(team => team.leads.map(lead => `${team.id} ${lead.id}`));
  const isLeadNew = leadsOf(after).some(one => !leadsOf(before).includes(one));
  return [
    ...(isChannelNew
      ? ['Whether Shoutout can post in a channel is for Slack to say: invite it to private ones.']
      : []),
    ...(isViewerNew
      ? ["Who may see everyone's statistics stands in everyone's Home. Tell those who are new."]
      : []),
    ...(isLeadNew
      ? [
          'Who leads a team sees the numbers of its members, and those see it when somebody looks. Tell leads who are new.',
        ]
      : []),
  ];
}
