// Temporary folders that belong to one run of the tests, and how to find those of runs that were killed.
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes an empty folder in the system's temporary one. Its name tells which process it belongs to. */
export function makeRunFolder(kind: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefixOf(kind)}${process.pid}-`));
}

/** The folders of that kind whose process is gone. */
export async function abandonedRunFolders(kind: string): Promise<string[]> {
  const names = (await readdir(tmpdir())).filter(name => name.startsWith(prefixOf(kind)));
  return names
    .filter(name => !isAlive(Number.parseInt(name.slice(prefixOf(kind).length), 10)))
    .map(name => join(tmpdir(), name));
}

/** Whether a process with this number runs, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function prefixOf(kind: string): string {
  return `shoutout-test-${kind}-`;
}
