// Attacks on: every copy shows the present text or is gone; once; nothing private reaches anybody else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acting, ana, ben, chen, marta, missing } from '../support/acting.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());

const { texts, direct, told, give, quiet } = acting(() => bot);
const general = () => bot.said('general');
const edit = async (ephemeral: Awaited<ReturnType<typeof give>>, message: string, giver = marta) => {
  const person = bot.slack.as(giver);
  await person.click({ ephemeral }, 'edit_shoutout');
  await person.waitForView('Edit a shout-out');
  person.fill({ message: { message } });
  const result = await person.submit();
  await bot.settled();
  return JSON.stringify(result.updated ?? result.errors);
};

describe.each(databases)('copies on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  describe('after a lost answer and "It is there"', () => {
    let answer: Awaited<ReturnType<typeof give>>;
    beforeEach(async () => {
      bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
      answer = await give('@ana @ben #craft for the night shift');
      await quiet();
      const question = await bot.slack.as(marta).waitForDirectMessage('Slack did not say');
      await bot.slack.as(marta).click({ message: question }, 'it_is_there');
      await quiet();
      expect(general()).toHaveLength(1);
    });

    it('an edit posts no second announcement', async () => {
      await edit(answer, 'for the second night shift');
      await quiet();
      expect(texts('general')).toHaveLength(1);
    });

    it('an undo is told to leave a message that cannot be found', async () => {
      await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
      await quiet();
      expect(general()).toHaveLength(1);
      expect(told(marta)).toMatch(/I cannot find|never told me whether/);
    });
  });

  it('an edit while it is uncertain tells that the old text may stand there', async () => {
    bot.slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    const answer = await give('@ana #craft for the night shift');
    await quiet();
    const said = await edit(answer, 'for the second night shift');
    await quiet();
    expect(texts('general')[0]).toContain('for the night shift');
    expect(said).toContain('One message about it I cannot find');
  });

  it('after an edit that Slack refused, an undo still deletes the announcement (or says not)', async () => {
    const answer = await give('@ana #craft for the night shift');
    // The announcement and the direct message.
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 2 });
    await edit(answer, 'for the second night shift');
    await quiet();
    expect(texts('general')[0]).toContain('for the night shift');
    await bot.slack.as(marta).click({ ephemeral: answer }, 'undo_shoutout');
    await quiet();
    if (texts('general').length > 0) expect(told(marta)).toMatch(/cannot (delete|find)/);
  });

  it('after an edit that Slack refused, a recipient who keeps it private is named no more (or is told)', async () => {
    await give('@ana for first words so the introduction is over', ben);
    const answer = await give('@ana @ben #craft for the night shift');
    bot.slack.trouble.fail('chat.update', 'edit_window_closed', { times: 1 });
    await edit(answer, 'for the second night shift');
    await quiet();
    const message = direct(ana).at(-1) ?? missing();
    const id = (await bot.db.read.shoutout.findFirst({ orderBy: { id: 'desc' } }))?.id;
    await bot.slack.as(ana).click({ message }, 'direct_menu', { value: `keep_private:${id}` });
    await quiet();
    expect(told(ana)).toContain('It becomes private');
    expect(texts('general').at(-1)).not.toContain('Ana Souza');
  });

  it('an edit full of ampersands in both fields reaches the announcement', async () => {
    const answer = await give('@ana #craft for the night shift');
    const person = bot.slack.as(marta);
    await person.click({ ephemeral: answer }, 'edit_shoutout');
    await person.waitForView('Edit a shout-out');
    person.fill({ message: { message: '&'.repeat(1900) }, impact: { impact: '&'.repeat(490) } });
    await person.submit();
    await quiet();
    expect(texts('general')[0]).toContain('&amp;');
  });

  it('removal by an admin tells the admin nobody who keeps it private', async () => {
    const admin = bot.slack.world.people.find(
      one =>
        (one as { isAdmin?: boolean }).isAdmin ||
        JSON.stringify(one).includes('"isAdmin":true') ||
        JSON.stringify(one).includes('"admin":true'),
    );
    const adminId = admin?.id ?? missing();
    const other = [ben, chen, marta].filter(one => one !== adminId);
    const [giver, second] = other as [string, string];
    await give('@ana for the first', giver);
    await bot.slack.as(ana).click({ message: direct(ana)[0] ?? missing() }, 'keep_all_private');
    await bot.settled();
    const handle = second === chen ? '@chen' : second === ben ? '@ben' : '@marta';
    await give(`@ana ${handle} for the second of all`, giver);
    expect(texts('general').join()).not.toContain('Ana Souza');
    const id = (await bot.db.read.shoutout.findFirst({ orderBy: { id: 'desc' } }))?.id;
    const boss = bot.slack.as(adminId);
    await boss.click({ message: general().at(-1) ?? missing() }, 'announcement_menu', {
      value: `remove:${id}`,
    });
    const form = await boss.waitForView('Remove a shout-out');
    expect(JSON.stringify(form.view)).not.toContain('Ana Souza');
    const result = await boss.submit();
    await quiet();
    expect(JSON.stringify(result.updated)).toContain('Removed');
    expect(JSON.stringify(result.updated)).not.toContain('Ana Souza');
  });

  it('a removal that Slack refuses tells the admin nobody who keeps it private', async () => {
    const adminId =
      bot.slack.world.people.find(one => JSON.stringify(one).match(/"(isAdmin|admin|is_admin)":true/))?.id ??
      missing();
    const [giver, second] = [ben, chen, marta].filter(one => one !== adminId) as [string, string];
    await give('@ana for the first', giver);
    await bot.slack.as(ana).click({ message: direct(ana)[0] ?? missing() }, 'keep_all_private');
    await bot.settled();
    const handle = second === chen ? '@chen' : second === ben ? '@ben' : '@marta';
    await give(`@ana ${handle} for the second of all`, giver);
    const id = (await bot.db.read.shoutout.findFirst({ orderBy: { id: 'desc' } }))?.id;
    const boss = bot.slack.as(adminId);
    bot.slack.trouble.fail('chat.delete', 'cant_delete_message', { times: 10 });
    await boss.click({ message: general().at(-1) ?? missing() }, 'announcement_menu', {
      value: `remove:${id}`,
    });
    await boss.waitForView('Remove a shout-out');
    await boss.submit();
    await quiet();
    expect(
      direct(adminId)
        .map(one => one.text)
        .join('\n'),
    ).toMatch(/cannot delete/);
    expect(JSON.stringify(direct(adminId))).not.toContain('Ana Souza');
  });

  it('"Always" while an earlier announcement still waits for an invitation: it names her not', async () => {
    await give('@ana for the first', ben);
    bot.slack.trouble.fail('chat.postMessage', 'not_in_channel', { times: 1 });
    await give('@ana @ben for the second of all');
    await bot.settled();
    expect(texts('general')).toHaveLength(1);
    await bot.slack.as(ana).click({ message: direct(ana)[0] ?? missing() }, 'keep_all_private');
    await quiet(6);
    expect(texts('general').join('\n')).not.toContain('Ana Souza');
  });

  it('"Always" while a command is being looked up: the announcement names her not', async () => {
    await give('@ana for the first', ben);
    bot.clock.advance(11 * 60_000);
    const hold = bot.slack.trouble.hold('conversations.info');
    const sending = bot.slack.as(marta).command('/shoutout', '@ana @chen for the second of all');
    await hold.waiting;
    await new Promise(resolve => setTimeout(resolve, 300));
    await bot.slack.as(ana).click({ message: direct(ana)[0] ?? missing() }, 'keep_all_private');
    await new Promise(resolve => setTimeout(resolve, 300));
    hold.release();
    await sending;
    await quiet();
    expect(texts('general').join('\n')).not.toContain('Ana Souza');
  });

  it('the name of a private channel in the words reaches nobody', async () => {
    bot.slack.invite('secret-plans', bot.slack.botUserId);
    await bot.slack
      .as(marta)
      .command('/shoutout', '<@U0ANA|ana> for what you did in <#C0SECRET|>', { raw: true });
    await quiet();
    expect(texts('general')).toHaveLength(1);
    expect(JSON.stringify(general())).not.toContain('secret-plans');
  });

  it('naming the bot in a group direct message with a shout-out channel set tells nobody else', async () => {
    await bot.setShoutoutChannel('C0SHOUT');
    // As Slack does it: a group direct message is a private conversation whose name begins with mpdm-.
    bot.slack.addChannel({
      id: 'G0GROUP',
      name: 'mpdm-ana--marta--shoutout-1',
      kind: 'private',
      members: [ana, marta, bot.slack.botUserId],
    });
    await bot.slack.emitEvent({
      type: 'app_mention',
      user: marta,
      channel: 'G0GROUP',
      ts: '1778666400.000900',
      event_ts: '1778666400.000900',
      text: `<@${bot.slack.botUserId}> <@${ana}> for carrying me through my illness`,
    });
    await quiet();
    expect(texts('shoutouts')).toEqual([]);
  });

  it('a value whose name ends in half an emoji at 75 characters', async () => {
    const sample = (await bot.db.read.companyValue.findMany())[0] as Record<string, unknown>;
    await bot.db.write.companyValue.create({
      data: {
        ...sample,
        id: 'vx',
        slug: 'aaa',
        emoji: 'gem',
        name: `${'x'.repeat(68)}💎💎`,
        ...('position' in sample ? { position: -1 } : {}),
      } as never,
    });
    const answer = await bot.slack.as(marta).command('/shoutout', '@ana for the night shift');
    await quiet();
    expect(answer.response?.text).toContain('Recorded');
    expect(JSON.stringify(answer.response)).not.toMatch(/\\ud83d"/);
  });
});
