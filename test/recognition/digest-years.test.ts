// Two years of digests in five zones, with restarts, pauses, changed hours and clocks that step back, against a small model.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Member, Workspace } from '../../src/model.js';
import {
  digestOutlook,
  pauseDigest,
  postDigestNow,
  resumeDigest,
  skipDigest,
} from '../../src/recognition/digests/commands.js';
import { runDigests } from '../../src/recognition/digests/teams.js';
import { changeSettings } from '../../src/recognition/settings.js';
import { chanceFrom } from '../support/chance.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { newWorkspace } from '../support/rows.js';
import { daysAfter, firstInstant, mondayOf, wallTime, zones } from '../support/wall-clock.js';

/** The same years in every run of the suite; `DIGEST_SEED` looks for others, `DIGEST_YEARS` for longer ones. */
const seed = Number(process.env.DIGEST_SEED ?? 20_261_122);
const years = Number(process.env.DIGEST_YEARS ?? 2);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-01-05T12:00:00Z');
const end = start + years * 365 * day;

/** What happens from time to time, and after how many days on average. */
const happenings = {
  give: 3,
  undo: 20,
  stop: 12,
  pause: 45,
  hour: 25,
  zone: 150,
  skip: 90,
  now: 80,
  stepBack: 120,
  look: 5,
} as const;
type Happening = keyof typeof happenings;

describe.each(zones)('two years of digests in %s', home => {
  let store: TestDatabase;
  beforeAll(async () => {
    const [sqlite] = databases;
    if (!sqlite) throw new Error('There is no database.');
    store = await sqlite.create();
  });
  afterAll(() => store.drop());

  it('tell every shout-out in one digest, and every week once, within a minute of its hour when the bot was up', async () => {
    const story = new Story(store, home, seed + zones.indexOf(home));
    await story.begin();
    while (story.now.getTime() < end) await story.goOn();
    await story.finish();
    expect(story.digests).toBeGreaterThan(years * 15);
    expect(story.onTime).toBeGreaterThan(years * 10);
    expect(story.late).toBeGreaterThan(0);
  }, 120_000);
});

/** Lives through the years, and compares after every tick. */
class Story {
  now = new Date(start);
  digests = 0;
  onTime = 0;
  late = 0;
  private weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7 = 5;
  private hour = 16;
  private isOn = true;
  private since = new Date(start);
  private upFrom = start;
  /** What is told in no digest yet. */
  private readonly untold = new Set<string>();
  private readonly closed = new Map<string, 'told' | 'skipped'>();
  private readonly held = new Map<string, number>();
  private readonly plan = new Map<Happening, number>();
  private readonly chance: () => number;
  private readonly workspace: Workspace;
  private keeper: Member | undefined;

  constructor(
    private readonly store: TestDatabase,
    private zone: string,
    seed: number,
  ) {
    this.chance = chanceFrom(seed);
    this.workspace = { ...newWorkspace('w1'), id: 'w1' };
  }

  private get db() {
    return this.store.db;
  }

  async begin(): Promise<void> {
    await this.db.write.workspace.create({ data: newWorkspace('w1') });
    const row = await this.db.write.member.create({
      data: { id: 'm1', workspaceId: 'w1', slackId: 'U1', name: 'Ana', isAdmin: true, fetchedAt: this.now },
    });
    this.keeper = { ...row, preference: 'everywhere' };
    const change = { timeZone: this.zone, shoutoutChannelId: 'C1', isInvitationOn: false };
    await this.change(change);
    for (const what of Object.keys(happenings) as Happening[]) this.schedule(what);
  }

  /** The next thing that happens, or the next moment at which a digest could be due. */
  async goOn(): Promise<void> {
    const [what, at] = [...this.plan].reduce((first, one) => (one[1] < first[1] ? one : first));
    // A bot that is down does nothing before it comes back.
    const due = Math.max(this.nextMoment(), this.upFrom);
    if (due < at) {
      this.now = new Date(due);
      await this.tick();
      return;
    }
    this.now = new Date(Math.max(at, this.now.getTime()));
    this.schedule(what);
    await this.let(what);
    await this.tick();
  }

  /** A last digest with the bot up tells what is left. */
  async finish(): Promise<void> {
    this.upFrom = 0;
    const by = this.present();
    await resumeDigest(this.db, this.workspace, { by }, this.now);
    if (!this.isOn) this.since = this.now;
    this.isOn = true;
    this.unskip();
    for (let weeks = 0; weeks < 3; weeks += 1) {
      this.now = new Date(this.dueIn(mondayOf(wallTime(this.now, this.zone).day), 1 + weeks));
      await this.tick();
    }
    expect(this.untold.size).toBe(0);
    expect(await this.db.read.shoutout.count({ where: { digestId: null, withdrawnAt: null } })).toBe(0);
    const told = await this.db.read.digest.findMany({ where: { state: 'told' }, include: { posts: true } });
    for (const { week, posts } of told)
      expect(
        posts.filter(({ kind }) => kind === 'digest'),
        week,
      ).toHaveLength(1);
  }

  private async let(what: Happening): Promise<void> {
    const by = this.present();
    const { db, workspace, now } = this;
    switch (what) {
      case 'give': {
        const id = randomUUID();
        await db.write.shoutout.create({
          data: {
            id,
            workspaceId: 'w1',
            teamSlackId: 'T1',
            requestKey: id,
            giverId: 'm1',
            message: 'for it',
            visibility: 'public',
            source: 'command',
            givenAt: now,
          },
        });
        this.untold.add(id);
        return;
      }
      case 'undo': {
        const [id] = this.untold;
        if (!id) return;
        await db.write.shoutout.updateMany({ where: { id }, data: { withdrawnAt: now } });
        this.untold.delete(id);
        return;
      }
      case 'stop':
        this.upFrom = now.getTime() + Math.floor(this.chance() ** 4 * 10 * day);
        return;
      case 'pause':
        if (this.isOn) await pauseDigest(db, workspace, { by }, now);
        else {
          await resumeDigest(db, workspace, { by }, now);
          this.since = now;
          this.unskip();
        }
        this.isOn = !this.isOn;
        // A pause is over after some days.
        if (!this.isOn) this.plan.set('pause', now.getTime() + this.below(20 * 24) * hour + 1000);
        return;
      case 'hour':
        this.hour = this.below(24);
        if (this.below(3) === 0) this.weekday = (1 + this.below(7)) as 1;
        await this.change({ digestHour: this.hour, digestWeekday: this.weekday });
        return;
      case 'zone':
        this.zone = zones[this.below(zones.length)] ?? this.zone;
        await this.change({ timeZone: this.zone });
        return;
      case 'skip': {
        const on = daysAfter(wallTime(now, this.zone).day, this.below(30));
        const outcome = await skipDigest(db, workspace, { by, day: on }, now);
        if (outcome.kind === 'done') this.closed.set(mondayOf(on), 'skipped');
        else expect(this.closed.get(mondayOf(on))).toBe('told');
        return;
      }
      case 'now': {
        const before = new Set(this.closed.keys());
        const outcome = await postDigestNow(db, workspace, { by }, now);
        if (outcome.kind === 'done') await this.expectTold();
        else expect([...this.closed.keys()]).toEqual([...before]);
        return;
      }
      case 'stepBack':
        this.now = new Date(now.getTime() - this.below(3 * 60) * minute);
        return;
      case 'look':
        return;
    }
  }

  /** The clock's tick: what the bot does is what the model expects. */
  private async tick(): Promise<void> {
    if (this.now.getTime() < this.upFrom) return;
    const before = await this.db.read.digest.count({ where: { claimedAt: { not: null } } });
    await runDigests(this.db, this.workspace, this.now);
    const after = await this.db.read.digest.count({ where: { claimedAt: { not: null } } });
    const expected = this.expected();
    const about = `${this.now.toISOString()} ${this.zone} weekday ${this.weekday} at ${this.hour}: ${JSON.stringify(expected)}`;
    expect(after - before, about).toBe(expected.tells ? 1 : 0);
    if (expected.tells) {
      const week = await this.expectTold();
      expect(week, about).toBe(expected.week);
      if (expected.lateBy < minute) this.onTime += 1;
      else this.late += 1;
    }
    if (this.below(3) > 0) return;
    const { nextAt } = await digestOutlook(this.db, this.workspace, this.now);
    const moment = this.nextMoment();
    expect(nextAt?.getTime() ?? Number.POSITIVE_INFINITY, `next after ${about}`).toBe(moment);
  }

  /** What a tick has to do now. */
  private expected(): { tells: boolean; week: string; lateBy: number } {
    const { week, dueAt } = this.latestDue();
    const lateBy = this.now.getTime() - dueAt;
    const nothing = { tells: false, week, lateBy };
    if (!this.isOn || dueAt <= this.since.getTime() || this.isClosed(week)) return nothing;
    if (lateBy < hour) return { ...nothing, tells: true };
    if (this.now.getTime() < (this.held.get(week) ?? 0)) return nothing;
    const wall = wallTime(this.now, this.zone);
    const isOff = wall.weekday > 5 || wall.hour < 8 || wall.hour >= 20;
    if (!isOff) return { ...nothing, tells: true };
    this.held.set(week, this.nextMorning());
    return nothing;
  }

  private nextMorning(): number {
    for (let days = 0; ; days += 1) {
      const on = daysAfter(wallTime(this.now, this.zone).day, days);
      const ten = firstInstant(on, 10, this.zone);
      if (wallTime(ten, this.zone).weekday <= 5 && ten > this.now) return ten.getTime();
    }
  }

  /** Exactly what was in no digest is in this one. Returns its week. */
  private async expectTold(): Promise<string> {
    const digest = await this.db.read.digest.findFirstOrThrow({
      where: { claimedAt: this.now },
      orderBy: { id: 'desc' },
      include: { shoutouts: { select: { id: true } } },
    });
    expect(digest.shoutouts.map(({ id }) => id).sort()).toEqual([...this.untold].sort());
    expect(digest.state).toBe(this.untold.size > 0 ? 'told' : 'empty');
    if (this.closed.get(digest.week) !== 'told') this.digests += 1;
    this.closed.set(digest.week, 'told');
    this.untold.clear();
    return digest.week;
  }

  private latestDue(): { week: string; dueAt: number } {
    const week = mondayOf(wallTime(this.now, this.zone).day);
    const dueAt = this.dueIn(week);
    if (dueAt <= this.now.getTime()) return { week, dueAt };
    return { week: daysAfter(week, -7), dueAt: this.dueIn(week, -1) };
  }

  private dueIn(week: string, weeks = 0): number {
    const on = daysAfter(week, weeks * 7 + this.weekday - 1);
    return firstInstant(on, this.hour, this.zone).getTime();
  }

  private isClosed(week: string): boolean {
    const present = mondayOf(wallTime(this.now, this.zone).day);
    return (
      this.closed.has(week) ||
      [...this.closed].some(([other, how]) => how === 'told' && other > week && other <= present)
    );
  }

  /** When the next digest is to come, by the model. */
  private nextMoment(): number {
    if (!this.isOn) return Number.POSITIVE_INFINITY;
    const now = this.now.getTime();
    const present = mondayOf(wallTime(this.now, this.zone).day);
    const moments: number[] = [];
    const { week, dueAt } = this.latestDue();
    if (dueAt > this.since.getTime() && !this.isClosed(week)) {
      const wall = wallTime(this.now, this.zone);
      const isOff = wall.weekday > 5 || wall.hour < 8 || wall.hour >= 20;
      const held = this.held.get(week) ?? 0;
      if (now - dueAt < hour) moments.push(now);
      else if (held > now) moments.push(held);
      else moments.push(isOff ? this.nextMorning() : now);
    }
    for (let weeks = 0; weeks < 9; weeks += 1) {
      const at = this.dueIn(present, weeks);
      const isAhead = at > now && at > this.since.getTime();
      if (isAhead && !this.isClosed(daysAfter(present, weeks * 7))) {
        moments.push(at);
        break;
      }
    }
    return Math.min(...moments);
  }

  private unskip(): void {
    const present = mondayOf(wallTime(this.now, this.zone).day);
    for (const [week, how] of this.closed) if (how === 'skipped' && week >= present) this.closed.delete(week);
  }

  private async change(change: Parameters<typeof changeSettings>[2]['change']): Promise<void> {
    const outcome = await changeSettings(
      this.db,
      this.workspace,
      { by: null, change, seenVersion: null },
      this.now,
    );
    expect(outcome.kind).toBe('changed');
  }

  private present(): Member {
    if (!this.keeper) throw new Error('The story has not begun.');
    return this.keeper;
  }

  private schedule(what: Happening): void {
    const wait = -Math.log(1 - this.chance()) * happenings[what] * day;
    this.plan.set(what, Math.floor((this.now.getTime() + wait) / 1000) * 1000 + 1000);
  }

  private below(limit: number): number {
    return Math.floor(this.chance() * limit);
  }
}
