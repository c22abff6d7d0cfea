// What becomes of a brief that Slack does not take, or does not answer for; with two copies of the bot, and one that is killed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBriefRunner } from '../../../src/recognition/briefs/run.js';
import { ana, ben, marta } from '../../support/acting.js';
import { type BriefBot, startBriefBot, thursday } from '../../support/brief-week.js';
import { databases } from '../../support/databases.js';

let week: BriefBot;
afterEach(() => week.bot.stop());

const questions = () =>
  week.bot.slack.directMessages(marta).filter(({ text }) => text.startsWith('Slack did not say'));

async function answer(who: string, action: 'post_again' | 'it_is_there'): Promise<void> {
  const [message] = questions();
  if (!message) throw new Error('The lead was not asked.');
  const [block] = message.blocks?.filter(one => one.type === 'actions') ?? [];
  if (who === marta) await week.bot.slack.as(who).click({ message }, action);
  else {
    const view = { ...(week.bot.slack.as(who).home ?? missing()), blocks: [block ?? missing()] };
    await week.bot.slack.as(who).click({ home: view }, action);
  }
  await week.bot.settled();
}

const missing = (): never => {
  throw new Error('missing');
};

describe.each(databases)('a brief that nobody can vouch for, on $name', database => {
  beforeEach(async () => {
    week = await startBriefBot({ database });
    await week.give(ana, '@ben for the slides');
  });

  it('is not repeated; the lead is asked, and "It is there" leaves it at that', async () => {
    week.bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await week.runAt(thursday);
    await week.runAt('2026-05-14T08:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    expect(questions()).toHaveLength(1);
    await answer(marta, 'it_is_there');
    await week.run();
    expect(week.briefs()).toHaveLength(1);
    await week.runAt('2026-05-21T07:00:00Z');
    expect(week.briefs()).toHaveLength(1);
  });

  it('is posted again when the lead says that it is not there, also on a Saturday night', async () => {
    week.bot.slack.trouble.loseRequest('chat.postMessage', { times: 1 });
    await week.runAt(thursday);
    expect(week.briefs()).toEqual([]);
    week.goTo('2026-05-16T21:00:00Z');
    await answer(marta, 'post_again');
    await week.run();
    expect(week.briefs()).toHaveLength(1);
  });

  it("is nobody else's to answer for", async () => {
    week.bot.slack.trouble.loseRequest('chat.postMessage', { times: 1 });
    await week.runAt(thursday);
    await answer(ben, 'post_again');
    await week.run();
    expect(week.briefs()).toEqual([]);
    expect(await week.bot.db.read.post.count({ where: { kind: 'brief', state: 'uncertain' } })).toBe(1);
  });

  it('waits for the morning when Slack takes it only at night, and for the next one when it never does', async () => {
    const { trouble } = week.bot.slack;
    const refuse = () =>
      trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: Number.POSITIVE_INFINITY });
    refuse();
    await week.runAt(thursday);
    trouble.clear();
    await week.runAt('2026-05-14T20:00:00Z');
    await week.runAt('2026-05-15T05:30:00Z');
    expect(week.briefs()).toEqual([]);
    await week.runAt('2026-05-15T06:30:00Z');
    expect(week.briefs()).toHaveLength(1);

    await week.give(ana, '@ben for the notes');
    refuse();
    await week.runAt('2026-05-21T07:00:00Z');
    trouble.clear();
    await week.runAt('2026-05-23T07:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    await week.runAt('2026-05-28T07:00:00Z');
    expect(week.briefs()).toHaveLength(2);
    expect(week.brief()).toContain('for the notes');
    expect(week.brief()).not.toContain('for the slides');
  });

  it.each([
    ['stopped them', () => week.bot.db.write.member.updateMany({ data: { isBriefed: false } })],
    ['leads no more', () => week.bot.db.write.teamLead.deleteMany()],
  ] as const)('is not sent to a lead who %s while it waited', async (_, change) => {
    const { trouble } = week.bot.slack;
    trouble.rateLimit('chat.postMessage', { retryAfter: 30, times: Number.POSITIVE_INFINITY });
    await week.runAt(thursday);
    await change();
    trouble.clear();
    await week.runAt('2026-05-14T07:05:00Z');
    expect(week.briefs()).toEqual([]);
    expect(await week.bot.db.read.post.count({ where: { kind: 'brief', state: 'gone' } })).toBe(1);
  });

  it('is sent once by several copies that look at the same instant', async () => {
    const { bot } = week;
    await bot.another();
    week.goTo(thursday);
    const run = () => createBriefRunner(bot.db)(bot.workspace, bot.clock.now());
    const claimed = await Promise.all([run(), run(), run(), run()]);
    expect(claimed.filter(Boolean)).toHaveLength(1);
    await Promise.all([bot.tick(), bot.tick()]);
    await week.run();
    expect(week.briefs()).toHaveLength(1);
    expect(await bot.db.read.brief.count()).toBe(1);
  });
});
