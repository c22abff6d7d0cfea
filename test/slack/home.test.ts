// The Home tab: one's own thanks, numbers and say; for those in charge the settings.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';
const marta = 'U0MARTA';
const day = 24 * 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);
const direct = (person: string) => bot.slack.directMessages(person).map(message => message.text);
const give = async (text: string, giver = ben) => {
  await bot.slack.as(giver).command('/shoutout', text);
  await bot.settled();
};
/** What somebody's Home shows after they opened it. */
const home = async (person: string) => {
  await bot.slack.as(person).openHome();
  await bot.settled();
  return shown(person);
};
const shown = (person: string) => JSON.stringify(bot.slack.as(person).home?.blocks ?? []);
const press = async (person: string, action: string, value?: string) => {
  const view = bot.slack.as(person).home;
  if (!view) throw new Error('Home was never opened.');
  await bot.slack.as(person).click({ home: view }, action, value === undefined ? {} : { value });
  await bot.settled();
};

describe.each(databases)('Home on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('is empty and kind to somebody new', async () => {
    const seen = await home(ana);
    expect(seen).toContain('Not yet. What you receive stands here.');
    expect(seen).toContain('Nobody yet. Type /shoutout @somebody');
    expect(seen).toContain('0 received, 0 given');
    expect(seen).not.toContain('"Settings"');
    expect(seen).not.toContain('Set up');
  });

  it('shows what one received and gave, and one’s counts, and nothing of anybody else', async () => {
    await give('@ana #craft for untangling the release script');
    await give('@chen for what Ana need not know');
    const seen = await home(ana);
    expect(seen).toContain('Ben Okafor');
    expect(seen).toContain('for untangling the release script');
    expect(seen).toContain('1 received, 0 given');
    expect(seen).not.toContain('need not know');
    expect(seen).not.toContain('Without a value');
    expect(await home(ben)).toContain('0 received, 2 given');
    expect(await home(ben)).toContain('Without a value: 0 received, 1 given');
  });

  it('edits and undoes there, and shows what it came to', async () => {
    await give('@ana #craft for untangling the release script');
    await home(ben);
    await press(ben, 'edit_shoutout');
    const person = bot.slack.as(ben);
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for untangling it all' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')[0]).toContain('for untangling it all');
    await expect.poll(() => shown(ben)).toContain('for untangling it all');
    expect(shown(ben)).toContain(
      'Take back your shout-out to Ana Souza? It no longer counts, its words are erased, and every message about it goes.',
    );
    const { response } = await bot.slack.as(ben).command('/shoutout', 'last');
    expect(JSON.stringify(response)).not.toContain('Take back your shout-out');
    await press(ben, 'undo_shoutout');
    expect(texts('general')).toEqual([]);
    expect(shown(ben)).toContain('Undone: your shout-out to Ana Souza');
    expect(shown(ben)).toContain('Nobody yet.');
    expect(direct(ben)).toEqual([]);
    bot.clock.advance(day);
    await give('@ana #craft for another thing');
    bot.clock.advance(day);
    expect(await home(ben)).not.toContain('undo_shoutout');
  });

  it('refuses what is no longer possible where it was pressed', async () => {
    await give('@ana #craft for it');
    await home(ben);
    bot.clock.advance(day);
    await press(ben, 'undo_shoutout');
    expect(shown(ben)).toContain('A shout-out can be undone for 24 hours');
    expect(direct(ben)).toEqual([]);
  });

  it('keeps open what a reaction was for', async () => {
    bot.slack.invite('general', bot.slack.botUserId);
    const message = bot.slack.as(ana).say('general', 'It works again.');
    await bot.slack.as(ben).react('general', message.ts, 'gem');
    await bot.settled();
    expect(await home(ben)).toContain('Your reaction thanked Ana Souza for Craft, just now.');
    expect(await home(ana)).not.toContain('Your reaction thanked');
    await press(ben, 'add_why');
    const person = bot.slack.as(ben);
    await person.waitForView('Add why');
    person.fill({ message: { message: 'for finding the bug' } });
    await person.submit();
    await bot.settled();
    expect(texts('general').at(-1)).toContain('for finding the bug');
    await expect.poll(() => shown(ben)).not.toContain('Your reaction thanked');
  });

  it('gives a shout-out', async () => {
    await home(ben);
    await press(ben, 'give_from_home');
    const person = bot.slack.as(ben);
    await person.waitForView('Give a shout-out');
    person.fill({
      recipients: { recipients: [ana] },
      message: { message: 'for it' },
      channel: { channel: 'C0GENERAL' },
    });
    await person.submit();
    await bot.settled();
    expect(texts('general')).toHaveLength(1);
    await expect.poll(() => shown(ben)).toContain('0 received, 1 given');
  });

  it('changes where thanks appear, from then on', async () => {
    await give('@ana #craft for the first thing');
    await home(ana);
    await press(ana, 'preference', 'onlyPrivately');
    expect(shown(ana)).toContain('From now on: Only privately. What is posted already stays.');
    await give('@ana #craft for the second thing');
    expect(texts('general').join()).not.toContain('second thing');
    expect(direct(ana).join()).toContain('for the second thing');
    await press(ana, 'preference', 'everywhere');
    await give('@ana #craft for the third thing');
    expect(texts('general').join()).toContain('for the third thing');
    expect(await home(ben)).toContain('for the second thing');
  });

  it('shows the preference that is kept, though Slack takes its time over the one chosen before', async () => {
    await home(ana);
    const view = bot.slack.as(ana).home;
    if (!view) throw new Error('Home was never opened.');
    const isKept = async () => (await bot.db.read.member.findFirst({ where: { slackId: ana } }))?.preference;
    let reach: () => void = () => undefined;
    let release: () => void = () => undefined;
    const reached = new Promise<void>(resolve => {
      reach = resolve;
    });
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    let drawings = 0;
    bot.slack.onCall(async call => {
      if (call.method !== 'views.publish' || call.phase !== 'received') return;
      drawings += 1;
      if (drawings > 1) return;
      reach();
      await held;
    });
    const first = bot.slack.as(ana).click({ home: view }, 'preference', { value: 'onlyPrivately' });
    await reached;
    const second = bot.slack.as(ana).click({ home: view }, 'preference', { value: 'leaveMeOut' });
    await expect.poll(isKept).toBe('leaveMeOut');
    release();
    await Promise.all([first, second]);
    await bot.settled();
    expect(drawings).toBe(2);
    expect(shown(ana)).toMatch(/"initial_option":\{[^}]*\}[^}]*\}[^}]*"value":"leaveMeOut"/);
    expect(shown(ana)).toContain('From now on: Leave me out.');
  });

  it('keeps until when somebody is away', async () => {
    await home(ana);
    await press(ana, 'away_until', '2026-05-20');
    expect(shown(ana)).toContain('Noted: you are away until the end of 20 May.');
    expect(shown(ana)).toContain(
      'You are away until the end of 20 May: lists of people who went unthanked leave you out until then.',
    );
    await press(ana, 'back', 'back');
    expect(shown(ana)).toContain('Welcome back.');
    await press(ana, 'away_until', '2026-05-01');
    expect(shown(ana)).toContain('That day has passed');
    expect((await bot.db.read.member.findFirst({ where: { slackId: ana } }))?.awayUntil).toBeNull();
  });

  it('says nobody is away any more once the day has passed where they are', async () => {
    await home(ana);
    await press(ana, 'away_until', '2026-05-14');
    expect(shown(ana)).toContain('You are away until the end of 14 May');
    bot.clock.advance(2 * day);
    const seen = await home(ana);
    expect(seen).not.toContain('You are away until');
    expect(seen).not.toContain("I'm back");
    expect(seen).toContain('On leave? Say until when, and lists of people who went unthanked leave you out.');
  });

  it('looks up whoever chooses something and is not known yet, and says so where it cannot', async () => {
    bot.slack.trouble.fail('users.info', 'internal_error', { times: 3 });
    await home(chen);
    await press(chen, 'away_until', '2026-05-20');
    expect(shown(chen)).toContain('nothing was kept. Please try again in a minute.');
    await press(chen, 'preference', 'onlyPrivately');
    expect(shown(chen)).toContain('nothing was kept. Please try again in a minute.');
    expect(await bot.db.read.member.findFirst({ where: { slackId: chen } })).toBeNull();
    await press(chen, 'away_until', '2026-05-20');
    expect(shown(chen)).toContain('Noted');
    expect(await bot.db.read.member.findFirst({ where: { slackId: chen } })).toMatchObject({
      awayUntil: '2026-05-20',
      preference: 'everywhere',
    });
  });

  it('offers to give to whom it is open, and a refusal that no words mend has no "Fix it"', async () => {
    const guest = 'U0GUEST';
    expect(await home(guest)).toContain('Give a shout-out');
    await bot.choose({ mayGuestsGive: false });
    const seen = await home(guest);
    expect(seen).not.toContain('Give a shout-out');
    expect(seen).not.toContain('/shoutout');
    expect(seen).toContain('Guests do not give shout-outs here.');
    expect(await home(ana)).toContain('Give a shout-out');
    for (const person of [guest, 'U0FINN']) {
      const refused = (await bot.slack.as(person).command('/shoutout', '@ana #craft for it')).response;
      expect(refused?.text).toContain('Nothing was recorded.');
      expect(JSON.stringify(refused)).not.toContain('Fix it');
    }
  });

  it('shows the settings to keepers, and lets admins alone change them', async () => {
    await home(ben);
    await bot.choose({ shoutoutChannelId: 'C0SHOUT' }, { keeperSlackIds: [ben] });
    const keepers = await home(ben);
    expect(keepers).toContain('on Fridays at 16:00');
    expect(keepers).toContain('The next one comes on Friday 15 May at 16:00');
    expect(keepers).not.toContain('open_settings');
    expect(await home(marta)).toContain('open_settings');
    await press(marta, 'open_settings', 'digest');
    const person = bot.slack.as(marta);
    await person.waitForView('Settings');
    person.fill({ digest_weekday: { digest_weekday: '4' } });
    await person.submit();
    await bot.settled();
    expect((await bot.db.read.settings.findFirst())?.digestWeekday).toBe(4);
    // One section was open: the others stay.
    expect((await bot.db.read.settings.findFirst())?.shoutoutChannelId).toBe('C0SHOUT');
    await expect.poll(() => shown(marta)).toContain('on Thursdays at 16:00');

    await home(marta);
    bot.slack.changePerson(marta, { isAdmin: false });
    await press(marta, 'open_settings', 'digest');
    await bot.slack.as(marta).waitForDirectMessage('Only workspace admins');
  });
});

describe('a workspace that nobody has set up', () => {
  beforeEach(async () => {
    bot = await startBot({ database: databases[0] ?? never(), isSetUp: false });
  });
  const offers = (person: string) =>
    bot.slack
      .as(person)
      .ephemerals('general')
      .filter(message => message.text.startsWith('Hello. Three choices')).length;

  it('is offered the first steps by Home and commands, to admins only, once a day', async () => {
    await bot.settled();
    for (const person of [ana, ben, chen, marta]) expect(direct(person)).toEqual([]);
    await give('@ana #craft for it', ben);
    expect(offers(ben)).toBe(0);
    await give('@ana #craft for it', marta);
    await give('@ana #craft for another thing', marta);
    expect(offers(marta)).toBe(1);
    bot.clock.advance(day);
    await bot.slack.as(marta).command('/recognition', 'stats');
    await bot.settled();
    expect(offers(marta)).toBe(2);
    expect(await home(marta)).toContain('Three choices and Shoutout is ready');
    expect(await home(ana)).not.toContain('Three choices');
  });
});

function never(): never {
  throw new Error('There is no database.');
}
