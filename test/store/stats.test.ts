// Statistics over random records: each query says what counting by hand says, on SQLite and on PostgreSQL.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countEveryone, countEveryoneBuckets } from '../../src/store/stats/everyone.js';
import { countMember, countMemberBuckets } from '../../src/store/stats/person.js';
import { countSpread, countTeamSpread } from '../../src/store/stats/spread.js';
import { countLeft, countTeam, countTeamBuckets, listTeamRows } from '../../src/store/stats/team.js';
import {
  countLived,
  countValuesPerTeam,
  countWorkspace,
  countWorkspaceBuckets,
} from '../../src/store/stats/workspace.js';
import { tallyShoutouts } from '../../src/store/tallies.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { newValue, newWorkspace } from '../support/rows.js';
import { ByHand, readRecords, sorted } from '../support/stats-by-hand.js';

const seed = Number(process.env.STATS_SEED ?? 20_261_122);
const people = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11'];
const values = ['care', 'craft', 'focus'];
const teams = ['everyone', 'red', 'blue'];
const day = (number: number) => new Date(Date.UTC(2026, 2, 1 + number));
const lastDay = 40;

const stay = fc.record({
  teamId: fc.constantFrom(...teams),
  memberId: fc.constantFrom(...people),
  from: fc.option(fc.nat({ max: lastDay }), { nil: null }),
  days: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
});
const shoutout = fc.record({
  giverId: fc.constantFrom(...people),
  recipientIds: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 4 }),
  valueIds: fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 }),
  // Also in the very moment in which somebody comes or goes, or a period begins.
  on: fc.oneof(fc.nat({ max: lastDay }), fc.double({ min: 0, max: lastDay, noNaN: true })),
  source: fc.constantFrom('command', 'modal', 'mention', 'reaction', 'meToo'),
  isWithdrawn: fc.boolean(),
});
const world = fc.record({
  // The others are in Everyone all the time.
  comeAndGo: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 4 }),
  stays: fc.array(stay, { maxLength: 30, size: 'max' }),
  shoutouts: fc.array(shoutout, { minLength: 20, maxLength: 60, size: 'max' }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

describe.each(databases)('statistics on $name', ({ create }) => {
  let database: TestDatabase;
  let db: TestDatabase['db'];

  beforeEach(async () => {
    database = await create();
    db = database.db;
  });
  afterEach(() => database.drop());

  /** A workspace of its own for each world; every id has its name in front. */
  async function build(workspaceId: string, { comeAndGo, stays, shoutouts }: World): Promise<void> {
    const id = (own: string) => `${workspaceId}-${own}`;
    await db.write.workspace.create({ data: newWorkspace(workspaceId) });
    await db.write.member.createMany({
      data: people.map(own => ({
        id: id(own),
        workspaceId,
        slackId: own.toUpperCase(),
        name: own,
        fetchedAt: day(0),
      })),
    });
    await db.write.companyValue.createMany({
      data: values.map(slug => ({ ...newValue(workspaceId, slug), id: id(slug) })),
    });
    await db.write.team.createMany({
      data: teams.map(slug => ({
        id: id(slug),
        workspaceId,
        name: slug,
        slug,
        rosterKind: slug === 'everyone' ? 'everyone' : 'channel',
        createdAt: day(0),
      })),
    });
    // Nobody is in a team twice at a time.
    const always = people.filter(own => !comeAndGo.includes(own));
    const all = [
      ...always.map(memberId => ({ teamId: 'everyone', memberId, from: null, days: null })),
      ...stays,
    ];
    const free = new Map<string, Date>();
    const kept = all.flatMap(({ teamId, memberId, from, days }) => {
      const key = `${teamId} ${memberId}`;
      const joinedAt = from === null ? new Date(0) : day(from);
      if (joinedAt < (free.get(key) ?? new Date(0))) return [];
      const leftAt = days === null ? null : day((from ?? 0) + days);
      free.set(key, leftAt ?? new Date(8.64e15));
      return [{ teamId: id(teamId), memberId: id(memberId), workspaceId, joinedAt, leftAt }];
    });
    await db.write.teamMember.createMany({ data: kept });
    const rows = shoutouts.map((one, index) => ({
      ...one,
      id: id(`s${index}`),
      recipientIds: one.recipientIds.filter(own => own !== one.giverId),
    }));
    await db.write.shoutout.createMany({
      data: rows.map(one => ({
        id: one.id,
        workspaceId,
        teamSlackId: 'T',
        requestKey: one.id,
        giverId: id(one.giverId),
        message: 'for a deed',
        visibility: 'public',
        source: one.source,
        givenAt: new Date(day(0).getTime() + Math.round(one.on * 86_400_000)),
        withdrawnAt: one.isWithdrawn ? day(lastDay) : null,
      })),
    });
    await db.write.shoutoutRecipient.createMany({
      data: rows.flatMap(one =>
        one.recipientIds.map((own, position) => ({
          shoutoutId: one.id,
          memberId: id(own),
          workspaceId,
          position,
        })),
      ),
    });
    await db.write.shoutoutValue.createMany({
      data: rows.flatMap(one =>
        one.valueIds.map(slug => ({ shoutoutId: one.id, valueId: id(slug), workspaceId })),
      ),
    });
    await db.transaction(tx =>
      tallyShoutouts(
        tx,
        workspaceId,
        rows.filter(one => one.recipientIds.length > 0).map(one => one.id),
      ),
    );
  }

  test('each is what counting by hand says', { timeout: 120_000 }, async () => {
    let worlds = 0;
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 21 }),
        async (one, from, days) => {
          worlds += 1;
          const workspaceId = `w${worlds}`;
          await build(workspaceId, one);
          const records = await readRecords(db, workspaceId);
          records.shoutouts = records.shoutouts.filter(shoutout => shoutout.recipientIds.length > 0);
          const { everyoneId } = records;
          const borders = [
            day(from),
            day(from + Math.ceil(days / 2)),
            day(from + days + 1),
            day(from + days + 9),
          ];
          const span = { from: day(from), to: day(from + days + 9) };
          const byHand = new ByHand(records, span);
          const buckets = borders
            .slice(1)
            .map((to, index) => new ByHand(records, { from: borders[index] ?? to, to }));
          const trend = (perValues: { valueId: string | null; received: number }[][]) => {
            const ids = new Set(perValues.flat().map(row => row.valueId));
            return sorted(
              [...ids].map(valueId => ({
                valueId,
                received: perValues.map(rows => rows.find(row => row.valueId === valueId)?.received ?? 0),
              })),
            );
          };

          for (const own of people) {
            const memberId = `${workspaceId}-${own}`;
            const counts = await countMember(db, workspaceId, { memberId, span });
            expect({ ...counts, perValue: sorted(counts.perValue) }).toEqual(byHand.member(memberId));
            const over = await countMemberBuckets(db, workspaceId, { memberId, borders });
            const each = buckets.map(bucket => bucket.member(memberId));
            expect(over).toEqual({
              received: each.map(one => one.received),
              given: each.map(one => one.given),
            });
            for (const valueId of new Set(records.shoutouts.flatMap(shoutout => shoutout.valueIds))) {
              const tagged = records.shoutouts.filter(shoutout => shoutout.valueIds.includes(valueId));
              const only = {
                ...records,
                shoutouts: tagged.map(shoutout => ({ ...shoutout, valueIds: [valueId] })),
              };
              const ofValue = await countMember(db, workspaceId, { memberId, valueId, span });
              expect(ofValue).toEqual(new ByHand(only, span).member(memberId));
              const steps = await countMemberBuckets(db, workspaceId, { memberId, valueId, borders });
              expect(steps.received.reduce((sum, one) => sum + one, 0)).toBe(ofValue.received);
              expect(steps.given.reduce((sum, one) => sum + one, 0)).toBe(ofValue.given);
            }
          }

          for (const teamId of teams.map(slug => `${workspaceId}-${slug}`)) {
            const counts = await countTeam(db, workspaceId, { teamId, span });
            expect({ ...counts, perValue: sorted(counts.perValue) }).toEqual(byHand.team(teamId));
            for (const { valueId, recipients } of byHand.valuesOfTeam(teamId)) {
              if (valueId === null) continue;
              const { thanked } = await countTeam(db, workspaceId, { teamId, span, valueId });
              expect(thanked).toBe(recipients);
            }
            const pages = await Promise.all(
              [0, 5, 10].map(skip => listTeamRows(db, workspaceId, { teamId, span }, { skip, most: 5 })),
            );
            const rows = pages.flat();
            const names = rows.map(row => row.member.name);
            expect(names).toEqual([...names].sort());
            expect(
              rows
                .map(({ member, received, perValue }) => ({
                  id: member.id,
                  received,
                  perValue: sorted(perValue),
                }))
                .sort((a, b) => (a.id < b.id ? -1 : 1)),
            ).toEqual(byHand.teamRows(teamId).rows);
            const left = await countLeft(db, workspaceId, { teamId, span });
            expect({ ...left, perValue: sorted(left.perValue) }).toEqual(byHand.teamRows(teamId).left);
            expect(sorted(await countTeamBuckets(db, workspaceId, { teamId, borders }))).toEqual(
              trend(buckets.map(bucket => bucket.team(teamId).perValue)),
            );
            expect(await countTeamSpread(db, workspaceId, { teamId, everyoneId, span })).toEqual(
              byHand.spread(teamId),
            );
          }

          const everyone = await countEveryone(db, workspaceId, { teamId: everyoneId, span });
          expect({ ...everyone, perValue: sorted(everyone.perValue) }).toEqual({
            ...byHand.team(everyoneId),
            across: null,
          });
          expect(
            sorted(await countEveryoneBuckets(db, workspaceId, { teamId: everyoneId, borders })),
          ).toEqual(trend(buckets.map(bucket => bucket.team(everyoneId).perValue)));

          const counts = await countWorkspace(db, workspaceId, span);
          expect({ ...counts, perValue: sorted(counts.perValue) }).toEqual(byHand.workspace());
          expect(sorted(await countWorkspaceBuckets(db, workspaceId, { borders }))).toEqual(
            trend(buckets.map(bucket => bucket.workspace().perValue)),
          );
          const later = new ByHand(records, { from: span.from, to: day(lastDay + 1) }).workspace().perValue;
          const lived = await countLived(db, workspaceId, span.from);
          for (const valueId of values.map(slug => `${workspaceId}-${slug}`))
            expect(lived.get(valueId)).toBe(later.find(row => row.valueId === valueId)?.received ?? 0);
          expect(await countSpread(db, workspaceId, { everyoneId, span })).toEqual(byHand.spread(null));
          const teamIds = teams.map(slug => `${workspaceId}-${slug}`);
          const perTeam = await countValuesPerTeam(db, workspaceId, { teamIds, span });
          for (const teamId of teamIds) {
            const own = perTeam.filter(row => row.teamId === teamId).map(({ teamId: _id, ...row }) => row);
            expect(sorted(own)).toEqual(byHand.valuesOfTeam(teamId));
          }
        },
      ),
      { numRuns: Number(process.env.STATS_RUNS ?? 5), seed, endOnFailure: true },
    );
  });
});
