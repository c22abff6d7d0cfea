// Writes a migration for both databases from the models: `npm run migration -- <name>`, or `-- --reset` to begin anew with one.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../test/support/postgres-server.js';
import { type Provider, providers } from './derive.mjs';
import {
  lockfile,
  lockfileName,
  migrationList,
  migrationsFolder,
  missingStatements,
} from './schema-engine.js';

/** What `--reset` calls the only migration that is left. */
const firstName = '20261121000000_init';

const usage = `npm run migration -- <name>     what changed in prisma/schema.prisma becomes a migration
npm run migration -- --reset    one migration replaces them all; only while no installation has applied any`;

const [argument] = process.argv.slice(2);
if (argument === undefined || !/^(--reset|[a-z0-9]+([-_][a-z0-9]+)*)$/.test(argument)) {
  console.error(usage);
  process.exitCode = 1;
} else if (argument === '--reset') {
  const scripts = await compare({ withEarlier: false });
  rmSync(migrationsFolder, { recursive: true, force: true });
  write(firstName, scripts);
} else {
  write(`${timestamp()}_${argument.replaceAll('-', '_')}`, await compare({ withEarlier: true }));
}

type Scripts = Map<Provider, string | undefined>;

/** What the models say and the migrations do not, for each database. Writes nothing, so that a failure changes nothing. */
async function compare({ withEarlier }: { withEarlier: boolean }): Promise<Scripts> {
  const scripts: Scripts = new Map();
  // What is missing can only be seen in a database that has applied the earlier migrations.
  const server = await startPostgres();
  try {
    for (const provider of providers) {
      const migrations = withEarlier ? migrationList(provider) : noMigrations(provider);
      const emptyUrl = provider === 'sqlite' ? ':memory:' : server.url;
      scripts.set(provider, await missingStatements(provider, emptyUrl, migrations));
    }
  } finally {
    await server.stop();
  }
  return scripts;
}

function noMigrations(provider: Provider): ReturnType<typeof migrationList> {
  return {
    baseDir: join(migrationsFolder, provider),
    lockfile: { path: lockfileName, content: lockfile(provider) },
    shadowDbInitScript: '',
    migrationDirectories: [],
  };
}

function write(name: string, scripts: Scripts): void {
  for (const [provider, script] of scripts) {
    if (script === undefined) {
      console.log(`${provider}: nothing to write, the migrations say what the models say.`);
      continue;
    }
    const folder = join(migrationsFolder, provider);
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, lockfileName), lockfile(provider));
    writeFileSync(join(folder, name, 'migration.sql'), script);
    console.log(
      `${provider}: wrote prisma/migrations/${provider}/${name}/migration.sql. Read it before you keep it.`,
    );
  }
}

/** As Prisma names its folders: 20261121093000. */
function timestamp(): string {
  return new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
