// Files of settings at random: out of one workspace and into another, broken in every way, and beside an admin who changes things.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../src/model.js';
import { createValue } from '../src/recognition/change-values.js';
import { saveMembers } from '../src/recognition/members.js';
import { findSnapshot } from '../src/recognition/snapshots.js';
import { registerWorkspace } from '../src/recognition/workspaces.js';
import { importSettings } from '../src/settings-file/import.js';
import { textOf } from '../src/settings-file/write.js';
import { emojiName } from '../src/slack/emoji.js';
import { type Db, openDb } from '../src/store/db.js';
import { listMembers } from '../src/store/members.js';
import { databases, type TestDatabase } from './support/databases.js';

/** The same files in every run of the suite; `SETTINGS_SEED` and `SETTINGS_RUNS` look for others. */
const seed = Number(process.env.SETTINGS_SEED ?? 20_261_122);
const runs = (usual: number) => Number(process.env.SETTINGS_RUNS ?? usual);

const now = new Date('2026-05-13T10:00:00Z');
const people = ['U0ANA', 'U0BEN', 'U0MARTA'];

const channel = fc.option(fc.constantFrom('C0GENERAL', 'C0SHOUT', 'G0CLOSED'));
const person = fc.record({ id: fc.constantFrom(...people), name: fc.string() });
const text = (most: number) => fc.string({ unit: 'grapheme', maxLength: most / 10 });

/** Files in order. Each value keeps to names and emoji of its own, and may be left out. */
const inOrder = fc.record({
  format: fc.constant(1),
  setUp: fc.boolean(),
  channel,
  zone: fc.option(fc.constantFrom('Europe/Vienna', 'Asia/Kathmandu', 'UTC')),
  digest: fc.record({
    on: fc.boolean(),
    weekday: fc.constantFrom('monday', 'friday', 'sunday'),
    hour: fc.integer({ min: 0, max: 23 }),
    channel,
  }),
  limits: fc.record({ perDay: fc.integer({ min: 1, max: 1000 }) }),
  needs: fc.record({ value: fc.boolean(), message: fc.boolean() }),
  guests: fc.record({ give: fc.boolean(), receive: fc.boolean() }),
  reactions: fc.record({
    uncountedEmoji: fc.array(fc.constantFrom('tada', 'thumbsup', '🚀', 'our_own')),
    uncountedChannels: fc.array(fc.constantFrom('C0GENERAL', 'C0SHOUT')),
  }),
  keepers: fc.array(person, { minLength: 1, maxLength: 4 }),
  viewers: fc.array(person, { maxLength: 4 }),
  values: fc
    .shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 })
    .chain(chosen => fc.tuple(...chosen.map(valueAt))),
  teams: fc.shuffledSubarray([0, 1, 2, 3]).chain(chosen => fc.tuple(...chosen.map(teamAt))),
});

/** Teams that keep to names of their own, but take each other's slugs. */
function teamAt(index: number, place: number) {
  const roster = fc.oneof(
    fc.record({ group: fc.constantFrom('S0PODA', 'S0PODB') }),
    fc.record({ channel: fc.constantFrom('C0PODA', 'G0CLOSED') }),
  );
  const own = fc.oneof(
    fc.record({ channel, digest: fc.constant(false) }),
    fc.record({ channel: fc.constant('C0GENERAL'), digest: fc.boolean() }),
  );
  return fc
    .record({ rest: text(200), roster, own, leads: fc.array(person, { maxLength: 3 }) })
    .map(({ rest, roster, own, leads }) => ({
      slug: `team-${place}`,
      name: `T${index}${rest}`,
      roster,
      leads,
      ...own,
    }));
}

function valueAt(index: number) {
  const slugs = [`value-${index}`, `Wert${index}`.toLowerCase(), `ценность_${index}`];
  return fc
    .record({
      names: fc.shuffledSubarray(slugs, { minLength: 1 }),
      rest: text(300),
      meaning: text(200),
      emoji: fc.constantFrom(
        `own_${index}`,
        ['💎', 'bee', ':compass:', 'sunflower', '🌍', 'sloth'][index] ?? '',
      ),
      retired: fc.boolean(),
    })
    .map(({ names, rest, meaning, emoji, retired }) => {
      const [slug = '', ...formerSlugs] = names;
      return { slug, formerSlugs, name: `V${rest}`, meaning, emoji, retired };
    });
}

/** Something done to a file: a place in it, and what becomes of what stands there. */
const damage = fc.record({
  at: fc.nat({ max: 1000 }),
  how: fc.constantFrom('replace', 'remove', 'rename', 'copy', 'cut', 'flip'),
  by: fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(
      '',
      'x\u0000',
      '\ud800',
      'C0SHOUT',
      'U0NOBODY',
      -1,
      1e300,
      24,
      '__proto__',
      'mega',
      'own_1',
    ),
  ),
});

describe.each(databases)('files of settings on $name', ({ create }) => {
  let database: TestDatabase;
  let db: Db;
  let round = 0;
  beforeEach(async () => {
    database = await create();
    db = database.db;
  });
  afterEach(() => database.drop());

  async function fresh(): Promise<Workspace> {
    round += 1;
    const named = {
      name: 'Example',
      url: 'https://example.slack.com/',
      botSlackId: 'U0BOT',
      botName: 'shoutout',
    };
    const workspace = await registerWorkspace(db, { slackId: `T0${round}`, ...named }, now);
    const plain = { timeZone: null, isBot: false, isDeactivated: false, isGuest: false, isForeign: false };
    const profiles = people.map(slackId => ({
      slackId,
      name: slackId,
      ...plain,
      isAdmin: slackId === 'U0MARTA',
    }));
    await saveMembers(db, workspace, profiles, now);
    return workspace;
  }
  const into = (workspace: Workspace, contents: string | Uint8Array, by = db) => {
    const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
    return importSettings(by, workspace, { bytes, isTrial: false }, now);
  };
  const outOf = async (workspace: Workspace) => textOf(await findSnapshot(db, workspace, now));
  /** Everything that an import could write, as it lies in the database. */
  const rows = async ({ id: workspaceId }: Workspace) =>
    JSON.stringify([
      await db.read.settings.findMany({ where: { workspaceId } }),
      await db.read.keeper.findMany({ where: { workspaceId }, orderBy: { memberId: 'asc' } }),
      await db.read.viewer.findMany({ where: { workspaceId }, orderBy: { memberId: 'asc' } }),
      await db.read.companyValue.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } }),
      await db.read.team.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } }),
      await db.read.teamLead.findMany({
        where: { workspaceId },
        orderBy: [{ teamId: 'asc' }, { memberId: 'asc' }],
      }),
    ]);

  it('taken from one workspace make another one the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(inOrder, { minLength: 1, maxLength: 3 }), async files => {
        const [first, second] = [await fresh(), await fresh()];
        for (const file of files) {
          const outcome = await into(first, JSON.stringify(file));
          expect(outcome).toMatchObject({ kind: 'imported' });
        }
        const taken = await outOf(first);
        // Its own file changes nothing.
        const before = await rows(first);
        expect(await into(first, taken)).toMatchObject({ kind: 'imported', changes: [] });
        expect(await rows(first)).toBe(before);
        expect(await into(second, taken)).toMatchObject({ kind: 'imported' });
        expect(await outOf(second)).toBe(taken);
      }),
      { numRuns: runs(25), seed, endOnFailure: true },
    );
  }, 120_000);

  it('that are broken anywhere are refused with reasons and change nothing, or are in order after all', async () => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(inOrder, fc.array(damage, { minLength: 1, maxLength: 3 }), async (file, damages) => {
        const workspace = await fresh();
        await into(workspace, JSON.stringify({ format: 1, keepers: [{ id: 'U0BEN' }] }));
        const before = await rows(workspace);
        const broken = damages.reduce(broke, new TextEncoder().encode(JSON.stringify(file, null, 2)));
        const outcome = await into(workspace, broken);
        if (outcome.kind === 'refused') {
          refusals += 1;
          expect(outcome.mistakes.length).toBeGreaterThan(0);
          for (const mistake of outcome.mistakes) expect(mistake).toMatch(/^[^\p{Cc}]+[.?]$/u);
          expect(await rows(workspace)).toBe(before);
        } else {
          // Nothing is half there: the same file finds nothing to change.
          expect(await into(workspace, broken)).toMatchObject({ kind: 'imported', changes: [] });
          const { values } = await findSnapshot(db, workspace, now);
          const names = values.flatMap(one => [one.slug, ...one.formerSlugs]);
          const emoji = values.filter(one => !one.retiredAt).map(one => one.emoji);
          expect([new Set(names).size, new Set(emoji).size]).toEqual([names.length, emoji.length]);
        }
      }),
      { numRuns: runs(120), seed, endOnFailure: true },
    );
    expect(refusals).toBeGreaterThan(0);
  }, 120_000);

  it('and an admin who adds a value at the same moment come one after the other', async () => {
    const other = await openDb(database.url);
    try {
      for (let turn = 0; turn < 12; turn += 1) {
        const workspace = await fresh();
        const [by] = await listMembers(db, workspace.id, ['U0MARTA']);
        if (!by) throw new Error('Nobody is an admin.');
        const file = { format: 1, limits: { perDay: 7 }, values: [{ name: 'Care', emoji: 'gem' }] };
        const contents = { name: 'Courage', meaning: '', emoji: turn % 2 === 0 ? 'lion_face' : 'gem' };
        const adding = () =>
          createValue(db, workspace, {
            by,
            key: `form-${turn}`,
            contents,
            canonical: emojiName,
          });
        const importing = () => into(workspace, JSON.stringify(file), other);
        const [added, imported] =
          turn % 3 === 0
            ? await Promise.all([adding(), importing()])
            : (await Promise.all([importing(), adding()])).reverse();
        expect(imported).toMatchObject({ kind: 'imported' });
        const { choices, values } = await findSnapshot(db, workspace, now);
        const active = values.filter(one => !one.retiredAt).map(one => one.slug);
        expect(choices.dailyLimit).toBe(7);
        // Added first, the file leaves it out; refused, for the starters have its emoji, or Care has; or added to it.
        expect(['care', 'care courage']).toContain(active.join(' '));
        if (active.length === 2) expect(added).toMatchObject({ kind: 'changed' });
      }
    } finally {
      await other.close();
    }
  });
});

/** The file with one place of it spoilt. */
function broke(file: Uint8Array, { at, how, by }: { at: number; how: string; by: unknown }): Uint8Array {
  if (how === 'cut') return file.slice(0, at % (file.length + 1));
  if (how === 'flip')
    return file.map((byte, index) => (index === at % file.length ? byte ^ (1 << (at % 8)) : byte));
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(file));
  } catch {
    return file;
  }
  const places = placesIn(json);
  const place = places[at % places.length];
  if (!place) return file;
  const { holder, name } = place;
  const value = Reflect.get(holder, name);
  if (how === 'replace') Reflect.set(holder, name, by);
  else if (Array.isArray(holder))
    holder.splice(Number(name), how === 'remove' ? 1 : 0, ...(how === 'copy' ? [value] : []));
  else {
    if (how !== 'copy') Reflect.deleteProperty(holder, name);
    if (how !== 'remove')
      Object.defineProperty(holder, String(by), {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return new TextEncoder().encode(JSON.stringify(json, null, 2));
}

function placesIn(json: unknown): { holder: object; name: string }[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, inner]) => [{ holder: json, name }, ...placesIn(inner)]);
}
