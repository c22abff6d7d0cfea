// A digest that Slack never takes: what it was to tell is told by the next one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { marta } from '../../support/acting.js';
import { databases } from '../../support/databases.js';
import { type DigestBot, startDigestBot } from '../../support/digest-week.js';

let week: DigestBot;
afterEach(() => week.bot.stop());

const told = () => week.digests().join('\n');

describe.each(databases)('what a digest was to tell, on $name', database => {
  beforeEach(async () => {
    week = await startDigestBot({ database });
  });

  it('is told by the next one where its channel stayed closed for more than a week', async () => {
    week.bot.slack.changeChannel('craft', { archived: true });
    await week.bot.choose({ digestChannelId: 'C0CRAFT' });
    await week.give(marta, '@ben for one');
    await week.runAt('2026-05-15T14:00:00Z');
    await week.runAt('2026-05-19T14:00:00Z');
    await week.runAt('2026-05-22T14:30:00Z');
    await week.bot.choose({ digestChannelId: 'C0GENERAL' });
    await week.give(marta, '@chen for two');
    await week.runAt('2026-05-25T14:00:00Z');
    await week.runAt('2026-05-29T14:00:00Z');
    expect(told()).toContain('for one');
    expect(told()).toContain('for two');
    expect(told().match(/for one/g)).toHaveLength(1);
  });

  it('is told by the next one where Slack refused it for good', async () => {
    await week.give(marta, '@ben for one');
    week.bot.slack.trouble.fail('chat.postMessage', 'ekm_access_denied', { times: 1 });
    await week.runAt('2026-05-15T14:00:00Z');
    await week.give(marta, '@chen for two');
    await week.runAt('2026-05-22T14:00:00Z');
    expect(told()).toContain('for one');
    expect(told()).toContain('for two');
  });

  it('stays away where somebody deleted the digest at Slack, however often a shout-out is edited', async () => {
    const { slack } = week.bot;
    week.goTo('2026-05-15T13:00:00Z');
    await week.give(marta, '@ben for one');
    await week.runAt('2026-05-15T14:00:00Z');
    const digest = week.bot.said('general').at(-1);
    await fetch(new URL('chat.delete', slack.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C0GENERAL', ts: digest?.ts }),
    });
    for (const words of ['for two', 'for three']) {
      const person = slack.as(marta);
      const last = (await person.command('/shoutout', 'last')).response;
      if (!last) throw new Error('There is no answer.');
      await person.click({ ephemeral: last }, 'edit_shoutout');
      await person.waitForView('Edit a shout-out');
      person.fill({ message: { message: words } });
      await person.submit();
      await person.close();
      await week.bot.settled();
      await week.run();
      expect(week.digests()).toHaveLength(0);
    }
  });
});
