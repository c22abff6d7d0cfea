// What a digest says: composed from a database, within Slack's limits, adding up.
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOfMessageBlocks } from '../../src/playground/limits/blocks.js';
import { startLocalSlack } from '../../src/playground/local-slack.js';
import { digestContents } from '../../src/recognition/digests/contents.js';
import type { DigestContents } from '../../src/recognition/digests/digest.js';
import { lookUpChannelMembers } from '../../src/slack/digest/audience.js';
import { digestMessages } from '../../src/slack/messages/digest.js';
import { idea, invitation } from '../../src/slack/messages/digest-words.js';
import type { Message } from '../../src/slack/messages/parts.js';
import { postMessage } from '../../src/slack/post/send.js';
import { richTextLines } from '../../src/slack/text.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { newWorkspace } from '../support/rows.js';
import { startBot, type TestBot } from '../support/start-bot.js';
import {
  type Given,
  home,
  type Person,
  personSlackId,
  recordPeople,
  recordShoutouts,
  recordValues,
} from '../support/week.js';

const workspace = { ...newWorkspace('w'), id: 'w' };
const friday = new Date('2026-11-20T15:00:00Z');
const day = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(friday.getTime() - days * day);
const audience = { channelSlackId: home, openChannelIds: [], channelMemberIds: null };
const names = ['Ana Souza', 'Ben Okafor', 'Chen Wei', 'Dee Lund', 'Eli Roth', 'Fay Kim'];

/** A message as a person reads it, line by line. */
function read(message: Message): string {
  return (message.richBlocks ?? message.blocks)
    .flatMap(block => {
      const shown = JSON.parse(JSON.stringify(block));
      if (shown.type === 'rich_text') return richTextLines([shown]);
      if (shown.type === 'header') return `# ${shown.text.text}`;
      if (shown.type === 'actions')
        return shown.elements.map((one: { text: { text: string } }) => `[${one.text.text}]`).join(' ');
      const bars: { label: string; value: number }[] = shown.chart.series[0].data;
      return `(${shown.title}: ${bars.map(bar => `${bar.label} ${bar.value}`).join(', ')})`;
    })
    .join('\n');
}

/** The messages, after it was seen that Slack takes them and that they add up. */
function checked(contents: DigestContents, how = { preview: false }) {
  const { counts } = contents;
  expect(counts.here + counts.inThread + counts.behind + counts.byReaction + counts.unnamed).toBe(
    counts.recorded,
  );
  const entries = (groups: DigestContents['groups']) =>
    groups.reduce((sum, group) => sum + group.entries.length, 0);
  expect(entries(contents.groups)).toBe(counts.here);
  expect(entries(contents.thread.flat())).toBe(counts.inThread);
  const messages = digestMessages(contents, { ...how, site: workspace, team: null });
  for (const { text, blocks, richBlocks } of [messages.main, ...messages.thread]) {
    expect(faultsOfMessageBlocks(blocks)).toEqual([]);
    expect(faultsOfMessageBlocks(richBlocks ?? [])).toEqual([]);
    expect(text.length).toBeLessThan(4000);
    expect(JSON.stringify([blocks, text])).not.toMatch(/<@|"type":"user"|<!/);
  }
  return messages;
}

describe.each(databases)('a digest on $name', ({ create }) => {
  let store: TestDatabase;
  beforeEach(async () => {
    store = await create();
    await store.db.write.workspace.create({ data: workspace });
    await store.db.write.digest.createMany({
      data: [
        { id: 'd', workspaceId: 'w', week: '2026-11-16', dueAt: friday, claimedAt: friday },
        { id: 'past', workspaceId: 'w', week: '2026-11-09', dueAt: ago(7), claimedAt: ago(7) },
      ],
    });
  });
  afterEach(() => store.drop());

  const begin = async (people: Person[] = names.map(one => ({ name: one }))) => {
    await recordPeople(store.db, 'w', people);
    await recordValues(store.db, 'w', [
      { name: 'Craft', emoji: 'gem' },
      { name: 'Kindness', emoji: 'sunflower', meaning: 'We help before we are asked.' },
      { name: 'Courage', emoji: 'fire' },
    ]);
  };
  const record = (...given: (Omit<Given, 'givenAt'> & { givenAt?: Date })[]) =>
    recordShoutouts(
      store.db,
      'w',
      given.map(one => ({ digestId: 'd', givenAt: ago(1), ...one })),
    );
  const compose = (more: Partial<Parameters<typeof digestContents>[2]> = {}) =>
    digestContents(store.db, workspace, { kind: 'digest', digestId: 'd', ...audience, ...more }, friday);

  it('of an empty week says so in a preview', async () => {
    await begin();
    const contents = await digestContents(store.db, workspace, { kind: 'preview', ...audience }, friday);
    expect(contents).toMatchObject({ week: '2026-11-16', digestId: null, counts: { recorded: 0 } });
    expect(read(checked(contents, { preview: true }).main)).toMatchInlineSnapshot(`
      "# The week of 16 November in shout-outs
      Preview: only you see this. So the digest would read if it were posted now; nothing is posted.
      Nobody has been thanked since the last digest. In an empty week nothing is posted.
      [Give a shout-out]"
    `);
  });

  it('of a small week is just the shout-outs, the private ones as a number', async () => {
    await begin();
    await record(
      {
        by: 'Ana Souza',
        to: ['Ben Okafor', 'Chen Wei'],
        values: ['craft'],
        message: 'You untangled the release.',
      },
      { by: 'Ben Okafor', to: ['Dee Lund'], message: 'Lunch & <a walk> @channel :tada:' },
      { by: 'Chen Wei', to: ['Ana Souza'], message: 'secret words', visibility: 'private' },
    );
    const { main, thread } = checked(await compose());
    expect(thread).toEqual([]);
    expect(main.richBlocks).toBeUndefined();
    expect(read(main)).toMatchInlineSnapshot(`
      "# The week of 16 November in shout-outs
      :gem: Craft
      • Ana Souza to Ben Okafor and Chen Wei: You untangled the release.
      More thanks
      • Ben Okafor to Dee Lund: Lunch &amp; &lt;a walk&gt; @channel :tada:
      Of 3 shout-outs: 2 above, 1 in private.
      [Give a shout-out]"
    `);
    expect(JSON.stringify(main)).not.toContain('secret');
  });

  it('of reactions alone names each person once for each value', async () => {
    await begin();
    const reaction = { source: 'reaction' as const, announcedIn: null };
    await record({ ...reaction, by: 'Dee Lund', to: ['Ana Souza'], givenAt: ago(9), digestId: 'past' });
    await record(
      { ...reaction, by: 'Dee Lund', to: ['Ana Souza'], values: ['craft'] },
      { ...reaction, by: 'Chen Wei', to: ['Ana Souza'], values: ['craft'] },
      { ...reaction, by: 'Ana Souza', to: ['Ben Okafor'], values: ['craft'] },
      { ...reaction, by: 'Ana Souza', to: ['Chen Wei'], values: ['kindness'] },
      { ...reaction, by: 'Ana Souza', to: ['Dee Lund'] },
      { ...reaction, by: 'Ana Souza', to: ['Eli Roth'], visibility: 'private' },
    );
    expect(read(checked(await compose()).main)).toMatchInlineSnapshot(`
      "# The week of 16 November in shout-outs
      6 shout-outs: 5 people thanked, by 3 people.
      (How the values were lived: Craft 3, Kindness 1)
      :gem: Craft by reaction: Ben Okafor, Ana Souza
      :sunflower: Kindness by reaction: Chen Wei
      By reaction: Dee Lund
      And :fire: Courage: does somebody come to mind?
      Of 6 shout-outs: 5 by reaction, 1 in private.
      [Give a shout-out]"
    `);
  });

  it('names nobody who does not want it, and tells nothing of private places', async () => {
    await begin([
      { name: 'Ana Souza' },
      { name: 'Ben Okafor', preference: 'notInDigest' },
      { name: 'Chen Wei', preference: 'onlyPrivately' },
      { name: 'Dee Lund' },
      { name: 'Eli Roth', preference: 'leaveMeOut' },
    ]);
    await record(
      { by: 'Ana Souza', to: ['Ben Okafor', 'Dee Lund'], message: 'Ben Okafor and Dee Lund mended it.' },
      { by: 'Ana Souza', to: ['Ben Okafor'], message: 'only for Ben' },
      { by: 'Chen Wei', to: ['Dee Lund'], message: 'Thanks from Chen Wei' },
      { by: 'Eli Roth', to: ['Ana Souza'], message: 'You were there' },
      { by: 'Ana Souza', to: ['Dee Lund'], hidden: ['Dee Lund'], message: 'hidden words' },
      {
        by: 'Ana Souza',
        to: ['Dee Lund'],
        channel: 'C-SECRET',
        isPlacePrivate: true,
        message: 'secret plan',
      },
      { by: 'Ana Souza', to: ['Dee Lund'], announcedIn: 'C-CHOSEN', message: 'chosen channel' },
      {
        by: 'Dee Lund',
        to: ['Ana Souza'],
        channel: 'C-ROOM',
        isPlacePrivate: true,
        announcedIn: home,
        message: 'announced here',
      },
    );
    const main = read(checked(await compose()).main);
    expect(main).toMatchInlineSnapshot(`
      "# The week of 16 November in shout-outs
      8 shout-outs: 3 people thanked, by 4 people.
      • Ana Souza to Dee Lund: a colleague and Dee Lund mended it.
      • A colleague to Ana Souza: You were there
      • A colleague to Dee Lund: Thanks from a colleague
      • Dee Lund to Ana Souza: announced here
      Of 8 shout-outs: 4 above, 4 in private.
      [Give a shout-out]"
    `);
    expect(main).not.toMatch(/Ben|Chen|Eli|hidden words|secret plan|chosen channel/);
    expect(read(checked(await compose({ openChannelIds: ['C-CHOSEN'] })).main)).toContain('chosen channel');
  });

  it('says from the fifth week on who was there first and how many were reached, and never who was not', async () => {
    const crowd = Array.from({ length: 14 }, (_, index) => ({ name: `Crowd ${index}` }));
    await begin([
      ...names.map(one => ({ name: one })),
      ...crowd,
      { name: 'Gwen Guest', isGuest: true },
      { name: 'Robot', isBot: true },
      { name: 'Left Out', preference: 'leaveMeOut' },
    ]);
    await record(
      { by: 'Ana Souza', to: ['Ben Okafor'], givenAt: ago(40), digestId: 'past' },
      ...crowd
        .slice(0, 6)
        .map(one => ({ by: 'Ben Okafor', to: [one.name], givenAt: ago(10), digestId: 'past' })),
      ...['Ben Okafor', 'Chen Wei', 'Dee Lund', 'Ana Souza', 'Eli Roth'].map((to, index) => ({
        by: index < 3 ? 'Fay Kim' : 'Ben Okafor',
        to: [to],
        values: [index < 3 ? 'craft' : 'courage'],
        message: `Reason ${index}`,
      })),
      { by: 'Dee Lund', to: ['Fay Kim'], visibility: 'private' },
    );
    const channelMemberIds = [
      ...names,
      ...crowd.map(one => one.name),
      'Gwen Guest',
      'Robot',
      'Left Out',
      'Nobody Knows',
    ].map(personSlackId);
    const contents = await compose({ channelMemberIds });
    expect(contents.coverage).toEqual({ kind: 'share', thanked: 12, people: 20 });
    expect(contents.firsts.gave).toEqual(['Fay Kim']);
    expect(read(checked(contents).main)).toMatchInlineSnapshot(`
      "# The week of 16 November in shout-outs
      6 shout-outs: 6 people thanked, by 3 people.
      (How the values were lived: Craft 3, Courage 2)
      :gem: Craft, lived 3 times
      • Fay Kim to Chen Wei: Reason 1
      • Fay Kim to Dee Lund: Reason 2
      • Fay Kim to Ben Okafor: Reason 0
      :fire: Courage, lived twice
      • Ben Okafor to Ana Souza: Reason 3
      • Ben Okafor to Eli Roth: Reason 4
      For the first time: Fay Kim gave a shout-out; Chen Wei, Dee Lund, Ana Souza and Eli Roth were thanked.
      12 of 20 people here were thanked in the last four weeks.
      And :sunflower: Kindness: does somebody come to mind? We help before we are asked.
      Of 6 shout-outs: 5 above, 1 in private.
      [Give a shout-out]"
    `);
    await store.db.write.shoutout.deleteMany({ where: { givenAt: ago(40) } });
    expect(await compose({ channelMemberIds })).toMatchObject({
      coverage: null,
      firsts: { gave: [], thanked: [] },
    });
  });

  it('of a large week goes on in the thread, and leaves the rest behind one button', async () => {
    const crowd = Array.from({ length: 80 }, (_, index) => `Person ${index}`);
    await recordPeople(
      store.db,
      'w',
      crowd.map(one => ({ name: one })),
    );
    await recordValues(
      store.db,
      'w',
      Array.from({ length: 40 }, (_, index) => ({
        name: `A value with rather a long name ${index}`,
        emoji: 'gem',
      })),
    );
    const slug = (index: number) => `a-value-with-rather-a-long-name-${index % 40}`;
    const person = (index: number) => crowd[index % 80] ?? '';
    await record(
      {
        by: person(0),
        to: crowd.slice(1, 61),
        values: [slug(0)],
        message: 'You all came in at night. '.repeat(70),
        givenAt: ago(5),
      },
      ...Array.from({ length: 1999 }, (_, index) => ({
        by: person(index),
        to: [person(index + 1 + (index % 7))],
        values:
          index % 11 === 0
            ? []
            : [slug(index), slug(index * 3 + 1)].filter((one, at, all) => all.indexOf(one) === at),
        message:
          index % 4 === 0
            ? ''
            : `Reason ${index}: https://example.com/${'x'.repeat(300)} and more. `.repeat(6),
        source: index % 4 === 0 ? ('reaction' as const) : ('command' as const),
        visibility: index % 50 === 0 ? ('private' as const) : ('public' as const),
        givenAt: new Date(ago(3).getTime() + index * 1000),
      })),
    );
    const contents = await compose();
    expect(contents.counts).toMatchObject({ recorded: 2000, here: 20, inThread: 200 });
    const { main, thread } = checked(contents);
    expect(thread).toHaveLength(10);
    await expect([main, ...thread].map(read).join('\n\n--- in the thread ---\n\n')).toMatchFileSnapshot(
      'digest-of-a-large-week.txt',
    );
  });

  it('changes only what has to change when a shout-out is taken back', async () => {
    await begin();
    const [first = ''] = await record(
      { by: 'Ana Souza', to: ['Ben Okafor'], message: 'one' },
      { by: 'Ben Okafor', to: ['Chen Wei'], message: 'two' },
    );
    await store.db.write.shoutout.update({ where: { id: first }, data: { withdrawnAt: friday } });
    const text = read(checked(await compose()).main);
    expect(text).toContain('two');
    expect(text).not.toContain('one');
    await expect(
      digestContents(
        store.db,
        { ...workspace, id: 'other' },
        { kind: 'digest', digestId: 'd', ...audience },
        friday,
      ),
    ).rejects.toThrow('no such digest');
  });
});

describe('the words around a digest', () => {
  it('ask the channel, and give keepers one idea', () => {
    expect(invitation(friday, 'Europe/Zurich').text).toBe(
      "It's Shout-out Friday. Who made your week easier?",
    );
    expect(idea({ week: '2026-11-16', emptyWeeks: 1 }).text).toMatch(
      /^There were no shout-outs in the week of 16 November.*One idea: /,
    );
    expect(idea({ week: '2026-11-16', emptyWeeks: 3 }).text).toContain('A suggestion: ');
  });
});

describe('a chart that Slack refuses', () => {
  it('is left out, and the message is posted without it', async () => {
    const slack = await startLocalSlack();
    try {
      const client = new WebClient(slack.botToken, {
        slackApiUrl: slack.apiUrl,
        retryConfig: { retries: 0 },
      });
      const blocks = [{ type: 'divider' as const }];
      const chart = {
        type: 'data_visualization',
        title: 'Values',
        chart: {
          type: 'bar',
          series: [{ name: 'Times', data: [{ label: 'Craft', value: 1 }] }],
          axis_config: { categories: ['Craft'] },
        },
      };
      const message = { channel: 'C0GENERAL', text: 'The week', blocks, richBlocks: [chart, ...blocks] };
      await postMessage(client, message);
      slack.trouble.fail('chat.postMessage', 'invalid_blocks', { times: 1 });
      await postMessage(client, message);
      expect(slack.channel('general').messages.map(one => one.blocks?.map(block => block.type))).toEqual([
        ['data_visualization', 'divider'],
        ['divider'],
      ]);
    } finally {
      await slack.stop();
    }
  });
});

describe.each(databases)('“Show all” on $name', database => {
  let bot: TestBot;
  afterEach(() => bot.stop());

  it('opens everything the digest tells, page by page, for whoever pressed it', async () => {
    bot = await startBot({ database });
    const { db, slack } = bot;
    const workspaceId = bot.workspace.id;
    const now = bot.clock.now();
    await db.write.digest.create({
      data: { id: 'd', workspaceId, week: '2026-05-11', dueAt: now, claimedAt: now },
    });
    const crowd = Array.from({ length: 30 }, (_, index) => ({ name: `Person ${index}` }));
    await recordPeople(db, workspaceId, crowd);
    await recordShoutouts(
      db,
      workspaceId,
      Array.from({ length: 260 }, (_, index) => ({
        by: `Person ${index % 30}`,
        to: [`Person ${(index + 1) % 30}`],
        message: index === 259 ? 'secret words' : `Reason number ${index}.`,
        visibility: index === 259 ? ('private' as const) : ('public' as const),
        channel: 'C0GENERAL',
        givenAt: new Date(now.getTime() - (300 - index) * 1000),
        digestId: 'd',
      })),
    );
    const choice = { kind: 'digest' as const, digestId: 'd', ...audience, channelSlackId: 'C0GENERAL' };
    const contents = await digestContents(db, bot.workspace, choice, now);
    const { main } = digestMessages(contents, { preview: false, site: bot.workspace, team: null });
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    await postMessage(client, { ...main, channel: 'C0GENERAL' });
    const message = await slack.waitForMessage('general', 'in shout-outs');

    await slack.as('U0BEN').click({ message }, 'show_all');
    let view = await slack.as('U0BEN').waitForView();
    expect(JSON.stringify(view)).toContain('Page 1 of 11');
    const told = new Set<string>();
    for (let page = 1; ; page += 1) {
      for (const found of JSON.stringify(view).matchAll(/Reason number (\d+)\./g)) told.add(found[1] ?? '');
      expect(JSON.stringify(view)).not.toContain('secret');
      if (page === 11) break;
      await slack.as('U0BEN').click({ view }, 'show_page:next');
      view = await slack.as('U0BEN').waitForView(`Page ${page + 1} of 11`);
    }
    expect(told.size).toBe(259);
    expect(slack.channel('general').messages.filter(one => one.text.includes('in shout-outs'))).toHaveLength(
      1,
    );

    await slack.as('U0BEN').close({ all: true });
    await slack.as('U0ANA').click({ message }, 'give_shoutout');
    expect(JSON.stringify(await slack.as('U0ANA').waitForView())).toContain('Who do you want to thank?');
  });

  it('knows everyone in a channel after asking Slack about whoever is new', async () => {
    bot = await startBot({ database });
    const { slack, db, workspace: own } = bot;
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
    for (let index = 0; index < 40; index += 1) {
      slack.addPerson({ id: `U0NEW${index}`, name: `new${index}` });
      slack.invite('general', `U0NEW${index}`);
    }
    const ids = await lookUpChannelMembers({ db, client, workspace: own }, 'C0GENERAL', bot.clock.now());
    expect(ids).toEqual(expect.arrayContaining(['U0NEW0', 'U0NEW39', 'U0ANA']));
    expect(await db.read.member.count({ where: { slackId: { startsWith: 'U0NEW' } } })).toBe(40);
    slack.trouble.fail('conversations.members', 'channel_not_found', { times: 1 });
    expect(
      await lookUpChannelMembers({ db, client, workspace: own }, 'C0GENERAL', bot.clock.now()),
    ).toBeNull();
  });
});
