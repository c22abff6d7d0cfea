// Changing a shout-out, the menu of an announcement, removal by an admin, and reports.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

const ana = 'U0ANA';
const ben = 'U0BEN';
const chen = 'U0CHEN';
const marta = 'U0MARTA';
const hour = 60 * 60 * 1000;

let bot: TestBot;
afterEach(() => bot.stop());

const texts = (channel: string) => bot.said(channel).map(message => message.text);
const direct = (person: string) => bot.slack.directMessages(person).map(message => message.text);
const stats = async (person: string) =>
  (await bot.slack.as(person).command('/recognition', 'stats')).response?.text ?? '';
const give = async (text: string, giver = ben) => {
  const answer = await bot.slack.as(giver).command('/shoutout', text);
  await bot.settled();
  return answer.response ?? missing();
};
const choose = async (person: string, choice: string) => {
  const message = bot.slack.channel('general').messages.at(-1) ?? missing();
  const id = (await bot.db.read.shoutout.findFirst({ orderBy: { id: 'desc' } }))?.id;
  await bot.slack.as(person).click({ message }, 'announcement_menu', { value: `${choice}:${id}` });
  await bot.settled();
};
const told = (person: string) => bot.slack.as(person).ephemerals('general').at(-1)?.text ?? '';

describe.each(databases)('an edit on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });
  const edit = async (answer: Awaited<ReturnType<typeof give>>, giver = ben) => {
    const person = bot.slack.as(giver);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    return person;
  };

  it('changes words and values and adds people, in every copy', async () => {
    const answer = await give('@ana #craft for it');
    const person = await edit(answer);
    expect(person.view?.values.message?.message?.value).toBe('for it');
    person.fill({
      recipients: { recipients: [ana, chen] },
      values: { values: ['teamwork'] },
      message: { message: 'for untangling the release script' },
      impact: { impact: '40 minutes saved' },
    });
    const saved = await person.submit();
    await bot.settled();
    expect(JSON.stringify(saved.updated)).toContain('Changed: your shout-out to ');
    expect(texts('general')).toEqual([
      'Ben Okafor gave Ana Souza and Chen Wei a shout-out for Teamwork: for untangling the release script – what changed because of it: 40 minutes saved',
    ]);
    expect(direct(ana)).toHaveLength(1);
    expect(direct(ana)[0]).toContain('gave you and Chen Wei a shout-out for Teamwork: for untangling');
    expect(direct(chen)).toHaveLength(1);
    expect(bot.slack.as(ana).notifications).toHaveLength(1);
    expect(await stats(ana)).toContain('Teamwork: 1 received');
    expect(await stats(ana)).toContain('Craft: 0 received');
    expect(await stats(chen)).toContain('1 received');
    expect(await stats(ben)).toContain('0 received, 1 given');
  });

  it('takes nobody away', async () => {
    const answer = await give('@ana @chen #craft for it');
    const person = await edit(answer);
    person.fill({ recipients: { recipients: [ana] } });
    const refused = await person.submit();
    expect(refused.errors?.recipients).toContain('Chen Wei must stay');
    expect(texts('general')[0]).toContain('Ana Souza and Chen Wei');
  });

  it('obeys what giving obeys, all faults at once', async () => {
    const answer = await give('@ana #craft for it');
    const person = await edit(answer);
    person.fill({
      recipients: { recipients: [ana, 'U0BUILD'] },
      message: { message: 'x'.repeat(2001) },
    });
    const refused = await person.submit();
    expect(refused.errors?.recipients).toContain('Build bot is a bot');
    expect(refused.errors?.message).toContain('2,001');
  });

  it('leaves those who have left in it', async () => {
    const answer = await give('@ana @chen #craft for it');
    bot.slack.changePerson(chen, { deactivated: true });
    bot.clock.advance(2 * hour);
    await bot.db.write.member.updateMany({ where: { slackId: chen }, data: { isDeactivated: true } });
    const person = await edit(answer);
    expect(person.view?.values.recipients?.recipients?.selected_users).toEqual([ana]);
    person.fill({ message: { message: 'for all of it, said better' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')[0]).toBe(
      'Ben Okafor gave Ana Souza and Chen Wei a shout-out for Craft: for all of it, said better',
    );
  });

  it('is possible for 24 hours, and for its giver alone', async () => {
    const answer = await give('@ana #craft for it');
    await choose(marta, 'edit');
    expect(told(marta)).toContain('Only its giver can edit a shout-out.');
    bot.clock.advance(24 * hour);
    await bot.slack.as(ben).click({ ephemeral: answer }, 'edit_shoutout');
    await bot.settled();
    expect(told(ben)).toContain('24 hours, and they have passed');
  });

  it('submitted after an undo changes nothing', async () => {
    const answer = await give('@ana #craft for it');
    const person = await edit(answer);
    await person.click({ ephemeral: answer }, 'undo_shoutout');
    await bot.settled();
    person.fill({ message: { message: 'back again' } });
    const saved = await person.submit();
    await bot.settled();
    expect(JSON.stringify(saved.updated)).toContain('It is undone already');
    expect(texts('general')).toEqual([]);
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ message: '' });
  });

  it('while it is being announced shows in the end', async () => {
    const hold = bot.slack.trouble.hold('chat.postMessage');
    const answer = await bot.slack.as(ben).command('/shoutout', '@ana #craft for it');
    await hold.waiting;
    const person = await edit(answer.response ?? missing());
    person.fill({ message: { message: 'for it, said better' } });
    await person.submit();
    hold.release();
    await bot.settled();
    await bot.tick();
    expect(texts('general')).toEqual([
      'Ben Okafor gave Ana Souza a shout-out for Craft: for it, said better',
    ]);
    expect(direct(ana)[0]).toContain('for it, said better');
  });

  it('that Slack does not let us show is told to the giver', async () => {
    const answer = await give('@ana #craft for it');
    bot.slack.trouble.fail('chat.update', 'edit_window_closed');
    const person = await edit(answer);
    person.fill({ message: { message: 'for it, said better' } });
    await person.submit();
    await bot.settled();
    await bot.tick();
    expect(direct(ben).join()).toMatch(
      /You changed your shout-out to Ana Souza\. (I cannot change its message|Slack does not let me change)/,
    );
  });
});

describe.each(databases)('the menu of an announcement on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('lets its giver edit and undo', async () => {
    await give('@ana #craft for it');
    await choose(ben, 'edit');
    const person = bot.slack.as(ben);
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: 'for it, said better' } });
    await person.submit();
    await bot.settled();
    expect(texts('general')[0]).toContain('said better');
    await person.close({ all: true });
    await choose(ben, 'undo');
    await person.waitForView('Take back your shout-out to Ana Souza?');
    expect(texts('general')).toHaveLength(1);
    const undone = await person.submit();
    await bot.settled();
    expect(JSON.stringify(undone.updated)).toContain('Undone: your shout-out to Ana Souza');
    expect(texts('general')).toEqual([]);
  });

  it('tells who may not, why, and changes nothing', async () => {
    await give('@ana #craft for it');
    await choose(chen, 'edit');
    expect(told(chen)).toContain('Only its giver can edit');
    await choose(chen, 'undo');
    expect(told(chen)).toContain('Only its giver can undo a shout-out. A workspace admin can remove it');
    await choose(chen, 'remove');
    expect(told(chen)).toContain('Only a workspace admin can remove a shout-out.');
    await choose(chen, 'report');
    expect(told(chen)).toContain('Nobody looks after me here yet');
    expect(texts('general')).toHaveLength(1);
  });

  it('lets an admin remove it at any time, and the giver is told', async () => {
    await bot.setShoutoutChannel('C0GENERAL');
    await give('@ana #craft for it');
    bot.clock.advance(90 * 24 * hour);
    await choose(marta, 'remove');
    const admin = bot.slack.as(marta);
    await admin.waitForView("Remove Ben Okafor's shout-out to Ana Souza?");
    const removed = await admin.submit();
    await bot.settled();
    expect(JSON.stringify(removed.updated)).toContain('Removed');
    expect(texts('general')).toEqual([]);
    expect(direct(ana)).toEqual([]);
    expect(await stats(ana)).toContain('0 received');
    expect(direct(ben)).toEqual([
      'A workspace admin removed your shout-out to Ana Souza from <#C0GENERAL>. It no longer counts. Ask them if that surprises you.',
    ]);
    expect(await bot.db.read.shoutout.findFirst()).toMatchObject({ message: '', withdrawnHow: 'removed' });
  });

  it('asks Slack anew whether somebody is an admin when it is done', async () => {
    await give('@ana #craft for it');
    await choose(marta, 'remove');
    const admin = bot.slack.as(marta);
    await admin.waitForView('Remove');
    bot.slack.changePerson(marta, { isAdmin: false });
    const refused = await admin.submit();
    await bot.settled();
    expect(JSON.stringify(refused.updated)).toContain('Only a workspace admin');
    expect(texts('general')).toHaveLength(1);
  });

  it('tells an admin which copy remains', async () => {
    await give('@ana #craft for it');
    await choose(marta, 'remove');
    const admin = bot.slack.as(marta);
    await admin.waitForView('Remove');
    bot.slack.trouble.fail('chat.delete', 'cant_delete_message', { times: 2 });
    await admin.submit();
    await bot.settled();
    await bot.tick();
    expect(direct(marta).join()).toContain(
      "You removed Ben Okafor's shout-out to Ana Souza, and it no longer counts. I cannot delete its message in",
    );
    expect(direct(marta).join()).not.toContain('for it');
  });

  it('lets anybody report it to the keepers, once, without telling its words', async () => {
    await give('@ana #craft for something unkind');
    const diego = 'U0DIEGO';
    // They are known once they have used it.
    await bot.slack.as(diego).command('/recognition', 'stats');
    // The giver keeps it too, and hears nothing of it.
    await bot.choose({}, { keeperSlackIds: [ben, diego] });
    await choose(chen, 'report');
    const person = bot.slack.as(chen);
    await person.waitForView('Report a shout-out');
    person.fill({ reason: { reason: 'This is <not> kind' } });
    const reported = await person.submit();
    await bot.settled();
    expect(JSON.stringify(reported.updated)).toContain('Thank you.');
    expect(direct(ben)).toEqual([]);
    expect(direct(diego)).toEqual([
      'Chen Wei reported a shout-out: This is &lt;not&gt; kind – A workspace admin can remove it, in its menu.',
    ]);
    expect(JSON.stringify(bot.slack.directMessages(diego))).toContain('archives/C0GENERAL/p');
    expect(JSON.stringify(bot.slack.directMessages(diego))).not.toContain('unkind');
    await choose(chen, 'report');
    await person.waitForView('Report a shout-out');
    const again = await person.submit();
    expect(JSON.stringify(again.updated)).toContain('You have reported it already');
  });

  it('in a private channel leads no keeper there', async () => {
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.slack.as(marta).command('/shoutout', '@ana for the plan', { channel: 'secret-plans' });
    await bot.settled();
    await bot.slack.as(ben).command('/shoutout', 'last');
    await bot.slack.as(ben).command('/shoutout', '@chen for that');
    await bot.settled();
    await bot.choose({}, { keeperSlackIds: [ben] });
    const message = bot.said('secret-plans')[0] ?? missing();
    const id = (await bot.db.read.shoutout.findFirst({ orderBy: { id: 'asc' } }))?.id;
    await bot.slack.as(ana).click({ message }, 'announcement_menu', { value: `report:${id}` });
    const person = bot.slack.as(ana);
    await person.waitForView('Report a shout-out');
    await person.submit();
    await bot.settled();
    const words = JSON.stringify(bot.slack.directMessages(ben));
    expect(words).toContain('It is in a private conversation: ask Ana Souza about it.');
    expect(words).not.toMatch(/C0SECRET|the plan/);
  });
});

function missing(): never {
  throw new Error('It is missing.');
}
