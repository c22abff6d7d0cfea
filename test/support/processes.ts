// Other real processes that work on a test's database: started, listened to and ended with it.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type OtherProcess = {
  /** The next message that it sends, in the order of sending; throws when it ends first. */
  next(): Promise<unknown>;
  send(message: string): void;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Its exit code, when it ends by itself. */
  exit(): Promise<number | null>;
};

/**
 * Starts one of the scripts in the folder `processes`.
 *
 * @param name the file's name, without `.ts`
 */
export function startProcess(name: string, ...args: string[]): OtherProcess {
  const script = fileURLToPath(new URL(`./processes/${name}.ts`, import.meta.url));
  const child = fork(script, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return otherProcess(child);
}

/**
 * Starts one of the scripts as it would run from `dist`: without the compiler, which takes a third of the memory.
 *
 * @param name the file's name, without `.ts`
 */
export async function startCompiled(name: string, ...args: string[]): Promise<OtherProcess> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`./processes/${name}.ts`, import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
  });
  // Read from its input, it finds the packages from the working folder.
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-', ...args], {
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  child.stdin?.end(outputFiles[0]?.text);
  return otherProcess(child);
}

function otherProcess(child: ChildProcess): OtherProcess {
  const ended = once(child, 'close');
  return {
    next: reader(child, ended),
    send: message => {
      child.send(message);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    exit: async () => {
      await ended;
      return child.exitCode;
    },
  };
}

/** Keeps what arrives until it is asked for. */
function reader(child: ChildProcess, ended: Promise<unknown>): () => Promise<unknown> {
  const arrived: unknown[] = [];
  let wake = () => {};
  let isOver = false;
  child.on('message', message => {
    arrived.push(message);
    wake();
  });
  void ended.then(() => {
    isOver = true;
    wake();
  });
  return async () => {
    while (arrived.length === 0) {
      if (isOver)
        throw new Error(`The process ended (${child.exitCode ?? child.signalCode}) without a message.`);
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    return arrived.shift();
  };
}
