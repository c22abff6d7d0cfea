// Two years of leads' briefs in five zones, with outages, moves to another zone, stops and clocks that step back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../src/model.js';
import { createBriefRunner } from '../../src/recognition/briefs/run.js';
import { tallyShoutouts } from '../../src/store/tallies.js';
import { insertTeam, writeLeads } from '../../src/store/teams.js';
import { diceFrom } from '../support/chance.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { newWorkspace } from '../support/rows.js';
import { daysAfter, firstInstant, wallTime, zones } from '../support/wall-clock.js';
import { personId, recordPeople, recordShoutouts } from '../support/week.js';

/** The same years in every run of the suite; `BRIEF_SEED` looks for others, `BRIEF_YEARS` for longer ones. */
const seed = Number(process.env.BRIEF_SEED ?? 20_261_122);
const weeks = 52 * Number(process.env.BRIEF_YEARS ?? 2);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const lead = personId('Lea');

describe.each(zones)('two years of briefs to a lead who begins in %s', home => {
  let store: TestDatabase;
  beforeAll(async () => {
    const [sqlite] = databases;
    if (!sqlite) throw new Error('There is no database.');
    store = await sqlite.create();
  });
  afterAll(() => store.drop());

  it('tell every shout-out in one brief, at nine on Thursdays or as soon as the bot is back, until Friday at six', async () => {
    const story = new Story(store, home, seed + zones.indexOf(home));
    await story.begin();
    for (let number = 0; number < weeks; number += 1) await story.live(daysAfter('2026-01-05', 7 * number));
    expect(story.told).toBeGreaterThan(weeks / 2);
    expect(story.late).toBeGreaterThan(0);
    expect(story.passedOver).toBeGreaterThan(0);
    expect(story.moves).toBeGreaterThan(0);
    await story.finish();
  }, 120_000);
});

class Story {
  told = 0;
  late = 0;
  passedOver = 0;
  moves = 0;
  private now = Date.parse('2026-01-05T00:00:00Z');
  private isOn = true;
  private readonly given = new Map<string, number>();
  private readonly workspace: Workspace;
  private readonly run: (workspace: Workspace, now: Date) => Promise<boolean>;
  private readonly below: (limit: number) => number;

  constructor(
    private readonly store: TestDatabase,
    private zone: string,
    seed: number,
  ) {
    this.below = diceFrom(seed);
    this.workspace = { ...newWorkspace('w1'), id: 'w1' };
    this.run = createBriefRunner(store.db);
  }

  private get db() {
    return this.store.db;
  }

  async begin(): Promise<void> {
    await this.db.write.workspace.create({ data: newWorkspace('w1') });
    await recordPeople(
      this.db,
      'w1',
      ['Lea', 'Ana', 'Ben'].map(name => ({ name })),
    );
    await this.move(this.zone);
    const since = new Date(this.now);
    const team = { name: 'Pod A', slug: 'pod-a', channelSlackId: null, isDigestOn: false };
    await this.db.transaction(async tx => {
      const roster = { kind: 'channel' as const, slackId: 'C1' };
      const teamId = await insertTeam(tx, 'w1', { ...team, roster }, since);
      await tx.teamMember.create({
        data: { teamId, memberId: personId('Ben'), workspaceId: 'w1', joinedAt: new Date(0) },
      });
      await writeLeads(tx, 'w1', { teamId, leadIds: [lead] }, since);
    });
  }

  /** A week, named by its Monday. */
  async live(monday: string): Promise<void> {
    const thursday = daysAfter(monday, 3);
    await this.give(firstInstant(daysAfter(monday, this.below(3)), 12, this.zone).getTime());
    if (this.chance(this.isOn ? 15 : 3)) await this.turn(!this.isOn);
    if (this.chance(15)) await this.move(zones[this.below(zones.length)] ?? this.zone);

    const due = firstInstant(thursday, 9, this.zone).getTime();
    await this.tick(due - minute);
    expect(await this.isSettled(monday), `${monday} before nine in ${this.zone}`).toBe(false);
    // Now and then the bot is down for a while.
    const back = due + (this.chance(3) ? this.below(48 * 60) * minute : 0);
    await this.tick(back);
    const isTold = this.isOn && this.isTime(new Date(back), monday);
    expect(await this.isSettled(monday), `${monday} at ${new Date(back).toISOString()} in ${this.zone}`).toBe(
      isTold,
    );
    if (isTold) this.told += 1;
    if (isTold && back > due) this.late += 1;

    await this.give(Math.max(back + hour, this.now + hour));
    if (this.chance(8)) await this.move(zones[this.below(zones.length)] ?? this.zone);
    // The clock goes back a little, and on.
    if (isTold && this.chance(4)) await this.tick(back - this.below(180) * minute);
    for (let ahead = back; ahead < due + 3 * day; ahead += 11 * hour) await this.tick(ahead);
    const briefs = await this.db.read.brief.count({ where: { week: monday } });
    if (this.isOn && briefs === 0) this.passedOver += 1;
    if (isTold) expect(briefs).toBe(1);
  }

  /** Every shout-out was in exactly one, but those of a pause that was too long. */
  async finish(): Promise<void> {
    const briefs = await this.db.read.brief.findMany({ orderBy: { to: 'asc' } });
    expect(await this.db.read.post.count({ where: { kind: 'brief' } })).toBe(briefs.length);
    for (const [index, brief] of briefs.entries()) {
      const before = briefs[index - 1];
      const first = brief.to.getTime() - (before ? 28 : 7) * day;
      expect(brief.from.getTime()).toBe(Math.max(before?.to.getTime() ?? 0, first));
      expect(brief.to.getTime()).toBeGreaterThan(brief.from.getTime());
    }
    const last = briefs.at(-1)?.to.getTime() ?? 0;
    for (const [id, at] of this.given) {
      const holding = briefs.filter(({ from, to }) => from.getTime() <= at && at < to.getTime());
      const isLost = briefs.some(({ from }, index) => {
        const before = briefs[index - 1]?.to.getTime() ?? 0;
        return at >= before && at < from.getTime();
      });
      expect(holding.length, `${id} at ${new Date(at).toISOString()}`).toBe(isLost || at >= last ? 0 : 1);
    }
  }

  /** By the clock on the lead's wall. */
  private isTime(at: Date, monday: string): boolean {
    const wall = wallTime(at, this.zone);
    if (wall.day === daysAfter(monday, 3)) return wall.hour >= 9 && wall.hour < 20;
    return wall.day === daysAfter(monday, 4) && wall.hour >= 8 && wall.hour < 18;
  }

  private async tick(at: number): Promise<void> {
    this.now = at;
    if (!(await this.run(this.workspace, new Date(at)))) return;
    // What was planned goes out at once.
    const posted = { state: 'posted', postedTs: '1.0', nextTryAt: null };
    await this.db.write.post.updateMany({ where: { kind: 'brief', state: 'planned' }, data: posted });
  }

  private async isSettled(week: string): Promise<boolean> {
    return (await this.db.read.brief.count({ where: { week } })) > 0;
  }

  private async give(at: number): Promise<void> {
    const givenAt = new Date(at);
    const ids = await recordShoutouts(this.db, 'w1', [{ by: 'Ana', to: ['Ben'], message: 'it', givenAt }]);
    await this.db.transaction(tx => tallyShoutouts(tx, 'w1', ids));
    for (const id of ids) this.given.set(id, at);
  }

  private async move(timeZone: string): Promise<void> {
    if (timeZone !== this.zone) this.moves += 1;
    this.zone = timeZone;
    await this.db.write.member.updateMany({ where: { id: lead }, data: { timeZone } });
  }

  private async turn(isOn: boolean): Promise<void> {
    this.isOn = isOn;
    await this.db.write.member.updateMany({ where: { id: lead }, data: { isBriefed: isOn } });
  }

  /** Once in so many times. */
  private chance(times: number): boolean {
    return this.below(times) === 0;
  }
}
