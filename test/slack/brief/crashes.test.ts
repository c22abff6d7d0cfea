// A copy of the bot killed while it sends a lead's brief; another one goes on.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ana, marta } from '../../support/acting.js';
import { type BriefBot, startBriefBot, thursday } from '../../support/brief-week.js';
import { databases } from '../../support/databases.js';
import { type OtherProcess, startProcess } from '../../support/processes.js';

describe.each(databases)('killed on Thursday at nine, on $name', database => {
  let week: BriefBot;
  let copy: OtherProcess;

  beforeEach(async () => {
    week = await startBriefBot({ database });
    await week.give(ana, '@ben for the slides');
    const { databaseUrl, slack } = week.bot;
    copy = startProcess('digest-bot', databaseUrl, slack.apiUrl, slack.botToken, thursday);
    await copy.next();
  });
  afterEach(async () => {
    await copy.kill();
    await week.bot.stop();
  });

  const questions = () =>
    week.bot.slack.directMessages(marta).filter(({ text }) => text.startsWith('Slack did not say'));

  it('before the call to Slack: told once by the other', async () => {
    const { slack, db } = week.bot;
    slack.trouble.rateLimit('chat.postMessage', { retryAfter: 20, times: Number.POSITIVE_INFINITY });
    copy.send(thursday);
    await copy.next();
    expect(await db.read.post.findFirst({ where: { kind: 'brief' } })).toMatchObject({
      state: 'planned',
      attempts: 1,
    });
    await copy.kill();
    slack.trouble.clear();
    await week.runAt('2026-05-14T07:02:00Z');
    await week.runAt('2026-05-14T08:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    expect(questions()).toEqual([]);
  });

  it('during the call to Slack: not told again, and the lead is asked', async () => {
    const { slack } = week.bot;
    const hold = slack.trouble.hold('chat.postMessage');
    copy.send(thursday);
    await hold.waiting;
    await copy.kill();
    hold.release();
    await slack.settled();
    const there = week.briefs().length;
    await week.runAt('2026-05-14T07:02:00Z');
    expect(week.briefs()).toHaveLength(there);
    expect(questions()).toHaveLength(1);
    await week.runAt('2026-05-15T08:00:00Z');
    expect(week.briefs()).toHaveLength(there);
  });

  it('between the message and its note: not told again, and the lead is asked', async () => {
    const { slack } = week.bot;
    slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    const posted = slack.waitForCall(call => call.method === 'chat.postMessage' && call.tookEffect);
    copy.send(thursday);
    await posted;
    await copy.kill();
    await week.runAt('2026-05-14T07:02:00Z');
    expect(week.briefs()).toHaveLength(1);
    expect(questions()).toHaveLength(1);
    const [message] = questions();
    if (!message) throw new Error('The lead was not asked.');
    await slack.as(marta).click({ message }, 'it_is_there');
    await week.run();
    expect(week.briefs()).toHaveLength(1);
  });
});
