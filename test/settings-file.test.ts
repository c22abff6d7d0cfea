// `npm run settings` as an admin meets it: a file out, a file in, all of it or nothing, on both databases, beside a running bot.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerWorkspace } from '../src/recognition/workspaces.js';
import { runSettings } from '../src/settings-file/run.js';
import { databases } from './support/databases.js';
import { runTypeScript } from './support/spawn-bot.js';
import { startBot, type TestBot } from './support/start-bot.js';

const marta = 'U0MARTA';
const ben = 'U0BEN';

let bot: TestBot;
let folder: string;
let file: string;

/** Runs the command with nothing in its environment but where the database is. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return runOn(bot.databaseUrl, ...args);
}

async function runOn(
  databaseUrl: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const output = { out: '', err: '' };
  const code = await runSettings(
    {
      args,
      env: { DATABASE_URL: databaseUrl },
      stdin: Readable.from([]),
      out: text => {
        output.out += text;
      },
      say: words => {
        output.out += `${words}\n`;
      },
      complain: words => {
        output.err += `${words}\n`;
      },
    },
    bot.clock.now(),
  );
  return { code, ...output };
}

/** The same as a process of its own, as npm runs it. */
async function runAlone(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [...runTypeScript('src/settings-file/command.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: bot.databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.err += chunk.toString();
  });
  await once(child, 'close');
  return { code: child.exitCode, ...output };
}

const importing = async (contents: unknown, ...args: string[]) => {
  await writeFile(file, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return run('import', file, ...args);
};
const exported = async () => {
  const { code, out } = await run('export', '-');
  expect(code).toBe(0);
  return JSON.parse(out);
};
/** People become known by what they do. */
const meet = async (...people: string[]) => {
  for (const person of people) await bot.slack.as(person).command('/recognition', 'stats');
  await bot.settled();
};
const give = async (text: string) => {
  const answer = await bot.slack.as(ben).command('/shoutout', text);
  await bot.settled();
  return answer.response?.text ?? '';
};
/** All that an import could write. */
const rows = async () =>
  JSON.stringify([
    await bot.db.read.settings.findMany(),
    await bot.db.read.keeper.findMany({ orderBy: { memberId: 'asc' } }),
    await bot.db.read.viewer.findMany({ orderBy: { memberId: 'asc' } }),
    await bot.db.read.companyValue.findMany({ orderBy: { id: 'asc' } }),
    await bot.db.read.team.findMany({ orderBy: { id: 'asc' } }),
    await bot.db.read.teamLead.findMany({ orderBy: [{ teamId: 'asc' }, { memberId: 'asc' }] }),
  ]);

describe.each(databases)('the settings as a file on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
    folder = await mkdtemp(join(tmpdir(), 'shoutout-settings-'));
    file = join(folder, 'settings.json');
  });
  afterEach(async () => {
    await bot.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are written so that people can read them, and say who is meant', async () => {
    await give('@ana for it');
    await meet(marta);
    await bot.choose({ digestHour: 9, timeZone: 'Asia/Kathmandu' }, { keeperSlackIds: [marta, ben] });
    const { code, out, err } = await run('export', file);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^The settings of .* are in .*settings\.json\.\n$/);
    const text = await readFile(file, 'utf8');
    expect(text).toContain(
      '{\n  "format": 1,\n  "setUp": true,\n  "channel": null,\n  "zone": "Asia/Kathmandu",',
    );
    expect(JSON.parse(text)).toMatchObject({
      digest: { on: true, weekday: 'friday', hour: 9, channel: null },
      limits: { perDay: 20 },
      keepers: [
        { id: ben, name: 'Ben Okafor' },
        { id: marta, name: 'Marta Keller' },
      ],
      values: [
        { slug: 'teamwork', formerSlugs: [], name: 'Teamwork', emoji: 'bee', retired: false },
        { slug: 'ownership' },
        { slug: 'craft' },
        { slug: 'kindness' },
      ],
    });
    // What people chose for themselves is theirs.
    expect(text).not.toMatch(/preference|away/i);
  });

  it('hold at once in the bot that is running, and say what changed', async () => {
    await give('@ana for it');
    await meet(marta);
    const { code, out } = await importing({
      format: 1,
      channel: 'C0SHOUT',
      limits: { perDay: 2 },
      keepers: [{ id: marta, name: 'whoever' }],
      viewers: [{ id: ben }],
      values: [
        { name: 'Own it!', emoji: '💎', meaning: 'To the end.' },
        { slug: 'quality', formerSlugs: ['craft'], name: 'Quality', emoji: ':compass:' },
      ],
    });
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^Changed in .*:$/),
      '- channel: C0SHOUT instead of nothing',
      '- limits > perDay: 2 instead of 20',
      '- keepers: Marta Keller (U0MARTA) is new',
      '- viewers: Ben Okafor (U0BEN) is new',
      '- values: Own it! (#own-it) is new',
      '- values > craft > slug: quality instead of craft',
      '- values > craft > formerSlugs: craft instead of none',
      '- values > craft > name: Quality instead of Craft',
      '- values > craft > emoji: compass instead of gem',
      '- values > teamwork > retired: yes instead of no',
      '- values > ownership > retired: yes instead of no',
      '- values > kindness > retired: yes instead of no',
      '- values: in this order: own-it, quality, teamwork, ownership, kindness',
      'Whether Shoutout can post in a channel is for Slack to say: invite it to private ones.',
      "Who may see everyone's statistics stands in everyone's Home. Tell those who are new.",
      '',
    ]);
    expect(code).toBe(0);
    expect(await give('@ana #craft for the release')).toContain('for Quality');
    expect(bot.said('shoutouts').at(-1)?.text).toContain('Quality');
    expect(await give('@ana #teamwork for more')).toContain('Not sent');
    // The same file a second time writes nothing: no form that is open grows stale by it.
    const before = await rows();
    expect((await run('import', file)).out).toContain('nothing to change');
    expect(await rows()).toBe(before);
  });

  it('are taken in by a process of its own, with no token at hand', async () => {
    expect((await run('export', file)).code).toBe(0);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"perDay": 20', '"perDay": 2'));
    const done = await runAlone('import', file);
    expect(done.out).toContain('- limits > perDay: 2 instead of 20');
    expect(done.code).toBe(0);
    expect(await give('@ana for it')).toContain('You have 1 left today');
    await writeFile(file, text.replace('"perDay": 20', '"perDay": 0'));
    const refused = await runAlone('import', file);
    expect(refused.err).toBe(
      'One thing needs mending, and nothing was changed:\n- limits > perDay: Choose a whole number from 1 to 1000.\n',
    );
    expect(refused.code).toBe(1);
  }, 60_000);

  it('leave alone what the file does not name', async () => {
    await give('@ana for it');
    await bot.choose({ digestHour: 9, uncountedEmoji: ['tada'] }, { keeperSlackIds: [ben] });
    const before = await exported();
    expect((await importing({ format: 1, digest: { weekday: 'monday' } })).code).toBe(0);
    expect(await exported()).toEqual({ ...before, digest: { ...before.digest, weekday: 'monday' } });
  });

  it('name every mistake at once, each with its place, and change nothing', async () => {
    await give('@ana for it');
    await bot.slack.as(marta).command('/shoutout', '@sam for it');
    await bot.settled();
    const before = await rows();
    const { code, out, err } = await importing({
      format: 2,
      chanel: 'C0SHOUT',
      channel: '#general',
      zone: 'Europe/Wien',
      digest: { on: 'yes', hour: 24, weekday: 'Fri' },
      limits: { perDay: 1001 },
      keepers: [{ id: 'U0NOBODY' }, { id: 'U0SAM' }, { name: 'Ana' }, 'U0BEN'],
      leads: [],
      values: [
        { name: 'Care', emoji: 'gem' },
        { slug: 'Craft', name: 'Craft', emoji: 'not an emoji' },
        { slug: 'care', name: 'x'.repeat(41), emoji: 'gem' },
        { name: '!!!', emoji: 'mega', retired: 'no' },
      ],
    });
    expect([code, out]).toEqual([1, '']);
    expect(err.split('\n')).toEqual([
      '21 things need mending, and nothing was changed:',
      '- The file: does not know "chanel". Is it "channel"?',
      '- The file: does not know "leads". Take it out; here can stand format, setUp, channel, zone, digest, limits, needs, guests, reactions, keepers, viewers, values, teams.',
      '- format: must be 1: this version of Shoutout reads no other.',
      "- channel: must be a channel's id such as C0123ABCD. In Slack it stands at the very bottom of the channel's details.",
      '- zone: There is no time zone "Europe/Wien". Choose one such as Europe/Vienna.',
      '- digest > on: must be true or false.',
      '- digest > hour: must be a full hour from 0 to 23.',
      '- digest > weekday: must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday.',
      '- limits > perDay: Choose a whole number from 1 to 1000.',
      '- keepers > no. 1: U0NOBODY is not known yet: start the bot once, so that it learns who is there. If it has been running, mend the id.',
      '- keepers > no. 2: Sam Silva cannot keep me: choose people of this workspace who are active.',
      '- keepers > no. 3: needs the person\'s id: {"id": "U0123ABCD"}.',
      '- keepers > no. 4: must be an object: { … } with id, name.',
      '- values > no. 2 (Craft) > slug: must be what people type after #, such as "own-it": small letters, digits, - and _.',
      '- values > no. 2 (Craft) > emoji: must be one emoji, such as "gem" or "💎".',
      '- values > no. 3 (care) > name: The name has 41 characters; up to 40 fit.',
      '- values > no. 3 (care) > slug: #care is Care, and can mean one value only. Choose another, or make them one.',
      '- values > no. 3 (care) > emoji: :gem: belongs to Care, and a reaction can mean one thing only. Choose another emoji.',
      '- values > no. 4 (!!!) > retired: must be true or false.',
      '- values > no. 4 (!!!) > name: The name needs a letter, so that people can type it after #.',
      '- values > no. 4 (!!!) > emoji: :mega: gives a shout-out without a value. Choose another emoji.',
      '',
    ]);
    expect(await rows()).toBe(before);
  });

  it.each(['', 'IST', 'PST', 'BST', 'ACT', '+01:00'])(
    'are refused where days cannot be counted in the time zone: %j',
    async zone => {
      const { code, err } = await importing({ format: 1, zone });
      expect(code).toBe(1);
      expect(err).toContain(`- zone: There is no time zone "${zone}". Choose one such as Europe/Vienna.`);
    },
  );

  it('say what would change, and change nothing, with --check', async () => {
    const before = await rows();
    const { code, out } = await importing({ format: 1, limits: { perDay: 3 } }, '--check');
    expect(out).toContain('it would change:\n- limits > perDay: 3 instead of 20');
    expect(code).toBe(0);
    expect((await importing({ format: 1, limits: { perDay: 0 } }, '--check')).code).toBe(1);
    expect(await rows()).toBe(before);
  });

  it('are not taken from what is no JSON, no UTF-8, or says a thing twice', async () => {
    const before = await rows();
    expect((await importing('{\n  "format": 1,\n  nonsense\n}')).err).toMatch(/This is not JSON: .*/);
    await writeFile(file, Buffer.from('{"format": 1}', 'utf16le'));
    expect((await run('import', file)).code).toBe(1);
    await writeFile(file, Buffer.from([0x7b, 0xff, 0x7d]));
    expect((await run('import', file)).err).toContain('not written in UTF-8');
    const twice = await importing(
      '{\n\t"format": 1,\n\t"limits": {"perDay": 3},\n\t"limits": {"perDay": 4}\n}',
    );
    expect(twice.err).toContain('"limits" stands twice in one place, again in line 4. Keep one.');
    expect((await importing([])).err).toContain('The file: must be an object');
    expect((await run('import', join(folder, 'nowhere.json'))).err).toContain('cannot be read (ENOENT)');
    expect(await rows()).toBe(before);
  });

  it('say what to do where there is nothing to work on, and make no database', async () => {
    const empty = await database.createEmpty();
    const path = empty.url.startsWith('file:') ? empty.url.slice('file:'.length) : null;
    const { code, err } = await runOn(empty.url, 'export', '-');
    expect(code).toBe(1);
    expect(err).toContain(
      path ? 'There is no database yet: file:' : 'The database is of an earlier version: PostgreSQL',
    );
    expect(err).toContain('Start the bot once');
    if (path) expect(existsSync(path)).toBe(false);
    await empty.drop();
    expect((await runOn('nonsense', 'export', '-')).err).toContain('DATABASE_URL must start with file:');
    for (const args of [[], ['export'], ['import', file, 'more'], ['export', file, '--check'], ['--frob']])
      expect((await run(...args)).err).toContain('npm run settings -- export FILE');
    expect((await run('export', join(folder, 'no', 'folder.json'))).err).toContain(
      'cannot be written (ENOENT)',
    );
  });

  it('ask which workspace is meant where there are several, and touch no other', async () => {
    const other = { ...bot.workspace, slackId: 'T0OTHER', name: 'Other' };
    await registerWorkspace(bot.db, other, bot.clock.now());
    const { code, err } = await importing({ format: 1, limits: { perDay: 3 } });
    expect(code).toBe(1);
    expect(err).toContain('Say which with --workspace:');
    expect(err).toContain('T0OTHER (Other)');
    expect((await run('export', '-', '--workspace', 'T0NONE')).err).toContain('That workspace is not known.');
    await give('@ana for it');
    // People of one workspace are nobody in another.
    const stranger = await importing({ format: 1, keepers: [{ id: ben }] }, '--workspace', 'T0OTHER');
    expect(stranger.err).toContain('keepers > no. 1: U0BEN is not known yet: start the bot once');
    const done = await importing({ format: 1, limits: { perDay: 3 } }, '--workspace', 'T0OTHER');
    expect(done.out).toContain('Changed in Other:');
    const limits = await bot.db.read.settings.findMany({
      where: { dailyLimit: 3 },
      include: { workspace: true },
    });
    expect(limits.map(one => one.workspace.slackId)).toEqual(['T0OTHER']);
  });

  it('replace the values of a workspace where nothing was given, and only retire them elsewhere', async () => {
    const file = { format: 1, values: [{ slug: 'craft', name: 'Craft', emoji: 'gem' }] };
    const fresh = await importing(file);
    expect(fresh.out).toContain('- values: Teamwork (#teamwork) is deleted; it was never given');
    expect((await exported()).values).toMatchObject([
      { slug: 'craft', meaning: 'We take care how a thing is made.' },
    ]);
    await give('@ana #craft for it');
    const later = await importing({ format: 1, values: [{ name: 'Care', emoji: 'bee' }] });
    expect(later.out).toContain('- values > craft > retired: yes instead of no');
    expect((await exported()).values).toMatchObject([{ slug: 'care' }, { slug: 'craft', retired: true }]);
    // What was given stays given, and a value comes back by its name, old or new.
    const back = { slug: 'quality', formerSlugs: ['craft'], name: 'Quality', emoji: 'gem', retired: false };
    expect((await importing({ format: 1, values: [{ name: 'Care' }, back] })).code).toBe(0);
    const row = await bot.db.read.companyValue.findFirst({
      where: { slug: 'quality' },
      include: { shoutouts: true },
    });
    expect(row?.shoutouts).toHaveLength(1);
    // What #craft was understood as cannot be turned into something else.
    const stolen = [
      { slug: 'quality', name: 'Quality' },
      { slug: 'craft', name: 'Craft', emoji: 'bee' },
    ];
    expect((await importing({ format: 1, values: stolen })).err).toContain('#craft still means Quality');
  });

  it('and an admin who saves the form at the same moment come one after the other', async () => {
    const admin = bot.slack.as(marta);
    for (let turn = 1; turn <= 4; turn += 1) {
      await bot.choose({ dailyLimit: 20, digestHour: 16, isValueRequired: false, digestWeekday: 5 });
      await admin.command('/recognition', 'settings');
      await admin.waitForView('Settings');
      admin.fill({ digest_hour: { digest_hour: '9' }, required: { required: ['message'] } });
      const contents = {
        format: 1,
        limits: { perDay: 7 },
        digest: { weekday: 'monday' },
        needs: { value: true },
      };
      const saving = async () => JSON.stringify((await admin.submit()).updated);
      // By turns: at once, and with the file right before the form is written.
      const hold = turn % 2 === 0 ? bot.slack.trouble.hold('users.info') : null;
      const submitted = saving();
      await hold?.waiting;
      const imported = await importing(contents);
      hold?.release();
      const saved = await submitted;
      await bot.settled();
      expect(imported.code).toBe(0);
      const isSaved = saved.includes('Saved.');
      if (hold) expect(isSaved).toBe(false);
      if (!isSaved) expect(saved).toContain('changed the settings after you opened this form');
      // After the form, the file on top of it; before it, the file alone.
      expect(await bot.db.read.settings.findFirst()).toMatchObject({
        dailyLimit: 7,
        digestWeekday: 1,
        isValueRequired: true,
        digestHour: isSaved ? 9 : 16,
        isMessageRequired: isSaved,
      });
      await bot.choose({ isMessageRequired: false });
      if (admin.view) await admin.close({ all: true });
    }
  }, 30_000);

  it('keep somebody in charge where somebody is', async () => {
    expect((await importing({ format: 1, keepers: [] })).code).toBe(0);
    await give('@ana for it');
    await bot.choose({}, { keeperSlackIds: [ben] });
    expect((await importing({ format: 1, keepers: [] })).err).toContain(
      'keepers: Choose at least one person',
    );
    // The true mistake, and not that nobody is left.
    const wrong = await importing({ format: 1, keepers: [{ id: 'Ben' }] });
    expect(wrong.err).toContain('One thing needs mending');
    expect(await bot.db.read.keeper.count()).toBe(1);
  });
});
