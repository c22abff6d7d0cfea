// Does what `npm run check` is asked: whether tallies and records agree on a live database, and what else should always be true.
import { parseArgs } from 'node:util';
import { ConfigError, readDatabaseUrl } from '../config.js';
import type { Workspace } from '../model.js';
import {
  countGiven,
  findNextGiven,
  listStrayPosts,
  listTangledStays,
  listThankless,
  rewriteTallies,
} from '../store/checks.js';
import { type Db, openDb } from '../store/db.js';
import { explainDatabaseError, whyNotReady } from '../store/explain.js';
import { MigrationError } from '../store/migrate.js';
import { listMistallied, listStrayStrokes } from '../store/tallies.js';
import { listWorkspaces } from '../store/workspaces.js';

const usage = `npm run check                 says whether tallies and records agree, and what else is wrong
npm run check -- --rebuild    also writes anew the tallies that differ`;

/** A running bot holds the database for moments only. */
const patienceMs = 10_000;
const dayMs = 86_400_000;
/** So many are named, the others counted. */
const named = 20;
/** So many are written anew in one transaction: short enough for a bot that runs. */
const together = 50;

/** What the command is given, and where its words go. */
export interface Console {
  args: string[];
  env: Record<string, string | undefined>;
  /** One or more lines. */
  say(words: string): void;
  complain(words: string): void;
}

/** Something that is not as it should be: a line for each, and what to do about them. */
interface Trouble {
  lines: string[];
  mend: string;
}

/**
 * Looks at every workspace of the database.
 * @returns the exit code: 0 where all is well at the end, else 1
 */
export async function runCheck(console: Console): Promise<0 | 1> {
  let databaseUrl: string | null = null;
  try {
    const isRebuild = readArguments(console.args);
    if (isRebuild === null) {
      console.complain(usage);
      return 1;
    }
    databaseUrl = readDatabaseUrl(console.env);
    const unready = await whyNotReady(databaseUrl, patienceMs);
    if (unready !== null) {
      console.complain(unready);
      return 1;
    }
    const db = await openDb(databaseUrl, { patienceMs });
    try {
      let isWell = true;
      for (const workspace of await listWorkspaces(db)) {
        isWell = (await checkWorkspace({ console, db, workspace, isRebuild })) && isWell;
      }
      console.say(isWell ? 'All is well.' : 'Not all is well.');
      return isWell ? 0 : 1;
    } finally {
      await db.close();
    }
  } catch (error) {
    console.complain(wordsOf(error, databaseUrl));
    return 1;
  }
}

/** Whether to write anew what differs; null: something else was asked. */
function readArguments(args: string[]): boolean | null {
  try {
    return parseArgs({ args, options: { rebuild: { type: 'boolean', default: false } } }).values.rebuild;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}

/** @throws the error itself where it is none that whoever asks can mend. */
function wordsOf(error: unknown, databaseUrl: string | null): string {
  if (error instanceof ConfigError || error instanceof MigrationError) return error.message;
  const trouble = databaseUrl === null ? null : explainDatabaseError(error, databaseUrl);
  if (trouble) return `${trouble.what} ${trouble.mend}`;
  throw error;
}

interface Task {
  console: Console;
  db: Db;
  workspace: Workspace;
  isRebuild: boolean;
}

/** Whether nothing is wrong, or nothing is any more. */
async function checkWorkspace(task: Task): Promise<boolean> {
  const { console, db, workspace } = task;
  const { count, mistallied, thankless } = await checkDays(task);
  console.say(
    `${workspace.slackId}: ${count} ${count === 1 ? 'shout-out' : 'shout-outs'}, ${agreeing(mistallied, task)}`,
  );
  const differing = mistallied.filter(one => !one.isMended);
  const stays = await listTangledStays(db, workspace.id);
  const troubles: Trouble[] = [
    {
      lines: differing.map(
        ({ id, day }) =>
          `The tallies of shout-out ${id}, ${day ? `given on ${day}` : 'which is not there'}, differ from what was recorded.`,
      ),
      mend: 'Write them anew: npm run check -- --rebuild',
    },
    {
      lines: thankless.map(({ id, day }) => `Shout-out ${id}, given on ${day}, thanks nobody.`),
      mend: 'Its giver, or an admin, can take it back.',
    },
    {
      lines: (await listStrayPosts(db, workspace.id)).map(id => `Message ${id} tells of nothing.`),
      mend: 'Nothing is posted for these. Please report it.',
    },
    {
      lines: stays.map(({ teamId, memberId }) => `Member ${memberId} is in team ${teamId} twice at a time.`),
      mend: 'What they received counts twice for that team. Please report it.',
    },
  ];
  for (const { lines, mend } of troubles.filter(one => one.lines.length > 0)) {
    const more = lines.length > named ? [`and ${lines.length - named} more`] : [];
    console.say(
      [...lines.slice(0, named), ...more]
        .map(line => `- ${line}`)
        .concat(`  ${mend}`)
        .join('\n'),
    );
  }
  return troubles.every(one => one.lines.length === 0);
}

function agreeing(mistallied: Found[], { isRebuild }: Task): string {
  if (mistallied.length === 0) return 'and their tallies agree with what was recorded.';
  const mended = mistallied.filter(one => one.isMended).length;
  return isRebuild
    ? `and the tallies of ${mended} were written anew.`
    : `and the tallies of ${mistallied.length} differ from what was recorded.`;
}

/** A shout-out, and the day in UTC on which it was given; null: it is not there. */
interface Found {
  id: string;
  day: string | null;
  isMended: boolean;
}

/** A day at a time, so that nothing is read or held for long; days without a shout-out are passed over. */
async function checkDays(task: Task) {
  const { db, workspace } = task;
  let count = 0;
  const mistallied: Found[] = [];
  const thankless: { id: string; day: string }[] = [];
  let next = await findNextGiven(db, workspace.id, new Date(0));
  while (next) {
    const from = new Date(Math.floor(next.getTime() / dayMs) * dayMs);
    const span = { from, to: new Date(from.getTime() + dayMs) };
    const day = from.toISOString().slice(0, 10);
    count += await countGiven(db, workspace.id, span);
    thankless.push(...(await listThankless(db, workspace.id, span)).map(id => ({ id, day })));
    const list = () => listMistallied(db, workspace.id, span);
    mistallied.push(...(await mended(task, list)).map(one => ({ ...one, day })));
    next = await findNextGiven(db, workspace.id, span.to);
  }
  const strays = await mended(task, () => listStrayStrokes(db, workspace.id));
  mistallied.push(...strays.map(one => ({ ...one, day: null })));
  return { count, mistallied, thankless };
}

/** What `list` finds to differ, written anew where that is asked. */
async function mended({ db, workspace, isRebuild }: Task, list: () => Promise<string[]>) {
  const ids = await list();
  if (!isRebuild || ids.length === 0) return ids.map(id => ({ id, isMended: false }));
  for (let at = 0; at < ids.length; at += together) {
    await rewriteTallies(db, workspace.id, ids.slice(at, at + together));
  }
  const left = new Set(await list());
  return ids.map(id => ({ id, isMended: !left.has(id) }));
}
