// Composes a digest: reads the week without its words, chooses and orders, then reads the words of what is told.
import type { Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listOtherChannels } from '../../store/digest-facts.js';
import { quietValue } from './around.js';
import type { DigestAudience, DigestChoice, DigestContents, DigestPage } from './digest.js';
import { entriesOf, groupsOf, reactionsOf } from './entries.js';
import { paged, place } from './order.js';
import { afterSettling } from './reached.js';
import { countsOf, readWeek, scopeOf } from './week.js';

/** Under so many the digest is just those. */
const fewestForAll = 5;
const mostRecipientsNamed = 6;
const mostReactionValues = 10;
const mostReactionNames = 12;
/** Of a page behind "Show all", which has more room. */
const entriesPerPage = 25;
const mostRecipientsOnPage = 60;
const reactionNamesPerPage = 500;

/**
 * What the digest says.
 *
 * Preferences are read now: whoever has chosen anything but `everywhere` is neither named as thanked nor as a giver.
 * Everything else is as of the moment when the digest was claimed (a preview: `now`), so that composing it again, after
 * an edit or an undo, changes only what has to change. An empty one has `counts.recorded` 0.
 *
 * It reads in pages, so that a large week holds up nothing else for long; `npm run bench` says what it takes.
 *
 * @param choice - which, and who reads it
 * @throws when the workspace has no such digest
 */
export async function digestContents(
  db: Db,
  workspace: Workspace,
  choice: DigestChoice & DigestAudience,
  now: Date,
): Promise<DigestContents> {
  const read = await readWeek(db, workspace, choice, now);
  if (!read) throw new Error('There is no such digest.');
  const { scope, week, facts, tallies, told, reactions, values } = read;
  const { here, thread, behind } = place(told);
  const counts = countsOf(read, { here, thread, behind });
  const isSmall = counts.recorded < fewestForAll;
  const shownReactions = reactions.slice(0, mostReactionValues);
  const entries = await entriesOf(db, read, [...here, ...thread.flat()], mostRecipientsNamed);
  return {
    week,
    digestId: scope.digestId,
    counts,
    isSmall,
    tallies: isSmall ? [] : tallies,
    groups: groupsOf(here, values, entries),
    thread: thread.map(part => groupsOf(part, values, entries)),
    reactions: await reactionsOf(db, read, shownReactions, mostReactionNames),
    moreReactionValues: reactions.length - shownReactions.length,
    ...(isSmall || facts.length === 0
      ? { firsts: { gave: [], thanked: [] }, coverage: null, quietValue: null }
      : {
          ...(await afterSettling(db, read, choice.channelMemberIds)),
          quietValue: quietValue(
            values.filter(value => !value.isRetired),
            tallies,
            week,
          ),
        }),
  };
}

/** One page of all that the digest tells; beyond the last page, the last one. Null: the workspace has no such digest. */
export async function digestPage(
  db: Db,
  workspace: Workspace,
  {
    digestId,
    page,
    ...audience
  }: { digestId: string; page: number } & Omit<DigestAudience, 'channelMemberIds'>,
  now: Date,
): Promise<DigestPage | null> {
  const choice = { kind: 'digest' as const, digestId, channelMemberIds: null, ...audience };
  const read = await readWeek(db, workspace, choice, now);
  if (!read) return null;
  const pages = paged(read.told, entriesPerPage);
  const all = Math.max(1, pages.length);
  const shown = Math.min(Math.max(page, 0), all - 1);
  const part = pages[shown] ?? [];
  const entries = await entriesOf(db, read, part, mostRecipientsOnPage);
  const { here, thread, behind } = place(read.told);
  const room = Math.floor(reactionNamesPerPage / Math.max(1, read.reactions.length));
  return {
    week: read.week,
    digestId,
    page: shown,
    pages: all,
    counts: countsOf(read, { here, thread, behind }),
    groups: groupsOf(part, read.values, entries),
    reactions: shown === all - 1 ? await reactionsOf(db, read, read.reactions, room) : [],
  };
}

/** The channels that an edge has to ask Slack about before it composes: which of them are public decides what may be told. */
export async function channelsToLookUp(
  db: Db,
  workspace: Workspace,
  { channelSlackId, limit, ...choice }: DigestChoice & { channelSlackId: string; limit: number },
): Promise<string[]> {
  return listOtherChannels(db, await scopeOf(db, workspace, choice), { channelSlackId, limit });
}
