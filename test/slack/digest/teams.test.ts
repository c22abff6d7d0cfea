// A team's own digest: in its channel, with what stays in the team; the workspace's tells everything else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ana, ben, chen, marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';
import { addTeam, setRoster } from '../../support/teams.js';

let week: DigestBot;
let podA = '';
afterEach(() => week.bot.stop());

const thursday = '2026-05-14T09:00:00Z';
const friday = '2026-05-15T14:00:00Z';
const nextFriday = '2026-05-22T14:00:00Z';

/** The digests in the team's channel, without what is announced there. */
const teamDigests = (channel = 'pod-a') =>
  week.bot
    .said(channel)
    .filter(({ text, thread_ts: thread }) => thread === undefined && text.includes('week of'))
    .map(({ text }) => text);

/** The workspace's digests, without what is said and announced there. */
const digests = () => week.digests().filter(text => text.startsWith('The week of'));

const untold = () => week.bot.db.read.shoutout.count({ where: { digestId: null, withdrawnAt: null } });

describe.each(databases)("a team's own digest on $name", database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
    podA = await addTeam(week.bot, {
      name: 'Pod A',
      slug: 'pod-a',
      channelSlackId: 'C0PODA',
      isDigestOn: true,
      members: [marta, ana, ben],
    });
  });

  it('tells in its channel what stays in the team, at the hour of the workspace, which tells the rest', async () => {
    await week.give(marta, '@ana #craft for the release script');
    await week.give(ana, '@ben for the tests');
    await week.give(marta, '@chen for the slides');
    await week.runAt('2026-05-15T13:59:00Z');
    expect([...teamDigests(), ...digests()]).toEqual([]);
    await week.runAt(friday);
    expect(teamDigests()).toHaveLength(1);
    expect(teamDigests()[0]).toContain('Pod A: the week of 11');
    expect(teamDigests()[0]).toContain('the release script');
    expect(teamDigests()[0]).toContain('the tests');
    expect(teamDigests()[0]).not.toContain('the slides');
    expect(digests()).toHaveLength(1);
    expect(digests()[0]).toContain('the slides');
    expect(digests()[0]).not.toContain('the release script');
    expect(await untold()).toBe(0);
    for (const instant of ['2026-05-15T14:01:00Z', '2026-05-18T09:00:00Z']) await week.runAt(instant);
    expect([teamDigests().length, digests().length]).toEqual([1, 1]);
  });

  it('has what was announced in its channel by choice, and reactions that stay in the team; private ones are the others', async () => {
    const { bot } = week;
    const { slack } = bot;
    slack.invite('general', slack.botUserId);
    const message = slack.as(ana).say('general', 'The build is green');
    await slack.as(marta).react('general', message.ts, 'gem');
    const other = slack.as(chen).say('general', 'The slides are done');
    await slack.as(marta).react('general', other.ts, 'gem');
    const person = slack.as(chen);
    await person.command('/shoutout', '@ana');
    await person.waitForView('Give a shout-out');
    person.fill({ message: { message: 'for the night shift' }, channel: { channel: 'C0PODA' } });
    await person.submit();
    await person.command('/shoutout', '@ana');
    await person.waitForView('Give a shout-out');
    person.fill({ message: { message: 'in private' }, visibility: { visibility: 'private' } });
    await person.submit();
    await slack.settled();
    await bot.settled();
    await week.runAt(friday);
    expect(teamDigests()[0]).toContain('the night shift');
    expect(teamDigests()[0]).toContain('Of 2 shout-outs: 1 above, 1 by reaction.');
    expect(digests()[0]).toContain('Of 2 shout-outs: 1 by reaction, 1 in private.');
    expect(await untold()).toBe(0);
  });

  it('of an empty week posts nothing and tells nobody, and what comes later is told with the next one', async () => {
    await week.give(marta, '@chen for one');
    await week.runAt(friday);
    expect(teamDigests()).toEqual([]);
    expect(digests()).toHaveLength(1);
    await week.give(marta, '@ana for two');
    await week.runAt('2026-05-15T14:05:00Z');
    expect(teamDigests()).toEqual([]);
    await week.runAt(nextFriday);
    expect(teamDigests()).toHaveLength(1);
    expect(digests()).toHaveLength(1);
    expect([...week.told(ana), ...week.told(marta)].join()).not.toContain('no digest was posted');
  });

  it('switched off, or of a team that was deleted, leaves what is not told to the workspace', async () => {
    await week.give(marta, '@ana for one');
    await week.bot.db.write.team.updateMany({ where: { id: podA }, data: { isDigestOn: false } });
    await week.runAt(friday);
    expect(digests()[0]).toContain('for one');
    await week.bot.db.write.team.updateMany({ where: { id: podA }, data: { isDigestOn: true } });
    await week.give(marta, '@ana for two');
    await week.bot.db.write.team.deleteMany({ where: { id: podA } });
    await week.runAt(nextFriday);
    expect(digests()[1]).toContain('for two');
    expect(teamDigests()).toEqual([]);
  });

  it('that was claimed and not taken by Slack gives back what it was to tell when its team is deleted', async () => {
    const { bot } = week;
    await week.give(marta, '@ana for one');
    await week.give(marta, '@chen for two');
    bot.slack.changeChannel('pod-a', { archived: true });
    await week.runAt(friday);
    expect(teamDigests()).toEqual([]);
    expect(digests()).toHaveLength(1);
    await bot.db.write.team.deleteMany({ where: { id: podA } });
    await week.runAt('2026-05-18T09:00:00Z');
    expect(teamDigests()).toEqual([]);
    expect(await untold()).toBe(1);
    await week.runAt(nextFriday);
    expect(digests()[1]).toContain('for one');
    expect(await untold()).toBe(0);
  });

  it('goes to the channel that the team has by then', async () => {
    const { bot } = week;
    await week.give(marta, '@ana for one');
    bot.slack.changeChannel('pod-a', { archived: true });
    await week.runAt(friday);
    await bot.db.write.team.updateMany({ where: { id: podA }, data: { channelSlackId: 'C0CRAFT' } });
    await week.runAt('2026-05-18T09:00:00Z');
    expect(teamDigests()).toEqual([]);
    expect(teamDigests('craft')).toHaveLength(1);
  });

  it('is changed with what it tells', async () => {
    week.goTo('2026-05-15T13:00:00Z');
    await week.give(marta, '@ana for one');
    await week.give(marta, '@ben for two');
    await week.runAt(friday);
    await week.bot.slack.as(marta).command('/shoutout', 'last');
    const last = week.bot.slack.as(marta).ephemerals().at(-1);
    if (!last) throw new Error('Nothing was answered.');
    await week.bot.slack.as(marta).click({ ephemeral: last }, 'undo_shoutout');
    await week.bot.settled();
    await week.run();
    expect(teamDigests()[0]).toContain('for one');
    expect(teamDigests()[0]).not.toContain('for two');
  });

  it('waits while the digest is paused or its week is skipped, as the workspace does', async () => {
    await week.give(marta, '@ana for one');
    await week.give(marta, '@chen for two');
    await week.ask(ana, 'skip 2026-05-15');
    await week.runAt(friday);
    await week.ask(ana, 'pause');
    await week.runAt(nextFriday);
    expect([...teamDigests(), ...digests()]).toEqual([]);
    await week.ask(ana, 'resume');
    await week.runAt('2026-05-29T14:00:00Z');
    expect([teamDigests().length, digests().length]).toEqual([1, 1]);
  });

  it('is not what preview shows and now posts', async () => {
    await week.give(marta, '@ana for one');
    expect(await week.ask(ana, 'preview')).toContain('There is nothing to tell yet');
    expect(await week.ask(ana, 'now')).toContain('There is nothing to tell yet');
    await week.give(marta, '@chen for two');
    const preview = await week.ask(ana, 'preview');
    expect(preview).toContain('for two');
    expect(preview).not.toContain('for one');
    await week.ask(ana, 'now');
    await week.run();
    expect(digests()).toHaveLength(1);
    expect(teamDigests()).toEqual([]);
    await week.runAt(friday);
    expect(digests()).toHaveLength(1);
    expect(teamDigests()).toHaveLength(1);
  });

  it('made up for late is held back in the evening like the other', async () => {
    await week.give(marta, '@ana for one');
    await week.runAt('2026-05-15T19:00:00Z');
    expect(teamDigests()).toEqual([]);
    await week.runAt('2026-05-18T08:00:00Z');
    expect(teamDigests()).toHaveLength(1);
  });

  it('begins when it is switched on: nothing from before is made up for', async () => {
    await week.runAt('2026-05-16T10:00:00Z');
    await addTeam(week.bot, {
      name: 'Slides',
      slug: 'slides',
      channelSlackId: 'C0CRAFT',
      isDigestOn: true,
      members: [ben, chen],
    });
    await week.give(ben, '@chen for the slides');
    await week.runAt('2026-05-18T09:00:00Z');
    expect(teamDigests('craft')).toEqual([]);
    await week.runAt(nextFriday);
    expect(teamDigests('craft')).toHaveLength(1);
  });

  it('of which Slack does not say whether it arrived is asked about, and posted again when it is not there', async () => {
    const { slack } = week.bot;
    await week.give(marta, '@ana for one');
    slack.trouble.loseRequest('chat.postMessage', { times: 1 });
    await week.runAt(friday);
    expect(teamDigests()).toEqual([]);
    const question = slack.directMessages(ana).findLast(({ text }) => text.startsWith('Slack did not say'));
    if (!question) throw new Error('No question is there.');
    expect(JSON.stringify(question)).toContain('C0PODA');
    await slack.as(ana).click({ message: question }, 'post_again');
    await week.run();
    expect(teamDigests()).toHaveLength(1);
  });

  it('names nobody who keeps out of digests, as the other', async () => {
    await week.bot.db.write.member.updateMany({
      where: { slackId: ana },
      data: { preference: 'notInDigest' },
    });
    await week.give(marta, '@ana for the secret');
    await week.give(marta, '@ben for the tests');
    await week.runAt(friday);
    expect(teamDigests()[0]).toContain('the tests');
    expect(teamDigests()[0]).not.toContain('the secret');
  });

  it('of the smaller of two teams tells what stays in both, also by reaction; each is in exactly one', async () => {
    const { slack } = week.bot;
    const two = await addTeam(week.bot, {
      name: 'Two',
      slug: 'two',
      channelSlackId: 'C0CRAFT',
      isDigestOn: true,
      members: [marta, ana],
    });
    slack.invite('general', slack.botUserId);
    const message = slack.as(ana).say('general', 'The build is green');
    await slack.as(marta).react('general', message.ts, 'gem');
    await slack.settled();
    await week.give(marta, '@ana for one');
    await week.give(marta, '@ben for two');
    await week.runAt(thursday);
    // Who leaves it is not in it any more; what was announced there stays there.
    await setRoster(week.bot, two, [marta, ana]);
    await week.runAt(friday);
    expect(teamDigests('craft')[0]).toContain('Of 2 shout-outs: 1 above, 1 by reaction.');
    expect(teamDigests()[0]).toContain('for two');
    expect(teamDigests()[0]).not.toContain('by reaction');
    expect(digests()).toEqual([]);
    expect(await untold()).toBe(0);
  });

  it('in the shout-out channel itself tells only what stays in the team', async () => {
    await week.bot.db.write.team.updateMany({ where: { id: podA }, data: { channelSlackId: 'C0SHOUT' } });
    await week.give(marta, '@ana for one');
    await week.give(marta, '@chen for two');
    await week.runAt(friday);
    expect(teamDigests('shoutouts')[0]).toContain('for one');
    expect(teamDigests('shoutouts')[0]).not.toContain('for two');
    expect(digests()[0]).toContain('for two');
  });

  it('runs where the workspace has no channel for a digest', async () => {
    await week.bot.choose({ shoutoutChannelId: null, digestChannelId: null });
    await week.give(marta, '@ana for one');
    await week.bot.slack.as(marta).command('/shoutout', '@ana for two', { channel: 'pod-a' });
    await week.bot.settled();
    await week.runAt(friday);
    expect(teamDigests()[0]).toContain('for two');
    expect(digests()).toEqual([]);
  });
});
