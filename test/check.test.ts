// `npm run check` as whoever runs the bot meets it, on both databases, beside a running bot.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCheck } from '../src/check/run.js';
import { acting, ana, ben, chen } from './support/acting.js';
import { databases } from './support/databases.js';
import { newWorkspace } from './support/rows.js';
import { runTypeScript } from './support/spawn-bot.js';
import { startBot, type TestBot } from './support/start-bot.js';
import { addTeam } from './support/teams.js';

let bot: TestBot;
const { give } = acting(() => bot);

async function check(...args: string[]): Promise<{ code: number; said: string }> {
  return checkAt(bot.databaseUrl, ...args);
}

async function checkAt(databaseUrl: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const say = (words: string) => void lines.push(words);
  const code = await runCheck({ args, env: { DATABASE_URL: databaseUrl }, say, complain: say });
  return { code, said: lines.join('\n') };
}

describe.each(databases)('npm run check on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });
  afterEach(() => bot.stop());

  /** Two shout-outs, two days apart; their ids. */
  async function twoShoutouts(): Promise<[string, string]> {
    await give('@ana @ben #craft for the night shift');
    bot.clock.advance(2 * 86_400_000);
    await give('@chen for the map', ben);
    const [first, second] = await bot.db.read.shoutout.findMany({ orderBy: { givenAt: 'asc' } });
    if (!first || !second) throw new Error('They were not recorded.');
    return [first.id, second.id];
  }

  it('finds a stroke that lies in another workspace, and writes it anew where it belongs', async () => {
    const [, second] = await twoShoutouts();
    const { id } = await bot.db.write.workspace.create({ data: newWorkspace('other') });
    await bot.db.write.tally.updateMany({ where: { shoutoutId: second }, data: { workspaceId: id } });
    expect((await check()).code).toBe(1);
    expect((await check('--rebuild')).code).toBe(0);
    expect(await bot.db.read.tally.count({ where: { workspaceId: id } })).toBe(0);
    expect(await bot.db.read.tally.count({ where: { shoutoutId: second } })).toBe(1);
    expect((await check()).code).toBe(0);
  });

  it('says that all is well, also where nothing was given yet', async () => {
    expect(await check()).toEqual({
      code: 0,
      said: 'T0SHOUTOUT: 0 shout-outs, and their tallies agree with what was recorded.\nAll is well.',
    });
    await twoShoutouts();
    expect(await check()).toEqual({
      code: 0,
      said: 'T0SHOUTOUT: 2 shout-outs, and their tallies agree with what was recorded.\nAll is well.',
    });
  });

  it('names the shout-outs whose tallies differ, without their words, and writes only those anew', async () => {
    const [first, second] = await twoShoutouts();
    const before = await bot.db.read.tally.findMany({
      orderBy: [{ shoutoutId: 'asc' }, { recipientId: 'asc' }],
    });
    await bot.db.write.tally.updateMany({ where: { shoutoutId: first }, data: { thanks: 2 } });
    await bot.db.write.tally.deleteMany({ where: { shoutoutId: second } });

    const found = await check();
    expect(found.code).toBe(1);
    expect(found.said).toContain(
      'T0SHOUTOUT: 2 shout-outs, and the tallies of 2 differ from what was recorded.',
    );
    expect(found.said).toContain(`- The tallies of shout-out ${first}, given on 2026-05-13, differ`);
    expect(found.said).toContain(`- The tallies of shout-out ${second}, given on 2026-05-15, differ`);
    expect(found.said).toContain('npm run check -- --rebuild');
    expect(found.said).not.toMatch(/night shift|the map/);

    expect(await check('--rebuild')).toEqual({
      code: 0,
      said: 'T0SHOUTOUT: 2 shout-outs, and the tallies of 2 were written anew.\nAll is well.',
    });
    expect(
      await bot.db.read.tally.findMany({ orderBy: [{ shoutoutId: 'asc' }, { recipientId: 'asc' }] }),
    ).toEqual(before);
    expect((await check()).code).toBe(0);
  });

  it('takes away the tallies of what was withdrawn, of what is not there, and those of another day', async () => {
    const [first, second] = await twoShoutouts();
    const [stroke] = await bot.db.read.tally.findMany({ where: { shoutoutId: second } });
    if (!stroke) throw new Error('It was not tallied.');
    await bot.db.write.tally.create({
      data: { ...stroke, shoutoutId: 'gone', givenAt: new Date('2026-05-20T10:00:00Z') },
    });
    await bot.db.write.tally.updateMany({
      where: { shoutoutId: second },
      data: { givenAt: new Date('2026-05-11T10:00:00Z') },
    });
    await bot.db.write.shoutout.update({ where: { id: first }, data: { withdrawnAt: bot.clock.now() } });

    const found = await check();
    expect(found.said).toContain('The tallies of shout-out gone, which is not there, differ');
    expect(found.code).toBe(1);
    expect((await check('--rebuild')).code).toBe(0);
    expect(await bot.db.read.tally.findMany()).toEqual([stroke]);
  });

  it('writes tallies anew while people go on giving', async () => {
    await twoShoutouts();
    await bot.db.write.tally.deleteMany();
    const giving = (async () => {
      for (const round of [1, 2, 3, 4, 5]) await give(`@ana @chen #craft for round ${round}`, ben);
    })();
    const rebuilt = await check('--rebuild');
    await giving;
    expect(rebuilt.code).toBe(0);
    expect(await check()).toMatchObject({ code: 0 });
  });

  it('names what else should never be: a shout-out to nobody, a message about nothing, somebody twice in a team', async () => {
    const [first] = await twoShoutouts();
    await bot.db.write.shoutoutRecipient.deleteMany({ where: { shoutoutId: first } });
    await bot.db.write.tally.deleteMany({ where: { shoutoutId: first } });
    const [post] = await bot.db.read.post.findMany({ where: { shoutoutId: first } });
    await bot.db.write.post.updateMany({ where: { id: post?.id ?? '' }, data: { shoutoutId: null } });
    const teamId = await addTeam(bot, { name: 'Red', slug: 'red', members: [ana, chen] });
    const [stay] = await bot.db.read.teamMember.findMany({ where: { teamId } });
    if (!stay) throw new Error('Nobody is in the team.');
    await bot.db.write.teamMember.create({ data: { ...stay, joinedAt: bot.clock.now() } });

    const { code, said } = await check('--rebuild');
    expect(code).toBe(1);
    expect(said).toContain(`- Shout-out ${first}, given on 2026-05-13, thanks nobody.`);
    expect(said).toContain(`- Message ${post?.id} tells of nothing.`);
    expect(said).toContain(`- Member ${stay.memberId} is in team ${teamId} twice at a time.`);
    expect(said).toContain('Not all is well.');
  });

  it('explains itself when asked for something else, and when there is no database', async () => {
    expect(await check('--mend')).toMatchObject({
      code: 1,
      said: expect.stringContaining('npm run check -- --rebuild'),
    });
    expect(await checkAt('file:/nowhere/shoutout.db')).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no database yet'),
    });
    expect(await checkAt('mysql://localhost/shoutout')).toMatchObject({
      code: 1,
      said: expect.stringContaining('DATABASE_URL'),
    });
  });

  it('runs as a command', async () => {
    await twoShoutouts();
    await bot.db.write.tally.deleteMany();
    const folder = await mkdtemp(join(tmpdir(), 'shoutout-check-'));
    const child = spawn(process.execPath, runTypeScript('src/check/command.ts'), {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', DATABASE_URL: bot.databaseUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await once(child, 'close');
    await rm(folder, { recursive: true });
    expect(said).toContain('the tallies of 2 differ');
    expect(child.exitCode).toBe(1);
  });
});
