// Generates the two database clients (src/store/generated/sqlite and …/postgresql) from prisma/schema.prisma, downloading nothing.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { providers, schemaFor, schemaPath } from './derive.mjs';

const require = createRequire(import.meta.url);
const generated = fileURLToPath(new URL('../src/store/generated', import.meta.url));
const stampPath = join(generated, '.inputs');
const lockPath = join(generated, '.lock');
const lockIsStaleAfterMs = 120_000;

try {
  await generate();
} catch (error) {
  console.error(`The database client could not be generated.\n${explain(error)}`);
  process.exitCode = 1;
}

async function generate() {
  const stamp = fingerprint();
  if (isCurrent(stamp)) return;
  mkdirSync(generated, { recursive: true });
  await lock();
  const staging = join(generated, `.staging-${process.pid}`);
  try {
    if (isCurrent(stamp)) return;
    mkdirSync(staging, { recursive: true });
    await Promise.all(providers.map(provider => generateClient(provider, staging)));
    // Without the stamp a run that dies between the two swaps is repeated by the next one.
    rmSync(stampPath, { force: true });
    for (const provider of providers) {
      const target = join(generated, provider);
      rmSync(target, { recursive: true, force: true });
      renameSync(join(staging, provider), target);
    }
    writeFileSync(stampPath, stamp);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(lockPath, { force: true });
  }
}

function isCurrent(stamp) {
  return (
    providers.every(provider => existsSync(join(generated, provider, 'client.ts'))) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, 'utf8') === stamp
  );
}

/** Everything that decides what is generated: the models, these scripts and Prisma's version. */
function fingerprint() {
  const hash = createHash('sha256');
  const here = dirname(fileURLToPath(import.meta.url));
  const inputs = [schemaPath, join(here, 'generate.mjs'), join(here, 'derive.mjs')];
  for (const path of [
    ...inputs,
    require.resolve('prisma/package.json'),
    require.resolve('@prisma/client/package.json'),
  ]) {
    hash.update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

async function generateClient(provider, staging) {
  const schema = join(staging, `${provider}.prisma`);
  writeFileSync(schema, schemaFor(provider, { output: `./${provider}` }));
  const prisma = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
  await promisify(execFile)(process.execPath, [prisma, 'generate', '--no-hints', '--schema', schema], {
    // Away from the project's folder, so that no configuration file is looked for.
    cwd: staging,
    env: {
      ...process.env,
      // Generating does not use the schema engine, but downloads it unless this names an existing file.
      PRISMA_SCHEMA_ENGINE_BINARY: schema,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NO_COLOR: '1',
    },
  });
}

/** One at a time: two would take each other's half-written client away. The lock of a process that died is taken over. */
async function lock() {
  for (;;) {
    try {
      writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (lockIsStale()) rmSync(lockPath, { force: true });
    else await sleep(50);
  }
}

function lockIsStale() {
  try {
    if (Date.now() - statSync(lockPath).mtimeMs > lockIsStaleAfterMs) return true;
    const owner = Number(readFileSync(lockPath, 'utf8'));
    // The owner writes its number just after creating the file: an empty one is only young.
    if (owner > 0) process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function explain(error) {
  const output = [error.stdout, error.stderr].filter(Boolean).join('\n').trim();
  return output || error.message;
}
