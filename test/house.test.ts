// The house rules: who may import whom, who may read the environment and the time, how files open.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

interface Import {
  /** A room such as `slack`, a file directly in src such as `config`, or a package. */
  from: string;
  file: string;
  to: string;
  target: string;
  typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.startsWith('store/generated'))
  .map(file => ({ file, room: roomOf(file), text: readFileSync(join(src, file), 'utf8') }));

const imports: Import[] = files.flatMap(({ file, room, text }) =>
  [...text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s)?'([^']+)'/gm)].map(
    ([, type, target = '']) => {
      const inside = target.startsWith('.');
      const path = inside
        ? relative(src, resolve(src, dirname(file), target)).replace(/\.js$/, '.ts')
        : target;
      return {
        from: room,
        file,
        to: inside ? roomOf(path) : 'package',
        target: path,
        typeOnly: type !== undefined,
      };
    },
  ),
);

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? file) : file.replace(/\.ts$/, '');
}

/** Who may import which room of ours, beside their own and `model`. */
const mayImport: Record<string, string[]> = {
  main: ['app', 'clock', 'config', 'log', 'recognition', 'server', 'slack', 'store'],
  check: ['config', 'store'],
  doctor: ['config', 'log', 'slack', 'store'],
  'settings-file': ['config', 'log', 'recognition', 'slack', 'store'],
  app: ['config', 'log', 'slack', 'store'],
  config: [],
  log: [],
  model: [],
  server: [],
  clock: ['recognition', 'slack', 'store'],
  slack: ['config', 'recognition', 'store'],
  recognition: ['store'],
  store: [],
  playground: [],
};

/** Packages that only some rooms may know. */
const packageHomes: [pattern: RegExp, rooms: string[]][] = [
  [/^@slack\//, ['app', 'doctor', 'log', 'main', 'playground', 'slack']],
  [/^@prisma\//, ['store']],
  [/^(better-sqlite3|pg)$/, ['store']],
  [/^node-cron$/, ['clock']],
  // Where something comes in that nobody has checked: the environment, Slack, a file.
  [/^zod$/, ['config', 'settings-file', 'slack']],
];

const offences = (wrong: Import[]) => wrong.map(one => `${one.file} imports ${one.target}`);

describe('the house', () => {
  it('has files and imports to look at', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('keeps the rooms apart', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        to !== 'package' && to !== from && to !== 'model' && !(mayImport[from] ?? []).includes(to),
    );
    expect(offences(wrong)).toEqual([]);
  });

  it('lets the edge and the clock know of the store only that there is a database', () => {
    const wrong = imports.filter(
      ({ from, to, target, typeOnly }) =>
        ['slack', 'clock', 'app'].includes(from) && to === 'store' && !(typeOnly && target === 'store/db.ts'),
    );
    expect(offences(wrong)).toEqual([]);
  });

  it('lets the edge know of the settings only their types', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) => from === 'slack' && to === 'config' && !typeOnly,
    );
    expect(offences(wrong)).toEqual([]);
  });

  it('keeps each package to its rooms', () => {
    const wrong = imports.filter(
      ({ from, to, target }) =>
        to === 'package' &&
        packageHomes.some(([pattern, rooms]) => pattern.test(target) && !rooms.includes(from)),
    );
    expect(offences(wrong)).toEqual([]);
  });

  it('reads the environment in the files that start something, and nowhere else', () => {
    const readers = files.filter(({ text, room }) => /\bprocess\.env\b/.test(text) && room !== 'playground');
    expect(readers.map(({ file }) => file).sort()).toEqual([
      'check/command.ts',
      'doctor.ts',
      'main.ts',
      'settings-file/command.ts',
    ]);
  });

  it('decides who may do what by the permission table alone', () => {
    const readers = files.filter(
      ({ text, room }) => /\bis(Admin|Foreign|Deactivated|Guest|Bot)\b/.test(text) && room !== 'playground',
    );
    const keepers = [
      'model.ts',
      'recognition/members.ts',
      'recognition/shoutouts/edit.ts',
      'slack/profile.ts',
      // Who is counted among the people of a channel.
      'store/digest-facts.ts',
      'store/digest-people.ts',
      'store/listed-members.ts',
      'store/members.ts',
      // Who is in a team.
      'store/rosters.ts',
    ];
    // The others keep what Slack says of an account.
    expect(readers.map(({ file }) => file).filter(file => !keepers.includes(file))).toEqual([
      'recognition/permissions.ts',
    ]);
  });

  it('takes the time as an argument', () => {
    const readers = files.filter(
      ({ text, room }) => /\bnew Date\(\)|\bDate\.now\(\)/.test(text) && room !== 'playground',
    );
    expect(readers.map(({ file }) => file).sort()).toEqual([
      'doctor.ts',
      'main.ts',
      'settings-file/command.ts',
    ]);
  });

  it('opens each file with what lives there', () => {
    expect(files.filter(({ text }) => !/^\/\/ \S/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('has named exports only', () => {
    expect(
      files.filter(({ text }) => /^export default|^export \*/m.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });
});
