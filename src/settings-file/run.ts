// Does what `npm run settings` is asked: a workspace's settings into a file, and out of one.
import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { ConfigError, readDatabaseUrl } from '../config.js';
import { codeOf } from '../log.js';
import type { Workspace } from '../model.js';
import { findSnapshot } from '../recognition/snapshots.js';
import { listWorkspaces } from '../recognition/workspaces.js';
import { cleanText } from '../slack/text.js';
import { type Db, openDb } from '../store/db.js';
import { explainDatabaseError, whyNotReady } from '../store/explain.js';
import { MigrationError } from '../store/migrate.js';
import { importSettings } from './import.js';
import { textOf } from './write.js';

const usage = `npm run settings -- export FILE             writes what the workspace has chosen
npm run settings -- import FILE [--check]   chooses what the file says; with --check it only says what would change
FILE can be - for the terminal. With several workspaces: --workspace T0123ABCD`;

/** A running bot holds the database for moments only. */
const patienceMs = 10_000;

/** It cannot be done, and the message says why and what to do. */
class Impossible extends Error {}

interface Asked {
  command: 'export' | 'import';
  file: string;
  isCheck: boolean;
  workspaceSlackId: string | undefined;
}

/** What the command is given, and where its words go. */
export interface Console {
  args: string[];
  env: Record<string, string | undefined>;
  stdin: NodeJS.ReadableStream;
  /** Text as it is. */
  out(text: string): void;
  /** One or more lines. */
  say(words: string): void;
  complain(words: string): void;
}

/**
 * Does what the arguments ask.
 * @returns the exit code: 0, or 1 where something is to be mended and nothing was done
 */
export async function runSettings(console: Console, now: Date): Promise<0 | 1> {
  let databaseUrl: string | null = null;
  try {
    const asked = readArguments(console.args);
    databaseUrl = readDatabaseUrl(console.env);
    const unready = await whyNotReady(databaseUrl, patienceMs);
    if (unready !== null) throw new Impossible(unready);
    const db = await openDb(databaseUrl, { patienceMs });
    try {
      const workspace = chosen(await listWorkspaces(db), asked);
      const task = { console, db, workspace, asked, now };
      await (asked.command === 'export' ? exportSettings(task) : importFile(task));
    } finally {
      await db.close();
    }
    return 0;
  } catch (error) {
    console.complain(wordsOf(error, databaseUrl));
    return 1;
  }
}

interface Task {
  console: Console;
  db: Db;
  workspace: Workspace;
  asked: Asked;
  now: Date;
}

/** @throws the error itself where it is none that whoever asks can mend. */
function wordsOf(error: unknown, databaseUrl: string | null): string {
  const isKnown = [Impossible, ConfigError, MigrationError].some(kind => error instanceof kind);
  if (isKnown && error instanceof Error) return error.message;
  const trouble = databaseUrl === null ? null : explainDatabaseError(error, databaseUrl);
  if (trouble) return `${trouble.what} ${trouble.mend}`;
  throw error;
}

function readArguments(args: string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { check: { type: 'boolean', default: false }, workspace: { type: 'string' } },
    });
    const [command, file, ...more] = positionals;
    const isKnown = command === 'export' || command === 'import';
    if (isKnown && file && more.length === 0 && !(values.check && command === 'export'))
      return { command, file, isCheck: values.check, workspaceSlackId: values.workspace };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new Impossible(usage);
}

function chosen(workspaces: Workspace[], { workspaceSlackId }: Asked): Workspace {
  const list = workspaces.map(({ slackId, name }) => `${slackId} (${cleanText(name)})`).join(', ');
  const [only] = workspaces;
  if (!only)
    throw new Impossible('No workspace is known yet: start the bot once, so that it learns where it is.');
  if (workspaceSlackId === undefined && workspaces.length === 1) return only;
  const found = workspaces.find(one => one.slackId === workspaceSlackId);
  if (found) return found;
  throw new Impossible(
    workspaceSlackId === undefined
      ? `There are several workspaces. Say which with --workspace: ${list}.`
      : `That workspace is not known. These are: ${list}.`,
  );
}

async function exportSettings({ console, db, workspace, asked: { file }, now }: Task): Promise<void> {
  const text = textOf(await findSnapshot(db, workspace, now));
  if (file === '-') {
    console.out(text);
    return;
  }
  await writeFile(file, text).catch(error => {
    throw new Impossible(`${file} cannot be written (${codeOf(error)}). Choose another place.`);
  });
  console.say(`The settings of ${cleanText(workspace.name)} are in ${file}.`);
}

async function importFile({ console, db, workspace, asked, now }: Task): Promise<void> {
  const { file, isCheck } = asked;
  const bytes = await (file === '-' ? buffer(console.stdin) : readFile(file)).catch(error => {
    throw new Impossible(`${file} cannot be read (${codeOf(error)}). Mend its name.`);
  });
  const outcome = await importSettings(db, workspace, { bytes, isTrial: isCheck }, now);
  if (outcome.kind === 'refused') {
    const { mistakes } = outcome;
    const count = mistakes.length === 1 ? 'One thing needs' : `${mistakes.length} things need`;
    throw new Impossible(`${count} mending, and nothing was changed:\n${listed(mistakes)}`);
  }
  const [name, shown] = [cleanText(workspace.name), file === '-' ? 'the file' : file];
  const { changes, hints } = outcome;
  if (changes.length === 0)
    console.say(`Everything in ${name} is already as ${shown} says: nothing to change.`);
  else {
    const start = isCheck
      ? `Nothing is wrong with ${shown}. In ${name} it would change:`
      : `Changed in ${name}:`;
    console.say([start, listed(changes), ...hints].join('\n'));
  }
}

function listed(lines: string[]): string {
  return lines.map(line => `- ${line}`).join('\n');
}
