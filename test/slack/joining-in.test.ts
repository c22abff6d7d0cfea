// "Me too" under an announcement, when things have changed since.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/playground/local-slack.js';
import { acting, ana, ben, chen, marta, missing } from '../support/acting.js';
import { databases } from '../support/databases.js';
import { startBot, type TestBot } from '../support/start-bot.js';

let bot: TestBot;
afterEach(() => bot.stop());
const { give, quiet, direct } = acting(() => bot);

const last = () => bot.said('general').at(-1) ?? missing();
async function joinIn(who: string, message: Message, sentence: string) {
  const actor = bot.slack.as(who);
  await actor.click({ message }, 'me_too');
  await actor.waitForView('Me too');
  actor.fill({ message: { message: sentence } });
  const saved = await actor.submit();
  await quiet(2);
  await actor.close({ all: true });
  return saved;
}
async function leaveOut(person: string) {
  const actor = bot.slack.as(person);
  await actor.openHome();
  await bot.settled();
  await actor.click({ home: actor.home ?? missing() }, 'preference', { value: 'leaveMeOut' });
  await bot.settled();
}

describe.each(databases)('"Me too" on $name', database => {
  beforeEach(async () => {
    bot = await startBot({ database });
  });

  it('under another one stays in the thread that people see', async () => {
    await give('@ana #craft for the night shift', ben);
    const first = last();
    await joinIn(chen, first, 'She also helped me');
    expect(last().thread_ts).toBe(first.ts);
    await joinIn(marta, last(), 'And me as well');
    expect(last().text).toContain('And me as well');
    expect(last().thread_ts).toBe(first.ts);
  });

  it('thanks the others where one of them wishes to be left out by now', async () => {
    await give('@ana @ben #craft for the night shift');
    const first = last();
    await leaveOut(ana);
    const saved = await joinIn(chen, first, 'They helped me too');
    expect(saved.errors).toBeUndefined();
    expect(direct(ben)).toHaveLength(2);
    expect(direct(ana)).toHaveLength(1);
    expect(last().text).not.toContain('Ana Souza');
  });

  it('says so where nobody is left to thank', async () => {
    await give('@ana #craft for the night shift');
    const first = last();
    await leaveOut(ana);
    await bot.slack.as(chen).click({ message: first }, 'me_too');
    await bot.slack.as(chen).waitForEphemeral('Nobody whom it thanks can receive shout-outs any more');
  });
});
