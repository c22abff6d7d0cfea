// What a lead is told of their teams' week, when, and how they stop it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ana, ben, chen, marta } from '../../support/acting.js';
import { type BriefBot, diego, startBriefBot, thursday } from '../../support/brief-week.js';
import { databases } from '../../support/databases.js';
import { addTeam, setRoster } from '../../support/teams.js';

let week: BriefBot;
afterEach(() => week.bot.stop());

const nextThursday = '2026-05-21T07:00:00Z';

describe.each(databases)("a lead's brief on $name", database => {
  beforeEach(async () => {
    week = await startBriefBot({ database });
  });

  it('says on Thursday at nine who in the team was thanked, by whom and for what, with thanks from other teams marked', async () => {
    await week.give(ben, '@chen #craft for taking the pager on Sunday');
    await week.give(diego, '@ben for the migration of the ledger');
    await week.give(ana, '@ben @chen #kindness for the welcome');
    await week.give(chen, '@diego for the coffee');
    await week.runAt('2026-05-14T06:59:00Z');
    expect(week.briefs()).toEqual([]);
    await week.runAt(thursday);
    expect(week.brief()).toBe(
      [
        "Your team's week in thanks",
        'What people in your team were thanked for since Thursday 7 May. Worth a word when you next meet one-to-one.',
        'Pod A',
        '• Ben Okafor, thanked by Diego Ruiz (from Payments): for the migration of the ledger',
        '• Ben Okafor and Chen Wei, thanked by Ana Souza (from outside the team) for :sunflower: Kindness: for the welcome',
        '• Chen Wei, thanked by Ben Okafor for :gem: Craft: for taking the pager on Sunday',
        'Only you get this. What somebody keeps private is not in it.',
      ].join('\n'),
    );
    const shown = JSON.stringify(week.briefs());
    expect(shown.match(/archives\/C0GENERAL/g)).toHaveLength(3);
    const value = JSON.stringify({ teamId: week.teamId, weeks: 4 });
    expect(week.briefs()[0]?.blocks).toContainEqual(
      expect.objectContaining({
        elements: [expect.objectContaining({ action_id: 'unthanked', value })],
      }),
    );
    for (const other of [ana, ben, chen, diego]) expect(week.briefs(other)).toEqual([]);
  });

  it('comes once a week, however often the clock ticks, and goes on where the last one ended', async () => {
    await week.give(ana, '@ben for the first thing');
    await week.runAt(thursday);
    await week.give(ana, '@ben for the second thing');
    await week.runAt('2026-05-14T09:00:00Z');
    await week.runAt('2026-05-15T09:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    await week.runAt(nextThursday);
    expect(week.briefs()).toHaveLength(2);
    expect(week.brief()).toContain('second thing');
    expect(week.brief()).not.toContain('first thing');
  });

  it('is not sent where there is nothing to tell, nor to somebody who leads no team', async () => {
    await week.give(ben, '@ana for the slides');
    await week.runAt(thursday);
    expect(week.briefs()).toEqual([]);
    expect(await week.bot.db.read.brief.count()).toBe(1);
    expect(await week.bot.db.read.post.count({ where: { briefId: { not: null } } })).toBe(0);
  });

  it('leaves out what the lead gave, and what the lead was thanked for', async () => {
    await addTeam(week.bot, { name: 'Ops', slug: 'ops', members: [marta, diego], leads: [marta] });
    await week.give(marta, '@ben for what I said myself');
    await week.give(ana, '@marta for what I was told');
    await week.runAt(thursday);
    expect(week.briefs()).toEqual([]);
  });

  it('tells of all the teams somebody leads in one message, each person once', async () => {
    await addTeam(week.bot, { name: 'Ops', slug: 'ops', members: [diego, ben], leads: [marta] });
    await week.give(ana, '@ben @diego for the slides');
    await week.runAt(thursday);
    expect(week.briefs()).toHaveLength(1);
    const lines = week.brief().split('\n');
    expect(lines[0]).toBe("Your teams' week in thanks");
    expect(lines.slice(2, 6)).toEqual([
      'Ops',
      '• Ben Okafor and Diego Ruiz, thanked by Ana Souza (from outside the team): for the slides',
      'Pod A: nothing to tell this time.',
      'Only you get this. What somebody keeps private is not in it.',
    ]);
  });

  it('tells of those who are in the team now', async () => {
    await week.give(ana, '@ben for the slides');
    await week.give(ana, '@chen for the notes');
    await setRoster(week.bot, week.teamId, [chen]);
    await week.runAt(thursday);
    expect(week.brief()).toContain('for the notes');
    expect(week.brief()).not.toMatch(/Ben|slides/);
  });

  it('tells one of everybody before a second of anybody, and says how many more there are', async () => {
    const names = Array.from({ length: 30 }, (_, index) => index);
    for (const number of names) {
      week.bot.clock.advance(60_000);
      await week.give(number < 15 ? ana : diego, `@ben for thing number ${number}.`);
    }
    await week.give(ana, '@chen for the one thing');
    await week.runAt(thursday);
    expect(week.brief()).toContain('for the one thing');
    expect(week.brief().match(/thing number/g)).toHaveLength(23);
    expect(week.brief()).toContain('And 7 more: /recognition stats has them all.');
  });

  it('gathers those who were thanked by a reaction without a word', async () => {
    const { slack } = week.bot;
    for (const person of [ben, chen]) {
      const message = slack.as(person).say('general', 'It works.');
      await slack.as(ana).react('general', message.ts, 'gem');
    }
    await slack.settled();
    await week.bot.settled();
    await week.runAt(thursday);
    expect(week.brief()).toContain('\nBy reaction: Ben Okafor and Chen Wei.\n');
  });

  it('comes at nine where the lead is, and once though the lead moves', async () => {
    const { slack } = week.bot;
    await week.give(ana, '@ben for the slides');
    slack.changePerson(marta, { tz: 'America/Los_Angeles' });
    await slack.settled();
    await week.bot.db.write.member.updateMany({
      where: { slackId: marta },
      data: { timeZone: 'America/Los_Angeles' },
    });
    await week.runAt('2026-05-14T15:59:00Z');
    expect(week.briefs()).toEqual([]);
    await week.runAt('2026-05-14T16:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    await week.give(ana, '@ben for the notes');
    await week.bot.db.write.member.updateMany({
      where: { slackId: marta },
      data: { timeZone: 'Pacific/Honolulu' },
    });
    await week.runAt('2026-05-14T19:10:00Z');
    await week.runAt('2026-05-15T19:10:00Z');
    expect(week.briefs()).toHaveLength(1);
  });

  it('is made up for until Friday evening, not at night, and passed over after that', async () => {
    await week.give(ana, '@ben for the slides');
    await week.runAt('2026-05-14T19:00:00Z');
    await week.runAt('2026-05-15T05:30:00Z');
    expect(week.briefs()).toEqual([]);
    await week.runAt('2026-05-15T06:00:00Z');
    expect(week.briefs()).toHaveLength(1);
    await week.give(ana, '@ben for the notes');
    await week.runAt('2026-05-22T16:30:00Z');
    await week.runAt('2026-05-27T16:30:00Z');
    expect(week.briefs()).toHaveLength(1);
    await week.give(ana, '@ben for the demo');
    await week.runAt('2026-05-28T07:00:00Z');
    expect(week.briefs()).toHaveLength(2);
    expect(week.brief()).toContain('for the notes');
    expect(week.brief()).toContain('for the demo');
    expect(week.brief()).toContain('since Friday 15 May');
  });

  it('is not sent again when the clock goes back', async () => {
    await week.give(ana, '@ben for the slides');
    await week.runAt('2026-05-14T07:30:00Z');
    await week.runAt('2026-05-14T06:50:00Z');
    await week.runAt('2026-05-14T07:05:00Z');
    expect(week.briefs()).toHaveLength(1);
  });

  it('stops at the press of a button, starts again at another, and is switched in Home too', async () => {
    const { slack } = week.bot;
    const home = () => JSON.stringify(slack.as(marta).home?.blocks);
    await week.give(ana, '@ben for the slides');
    await week.runAt(thursday);
    const [message] = week.briefs();
    if (!message) throw new Error('There is no brief.');
    await slack.as(marta).click({ message }, 'stop_briefs');
    await week.bot.settled();
    const stopped = slack.as(marta).ephemerals().at(-1);
    expect(stopped?.text).toBe("Stopped: your team's week in thanks does not come any more.");
    expect(week.briefs()).toHaveLength(1);
    await week.give(ana, '@ben for the notes');
    await week.runAt(nextThursday);
    expect(week.briefs()).toHaveLength(1);

    if (!stopped) throw new Error('There is no answer.');
    await slack.as(marta).click({ ephemeral: stopped }, 'start_briefs');
    await week.bot.settled();
    expect(slack.as(marta).ephemerals().at(-1)?.text).toBe(
      "You get your team's week in thanks again. The next one comes in a few minutes, if there is something to tell.",
    );
    await week.runAt('2026-05-21T07:15:00Z');
    expect(week.briefs()).toHaveLength(2);
    expect(week.brief()).toContain('for the notes');

    await slack.as(marta).openHome();
    await week.bot.settled();
    expect(home()).toContain('The next one comes on Thursday 28 May at 09:00 (Europe/Zurich)');
    await slack.as(marta).click({ home: slack.as(marta).home ?? never() }, 'stop_briefs');
    await week.bot.settled();
    expect(home()).toContain('You stopped that.');
    await slack.as(marta).click({ home: slack.as(marta).home ?? never() }, 'start_briefs');
    await week.bot.settled();
    expect(home()).toContain('Stop these');
    await slack.as(ben).openHome();
    await week.bot.settled();
    expect(JSON.stringify(slack.as(ben).home?.blocks)).not.toContain('who in your team was thanked');
  });
});

const never = (): never => {
  throw new Error('There is no Home.');
};
