// Teams and who leads them in the file of settings: both directions, with every mistake named, on both databases.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSettings } from '../src/settings-file/run.js';
import { databases } from './support/databases.js';
import { startBot, type TestBot } from './support/start-bot.js';
import { addTeam } from './support/teams.js';

const ana = 'U0ANA';
const ben = 'U0BEN';

let bot: TestBot;
let folder: string;

async function run(...args: string[]): Promise<string> {
  let output = '';
  const say = (words: string) => {
    output += `${words}\n`;
  };
  await runSettings(
    {
      args,
      env: { DATABASE_URL: bot.databaseUrl },
      stdin: Readable.from([]),
      out: say,
      say,
      complain: say,
    },
    bot.clock.now(),
  );
  return output.trim();
}

const importing = async (contents: unknown, ...args: string[]) => {
  const file = join(folder, 'settings.json');
  await writeFile(file, JSON.stringify(contents));
  return (await run('import', file, ...args)).replaceAll(file, 'FILE');
};
const teamsOf = async () => JSON.parse(await run('export', '-')).teams;
const rows = async () =>
  JSON.stringify([await bot.db.read.team.findMany(), await bot.db.read.teamLead.findMany()]);

describe.each(databases)('teams in the file of settings on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
    folder = await mkdtemp(join(tmpdir(), 'shoutout-settings-'));
    await addTeam(bot, { name: 'Payments', slug: 'payments', members: [ana, 'U0GUEST'], leads: [ben] });
  });
  afterEach(async () => {
    await bot.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const payments = {
    slug: 'payments',
    name: 'Payments',
    roster: { group: 'S0OFTEST' },
    leads: [{ id: ben, name: 'Ben Okafor' }],
    channel: null,
    digest: false,
  };

  it('come out as they are, and in again without a change', async () => {
    expect(await teamsOf()).toEqual([payments]);
    const before = await rows();
    expect(await importing({ format: 1, teams: [payments] })).toMatch(/nothing to change\.$/);
    expect(await importing({ format: 1, teams: [{ name: 'Payments' }] })).toMatch(/nothing to change\.$/);
    expect(await importing({ format: 1, channel: null })).toMatch(/nothing to change\.$/);
    expect(await rows()).toBe(before);
  });

  it('change with the file, which says what differs; who was in a team stays', async () => {
    const basket = {
      name: 'Basket',
      roster: { channel: 'C0PODA' },
      leads: [{ id: ana }],
      channel: 'C0PODA',
      digest: true,
    };
    const wanted = { format: 1, teams: [basket, { ...payments, name: 'Pay', leads: [{ id: ana }] }] };
    const lines = [
      '- teams: Basket (team:basket) is new',
      '- teams > payments > name: Pay instead of Payments',
      '- teams > payments > leads: Ana Souza (U0ANA) instead of Ben Okafor (U0BEN)',
      'Whether Shoutout can post in a channel is for Slack to say: invite it to private ones.',
      'Who leads a team sees the numbers of its members, and those see it when somebody looks. Tell leads who are new.',
    ];
    const before = await rows();
    expect((await importing(wanted, '--check')).split('\n').slice(1)).toEqual(lines);
    expect(await rows()).toBe(before);
    expect((await importing(wanted)).split('\n').slice(1)).toEqual(lines);
    expect(await teamsOf()).toEqual([
      { slug: 'basket', ...basket, leads: [{ id: ana, name: 'Ana Souza' }] },
      { ...payments, name: 'Pay', leads: [{ id: ana, name: 'Ana Souza' }] },
    ]);
    expect(await bot.db.read.teamMember.count({ where: { team: { slug: 'payments' } } })).toBe(2);
    expect(await importing({ format: 1, teams: [{ name: 'Basket', slug: 'basket' }] })).toContain(
      '- teams: Pay (team:payments) is deleted, with who was in it when',
    );
    expect((await teamsOf()).map((one: { slug: string }) => one.slug)).toEqual(['basket']);
  });

  it('can take each other’s slugs', async () => {
    const basket = { ...payments, name: 'Basket', slug: 'basket' };
    await importing({ format: 1, teams: [payments, basket] });
    const swapped = [
      { ...payments, slug: 'basket', name: 'Basket 2' },
      { ...basket, slug: 'payments', name: 'Payments 2' },
    ];
    await importing({ format: 1, teams: swapped });
    expect((await teamsOf()).map((one: { slug: string; name: string }) => [one.slug, one.name])).toEqual([
      ['basket', 'Basket 2'],
      ['payments', 'Payments 2'],
    ]);
  });

  it('leave Everyone alone', async () => {
    await bot.tick();
    expect(await bot.db.read.team.count({ where: { slug: 'everyone' } })).toBe(1);
    await importing({ format: 1, teams: [] });
    expect((await bot.db.read.team.findMany()).map(one => one.slug)).toEqual(['everyone']);
    expect(await teamsOf()).toEqual([]);
  });

  it('are refused as a whole, every mistake named', async () => {
    const before = await rows();
    const teams = [
      { name: 'Everyone', roster: { channel: 'C0PODA' } },
      { name: 'Basket' },
      { name: 'Both', roster: { channel: 'C0PODA', group: 'S0PODA' } },
      { name: 'Basket!', slug: 'basket', roster: { channel: 'pod-a' }, digest: true },
      { name: 'Led', roster: { group: 'S0PODA' }, leads: [{ id: 'U0GUEST' }, { id: 'U0NOBODY' }] },
      { name: 'Spare', slug: 'No Slug', roster: { group: 'S0PODA' }, colour: 'red' },
      { ...payments, slug: 'payments' },
      { ...payments, name: 'Other', slug: 'payments' },
    ];
    const words = await importing({ format: 1, zone: 'Europe/Vienna', teams });
    const guest = (await bot.db.read.member.findFirstOrThrow({ where: { slackId: 'U0GUEST' } })).name;
    expect(words.split('\n').slice(1)).toEqual([
      '- teams > no. 1 (Everyone) > slug: Everyone is there already: all people of this workspace. Choose another name.',
      '- teams > no. 2 (Basket) > roster: must be one of {"group": "S0123ABCD"} and {"channel": "C0123ABCD"}.',
      '- teams > no. 3 (Both) > roster: must be one of {"group": "S0123ABCD"} and {"channel": "C0123ABCD"}.',
      "- teams > no. 4 (basket) > roster > channel: must be a channel's id such as C0123ABCD. In Slack it stands at the very bottom of the channel's details.",
      '- teams > no. 4 (basket) > roster: must be one of {"group": "S0123ABCD"} and {"channel": "C0123ABCD"}.',
      "- teams > no. 4 (basket) > digest: needs the team's own channel: name one, or say false.",
      '- teams > no. 5 (Led) > leads: U0NOBODY is not known yet: start the bot once, so that it learns who is there. If it has been running, mend the id.',
      `- teams > no. 5 (Led) > leads: ${guest} cannot lead a team: choose people of this workspace who are active and no guests.`,
      expect.stringMatching(/^- teams > no\. 6 \(No Slug\) > slug: must be what people type after team:/),
      expect.stringMatching(/^- teams > no\. 6 \(No Slug\): does not know "colour"\. Take it out/),
      '- teams > no. 8 (payments) > slug: team:payments is Payments, and can mean one team only.',
    ]);
    expect(await rows()).toBe(before);
    expect((await bot.db.read.settings.findFirst())?.timeZone).toBeNull();
  });
});
