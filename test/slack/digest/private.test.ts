// What was said where only some people may look stays there, whatever the digest and its preview tell.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ana, ben, marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';

let week: DigestBot;
afterEach(() => week.bot.stop());

const friday = '2026-05-15T14:00:00Z';

describe.each(databases)('the digest and private channels on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
  });

  it('says nothing of what was said in a channel that has become private, and does not link to it', async () => {
    const { slack } = week.bot;
    await week.bot.choose({ shoutoutChannelId: null });
    await slack.as(marta).command('/shoutout', '@ben for the merger talks', { channel: 'craft' });
    await slack.as(marta).command('/shoutout', '@chen for the open talks', { channel: 'pod-a' });
    await week.bot.settled();
    slack.changeChannel('craft', { kind: 'private' });
    await week.runAt(friday);
    const digest = JSON.stringify(week.bot.said('general'));
    expect(digest).toContain('for the open talks');
    expect(digest).not.toMatch(/merger|C0CRAFT/);
  });

  it('takes out of a posted digest, when it is next composed, what was said in a channel that is private by then', async () => {
    const { slack } = week.bot;
    await week.bot.choose({ shoutoutChannelId: null });
    await slack.as(marta).command('/shoutout', '@ben for the merger talks', { channel: 'craft' });
    await slack.as(ana).command('/shoutout', '@chen for the open talks', { channel: 'pod-a' });
    week.goTo('2026-05-15T13:00:00Z');
    await slack.as(marta).command('/shoutout', '@diego for the slides', { channel: 'pod-a' });
    await week.bot.settled();
    await week.runAt(friday);
    expect(week.digests().join()).toContain('merger');
    slack.changeChannel('craft', { kind: 'private' });
    week.goTo('2026-05-15T15:00:00Z');
    await slack.as(marta).command('/shoutout', 'last');
    const [last] = slack.as(marta).ephemerals().slice(-1);
    if (!last) throw new Error('No answer.');
    await slack.as(marta).click({ ephemeral: last }, 'undo_shoutout');
    await week.run();
    expect(week.digests()).toHaveLength(1);
    const digest = JSON.stringify(week.bot.said('general'));
    expect(digest).toContain('for the open talks');
    expect(digest).not.toMatch(/slides|merger|C0CRAFT/);
  });

  it('shows a preview of what was said in its private channel to a keeper who is in there, and to no other', async () => {
    const { slack } = week.bot;
    slack.invite('secret-plans', slack.botUserId);
    await week.bot.settled();
    await week.bot.choose(
      { shoutoutChannelId: 'C0SECRET', digestChannelId: 'C0SECRET' },
      { keeperSlackIds: [ana, ben] },
    );
    await slack.as(marta).command('/shoutout', '@diego for the merger talks', { channel: 'secret-plans' });
    await week.bot.settled();
    expect(await week.ask(ben, 'preview')).toContain('Somebody there can invite you.');
    expect(JSON.stringify(slack.as(ben).ephemerals())).not.toMatch(/merger|Diego|C0SECRET|secret-plans/);
    expect(await week.ask(ana, 'preview')).toContain('for the merger talks');
    slack.trouble.fail('conversations.members', 'internal_error', { times: 1 });
    expect(await week.ask(ana, 'preview')).not.toContain('merger');
  });
});
