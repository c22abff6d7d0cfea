// Seeds a workspace of many shout-outs for the measurement of statistics, by SQL.
import type { Db } from '../../src/store/db.js';
import { Prisma } from '../../src/store/generated/sqlite/client.js';
import { insertRows } from '../../src/store/insert-rows.js';
import { tallyShoutouts } from '../../src/store/tallies.js';

export const workspaceId = 'w0000000-0000-7000-8000-000000000000';
/** All of them were given in the two years before. */
export const now = new Date('2026-05-13T10:00:00Z');
const dayMs = 86_400_000;
const days = 2 * 365;
const start = now.getTime() - days * dayMs;
/** Of the first team. */
export const leadId = 'm0000000-0000-7000-8000-000000000000';
export const everyoneId = 't0000000-0000-7000-8000-000000000000';
/** Over and over: teams of 8 to 12 people. */
const teamSizes = [8, 12, 10, 9, 11];
const perRound = teamSizes.reduce((sum, size) => sum + size, 0);
const values = 5;
const sharesEach = 50;
const batch = 1000;

/** What a row of the model numbered so is called; as long as the product's ids, and rising like them. */
const idOf = (kind: string, number: number) =>
  `${kind}0000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
/** The same in SQL that both databases understand. */
const sqlId = (kind: string, number: string) =>
  Prisma.raw(`'${kind}0000000-0000-7000-8000-' || SUBSTR(CAST(1000000000000 + (${number}) AS TEXT), 2)`);

/** Seeds so many shout-outs, 50 for each person. */
export async function seed(db: Db, shoutouts: number, engine: 'sqlite' | 'postgresql'): Promise<void> {
  const people = Math.max(20, Math.round(shoutouts / sharesEach));
  await seedWorkspace(db);
  await seedPeople(db, people);
  await seedShoutouts(db, { shoutouts, people }, engine);
  await seedTallies(db, shoutouts);
  // As PostgreSQL does by itself on one that lives, and the bot's clock on SQLite.
  if (engine === 'postgresql') await db.write.$executeRaw`VACUUM ANALYZE`;
  await db.tidy();
}

async function seedWorkspace(db: Db): Promise<void> {
  await db.write.workspace.create({
    data: {
      id: workspaceId,
      slackId: 'T0BENCH',
      name: 'Bench',
      url: 'https://bench.slack.com/',
      botSlackId: 'U0BOT',
      botName: 'shoutout',
      createdAt: new Date(0),
    },
  });
  for (let number = 0; number < values; number += 1) {
    await db.write.companyValue.create({
      data: {
        id: idOf('v', number),
        workspaceId,
        slug: `value-${number}`,
        name: `Value ${number}`,
        emoji: 'gem',
        position: number,
      },
    });
  }
}

async function seedPeople(db: Db, people: number): Promise<void> {
  const teams: { id: string; first: number; size: number }[] = [];
  for (let first = 0; first < people; ) {
    const size = Math.min(teamSizes[teams.length % teamSizes.length] ?? 10, people - first);
    teams.push({ id: idOf('t', teams.length + 1), first, size });
    first += size;
  }
  const stays = [
    ...Array.from({ length: people }, (_, number) => ({ teamId: everyoneId, number })),
    ...teams.flatMap(({ id, first, size }) =>
      Array.from({ length: size }, (_, index) => ({ teamId: id, number: first + index })),
    ),
  ].map(({ teamId, number }) => ({
    teamId,
    memberId: idOf('m', number),
    workspaceId,
    // One in ten came at some time of those years.
    joinedAt: number % 10 === 3 ? new Date(start + ((number * 7919) % days) * dayMs) : new Date(0),
  }));
  const inBatches = async <Row>(rows: Row[], insert: (some: Row[]) => Promise<void>) => {
    for (let at = 0; at < rows.length; at += batch) await insert(rows.slice(at, at + batch));
  };
  const members = Array.from({ length: people }, (_, number) => ({
    id: idOf('m', number),
    workspaceId,
    slackId: `U${number}`,
    name: `Person ${number}`,
    fetchedAt: now,
  }));
  await inBatches(members, some => insertRows(db.write, 'Member', some));
  const teamRows = [everyoneId, ...teams.map(team => team.id)].map((id, number) => ({
    id,
    workspaceId,
    name: `Team ${number}`,
    slug: id === everyoneId ? 'everyone' : `team-${number}`,
    rosterKind: id === everyoneId ? 'everyone' : 'channel',
    createdAt: new Date(0),
  }));
  await inBatches(teamRows, some => insertRows(db.write, 'Team', some));
  await inBatches(stays, some => insertRows(db.write, 'TeamMember', some));
  const [first] = teams;
  if (first)
    await insertRows(db.write, 'TeamLead', [
      { teamId: first.id, memberId: leadId, workspaceId, since: new Date(0) },
    ]);
}

/** A number that looks random, of shout-out `i`; `salt` makes another one. */
const random = (salt: number) => `((i * 48271 + ${salt}) % 2147483647 * 16807 % 2147483647)`;

/** Three in four thank somebody of the giver's team, the others anybody; one in ten thanks two; 1.2 values each. */
async function seedShoutouts(
  db: Db,
  { shoutouts, people }: { shoutouts: number; people: number },
  engine: 'sqlite' | 'postgresql',
): Promise<void> {
  const giver = `((i * 7919) % ${people})`;
  const place = `(${giver} % ${perRound})`;
  let before = 0;
  const cases = teamSizes.map(size => {
    const one = { from: before, size };
    before += size;
    return one;
  });
  const pick = (of: (one: { from: number; size: number }) => number) =>
    `CASE ${cases.map(one => `WHEN ${place} < ${one.from + one.size} THEN ${of(one)}`).join(' ')} END`;
  const first = `(${giver} - ${place} + (${pick(one => one.from)}))`;
  const size = `(${pick(one => one.size)})`;
  const thanked = (salt: number) =>
    `(CASE WHEN ${random(salt)} % 4 < 3 THEN ${first} + ((${giver} - ${first}) + 1 + ${random(salt + 1)} % (${size} - 1)) % ${size}
      ELSE (${giver} + 1 + ${random(salt + 2)} % ${people - 1}) % ${people} END) % ${people}`;
  const step = Math.floor((days * dayMs) / shoutouts);
  const at = `(${start} + i * ${step})`;
  const givenAt =
    engine === 'sqlite'
      ? `strftime('%Y-%m-%dT%H:%M:%f', ${at} / 1000.0, 'unixepoch') || '+00:00'`
      : `to_timestamp(${at} / 1000.0) AT TIME ZONE 'UTC'`;
  const numbers = Prisma.raw(
    `WITH RECURSIVE numbers(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < ${shoutouts - 1})`,
  );
  const id = sqlId('s', 'i');
  await db.write
    .$executeRaw`INSERT INTO "Shoutout" ("id", "workspaceId", "teamSlackId", "requestKey", "giverId", "message", "visibility", "source", "givenAt", "answeredAt")
    ${numbers} SELECT ${id}, ${workspaceId}, 'T0BENCH', 'bench:' || CAST(i AS TEXT), ${sqlId('m', giver)}, 'for a deed', 'public',
      CASE WHEN ${Prisma.raw(random(9))} % 3 = 0 THEN 'reaction' ELSE 'command' END, ${Prisma.raw(givenAt)}, ${Prisma.raw(givenAt)} FROM numbers`;
  const recipients = (salt: number, position: number, which: string) =>
    db.write
      .$executeRaw`INSERT INTO "ShoutoutRecipient" ("shoutoutId", "memberId", "workspaceId", "position", "isHidden")
      ${numbers} SELECT ${id}, ${sqlId('m', thanked(salt))}, ${workspaceId}, ${Prisma.raw(String(position))}, ${Prisma.raw('false')} FROM numbers
      WHERE ${Prisma.raw(which)} ON CONFLICT DO NOTHING`;
  await recipients(1, 0, '1 = 1');
  await recipients(4, 1, `${random(8)} % 10 = 0`);
  const tagged = (salt: number, which: string) =>
    db.write.$executeRaw`INSERT INTO "ShoutoutValue" ("shoutoutId", "valueId", "workspaceId")
      ${numbers} SELECT ${id}, ${sqlId('v', `${random(salt)} % ${values}`)}, ${workspaceId} FROM numbers
      WHERE ${Prisma.raw(which)} ON CONFLICT DO NOTHING`;
  await tagged(6, `${random(10)} % 10 > 0`);
  await tagged(7, `${random(11)} % 100 < 38`);
}

async function seedTallies(db: Db, shoutouts: number): Promise<void> {
  for (let at = 0; at < shoutouts; at += batch) {
    const ids = Array.from({ length: Math.min(batch, shoutouts - at) }, (_, index) => idOf('s', at + index));
    await tallyShoutouts(db.write, workspaceId, ids, { areNew: true });
  }
}
