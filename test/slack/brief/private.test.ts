// What a lead is not told: what is private, who keeps it private, and what was said where the lead may not look.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markTeams } from '../../../src/store/change-teams.js';
import { ana, ben, marta } from '../../support/acting.js';
import { type BriefBot, startBriefBot, thursday } from '../../support/brief-week.js';
import { databases } from '../../support/databases.js';

let week: BriefBot;
afterEach(() => week.bot.stop());

/** Everything that the lead was told directly but of shout-outs to them, with its blocks. */
const shown = () => JSON.stringify(week.briefs());

const choose = async (who: string, preference: string) => {
  await week.bot.db.write.member.updateMany({ where: { slackId: who }, data: { preference } });
};

/** Ana types it, and can undo it in what she is answered. */
const answerTo = async (text: string) => {
  await week.give(ana, text);
  const answer = week.bot.slack.as(ana).ephemerals().at(-1);
  if (!answer) throw new Error('No answer.');
  return answer;
};

describe.each(databases)("a lead's brief and what is private, on $name", database => {
  beforeEach(async () => {
    week = await startBriefBot({ database });
  });

  it('says nothing of a private shout-out, not even that there is one', async () => {
    await week.give(ana, '@ben for the secret', '@shoutout');
    await week.runAt(thursday);
    expect(week.briefs()).toEqual([]);
    await week.give(ana, '@ben for another secret', '@shoutout');
    await week.give(ana, '@chen for the notes');
    await week.runAt('2026-05-21T07:00:00Z');
    expect(shown()).toContain('for the notes');
    expect(shown()).not.toMatch(/secret|Ben|more/);
  });

  it('does not name whoever keeps it private, in the words neither', async () => {
    await choose(ben, 'onlyPrivately');
    await week.give(ana, '@ben @chen for the slides that Ben Okafor drew');
    await week.give(ana, '@ben for the notes');
    await week.runAt(thursday);
    expect(week.brief()).toContain('• Chen Wei, thanked by Ana Souza');
    expect(week.brief()).toContain('for the slides that a colleague drew');
    expect(shown()).not.toMatch(/Ben|notes/);
  });

  it('names who chose that after it was given, and before the brief, no more', async () => {
    await week.give(ana, '@ben for the slides');
    await choose(ben, 'leaveMeOut');
    await week.runAt(thursday);
    expect(week.briefs()).toEqual([]);
  });

  it('tells of whoever is only out of the digest', async () => {
    await choose(ben, 'notInDigest');
    await week.give(ana, '@ben for the slides');
    await week.runAt(thursday);
    expect(week.brief()).toContain('Ben Okafor, thanked by Ana Souza');
  });

  it('tells of what was given in a private channel only if the lead is in it', async () => {
    const { slack } = week.bot;
    slack.invite('secret-plans', slack.botUserId);
    slack.invite('secret-plans', ben);
    slack.addChannel({ id: 'C0CLOSED', name: 'closed', kind: 'private', members: [ana, ben] });
    slack.invite('closed', slack.botUserId);
    await slack.settled();
    await week.give(ana, '@ben for the merger', 'closed');
    await week.give(ana, '@ben for the plans', 'secret-plans');
    await week.runAt(thursday);
    expect(shown()).toContain('for the plans');
    expect(shown()).not.toMatch(/merger|C0CLOSED/);
    slack.kick('secret-plans', marta);
    await week.give(ana, '@ben for more plans', 'secret-plans');
    await week.runAt('2026-05-21T07:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    expect(shown()).not.toContain('more plans');
  });

  it('says nothing of what was given in a channel that has become private without the lead', async () => {
    const { slack } = week.bot;
    await week.give(ana, '@ben for the merger', 'pod-a');
    await week.give(ana, '@chen for the notes');
    week.bot.clock.advance(60 * 60 * 1000);
    slack.changeChannel('pod-a', { kind: 'private' });
    await week.runAt(thursday);
    expect(shown()).toContain('for the notes');
    expect(shown()).not.toMatch(/merger|C0PODA/);
  });

  it('tells later, while it is not too old, what Slack did not say it might', async () => {
    const { slack } = week.bot;
    await week.give(ana, '@ben for the slides', 'pod-a');
    week.bot.clock.advance(60 * 60 * 1000);
    slack.trouble.fail('conversations.info', 'internal_error', { times: Number.POSITIVE_INFINITY });
    await week.runAt(thursday);
    expect(week.briefs()).toEqual([]);
    slack.trouble.clear();
    await week.runAt('2026-05-21T07:00:00Z');
    expect(week.brief()).toContain('for the slides');
  });
});

describe.each(databases)('a brief that was sent, on $name', database => {
  beforeEach(async () => {
    week = await startBriefBot({ database });
  });

  it('changes with what it tells of: an edit, somebody who keeps it private, an undo', async () => {
    const { slack } = week.bot;
    await week.give(ana, '@chen for the notes');
    week.goTo('2026-05-14T06:30:00Z');
    const answer = await answerTo('@ben @chen for the slides');
    await week.runAt(thursday);
    expect(week.brief()).toContain('Ben Okafor and Chen Wei, thanked by Ana Souza');

    const told = slack.directMessages(ben).find(({ text }) => text.includes('for the slides'));
    if (!told) throw new Error('Ben was not told.');
    await slack.as(ben).click({ message: told }, 'keep_private');
    await week.runAt('2026-05-14T07:05:00Z');
    expect(week.brief()).toContain('for the slides');
    expect(shown()).not.toContain('Ben');

    await slack.as(ana).click({ ephemeral: answer }, 'undo_shoutout');
    await week.runAt('2026-05-14T07:10:00Z');
    expect(week.briefs()).toHaveLength(1);
    expect(week.brief()).toContain('for the notes');
    expect(shown()).not.toContain('slides');
  });

  it('goes when there is nothing left in it', async () => {
    const { slack } = week.bot;
    week.goTo('2026-05-14T06:30:00Z');
    const answer = await answerTo('@ben for the slides');
    await week.runAt(thursday);
    expect(week.briefs()).toHaveLength(1);
    await slack.as(ana).click({ ephemeral: answer }, 'undo_shoutout');
    await week.runAt('2026-05-14T07:10:00Z');
    expect(week.briefs()).toEqual([]);
  });

  it('tells of no team that somebody leads only since it was written', async () => {
    const { slack, db, workspace, clock } = week.bot;
    week.goTo('2026-05-14T06:30:00Z');
    await week.give(ana, '@diego for the ledger');
    const answer = await answerTo('@ben for the slides');
    await week.give(ana, '@chen for the notes');
    await week.runAt(thursday);
    const payments = await db.read.team.findFirstOrThrow({ where: { slug: 'payments' } });
    const lead = await db.read.member.findFirstOrThrow({ where: { slackId: marta } });
    await db.write.teamLead.create({
      data: { teamId: payments.id, memberId: lead.id, workspaceId: workspace.id, since: clock.now() },
    });
    await slack.as(ana).click({ ephemeral: answer }, 'undo_shoutout');
    await week.runAt('2026-05-14T07:10:00Z');
    expect(week.brief()).toContain('for the notes');
    expect(shown()).not.toMatch(/ledger|slides/);
  });

  it('names nobody any more who has chosen that before a late announcement came', async () => {
    const { db } = week.bot;
    await week.bot.choose({ shoutoutChannelId: 'C0GENERAL' });
    week.goTo('2026-05-14T06:58:00Z');
    week.bot.slack.trouble.rateLimit('chat.postMessage', { retryAfter: 200, times: 1 });
    await week.give(ana, '@ben for the slides');
    const late = { kind: 'announcement', postedTs: null };
    await db.write.post.updateMany({ where: late, data: { nextTryAt: new Date('2026-05-14T09:00:00Z') } });
    await week.runAt(thursday);
    expect(shown()).toContain('Ben Okafor');
    await choose(ben, 'onlyPrivately');
    await week.runAt('2026-05-14T09:01:00Z');
    expect(shown()).not.toContain('Ben Okafor');
  });

  it('reaches whoever has ceased to lead a team, when what it told is taken back', async () => {
    const { slack, db, workspace, clock } = week.bot;
    const payments = await db.read.team.findFirstOrThrow({ where: { slug: 'payments' } });
    const [lead] = await db.read.member.findMany({ where: { slackId: marta } });
    if (!lead) throw new Error('Marta is not known.');
    await db.write.teamLead.create({
      data: { teamId: payments.id, memberId: lead.id, workspaceId: workspace.id, since: clock.now() },
    });
    await week.give(ana, '@diego for the ledger');
    await week.give(ana, '@chen for the notes');
    week.goTo('2026-05-14T06:30:00Z');
    const answer = await answerTo('@ben for the slides');
    await week.runAt(thursday);
    expect(week.brief()).toContain('for the slides');
    expect(week.brief()).toContain('for the ledger');

    await db.write.teamLead.deleteMany({ where: { teamId: week.teamId } });
    await slack.as(ana).click({ ephemeral: answer }, 'undo_shoutout');
    await week.runAt('2026-05-14T07:10:00Z');
    expect(week.brief()).toContain('ledger');
    // What else it said of a team is read by its leads alone.
    expect(shown()).not.toMatch(/slides|notes/);

    const changes = [{ kind: 'delete' as const, id: payments.id }];
    await markTeams(db, workspace.id, () => ({ changes }), clock.now());
    await week.runAt('2026-05-14T07:15:00Z');
    expect(week.briefs()).toEqual([]);
  });

  it('shows what holds when it is sent', async () => {
    const { slack } = week.bot;
    week.goTo('2026-05-14T06:30:00Z');
    await week.give(ana, '@chen for the notes');
    const answer = await answerTo('@ben for the slides');
    await slack.as(ana).click({ ephemeral: answer }, 'undo_shoutout');
    await week.runAt(thursday);
    expect(week.brief()).toContain('for the notes');
    expect(shown()).not.toContain('slides');
  });

  it('is written to no other lead than those of the people in it', async () => {
    await week.give(ana, '@chen for the notes');
    await week.runAt(thursday);
    const updates = () => week.bot.slack.calls.filter(call => call.method === 'chat.update').length;
    const before = updates();
    await week.give(ana, '@diego for the coffee');
    await week.bot.slack.as(ana).command('/shoutout', 'last');
    const [last] = week.bot.slack.as(ana).ephemerals().slice(-1);
    if (!last) throw new Error('No answer.');
    await week.bot.slack.as(ana).click({ ephemeral: last }, 'undo_shoutout');
    await week.run();
    expect(updates()).toBe(before);
  });
});
