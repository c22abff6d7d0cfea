// Keeps a written history in the temporary folder, so that the next start need not write it again.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Channel, Message } from './things.js';

/** What Slack keeps of a history; the bot's part is its database file. */
export interface SlacksPart {
  messages: Message[];
  channels: Channel[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PREFIX = 'shoutout-history-';
/** A history may end a few days ago: the people were on holiday. */
const FRESH_MS = 4 * 24 * 3600_000;

/**
 * Puts a kept history's database into the folder, and returns what Slack needs to start with it; `undefined` when none
 * is kept that fits the code, the seed and the time.
 */
export async function keptHistory(
  seed: number,
  now: Date,
  folder: string,
): Promise<{ messages: Message[]; world: { channels: Channel[] } } | undefined> {
  const kept = folderOf(seed);
  if (!existsSync(join(kept, 'slack.json'))) return undefined;
  try {
    const { messages, channels }: SlacksPart = JSON.parse(readFileSync(join(kept, 'slack.json'), 'utf8'));
    const age = now.getTime() - Number(messages.at(-1)?.ts ?? 0) * 1000;
    if (age < 0 || age > FRESH_MS) return undefined;
    cpSync(join(kept, 'bot.db'), join(folder, 'bot.db'));
    return { messages, world: { channels } };
  } catch {
    // Cleared away in this moment, or half a disk: it is written anew.
    return undefined;
  }
}

/**
 * Keeps a history; returns whether it could. To be called while the database is closed. Failing is no harm: the next
 * start writes it again.
 */
export async function keepHistory(seed: number, databaseFile: string, slack: SlacksPart): Promise<boolean> {
  try {
    const messages = slack.messages.sort((a, b) => Number(a.ts) - Number(b.ts));
    const staging = await mkdtemp(join(tmpdir(), `${PREFIX}new-`));
    cpSync(databaseFile, join(staging, 'bot.db'));
    writeFileSync(join(staging, 'slack.json'), JSON.stringify({ messages, channels: slack.channels }));
    for (const name of readdirSync(tmpdir())) {
      const old = join(tmpdir(), name);
      if (name.startsWith(PREFIX) && old !== staging) rmSync(old, { recursive: true, force: true });
    }
    renameSync(staging, folderOf(seed));
    return true;
  } catch (error) {
    console.error(`The history could not be kept: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Named by all that shapes a history: what the bot is made of, and the seed. */
function folderOf(seed: number): string {
  const hash = createHash('sha256').update(`seed ${seed}`);
  const files = ['src', 'prisma'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
  );
  const pages = join('src', 'playground', 'page');
  for (const file of ['manifest.yml', ...files].sort()) {
    if (!/\.(ts|sql|yml)$/.test(file) || file.startsWith(pages) || file.includes('generated')) continue;
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return join(tmpdir(), `${PREFIX}${hash.digest('hex').slice(0, 16)}`);
}
